"""What hits show, in shards of neighbouring passages: a page loads those of the hits on show only."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import accumulate, groupby
from typing import NamedTuple

from msgspec import Struct

from notegen.model import Garden, NoteId, Passage, Url
from notegen.packed import key_of_ordered
from notegen.search.cut import cut, named
from notegen.search.inverted_index import last_heading
from notegen.search.note_groups import KnownByNote, outlines_of, passage_counts
from notegen.search.shards.shard import ShardOrder

SHARD_LENGTH = 3_000
"""Characters of a shard, about: ten hits load ten of them, as a rule, so they are the smallest kind."""

_TENTHS = 5
"""Passages are so long that a narrower span would hold one or two places to end a shard at."""

MAX_TAGS = 3
"""The most tags of a note that a hit shows."""

Record = list[object]
"""`[title, url, day, passages, tags]`, a passage being `[anchor, heading, text]`; the day is empty where there is none,
and tags are there only where there are some."""


class TextShards(Struct, frozen=True):
    """Shards `p-…`: records of notes by number; a note that goes on in the next shard has a record there too."""

    shards: Iterable[ShardOrder]
    """The shards, to be gone through once."""
    first_passages: tuple[int, ...]
    """The number, counted through the garden, of each shard's first passage."""


class TextCut(NamedTuple):
    """Where passages are cut: a shard's name, and the numbers, counted through the garden, where it begins and ends."""

    name: str
    start: int
    stop: int


def cut_texts(passages: Sequence[Passage], numbers: Mapping[NoteId, int]) -> tuple[TextCut, ...]:
    """Where the passages are cut, in the order of their notes' numbers; by their outlines alone."""
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
    return tuple(TextCut(name, some.start, some.stop) for name, some in ranges)


def text_shards(
    garden: Garden,
    passages: Sequence[Passage],
    numbers: Mapping[NoteId, int],
    cuts: Sequence[TextCut] | None = None,
) -> TextShards:
    """Shards of the passages, in the order of their notes' numbers.

    Args:
        cuts: of `cut_texts`; None to make them here.
    """
    cuts = cut_texts(passages, numbers) if cuts is None else cuts
    digests = _digests_by_note(passages)
    counts = passage_counts(passages)
    notes, starts = [*counts], [*accumulate(counts.values(), initial=0)]

    def order(one: TextCut) -> ShardOrder:
        first, end = bisect_right(starts, one.start) - 1, bisect_left(starts, one.stop)
        facts = [(digests[id], *_facts_of(garden, id)) for id in notes[first:end]]
        made_of = key_of_ordered((facts, one.start - starts[first], one.stop - one.start))
        return ShardOrder(one.name, made_of, partial(_records, garden, passages, range(one.start, one.stop)))

    return TextShards(map(order, cuts), tuple(one.start for one in cuts))


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
