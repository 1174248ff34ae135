"""What a long-living process remembers of the notes' files that it has read before.

A file is known by what the disk says of it: size, times, inode. One that was written just before it was read is known
by its content as well, since it could be written once more and look the same.
"""

import os
import time
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from notegen.git import git_state
from notegen.model import NoteId, Problem, ScheduledNote, Source, Span, ToolRoot
from notegen.paths import CANVAS_SUFFIX
from notegen.read.adapt import Adapter
from notegen.read.git_history import History
from notegen.read.kept_history import keep_history
from notegen.read.kept_sources import Kept

_RACY_NS = 2_000_000_000
"""Nanoseconds: the coarsest times that file systems keep, those of FAT."""


class SortedNote(Struct, frozen=True):
    """Where a note's file belongs: what is shown or encrypted has a source, what is withheld has names."""

    kind: Literal["shown", "encrypted", "withheld", "file", "unreadable"]
    source: Source | None = None
    names: tuple[str, ...] = ()
    headings: frozenset[str] = frozenset()
    """Their anchors, of a note that is withheld or encrypted."""
    problems: tuple[Problem, ...] = ()
    is_dated: bool = False
    """Whether the source says itself which day it is of."""
    is_template: bool = False
    """Whether it is withheld since it is a template."""
    stands: Span = Span()
    """How long it belongs there."""
    scheduled: ScheduledNote | None = None
    """When it is shown, where it is withheld since that is not now."""
    tags: frozenset[str] = frozenset()
    """Those of the settings that its file names, where it is withheld or encrypted."""


class Look(Struct, frozen=True):
    """A file as it was seen before it was read."""

    stamp: tuple[int, ...]
    digest: bytes = b""
    """A digest of its content; empty if its stamp says enough."""


class ReadMemory(Struct):
    """What was made of the files; to be emptied when a file changes by which other notes are read."""

    adapters: dict[ToolRoot, Adapter] = field(default_factory=dict)
    last: tuple[object, object, object] | None = None
    """What was asked for the last time, who sorted the notes, and the reading that came of it."""
    _history: tuple[str, History] | None = None
    """What git told, and in which state it was."""
    _ground: object = None
    _notes: dict[NoteId, tuple[Look, SortedNote]] = field(default_factory=dict)

    def begin(self, ground: object, notes: Iterable[NoteId]) -> None:
        """Forget all that was made on another ground, and what became of notes that are gone.

        Args:
            ground: everything beside its own file that a note is read by; two are compared by value.
        """
        if self._ground != ground:
            self._ground, self.adapters, self._notes = ground, {}, {}
            return
        there = set(notes)
        if self._notes.keys() - there:
            self._notes = {note: entry for note, entry in self._notes.items() if note in there}

    def history_of(self, root: Path, kept: Kept | None) -> History:
        """What git tells of the files; it is asked again when it has a new commit, of what came with that.

        Args:
            kept: what git told other processes; None to ask it for all.
        """
        state = git_state(root)
        if self._history is None or self._history[0] != state:
            self._history = state, keep_history(root, kept, self._history and self._history[1])
        return self._history[1]

    def recall(self, note: NoteId, path: str, moment: float) -> SortedNote | None:
        """What was made of the file, if it is as it was, and belongs where it did at this moment."""
        if note not in self._notes:
            return None
        look, made = self._notes[note]
        if _stamp(path) != look.stamp or not made.stands.holds(moment):
            return None
        if look.digest:
            if _digest(path) != look.digest:
                return None
            self._notes[note] = look_at(path, digest=look.digest), made
        return made

    def known(self, note: NoteId) -> SortedNote | None:
        """What was made of a note's file the last time, whatever became of it."""
        return self._notes[note][1] if note in self._notes else None

    def remember(self, note: NoteId, look: Look, made: SortedNote) -> None:
        """What was made of a file, as it was seen before; not of boards, which say words of the theme's."""
        if look.stamp and not note.lower().endswith(CANVAS_SUFFIX):
            self._notes[note] = look, made


def look_at(path: str, *, digest: bytes = b"") -> Look:
    """The file as it is now.

    Args:
        digest: of what it holds, where that is known.
    """
    stamp = _stamp(path)
    racy = bool(stamp) and time.time_ns() - stamp[0] < _RACY_NS
    return Look(stamp, (digest or _digest(path)) if racy else b"")


def _stamp(path: str) -> tuple[int, ...]:
    try:
        seen = os.stat(path)
    except OSError:
        return ()
    return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino, seen.st_mode


def _digest(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return blake2b(stream.read(), digest_size=16).digest()
    except OSError:
        return b"-"
