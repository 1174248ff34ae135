"""Reports what changed under the notes, leaving out what is no note: the only importer of watchfiles.

Where the system tells of no changes, or of no more files, the folders are looked at again and again.
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from msgspec import Struct
from watchfiles import Change, watch

from notegen.paths import is_hidden
from notegen.reports import looks_again, on_shared_disk, watches_no_more
from notegen.serve.look import look_for_changes, shared_disk
from notegen.stamps import Tree

_QUIET_MILLISECONDS = 50
"""Milliseconds of quiet after which changes are handed over together: an editor's save is several."""
_POLL_SECONDS = 0.5
"""Seconds after which a wait begins again: on Windows, Ctrl-C is not seen during one."""

Folders = tuple[tuple[Path, tuple[int, int] | None], ...]
"""Paths, each with the device and the number that the system gives its folder; None where there is no folder."""

_Changes = SimpleQueue[set[str]]
_Filter = Callable[[Change, str], bool]


class _Watch(Struct, frozen=True):
    """What one thread watches."""

    folders: list[Path]
    trees: list[Tree]
    """The same as what is looked at, where the system does not tell."""
    matters: _Filter
    is_recursive: bool


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
    notes: Path,
    site: Path,
    extra: Sequence[Path] = (),
    *,
    counts: Callable[[str], bool] = lambda path: False,
    is_due: Callable[[], bool] = lambda: False,
    on_look: Callable[[str], None] = lambda words: None,
) -> Iterator[Iterator[Sequence[Path]]]:
    """Watch from now on; gives an endless iterator of what changed, as whole paths, ascending.

    Ignored are dot files and dot folders, an editor's `~` files, and everything under `site`. An entry of
    `extra` is a folder, or a file.

    Args:
        counts: whether a file counts, by its path in `notes`, though a name in that begins with a dot.
        is_due: asked again and again whether it is time for something though no file has changed; if so, nothing is
            given as what changed.
        on_look: told, by any thread, why folders are looked at again and again, if they have to be.
    """
    root = notes.resolve()
    folders = [path.resolve() for path in (root, *extra) if path.is_dir()]
    # A file is watched through its folder: an editor that saves by renaming puts another file in its place.
    files = {path.parent.resolve() / path.name for path in extra if not path.is_dir()}
    files = {path for path in files if not any(path.is_relative_to(folder) for folder in folders)}
    # So are the folders: one may go, and come back under its name.
    files |= {folder for folder in (root, *folders) if os.access(folder.parent, os.R_OK)}
    found: _Changes = SimpleQueue()
    watches: list[_Watch] = []
    if folders:
        trees = [Tree(folder, is_garden=folder == root, without=(site,)) for folder in folders]
        watches.append(_Watch(folders, trees, _filter_for(root, folders, site.resolve(), counts), True))
    if files:
        parents = sorted({path.parent for path in files if path.parent.is_dir()})
        trees = [Tree(path) for path in sorted(files.difference(folders))]
        names = {*files, *(path.resolve() for path in files)}  # looked at as what they lead to
        watches.append(_Watch(parents, trees, lambda _, path: Path(path) in names, False))
    ends = [_StopEvent() for _ in watches]
    threads = [
        Thread(target=_watch, args=(one, found, end, on_look)) for one, end in zip(watches, ends, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        for end in ends:
            end.running.wait()
        yield _changes(found, is_due)
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


def _watch(one: _Watch, found: _Changes, end: _StopEvent, on_look: Callable[[str], None]) -> None:
    disk = next((disk for folder in one.folders if (disk := shared_disk(folder))), "")
    reason = on_shared_disk(disk)
    if not disk:
        try:
            for changes in watch(
                *one.folders,
                watch_filter=one.matters,
                recursive=one.is_recursive,
                step=_QUIET_MILLISECONDS,
                stop_event=end,
            ):
                found.put({path for _, path in changes})
        except (OSError, RuntimeError, UnicodeError) as error:  # a path that is no UTF-8
            reason = watches_no_more(str(error).partition(" about [")[0])
        else:
            return
    on_look(looks_again(reason))
    was_running = end.running.is_set()
    for paths in look_for_changes(one.trees, end):
        if was_running:  # of what came before the first look nobody tells: it may be anything
            found.put({str(one.folders[0])})
            was_running = False
        end.running.set()
        if changed := {path for path in paths if one.matters(Change.modified, path)}:
            found.put(changed)


def _changes(found: _Changes, is_due: Callable[[], bool]) -> Iterator[Sequence[Path]]:
    while True:
        try:
            changed = found.get(timeout=_POLL_SECONDS)
        except Empty:
            if is_due():
                yield []
            continue
        # What came while the last build ran is one reason to build, not several.
        while not found.empty():
            changed |= found.get()
        yield sorted(map(Path, changed))
