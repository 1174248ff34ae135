"""What hits show, in shards of neighbouring passages: a page loads those of the hits on show only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

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


@dataclass(frozen=True, slots=True)
class TextShards:
    """Shards `p-…`: records of notes in order; a note that goes on in the next shard has a record there too."""

    shards: tuple[Shard, ...]
    first_passages: tuple[int, ...]
    """The number, counted through the garden, of each shard's first passage."""


def text_shards(garden: Garden, passages: Sequence[Passage]) -> TextShards:
    """Cuts the passages, in their order."""
    pieces = [[passage.anchor, last_heading(passage), passage.text] for passage in passages]
    sizes = [sum(map(len, piece)) + 10 for piece in pieces]
    keys = [f"{passage.note}\0{passage.number}" for passage in passages]
    numbers = {id: number for number, id in enumerate(garden.notes)}

    def text_of(some: range) -> str:
        counts = Counter(passages[number].note for number in some)
        first = passages[some.start]
        return f"{numbers[first.note]} {first.number} {' '.join(map(str, counts.values()))}"

    ranges = named(cut(sizes, keys, typical=SHARD_LENGTH, tenths=_TENTHS), "p", text_of)
    shards = []
    for name, some in ranges:
        records = []
        for note, group in groupby(some, key=lambda number: passages[number].note):
            records.append(_record(garden, note, [pieces[number] for number in group]))
        shards.append(Shard(name, records))
    return TextShards(tuple(shards), tuple(some.start for _, some in ranges))


def _record(garden: Garden, id: NoteId, pieces: Sequence[Sequence[str]]) -> Record:
    note = garden.notes[id]
    tags = [list(note.tags[:MAX_TAGS])] if note.tags else []
    return [note.title, garden.urls[id], note.dating.iso, list(pieces), *tags]
