"""Links a garden again after an edit of a few notes, and takes over all that the edit cannot have changed.

Most edits change the text of a note and nothing by which others find it. Then only its own links are looked up, and
links to its headings where these have changed. After any other edit the whole garden is linked anew, with the same
result.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from notegen.link.backlinks import changed_backlinks
from notegen.link.embeds import SHOWN_KINDS
from notegen.link.garden import Linked
from notegen.link.translations import in_language
from notegen.model import Backlink, Day, Garden, LinkedNotes, Note, NoteId, Resolution, ToAsset, ToDay, ToNote

_OWN_RULES = frozenset({"dendron", "logseq"})
"""Tools in whose gardens a link makes a page, or a note has the headings of others."""


def relinked(linked: Linked, notes: Sequence[Note]) -> Linked | None:
    """The garden with some of its notes replaced; None if the whole garden has to be linked anew.

    Its `problems` stay those of the garden before.

    Args:
        notes: as parsed; each is in the garden already.
    """
    garden = linked.garden
    languages = garden.languages_of_names
    changed = {
        note.id: replace(in_language(note, languages.get(note.id)), tags=garden.notes[note.id].tags)
        for note in notes
    }
    if not all(_is_found_alike(linked.parsed[note.id], note) for note in notes):
        return None
    all_notes = {**garden.notes, **changed}
    resolver = linked.resolver.with_notes(all_notes, changed)
    asked = {**changed, **_notes_that_lead_into(garden, changed)}
    resolved = {
        id: tuple(resolver.resolve(link, id).resolution for link in note.links) for id, note in asked.items()
    }
    if any(
        _of_kind(ToAsset, garden.resolutions[id]) != _of_kind(ToAsset, goals)
        or _embedded(garden.notes[id], garden.resolutions[id]) != _embedded(asked[id], goals)
        for id, goals in resolved.items()
    ):
        return None
    edited = replace(
        garden,
        notes=all_notes,
        resolutions={**garden.resolutions, **resolved},
        backlinks=_backlinks(garden, all_notes, resolved),
        days=_days(garden, all_notes, resolved),
    )
    if "neighbours" in vars(garden):  # what takes long, and changes little
        vars(edited)["neighbours"] = _neighbours(garden, resolved)
    return Linked(edited, resolver, {**linked.parsed, **{note.id: note for note in notes}})


def _is_found_alike(before: Note, after: Note) -> bool:
    """Whether no other note can tell the two apart but by what they say."""
    return before.tool == after.tool and after.tool not in _OWN_RULES and _outside(before) == _outside(after)


def _outside(note: Note) -> tuple[object, ...]:
    return (
        note.title, note.dating, note.aliases, note.tags, note.properties, note.former, note.names, note.root,
        note.blocks.keys(), note.is_pinned, note.language, note.translation,
    )  # fmt: skip


def _notes_that_lead_into(garden: Garden, changed: Mapping[NoteId, Note]) -> dict[NoteId, Note]:
    """The other notes with links to those whose headings are others than before."""
    moved = {id for id, note in changed.items() if _places(note) != _places(garden.notes[id])}
    leading = {backlink.note for id in moved for backlink in garden.backlinks.get(id, ())}
    return {id: garden.notes[id] for id in leading if id not in changed}


def _places(note: Note) -> tuple[object, ...]:
    return tuple(replace(heading, line=0) for heading in note.headings), note.ids, note.blocks


def _of_kind(kind: type[Resolution], goals: Iterable[Resolution]) -> set[Resolution]:
    return {goal for goal in goals if isinstance(goal, kind)}


def _embedded(note: Note, goals: Iterable[Resolution]) -> list[Resolution]:
    """What the note shows of others, on which hangs how deep pages show notes within notes."""
    pairs = zip(note.links, goals, strict=True)
    return [goal for link, goal in pairs if link.kind in SHOWN_KINDS]


def _backlinks(
    garden: Garden, notes: Mapping[NoteId, Note], resolved: Mapping[NoteId, Sequence[Resolution]]
) -> Mapping[NoteId, tuple[Backlink, ...]]:
    found: dict[NoteId, list[Backlink]] = {}
    for source, goals in resolved.items():
        for goal in _of_kind(ToNote, garden.resolutions[source]):
            assert isinstance(goal, ToNote)
            if goal.note not in found:
                found[goal.note] = [b for b in garden.backlinks.get(goal.note, ()) if b.note not in resolved]
        for goal, backlink in _seen_from_goals(notes[source], goals):
            if isinstance(goal, ToNote) and goal.note != source:
                kept = (b for b in garden.backlinks.get(goal.note, ()) if b.note not in resolved)
                found.setdefault(goal.note, list(kept)).append(backlink)
    place = {id: number for number, id in enumerate(garden.by_date)} if found else {}
    newest = {goal: tuple(sorted(them, key=lambda b: -place[b.note])) for goal, them in found.items()}
    return changed_backlinks(garden.backlinks, newest)


def _days(
    garden: Garden, notes: Mapping[NoteId, Note], resolved: Mapping[NoteId, Sequence[Resolution]]
) -> dict[date, Day]:
    found: dict[date, list[Backlink]] = {}

    def kept(day: date) -> list[Backlink]:
        return [b for b in garden.days[day].mentions if b.note not in resolved] if day in garden.days else []

    for source, goals in resolved.items():
        for goal in _of_kind(ToDay, garden.resolutions[source]):
            assert isinstance(goal, ToDay)
            found.setdefault(goal.day, kept(goal.day))
        for goal, backlink in _seen_from_goals(notes[source], goals):
            if isinstance(goal, ToDay):
                found.setdefault(goal.day, kept(goal.day)).append(backlink)
    if not found:
        return dict(garden.days)
    place = {id: number for number, id in enumerate(garden.by_date)}
    days = dict(garden.days)
    for day, mentions in found.items():
        dated = garden.days[day].notes if day in garden.days else ()
        days[day] = Day(dated, tuple(sorted(mentions, key=lambda b: place[b.note])))
    return {day: days[day] for day in sorted(days) if days[day].notes or days[day].mentions}


def _seen_from_goals(note: Note, goals: Sequence[Resolution]) -> Iterator[tuple[Resolution, Backlink]]:
    yield from ((goal, Backlink(note.id, link)) for link, goal in zip(note.links, goals, strict=True))


def _neighbours(
    garden: Garden, resolved: Mapping[NoteId, Sequence[Resolution]]
) -> Mapping[NoteId, LinkedNotes]:
    """As the garden has them, for it after the edit."""
    neighbours = dict(garden.neighbours)
    for source, goals in resolved.items():
        before = set(neighbours[source].outward)
        after = {goal.note for goal in goals if isinstance(goal, ToNote)} - {source}
        neighbours[source] = replace(neighbours[source], outward=tuple(sorted(after)))
        for goal in before - after:
            inward = tuple(one for one in neighbours[goal].inward if one != source)
            neighbours[goal] = replace(neighbours[goal], inward=inward)
        for goal in after - before:
            inward = tuple(sorted((*neighbours[goal].inward, source)))
            neighbours[goal] = replace(neighbours[goal], inward=inward)
    return neighbours
