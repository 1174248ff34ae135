"""The suggestions of the search box before anything is typed, loaded when it is opened empty."""

from notegen.model import Garden, NoteId
from notegen.search.shards.shard import Shard

MAX_NOTES = 5
"""Notes of each kind: with those that the reader opened last they fill a screen."""


def offered_shard(garden: Garden) -> Shard:
    """Shard `offered`: `newest` and `linked`, each a list of `[title, url, day]`, best first.

    The most linked notes are those that most other notes link to, of as many the newer first; a note that only one
    links to is none of them, and none is in both lists.
    """
    newest = garden.by_date[::-1][:MAX_NOTES]
    linking = {id: len(linked.inward) for id, linked in garden.neighbours.items()}
    often = [id for id in garden.by_date[::-1] if linking[id] > 1 and id not in newest]
    linked = sorted(often, key=lambda id: -linking[id])[:MAX_NOTES]
    return Shard(
        "offered",
        {"newest": [_entry(garden, id) for id in newest], "linked": [_entry(garden, id) for id in linked]},
    )


def _entry(garden: Garden, id: NoteId) -> list[str]:
    note = garden.notes[id]
    return [note.title, garden.urls[id], note.dating.iso]
