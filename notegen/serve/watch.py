"""Reports what changed under the notes, leaving out what is no note: the only importer of watchfiles."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import Change, watch

from notegen.errors import cannot_watch
from notegen.paths import is_hidden

_QUIET_MILLISECONDS = 50
"""Milliseconds of quiet after which changes are handed over together: an editor's save is several."""
_POLL_SECONDS = 0.5
"""Seconds after which a wait begins again: on Windows, Ctrl-C is not seen during one."""

Folders = tuple[tuple[Path, tuple[int, int] | None], ...]
"""Paths, each with the device and the number that the system gives its folder; None where there is no folder."""

_Changes = SimpleQueue[set[str] | Exception]
_Filter = Callable[[Change, str], bool]


class _StopEvent(Event):
    """Ends a watch once set. A running watch asks it all the time, and the first time says that it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.running = Event()

    def is_set(self) -> bool:
        self.running.set()
        return super().is_set()


def folders_of(notes: Path, extra: Sequence[Path] = ()) -> Folders:
    """What a watch is set on; once it is another, so has to be the watch.

    That of a folder goes with the folder where it is renamed, and ends with it where it is deleted.
    """

    def number(path: Path) -> tuple[int, int] | None:
        try:
            found = path.stat()
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None

    return tuple((path, number(path)) for path in (notes, *extra))


@contextmanager
def watching(
    notes: Path, site: Path, extra: Sequence[Path] = (), *, counts: Callable[[str], bool] = lambda path: False
) -> Iterator[Iterator[Sequence[Path]]]:
    """Watch from now on; gives an endless iterator of what changed, as whole paths, ascending.

    Ignored are dot files and dot folders, an editor's `~` files, and everything under `site`. An entry of
    `extra` is a folder, or a file.

    Args:
        counts: whether a file counts, by its path in `notes`, though a name in that begins with a dot.

    Raises:
        NotegenError: The system refuses to watch; from the iterator.
    """
    root = notes.resolve()
    folders = [path.resolve() for path in (root, *extra) if path.is_dir()]
    # A file is watched through its folder: an editor that saves by renaming puts another file in its place.
    files = {path.parent.resolve() / path.name for path in extra if not path.is_dir()}
    files = {path for path in files if not any(path.is_relative_to(folder) for folder in folders)}
    # So are the folders: one may go, and come back under its name.
    files |= {folder for folder in (root, *folders) if os.access(folder.parent, os.R_OK)}
    found: _Changes = SimpleQueue()
    watches: list[tuple[list[Path], _Filter, bool]] = []
    if folders:
        watches.append((folders, _filter_for(root, folders, site.resolve(), counts), True))
    if files:
        parents = sorted({path.parent for path in files if path.parent.is_dir()})
        watches.append((parents, lambda _, path: Path(path) in files, False))
    ends = [_StopEvent() for _ in watches]
    threads = [Thread(target=_watch, args=(*one, found, end)) for one, end in zip(watches, ends, strict=True)]
    for thread in threads:
        thread.start()
    try:
        for end in ends:
            end.running.wait()
        yield _changes(found)
    finally:
        for end in ends:
            end.set()
        for thread in threads:
            thread.join()


def _filter_for(root: Path, folders: Sequence[Path], site: Path, counts: Callable[[str], bool]) -> _Filter:
    def matters(_: Change, name: str) -> bool:
        path = Path(name)
        if path.is_relative_to(site) or name.endswith("~"):
            return False
        inside = [path.relative_to(folder) for folder in folders if path.is_relative_to(folder)]
        if any(not one.parts or not is_hidden(one.as_posix()) for one in inside):
            return True
        return path.is_relative_to(root) and counts(path.relative_to(root).as_posix())

    return matters


def _watch(paths: list[Path], matters: _Filter, recursive: bool, found: _Changes, end: _StopEvent) -> None:
    try:
        for changes in watch(
            *paths, watch_filter=matters, recursive=recursive, step=_QUIET_MILLISECONDS, stop_event=end
        ):
            found.put({path for _, path in changes})
    except (OSError, RuntimeError) as error:
        found.put(cannot_watch(str(paths[0]), str(error)))
        end.running.set()


def _changes(found: _Changes) -> Iterator[Sequence[Path]]:
    while True:
        try:
            changed = found.get(timeout=_POLL_SECONDS)
        except Empty:
            continue
        if isinstance(changed, Exception):
            raise changed
        # What came while the last build ran is one reason to build, not several.
        while not found.empty():
            more = found.get()
            if isinstance(more, Exception):
                raise more
            changed |= more
        yield sorted(map(Path, changed))
