"""What hits show, in shards of neighbouring passages: a page loads those of the hits on show only."""

from collections.abc import Sequence
from dataclasses import dataclass

from notegen.model import Garden, NoteId, Passage
from notegen.search.inverted_index import last_heading
from notegen.search.shards.shard import Shard

SHARD_LENGTH = 4_000
"""Characters after which a shard ends: ten hits load ten of them, as a rule, so they are the smallest kind."""

MAX_TAGS = 3
"""Of a note, which a hit shows."""

Record = list[object]
"""`[title, url, day, passages, tags]`, a passage being `[anchor, heading, text]`; the day is empty where there is none,
and tags are there only where there are some."""


@dataclass(frozen=True, slots=True)
class TextShards:
    """Shards `p0`, `p1`, …: records of notes in order; a note that goes on in the next shard has a record there too."""

    shards: tuple[Shard, ...]
    first_passages: tuple[int, ...]
    """The number, counted through the garden, of each shard's first passage."""


def text_shards(garden: Garden, passages: Sequence[Passage]) -> TextShards:
    """Cuts the passages, in their order."""
    shards: list[list[Record]] = []
    firsts: list[int] = []
    length, last = SHARD_LENGTH, ""
    for number, passage in enumerate(passages):
        piece = [passage.anchor, last_heading(passage), passage.text]
        size = sum(map(len, piece)) + 10
        if length + size > SHARD_LENGTH:
            shards.append([])
            firsts.append(number)
            length, last = 0, ""
        if passage.note != last:
            shards[-1].append(_record(garden, passage.note))
            last = passage.note
        held = shards[-1][-1][3]
        assert isinstance(held, list)
        held.append(piece)
        length += size
    return TextShards(tuple(Shard(f"p{n}", records) for n, records in enumerate(shards)), tuple(firsts))


def _record(garden: Garden, id: NoteId) -> Record:
    note = garden.notes[id]
    tags = [list(note.tags[:MAX_TAGS])] if note.tags else []
    return [note.title, garden.urls[id], note.dating.iso, [], *tags]
