"""Remembers what reading made of each note's file, so that after an edit only the edited note is read.

A file is known by its content, never by its time or its inode. Only public notes are kept, and only where the file
alone decides how the note is read. Notes of Dendron and Logseq depend on which files lie beside them, and a board on
words of the theme: these are read each time.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Protocol

from msgspec import Struct

from notegen.dates import day_of_file
from notegen.model import NoteId, Source, Span
from notegen.packed import KeepingKind, key_of
from notegen.paths import CANVAS_SUFFIX
from notegen.read.properties import TruthWord

_AT_ONCE = 1000
"""Notes whose keys are asked together: what is kept of all of them would be in memory twice."""


class Kept(Protocol):
    """Where bytes are kept by keys, under the code that made them."""

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """What was put under the keys, as far as it is there."""

    def put(self, contents: Mapping[bytes, bytes]) -> None:
        """Keep what was made."""


class KeptSource(Struct, frozen=True):
    """A note that everybody sees, before it is known which files there are."""

    source: Source
    is_dated: bool
    stands: Span
    """How long everybody sees it."""


_packing = KeepingKind(KeptSource, TruthWord)


class KeptSources:
    """The notes of one folder, as far as they are known."""

    def __init__(self, kept: Kept, moment: float) -> None:
        """Args: moment: for which the notes are read, in seconds since 1970."""
        self._kept, self._moment = kept, moment
        self._grounds: dict[NoteId, bytes] = {}  # of the notes that were asked for
        self._found: dict[NoteId, KeptSource] = {}
        self._made: dict[bytes, bytes] = {}

    def ask(self, root: str, grounds: Iterable[tuple[NoteId, bytes]], most: int) -> None:
        """Look up notes that are to be read.

        Args:
            root: of the notes.
            grounds: each note with a digest of all that it is read by beside its own file.
            most: bytes, up to which a file is read.
        """
        some: dict[NoteId, bytes] = {}
        for note, ground in grounds:
            if key := _key_of_file(f"{root}/{note}", ground, most):
                some[note] = key
                self._grounds[note] = ground
            if len(some) == _AT_ONCE:
                self._look_up(some)
                some = {}
        self._look_up(some)

    def recall(self, note: NoteId) -> KeptSource | None:
        """What is known of a note; asked once."""
        return self._found.pop(note, None)

    def are_unknown(self, notes: Iterable[NoteId]) -> list[NoteId]:
        """Those that were asked for, and of which nothing is known."""
        return [note for note in notes if note in self._grounds and note not in self._found]

    def remember(self, note: NoteId, made: KeptSource) -> None:
        """Keep what was made of a note that was asked for, if it can be read back as it is."""
        if note in self._grounds and (content := packed(made)):
            self._remember(note, made, content)

    def remember_packed(self, note: NoteId, content: bytes) -> KeptSource | None:
        """The same of a note that another process made; what it made, or None where that cannot be read back."""
        made = _packing.unpack(content) if content else None
        if made:
            self._remember(note, made, content)
        return made

    def _remember(self, note: NoteId, made: KeptSource, content: bytes) -> None:
        self._made[_key(self._grounds[note], made.source.digest, made.source.modified)] = content
        if len(self._made) == _AT_ONCE:
            self.keep()

    def keep(self) -> None:
        """Hand over what was made since; after the last note at the latest."""
        self._kept.put(self._made)
        self._made = {}

    def _look_up(self, keys: Mapping[NoteId, bytes]) -> None:
        contents = self._kept.get([*keys.values()])
        for note, key in keys.items():
            content = contents.get(key)
            if content and (one := _packing.unpack(content)) and one.stands.holds(self._moment):
                self._found[note] = one


def packed(made: KeptSource) -> bytes:
    """What was made of a note, as it is kept; empty where it could not be read back as it is."""
    return _packing.pack(made)


def may_be_kept(note: NoteId, tool: str) -> bool:
    """Whether a note's own file says all that it is read by, beside what the folder says of its place."""
    return tool not in ("dendron", "logseq") and not note.lower().endswith(CANVAS_SUFFIX)


def ground_of(*facts: object) -> bytes:
    """A digest of plain values that a note is read by."""
    return key_of(facts)


def _key_of_file(path: str, ground: bytes, most: int) -> bytes:
    """Empty for a file that cannot be read, or of which only a part counts."""
    try:
        with open(path, "rb", buffering=0) as stream:
            content = stream.read(most + 1)
            seen = os.fstat(stream.fileno())
    except OSError:
        return b""
    if len(content) != seen.st_size or len(content) > most:
        return b""
    return _key(ground, blake2b(content, digest_size=16).hexdigest(), day_of_file(seen.st_mtime))


def _key(ground: bytes, digest: str, modified: date) -> bytes:
    return blake2b(f"{digest} {modified}".encode() + ground, digest_size=16).digest()
