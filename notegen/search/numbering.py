"""Gives each note a number in the files of the index that mostly stays when other notes come, go or are renamed.

Counted in order, one more note would move the numbers of all that follow, and so change nearly all files. Instead this
is a hash table with room to spare: a note takes the first free of several places that are digests of its address, and
notes choose in the order of their digests. So numbers depend on nothing but which notes there are. When the table
grows, each time that the garden has a third to a half more notes, all numbers change.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, count, pairwise
from typing import overload

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.model import NoteId, Passage
from notegen.search.note_groups import KnownByNote, passage_counts

ROOM = 1.5
"""Places for each note, at least. A note that comes or goes moves .6 others where each has 1.5, .3 where it has two;
the manifest of 749 notes has .3 kB more than without gaps."""

MIN_TABLE_SIZE = 16


def table_size(notes: int) -> int:
    """How many places there are for so many notes: a power of two, or one and a half of it."""
    size = MIN_TABLE_SIZE
    while size < ROOM * notes:
        size = size * 3 // 2 if size & (size - 1) == 0 else size // 3 * 4
    return size


def number_notes(notes: Iterable[NoteId]) -> dict[NoteId, int]:
    """The number of each note, ascending: from 0 to before `table_size`, with gaps."""
    ids = sorted(notes, key=lambda id: _digest(id, 0))
    size = table_size(len(ids))
    taken: dict[int, NoteId] = {}
    for id in ids:
        place = next(place for turn in count() if (place := _digest(id, turn) % size) not in taken)
        taken[place] = id
    return {taken[place]: place for place in sorted(taken)}


def _digest(id: NoteId, turn: int) -> int:
    text = f"{turn}\0{id}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest())


class NumberedPassages(Struct, frozen=True, eq=False):
    """The passages of a garden in the order of their notes' numbers."""

    passages: Sequence[Passage]
    order: NDArray[np.int64]  # (n,) where each was before
    counts: Sequence[int]
    """How many the note of each number has; 0 where there is no such note."""


def by_number(passages: Sequence[Passage], numbers: Mapping[NoteId, int]) -> NumberedPassages:
    """The passages in the order of numbers.

    Args:
        passages: by note, of every note at least one.
        numbers: of the notes, ascending.
    """
    counts = passage_counts(passages)
    spans = dict(zip(counts, pairwise(accumulate(counts.values(), initial=0)), strict=True))
    chosen = [spans[id] for id in numbers]
    parts = [np.arange(start, end) for start, end in chosen]
    of_numbers = [0] * (max(numbers.values(), default=-1) + 1)
    for id, number in numbers.items():
        of_numbers[number] = counts[id]
    return NumberedPassages(
        passages.of_notes([*numbers]) if isinstance(passages, KnownByNote) else _Rearranged(passages, chosen),
        np.concatenate([np.empty(0, np.int64), *parts]),
        of_numbers,
    )


class _Rearranged(Sequence[Passage]):
    """Parts of a sequence in another order, each read when it is asked for."""

    def __init__(self, whole: Sequence[Passage], spans: Sequence[tuple[int, int]]) -> None:
        """Args: spans: where each part begins and ends."""
        self._whole, self._spans = whole, spans
        self._starts = [0, *accumulate(end - start for start, end in spans)]

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[Passage]:
        for start, end in self._spans:
            yield from self._whole[start:end]

    @overload
    def __getitem__(self, place: int) -> Passage: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Passage]: ...

    def __getitem__(self, place: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            low = bisect_right(self._starts, start) - 1
            high = bisect_right(self._starts, stop) - 1
            if step == 1 and start < stop and (self._starts[low], self._starts[high]) == (start, stop):
                return _Rearranged(self._whole, self._spans[low:high])
            return tuple(self[number] for number in range(start, stop, step))
        number = range(len(self))[place]
        part = bisect_right(self._starts, number) - 1
        return self._whole[self._spans[part][0] + number - self._starts[part]]
