"""Decides which changed files call for a rebuild: those that a build reads, and no others.

The watched folder may also hold what a build writes (the cache), a log of this very command, or files that `ignore`
names. A rebuild for any of these would be followed by the next one, for ever.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from notegen.config import Config
from notegen.errors import NotegenError
from notegen.read.discover import discover
from notegen.settings_files import is_settings_file


class Listing(Struct, frozen=True):
    """What a build finds in the notes folder: files by their path there, and what tools left."""

    notes: frozenset[str]
    assets: frozenset[str]
    tools: tuple[object, ...]


class Concerns:
    """Tells changes that a build is for from others; told of each build."""

    def __init__(self, root: Path, skip: Callable[[Config], Sequence[Path]]) -> None:
        self._root = root
        self._skip = skip
        self._config = Config()
        self._known: Listing | None = None
        self._used: frozenset[str] = frozenset()
        self.same_files = False
        """Whether the last changes were all of what notes say, so that the files are those that are known."""

    def begin(self, config: Config) -> None:
        """Note that a build begins with these settings: it may miss files that are written from now on."""
        if not self.same_files or config != self._config or self._known is None:
            self._config = config
            self._known = self._list()
        self.same_files = False

    def end(self, attachments: frozenset[str]) -> None:
        """Note that the build has ended, and which files it has copied."""
        self._used = attachments

    def of(self, changed: Sequence[Path], outside: Sequence[Path]) -> list[Path]:
        """Those of the changed files that a build reads, or read.

        Args:
            outside: files and folders, also within the notes, of which everything counts.
        """
        changed = [path for path in changed if not _is_own_output(path)]
        self.same_files = bool(changed) and all(map(self._is_known_note, changed))
        if self.same_files:
            return changed
        listed = self._list()
        before = self._known
        if listed is None or before is None:
            return list(changed)
        notes = listed.notes | before.notes
        files = listed.notes | listed.assets
        differing = files ^ (before.notes | before.assets)

        def counts(path: Path) -> bool:
            if any(path == one or path.is_relative_to(one) for one in outside):
                return True
            if path == self._root:  # gone, or another in its place
                return True
            if not path.is_relative_to(self._root):
                return False
            name = path.relative_to(self._root).as_posix()
            moved = any(one == name or one.startswith(f"{name}/") for one in differing)
            return is_settings_file(name) or name in notes or name in self._used or moved

        return [path for path in changed if listed.tools != before.tools or counts(path)]

    def _is_known_note(self, path: Path) -> bool:
        """Whether a note was there the last time and is there still, so that it counts whatever else there is."""
        if (
            self._known is None
            or not path.is_relative_to(self._root)
            or path.is_symlink()
            or not path.is_file()
        ):
            return False
        return path.relative_to(self._root).as_posix() in self._known.notes

    def _list(self) -> Listing | None:
        try:
            found = discover(self._root, self._config, skip=self._skip(self._config))
        except NotegenError:  # the build will say so
            return None
        return Listing(frozenset(found.notes), frozenset(found.assets), found.roots.all())


def _is_own_output(path: Path) -> bool:
    """Whether this process writes its output there: `notegen serve . > log.txt`, or `nohup`."""
    for stream in (1, 2):
        try:
            here, there = os.fstat(stream), path.stat()
        except OSError:
            continue
        if (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino):
            return True
    return False
