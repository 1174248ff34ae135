"""Which notes mention another one by name without linking to it.

A name is a note's title or one of its aliases.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from notegen.link.known_mentions import mentions_by_note
from notegen.link.mentions_in_note import forget_words
from notegen.model import Garden, Mention, NoteId
from notegen.note_memory import NoteMemory

MAX_SHARE = 0.02
"""Share of notes, or MAX_NOTES of them, that may say a name of one word; said by more it is a word, not a name."""

MAX_NOTES = 5


def find_unlinked_mentions(
    garden: Garden, memory: NoteMemory | None = None
) -> Mapping[NoteId, tuple[Mention, ...]]:
    """For each note that is named somewhere, the mentions of it, the newest note's first; total.

    A name that two notes have is nobody's. Who links to the note anywhere in a text is left out.

    Args:
        memory: of the garden's notes; None to look through all of them.
    """
    found = mentions_by_note(garden, memory or NoteMemory(garden))
    forget_words()
    times = Counter((one.mention.target, one.form) for some in found for one in some if one.form)
    limit = max(MAX_NOTES, int(MAX_SHARE * len(garden.notes)))
    by_target: dict[NoteId, list[Mention]] = defaultdict(list)
    for some in found:
        for one in some:
            if not one.form or times[one.mention.target, one.form] <= limit:
                by_target[one.mention.target].append(one.mention)
    newest = {id: -place for place, id in enumerate(garden.by_date)}
    return {
        id: tuple(sorted(by_target[id], key=lambda mention: newest[mention.note])) for id in sorted(by_target)
    }
