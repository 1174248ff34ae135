"""What notes are called, in shards: in order from the beginnings of names, and once more from their ends."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import isqrt
from operator import itemgetter

from msgspec import Struct

from notegen.model import Garden, NoteId
from notegen.search.cut import coarse, cut_words
from notegen.search.note_names import Name, NameIndex, write_names
from notegen.search.shards.shard import Shard
from notegen.search.varint import write_number, write_numbers

MIN_SHARD_LENGTH = 1_900
"""Characters of a shard in a small garden, about; some 1 kB with gzip, and each question loads one or two."""

SHARD_LENGTH_FACTOR = 3
"""As in `postings.py`."""


class NameShards(Struct, frozen=True):
    """Shards `n-…` of names in order of their words without spaces, and `r-…` in that from their ends.

    A line is a name's words; what it is as written, empty where that is the same; and for each note that goes by it
    three times the note's number plus the kind of name. Tabs are between them.
    """

    shards: tuple[Shard, ...]
    forward: tuple[str, ...]
    """For each `n` shard the shortest beginning that comes after all names of the shard before it."""
    backward: tuple[str, ...]
    min_end: int


def names_shard(garden: Garden, numbers: Mapping[NoteId, int]) -> Shard:
    """Shard `names`: for each note in the garden's order its number, and after tabs its names."""
    lines = zip(garden.notes, write_names(garden), strict=True)
    return Shard("names", "\n".join(f"{write_number(numbers[id])}\t{line}" for id, line in lines))


def name_shards(names: NameIndex) -> NameShards:
    """Cuts the names, twice."""
    forward = _cut("n", [(name.compact, _line(name)) for _, name in names.forward])
    backward = _cut("r", [(name.compact[::-1], _line(name)) for _, name in names.backward])
    return NameShards(
        tuple(shard for _, shard in (*forward, *backward)),
        tuple(first for first, _ in forward),
        tuple(first for first, _ in backward),
        names.min_end,
    )


def _line(name: Name) -> str:
    written = "" if name.written == name.words else name.written
    return f"{name.words}\t{written}\t{write_numbers(note * 3 + kind for note, kind in name.notes)}"


def _cut(kind: str, entries: Sequence[tuple[str, str]]) -> Sequence[tuple[str, Shard]]:
    """The first letters of each shard, and it."""
    orders: list[str] = []
    texts: list[str] = []
    # Names in the same place in the order stay together.
    for order, group in groupby(entries or [("", "")], key=itemgetter(0)):
        orders.append(order)
        texts.append("\n".join(line for _, line in group))
    sizes = [len(text) + 1 for text in texts]
    typical = max(MIN_SHARD_LENGTH, isqrt(SHARD_LENGTH_FACTOR * coarse(sum(sizes))))
    ranges, firsts = cut_words(sizes, orders, kind=kind, typical=typical)
    return [
        (first, Shard(name, "\n".join(texts[some.start : some.stop])))
        for first, (name, some) in zip(firsts, ranges, strict=True)
    ]
