"""What the builder tells the open pages: which build they should show, what failed since, and what is still to come."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock

from msgspec import Struct

MAX_REMEMBERED_PAGES = 2000
"""How many served pages are remembered; the tab of one that was forgotten reloads once too often."""


class BuildStatus(Struct, frozen=True):
    """The name of the last good build, and why a later one failed, if it did."""

    build: str
    failure: str = ""
    round: int = 0
    """Counts what was found of the build later on: search, related notes, map."""
    round_failure: str = ""
    """Why the last round failed, if it did."""
    note: str = ""
    """What is still going on, in the site's language."""
    working: bool = False

    @property
    def name(self) -> str:
        """What pages are called that are of this build and this round."""
        return f"{self.build}{self.round:x}" if self.round else self.build


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

    def update(self, change: Callable[[BuildStatus], BuildStatus]) -> None:
        """Replace the status by what is made of it; no other change comes in between."""
        with self._changed:
            self._status = change(self._status)
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


class OpenPages:
    """Which pages are on show, and what was served of each. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shown: dict[str, int] = {}
        self._versions: dict[tuple[str, str], str] = {}

    @contextmanager
    def showing(self, path: str) -> Iterator[None]:
        """In the block a tab shows the page."""
        with self._lock:
            self._shown[path] = self._shown.get(path, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._shown[path] -= 1
                if not self._shown[path]:
                    del self._shown[path]

    def paths(self) -> list[str]:
        """The pages on show."""
        with self._lock:
            return list(self._shown)

    def remember(self, name: str, path: str, version: str) -> None:
        """What is served of a page under the name of a build."""
        with self._lock:
            self._versions[name, path] = version
            if len(self._versions) > MAX_REMEMBERED_PAGES:
                del self._versions[next(iter(self._versions))]

    def version_of(self, name: str, path: str) -> str | None:
        """What was served of it, if that is remembered."""
        with self._lock:
            return self._versions.get((name, path))
