"""What a question can be filtered by, as the menu of the search box offers it; loaded when that is opened."""

from notegen.model import Garden
from notegen.search.shards.shard import Shard

MAX_TAGS = 200
"""The most tags in the menu; the rarer ones are found by typing them."""


def filter_menu_shard(garden: Garden) -> Shard:
    """Shard `filters`: the days of the oldest and the newest note, and tags with their numbers of notes, most first.

    A tag counts the notes of the tags within it, as its page does. Tags with as many notes are in alphabetical order.
    """
    days = sorted(day for note in garden.notes.values() if (day := note.dating.day))
    tags = sorted(garden.tags, key=lambda tag: (-len(garden.tags[tag]), tag))[:MAX_TAGS]
    return Shard(
        "filters",
        {
            "days": [day.isoformat() for day in (days[0], days[-1])] if days else [],
            "tags": [[tag, len(garden.tags[tag])] for tag in tags],
        },
    )
