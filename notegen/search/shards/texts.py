"""What hits show, in shards of neighbouring passages: a page loads those of the hits on show only."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice

from msgspec import Struct

from notegen.model import Garden, NoteId, Passage
from notegen.search.cut import cut, named
from notegen.search.inverted_index import last_heading
from notegen.search.shards.shard import Shard

SHARD_LENGTH = 3_000
"""Characters of a shard, about: ten hits load ten of them, as a rule, so they are the smallest kind."""

_TENTHS = 5
"""Passages are so long that a narrower span would hold one or two places to end a shard at."""

MAX_TAGS = 3
"""Of a note, which a hit shows."""

Record = list[object]
"""`[title, url, day, passages, tags]`, a passage being `[anchor, heading, text]`; the day is empty where there is none,
and tags are there only where there are some."""


class TextShards(Struct, frozen=True):
    """Shards `p-…`: records of notes by number; a note that goes on in the next shard has a record there too."""

    shards: Iterable[Shard]
    """To be gone through once: each is made when its turn comes."""
    first_passages: tuple[int, ...]
    """The number, counted through the garden, of each shard's first passage."""


def text_shards(garden: Garden, passages: Sequence[Passage], numbers: Mapping[NoteId, int]) -> TextShards:
    """Cuts the passages, in the order of their notes' numbers."""
    sizes: list[int] = []
    keys: list[str] = []
    notes: list[NoteId] = []
    for passage in passages:
        sizes.append(sum(map(len, _piece(passage))) + 10)
        keys.append(f"{passage.note}\0{passage.number}")
        notes.append(passage.note)

    def text_of(some: range) -> str:
        counts = Counter(notes[some.start : some.stop])
        first = keys[some.start].rpartition("\0")[2]
        return f"{numbers[notes[some.start]]} {first} {' '.join(map(str, counts.values()))}"

    ranges = named(cut(sizes, keys, typical=SHARD_LENGTH, tenths=_TENTHS), "p", text_of)
    return TextShards(_shards(garden, passages, ranges), tuple(some.start for _, some in ranges))


def _shards(
    garden: Garden, passages: Sequence[Passage], ranges: Sequence[tuple[str, range]]
) -> Iterator[Shard]:
    rest = iter(passages)
    for name, some in ranges:
        groups = groupby(islice(rest, len(some)), key=lambda passage: passage.note)
        yield Shard(name, [_record(garden, note, map(_piece, group)) for note, group in groups])


def _piece(passage: Passage) -> tuple[str, str, str]:
    return passage.anchor, last_heading(passage), passage.text


def _record(garden: Garden, id: NoteId, pieces: Iterable[Sequence[str]]) -> Record:
    note = garden.notes[id]
    tags = [list(note.tags[:MAX_TAGS])] if note.tags else []
    return [note.title, garden.urls[id], note.dating.iso, list(pieces), *tags]
