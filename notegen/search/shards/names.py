"""What notes are called, in shards: in order from the beginnings of names, and once more from their ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

from notegen.search.note_names import Name, NameIndex
from notegen.search.shards.shard import Shard
from notegen.search.varint import write_numbers
from notegen.text.tokens import shared_letters

MIN_SHARD_LENGTH = 2_000
"""Characters after which a shard ends in a small garden; about 1 kB with gzip, and each question loads one or two."""

SHARD_LENGTH_FACTOR = 3
"""As in `postings.py`."""


@dataclass(frozen=True, slots=True)
class NameShards:
    """Shards `n0`, `n1`, … of names in order of their words without spaces, and `r0`, … in that from their ends.

    A line is a name's words; what it is as written, empty where that is the same; and for each note that goes by it
    three times the note's number plus the kind of name. Tabs are between them.
    """

    shards: tuple[Shard, ...]
    forward: tuple[str, ...]
    """For each `n` shard the shortest beginning that comes after all names of the shard before it."""
    backward: tuple[str, ...]
    min_end: int


def name_shards(names: NameIndex) -> NameShards:
    """Cuts the names, twice."""
    forward = list(_cut([(name.compact, _line(name)) for _, name in names.forward]))
    backward = list(_cut([(name.compact[::-1], _line(name)) for _, name in names.backward]))
    return NameShards(
        (
            *(Shard(f"n{number}", text) for number, (_, text) in enumerate(forward)),
            *(Shard(f"r{number}", text) for number, (_, text) in enumerate(backward)),
        ),
        tuple(first for first, _ in forward),
        tuple(first for first, _ in backward),
        names.min_end,
    )


def _line(name: Name) -> str:
    written = "" if name.written == name.words else name.written
    return f"{name.words}\t{written}\t{write_numbers(note * 3 + kind for note, kind in name.notes)}"


def _cut(entries: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The first letters and the content of each shard."""
    length = max(MIN_SHARD_LENGTH, isqrt(SHARD_LENGTH_FACTOR * sum(len(line) + 1 for _, line in entries)))
    group: list[str] = []
    size, first, before = 0, "", ""
    for order, line in entries:
        # Names in the same place in the order stay together.
        if group and size + len(line) > length and order != before:
            yield first, "\n".join(group)
            group, size = [], 0
            first = order[: shared_letters(before, order) + 1]
        group.append(line)
        size += len(line) + 1
        before = order
    if group or not entries:
        yield first, "\n".join(group)
