"""The names that each note says, remembered by the text, its links, and the names all of whose words it has.

So a name more or less, as with each new note, is looked for only where its words are. Which names a note has the words
of is reckoned from numbers of its words. Notes are taken in groups, whose rows are written anew when one has changed.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.groups import in_groups
from notegen.link.mentions_in_note import (
    FoundMention,
    Names,
    SearchedNote,
    names_of,
    number_of,
    packed_note,
    search_for,
    searched_notes,
)
from notegen.model import Garden, NoteId
from notegen.note_memory import KeptBytes, NoteMemory
from notegen.packed import key_of, pack_small, unpack_small

_NOTES_AT_ONCE = 1000
"""Notes whose words are compared with names at a time; of these that takes some megabytes."""

_Found = tuple[FoundMention, ...]
_Search = Callable[[Sequence[NoteId]], Sequence[SearchedNote]]


def mentions_by_note(garden: Garden, memory: NoteMemory) -> Sequence[_Found]:
    """What each note says of names of those that it does not link to, in the garden's order."""
    names = names_of(garden)
    linked = [garden.neighbours[note].outward for note in garden.notes]
    notes = dict(zip(garden.notes, linked, strict=True))

    def search(some: Sequence[NoteId]) -> Sequence[SearchedNote]:
        def packed(note: NoteId) -> bytes:
            return packed_note(note, notes[note], garden.notes[note].content.sections)

        return [*memory.made_by_several(some, packed, partial(search_for, names), searched_notes)]

    if memory.cache is None:
        return [one.mentions for one in search(tuple(notes))]
    keys = dict(zip(notes, memory.keys(tuple(notes), each=tuple(notes.items())), strict=True))
    kept = KeptBytes("mentions", memory.cache), KeptBytes("mention-words", memory.cache)
    known = _KnownMentions(names, keys, *kept)
    return known.completed(search)


class _KeptNote(Struct, frozen=True):
    """What is kept of one note."""

    key: bytes
    """Of its name, its text and its links."""
    names: bytes
    """Of the names all of whose words it has."""
    mentions: _Found


class _Row(Struct, frozen=True):
    """What is kept of a group."""

    names: bytes
    """Of all names."""
    notes: tuple[_KeptNote, ...]


_Words = tuple[tuple[bytes, bytes], ...]
"""What is kept of a group for when there are other names: of each note its key, and its words."""


class _KnownMentions:
    """What is known of the mentions in all notes, a group at a time; what is not is searched for."""

    def __init__(self, names: Names, keys: Mapping[NoteId, bytes], rows: KeptBytes, words: KeptBytes) -> None:
        """Args: keys: of each note's name, text and links, in the garden's order."""
        self._names, self._keys = names, keys
        self._kept_rows, self._kept_words = rows, words
        self._all_names = key_of(sorted(names.items()))
        self._groups = {_row_of(some[0]): some for some in in_groups(keys, str)}
        self._notes: dict[NoteId, _KeptNote] = {}
        """What is known, and still so."""
        self._words: dict[NoteId, bytes] = {}

    def completed(self, search: _Search) -> list[_Found]:
        """The mentions in each note, in order; keeps what was searched for."""
        other = self._read_rows()
        missing = [note for note in self._keys if note not in self._notes and note not in other]
        if missing or other:
            self._read_words([*missing, *other])
        known = [note for note in other if note in self._words]
        for note, names in zip(known, self._names_within(known), strict=True):
            if names == other[note].names:
                self._notes[note] = other[note]
        missing = [note for note in self._keys if note not in self._notes]
        searched = dict(zip(missing, search(missing), strict=True))
        self._words |= {note: one.words for note, one in searched.items()}
        for note, names in zip(missing, self._names_within(missing), strict=True):
            self._notes[note] = _KeptNote(self._keys[note], names, searched[note].mentions)
        self._keep({*missing}, {*other})
        return [self._notes[note].mentions for note in self._keys]

    def _read_rows(self) -> dict[NoteId, _KeptNote]:
        """Reads what is kept; what is so only if the names are that a note has the words of is given."""
        other: dict[NoteId, _KeptNote] = {}
        for row, content in self._kept_rows.get([*self._groups]).items():
            kept = unpack_small(content, _Row)
            by_key = {one.key: one for one in kept.notes}
            known = {
                note: by_key[self._keys[note]] for note in self._groups[row] if self._keys[note] in by_key
            }
            (self._notes if kept.names == self._all_names else other).update(known)
        return other

    def _read_words(self, notes: Sequence[NoteId]) -> None:
        """Reads the words of all groups that one of the notes is in."""
        wanted = {*notes}
        rows = [row for row, some in self._groups.items() if not wanted.isdisjoint(some)]
        for row, content in self._kept_words.get(rows).items():
            known = dict(unpack_small(content, _Words))
            self._words |= {
                note: known[self._keys[note]] for note in self._groups[row] if self._keys[note] in known
            }

    def _keep(self, searched: set[NoteId], other: set[NoteId]) -> None:
        """Writes the rows of groups in which something was searched for, or is known for other names."""
        rows: dict[bytes, bytes] = {}
        words: dict[bytes, bytes] = {}
        for row, some in self._groups.items():
            if not searched.isdisjoint(some) or not other.isdisjoint(some):
                kept = tuple(self._notes[note] for note in some)
                rows[row] = pack_small(_Row(self._all_names, kept))
            if not searched.isdisjoint(some):
                words[row] = pack_small([(self._keys[note], self._words.get(note, b"")) for note in some])
        self._kept_rows.put(rows)
        self._kept_words.put(words)

    @cached_property
    def _name_index(self) -> "_NameIndex":
        return _NameIndex(self._names)

    def _names_within(self, notes: Sequence[NoteId]) -> list[bytes]:
        """Of each note, whose words are known, a key of the names all of whose words it has."""
        starts = range(0, len(notes), _NOTES_AT_ONCE)
        parts = (notes[start : start + _NOTES_AT_ONCE] for start in starts)
        return [key for some in parts for key in self._name_index.keys([self._words[note] for note in some])]


def _row_of(first: NoteId) -> bytes:
    return blake2b(first.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class _NameIndex:
    """The words of all names as numbers."""

    def __init__(self, names: Names) -> None:
        every = sorted(names.items())
        words = [sorted({*map(number_of, forms)}) for forms, _ in every]
        self._counts = np.array([*map(len, words)], np.int64)
        self._starts = np.cumsum(self._counts) - self._counts
        self._words = np.array([word for some in words for word in some], np.uint64)
        self._digests = np.array([key_of(one) for one in every], "V16")

    def keys(self, notes: Sequence[bytes]) -> list[bytes]:
        """Of each note, a key of the names all of whose words it has.

        Args:
            notes: the numbers of each one's words, as `SearchedNote` has them.
        """
        words = [np.frombuffer(some, "<u4") for some in notes]
        note_of = np.repeat(np.arange(len(words), dtype=np.uint64), [*map(len, words)])
        said = (note_of << np.uint64(32)) | np.concatenate(words)  # ascending
        found, names = self._with_rarest(note_of, np.concatenate(words))
        for place in range(int(self._counts.max(initial=0))):
            has_more = self._counts[names] > place
            word = self._words[np.where(has_more, self._starts[names] + place, 0)]
            is_there = _are_among((found << np.uint64(32)) | word, said)
            found, names = found[is_there | ~has_more], names[is_there | ~has_more]
        order = np.lexsort((names, found))
        bounds = np.searchsorted(found[order], np.arange(len(notes) + 1, dtype=np.uint64))
        digests = self._digests[names[order]]
        parts = (digests[start:end].tobytes() for start, end in pairwise(bounds.tolist()))
        return [blake2b(part, digest_size=16).digest() for part in parts]

    def _with_rarest(
        self, note_of: NDArray[np.uint64], words: NDArray[np.uint32]
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Pairs of a note and a name of which it has that word which the fewest notes have.

        Args:
            note_of: of each word whose it is.
        """
        by_word = np.argsort(words, kind="stable")
        first = np.searchsorted(words[by_word], self._words, "left")
        count = np.searchsorted(words[by_word], self._words, "right") - first
        name_of = np.repeat(np.arange(len(self._counts)), self._counts)
        rarest = np.lexsort((count, name_of))[self._starts]
        count, first = count[rarest], first[rarest]
        places = np.arange(count.sum()) + np.repeat(first - (np.cumsum(count) - count), count)
        return note_of[by_word[places]], np.repeat(np.arange(len(count)), count)


def _are_among(values: NDArray[np.uint64], ascending: NDArray[np.uint64]) -> NDArray[np.bool_]:
    if not len(ascending):
        return np.zeros(len(values), np.bool_)
    places = np.searchsorted(ascending, values)
    found: NDArray[np.bool_] = ascending[np.minimum(places, len(ascending) - 1)] == values
    return found
