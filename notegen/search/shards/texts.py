"""What hits show, in shards of neighbouring passages: a page loads those of the hits on show only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct

from notegen.model import Garden, NoteId, Passage, Url
from notegen.packed import key_of_ordered
from notegen.search.cut import cut, named
from notegen.search.inverted_index import last_heading
from notegen.search.note_groups import KnownByNote, outlines_of
from notegen.search.shards.shard import ShardOrder

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

    shards: Iterable[ShardOrder]
    """To be gone through once."""
    first_passages: tuple[int, ...]
    """The number, counted through the garden, of each shard's first passage."""


def text_shards(garden: Garden, passages: Sequence[Passage], numbers: Mapping[NoteId, int]) -> TextShards:
    """Cuts the passages, in the order of their notes' numbers."""
    sizes: list[int] = []
    notes: list[NoteId] = []
    places: list[int] = []  # of passages, each in its note
    for one in outlines_of(passages):
        sizes.append(one.length + len(last_heading(one)) + 10)
        places.append(places[-1] + 1 if notes and notes[-1] == one.note else 0)
        notes.append(one.note)

    def text_of(some: range) -> str:
        counts = Counter(notes[some.start : some.stop])
        return f"{numbers[notes[some.start]]} {places[some.start]} {' '.join(map(str, counts.values()))}"

    keys = [f"{note}\0{place}" for note, place in zip(notes, places, strict=True)]
    ranges = named(cut(sizes, keys, typical=SHARD_LENGTH, tenths=_TENTHS), "p", text_of)
    digests = _digests_by_note(passages)

    def order(name: str, some: range) -> ShardOrder:
        held = dict.fromkeys(notes[some.start : some.stop])
        facts = [(digests[id], *_facts_of(garden, id)) for id in held]
        made_of = key_of_ordered((facts, places[some.start], len(some)))
        return ShardOrder(name, made_of, partial(_records, garden, passages, some))

    orders = (order(name, some) for name, some in ranges)
    return TextShards(orders, tuple(some.start for _, some in ranges))


def _digests_by_note(passages: Sequence[Passage]) -> dict[NoteId, bytes]:
    """Of all that the passages of each note say."""
    if isinstance(passages, KnownByNote):
        return dict(zip(passages.counts(), passages.digests(), strict=True))
    groups = groupby(passages, key=lambda passage: passage.note)
    return {id: key_of_ordered([(*_piece(one), one.title) for one in group]) for id, group in groups}


def _records(garden: Garden, passages: Sequence[Passage], some: range) -> list[Record]:
    groups = groupby(passages[some.start : some.stop], key=lambda passage: passage.note)
    return [_record(garden, note, map(_piece, group)) for note, group in groups]


def _piece(passage: Passage) -> tuple[str, str, str]:
    return passage.anchor, last_heading(passage), passage.text


def _record(garden: Garden, id: NoteId, pieces: Iterable[Sequence[str]]) -> Record:
    title, url, day, tags = _facts_of(garden, id)
    return [title, url, day, list(pieces), *([tags] if tags else [])]


def _facts_of(garden: Garden, id: NoteId) -> tuple[str, Url, str, list[str]]:
    """A note's title, address, day and first tags."""
    note = garden.notes[id]
    return note.title, garden.urls[id], note.dating.iso, list(note.tags[:MAX_TAGS])
