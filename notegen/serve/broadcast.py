"""What the builder tells the open pages: which build they should show, and what failed since."""

from dataclasses import dataclass
from threading import Condition


@dataclass(frozen=True, slots=True)
class BuildStatus:
    """The name of the last good build, and why a later one failed, if it did."""

    build: str
    failure: str = ""


class Broadcast:
    """Holds the latest status and wakes those who wait for a change. Safe to use from any thread."""

    def __init__(self, status: BuildStatus) -> None:
        self._status = status
        self._closed = False
        self._changed = Condition()

    @property
    def status(self) -> BuildStatus:
        """The latest."""
        with self._changed:
            return self._status

    @property
    def closed(self) -> bool:
        """Whether no more changes will come."""
        with self._changed:
            return self._closed

    def publish(self, status: BuildStatus) -> None:
        """Replace the status."""
        with self._changed:
            self._status = status
            self._changed.notify_all()

    def close(self) -> None:
        """End all waiting, now and later."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait_for_change(self, since: BuildStatus | None, *, seconds: float) -> BuildStatus:
        """The latest status once it differs from `since`, or after `seconds`, or when the broadcast is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._status != since, seconds)
            return self._status
