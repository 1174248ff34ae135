"""What the operators of a question look at, one shard each, loaded by a question that has the operator."""

from collections.abc import Mapping
from itertools import chain, pairwise

from notegen.model import Garden, NoteId
from notegen.search.shards.shard import Shard
from notegen.search.varint import write_number, write_numbers
from notegen.text.tokens import fold, shared_letters


def filter_shards(garden: Garden, numbers: Mapping[NoteId, int]) -> tuple[Shard, ...]:
    """The shards `tags`, `paths` and `days`.

    `tags` has a line for each tag, folded: the distance from each of its notes to the next, less one; a space; the tag.
    A tag's notes are those of the tags within it too. `paths` has a line for each note, in the garden's order: its
    number; how many characters its folded path shares with the one before it; a space; the other characters. `days` is
    one text: the day before the earliest, counted as `date.toordinal` does; then for each note, in the garden's order,
    its number and how many days later it is, 0 for one without a date.
    """
    return (
        Shard("tags", _tags(garden, numbers)),
        Shard("paths", _paths(garden, numbers)),
        Shard("days", _days(garden, numbers)),
    )


def _tags(garden: Garden, numbers: Mapping[NoteId, int]) -> str:
    tagged: dict[str, set[int]] = {}
    for tag, ids in garden.tags.items():
        tagged.setdefault(fold(tag), set()).update(numbers[id] for id in ids)
    return "\n".join(
        write_numbers(after - before - 1 for before, after in pairwise([-1, *sorted(tagged[tag])]))
        + f" {tag}"
        for tag in sorted(tagged)
    )


def _paths(garden: Garden, numbers: Mapping[NoteId, int]) -> str:
    paths = ["", *map(fold, garden.notes)]
    shared = [shared_letters(before, path) for before, path in pairwise(paths)]
    # Cut where JavaScript counts as Python does.
    lines = (
        f"{write_number(count)} {path[count:]}" if max(path[:count], default="") <= "\uffff" else f"A {path}"
        for count, path in zip(shared, paths[1:], strict=True)
    )
    return "\n".join(
        f"{write_number(numbers[id])}{line}" for id, line in zip(garden.notes, lines, strict=True)
    )


def _days(garden: Garden, numbers: Mapping[NoteId, int]) -> str:
    days = {id: day.toordinal() for id, note in garden.notes.items() if (day := note.dating.day)}
    before = min(days.values(), default=1) - 1
    pairs = ((numbers[id], days.get(id, before) - before) for id in garden.notes)
    return write_numbers([before, *chain.from_iterable(pairs)])
