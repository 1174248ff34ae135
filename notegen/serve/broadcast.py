"""What the builder tells the open pages: which build they should show, and what failed since."""

from dataclasses import dataclass
from threading import Condition


@dataclass(frozen=True, slots=True)
class News:
    """The state of the site: the name of the last good build, and why a later one failed, if it did."""

    build: str
    failure: str = ""


class Board:
    """Holds the latest news and wakes those who wait for it. Safe to use from any thread."""

    def __init__(self, news: News) -> None:
        self._news = news
        self._closed = False
        self._changed = Condition()

    @property
    def news(self) -> News:
        """The latest."""
        with self._changed:
            return self._news

    @property
    def closed(self) -> bool:
        """Whether no more news will come."""
        with self._changed:
            return self._closed

    def post(self, news: News) -> None:
        """Replace the news."""
        with self._changed:
            self._news = news
            self._changed.notify_all()

    def close(self) -> None:
        """End all waiting, now and later."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait_for_other(self, than: News | None, *, seconds: float) -> News:
        """The latest news once it is other than `than`, or after `seconds`, or when the board closes."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._news != than, seconds)
            return self._news
