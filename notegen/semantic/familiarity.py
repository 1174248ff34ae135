"""How well the encoder knows each note of a garden, where that can be known."""

from collections.abc import Sequence

from notegen.model import Familiarity, Garden, Passage, QueryTable
from notegen.note_memory import NoteMemory
from notegen.packed import unpacker
from notegen.semantic.embed import text_of
from notegen.text.familiarity import (
    MIN_FAMILIAR,
    NOTE_PRIOR_WORDS,
    WordCount,
    add_counts,
    level_of,
    share_of,
    word_counter,
)

_count = unpacker(WordCount)


def familiarity_of(
    garden: Garden,
    passages: Sequence[Passage],
    table: QueryTable | None,
    memory: NoteMemory | None = None,
) -> Familiarity | None:
    """The levels of the notes; None where the table is not of an encoder of one language, whose words it has whole.

    Args:
        garden: the notes.
        passages: of every note at least one.
        table: the one that came with the encoder.
        memory: of the notes' words; None to count all anew.
    """
    if table is None or not table.language:
        return None
    count = word_counter(frozenset(table.tokens))
    said: dict[str, list[Passage]] = {id: [] for id in garden.notes}
    for passage in passages:
        said[passage.note].append(passage)
    notes = (memory or NoteMemory(garden)).values(
        "familiar",
        tuple(said),
        lambda note: add_counts(count(text_of(passage)) for passage in said[note]),
        _count,
        settings=(table.tokens,),
    )
    share = share_of(add_counts(notes))
    levels = tuple(level_of(note, garden=share, prior=NOTE_PRIOR_WORDS) for note in notes)
    return Familiarity(share, levels, table.language)


def unfamiliar_notes(familiarity: Familiarity | None) -> int:
    """How many notes there are for which meaning counts little."""
    return sum(level < MIN_FAMILIAR for level in familiarity.levels) if familiarity else 0
