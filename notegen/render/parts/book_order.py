"""The order of a book's pages, by the table of contents that mdBook and GitBook make it of, `SUMMARY.md`."""

from collections.abc import Mapping, Sequence

from notegen.model import Garden, NoteId, ToNote
from notegen.paths import fold, stem_of

_SUMMARIES = frozenset({"summary", "src/summary", "docs/summary"})


def book_table(garden: Garden) -> NoteId | None:
    """The table; None for a garden without."""
    notes = garden.notes.items()
    return next((id for id, note in notes if fold(stem_of(id)) in _SUMMARIES and note.tool == "plain"), None)


def book_order(garden: Garden) -> Mapping[NoteId, tuple[NoteId | None, NoteId | None]]:
    """For each note that the table names, the one before it and the one after it there; empty for a garden without."""
    table = book_table(garden)
    goals = garden.resolutions[table] if table else ()
    pages: Sequence[NoteId] = tuple(dict.fromkeys(goal.note for goal in goals if isinstance(goal, ToNote)))
    around = (None, *pages, None)
    return {note: (around[number], around[number + 2]) for number, note in enumerate(pages)}
