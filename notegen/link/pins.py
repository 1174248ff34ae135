"""The notes that the site's first page shows before all others."""

from collections.abc import Iterator, Mapping, Sequence

from notegen.model import Code, Note, NoteId, Place, Problem
from notegen.paths import fold, stem_of


def pinned_notes(
    notes: Mapping[NoteId, Note], by_date: Sequence[NoteId], names: Sequence[str]
) -> tuple[tuple[NoteId, ...], tuple[Problem, ...]]:
    """Those that the settings name, in their order, then those that ask for it, the newest first; and unknown names.

    A name is a path in the notes folder, with the extension or without, or the last part of one, or a title; case does
    not count, and of several notes of one name the first by id is meant.
    """
    found = notes_called(notes, names)
    problems = (
        Problem(Code.PIN_MISSING, Place("."), (("name", name),)) for name, id in found.items() if id is None
    )
    asking = (id for id in reversed(by_date) if notes[id].is_pinned)
    return tuple(dict.fromkeys((*_those(found), *asking))), tuple(problems)


def notes_called(notes: Mapping[NoteId, Note], names: Sequence[str]) -> dict[str, NoteId | None]:
    """Each name with its note: by path, with its extension or without, the last part of one, or title."""
    if not names:
        return {}
    known: dict[str, NoteId] = {}
    for called in (_path, _stem, _name, _title):
        for id in notes:
            known.setdefault(fold(called(notes[id])), id)
    return {name: known.get(fold(name.strip().strip("/"))) for name in names}


def _those(found: Mapping[str, NoteId | None]) -> Iterator[NoteId]:
    return (id for id in found.values() if id is not None)


def _path(note: Note) -> str:
    return note.id


def _stem(note: Note) -> str:
    return stem_of(note.id)


def _name(note: Note) -> str:
    return stem_of(note.id).rpartition("/")[2]


def _title(note: Note) -> str:
    return note.title
