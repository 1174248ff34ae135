"""Notes that are translations of each other: they state the same `translation`, or are `name.md` and `name.de.md`."""

from collections.abc import Mapping

from msgspec.structs import replace

from notegen.i18n import direction_of
from notegen.model import Note, NoteId
from notegen.paths import fold, stem_of
from notegen.regex import regex

_OF_NAME = regex(r"(?P<stem>.*[^/.])\.(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)")


def languages_of_names(notes: Mapping[NoteId, Note]) -> dict[NoteId, str]:
    """The language that the name of a note says: `name.de.md`, where `name.md` or another language of it is beside it.

    In Dendron dots part the levels of a name.
    """
    named = {
        id: (fold(found["stem"]), found["language"])
        for id, note in notes.items()
        if note.tool != "dendron"
        and (found := _OF_NAME.fullmatch(stem_of(id)))
        and direction_of(found["language"])
    }
    stems = {fold(stem_of(id)) for id in notes if id not in named}
    languages: dict[str, set[str]] = {}
    for stem, language in named.values():
        languages.setdefault(stem, set()).add(language)
    return {
        id: language for id, (stem, language) in named.items() if stem in stems or len(languages[stem]) > 1
    }


def in_language(note: Note, language: str | None) -> Note:
    """The note in the language that its name says; what it states itself wins, and no title ends in `.de`."""
    if language is None:
        return note
    title = note.title
    if not note.has_title_heading and title == stem_of(note.id).rpartition("/")[2]:
        title = title.removesuffix(f".{language}")
    return replace(note, language=note.language or language, title=title)


def translations_of(
    notes: Mapping[NoteId, Note], languages: Mapping[NoteId, str]
) -> dict[NoteId, tuple[NoteId, ...]]:
    """For each note that has translations all of them, itself among them, by id.

    Args:
        notes: with the languages that their names say.
        languages: those.
    """
    stated: dict[str, list[NoteId]] = {}
    by_stem: dict[str, list[NoteId]] = {}
    for id, note in notes.items():
        if note.translation:
            stated.setdefault(note.translation, []).append(id)
        name = stem_of(id).removesuffix(f".{languages[id]}") if id in languages else stem_of(id)
        by_stem.setdefault(fold(name), []).append(id)
    found: dict[NoteId, tuple[NoteId, ...]] = {}
    for group in (*stated.values(), *(ids for ids in by_stem.values() if any(id in languages for id in ids))):
        members = _one_a_language(group, notes)
        if len(members) > 1:
            for id in members:
                found.setdefault(id, members)
    return found


def _one_a_language(group: list[NoteId], notes: Mapping[NoteId, Note]) -> tuple[NoteId, ...]:
    """The notes of a group, of two in one language the first alone: two such are no translations of each other."""
    chosen: dict[str, NoteId] = {}
    for id in sorted(group):
        chosen.setdefault(notes[id].language.lower(), id)
    return tuple(sorted(chosen.values()))
