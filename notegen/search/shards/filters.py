"""What the operators of a question look at, one shard each, loaded by a question that has the operator."""

from itertools import pairwise

from notegen.model import Garden
from notegen.search.shards.shard import Shard
from notegen.search.varint import write_number, write_numbers
from notegen.text.tokens import fold, shared_letters


def filter_shards(garden: Garden) -> tuple[Shard, ...]:
    """The shards `tags`, `paths` and `days`; notes are numbered in the order of `garden.notes`.

    `tags` has a line a tag, folded: the distances from each of its notes to the next, less one, a space, the tag; a
    tag's notes are those of the tags within it too. `paths` has a line a note: how many characters its folded path
    shares with the one before it, a space, and the others. `days` is one text: the day before the earliest,
    counted as `date.toordinal` does, then how many days later each note is, 0 for one without a date.
    """
    return (Shard("tags", _tags(garden)), Shard("paths", _paths(garden)), Shard("days", _days(garden)))


def _tags(garden: Garden) -> str:
    numbers = {id: number for number, id in enumerate(garden.notes)}
    tagged: dict[str, set[int]] = {}
    for tag, ids in garden.tags.items():
        tagged.setdefault(fold(tag), set()).update(numbers[id] for id in ids)
    return "\n".join(
        write_numbers(after - before - 1 for before, after in pairwise([-1, *sorted(tagged[tag])]))
        + f" {tag}"
        for tag in sorted(tagged)
    )


def _paths(garden: Garden) -> str:
    paths = ["", *map(fold, garden.notes)]
    shared = [shared_letters(before, path) for before, path in pairwise(paths)]
    # Cut where JavaScript counts as Python does.
    return "\n".join(
        f"{write_number(count)} {path[count:]}" if max(path[:count], default="") <= "\uffff" else f"A {path}"
        for count, path in zip(shared, paths[1:], strict=True)
    )


def _days(garden: Garden) -> str:
    days = [day.toordinal() if (day := note.dating.day) else 0 for note in garden.notes.values()]
    before = min(filter(None, days), default=1) - 1
    return write_numbers([before, *(day - before if day else 0 for day in days)])
