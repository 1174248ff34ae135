"""The notes by when they were last changed: beside the pages of days, which go by when notes are from."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from notegen.model import NoteId, OutputFile
from notegen.paths import CHANGED, part_url
from notegen.render.parts.lists import Entry, entry_of, part_lead, part_link, parts_of
from notegen.render.site import Site, make_page


class ChangedOn(Struct, frozen=True):
    """The notes that were last changed on a day."""

    iso: str
    text: str
    entries: tuple[Entry, ...]


def changed_notes(site: Site) -> list[tuple[date, NoteId]]:
    """The notes that were changed after the day they are from, the last one first; those of a day by title."""
    if not site.config.note.changed:
        return []
    notes = site.garden.notes
    found = [(note.changed, id) for id, note in notes.items() if note.changed and id != site.front]
    return sorted(found, key=lambda one: (-one[0].toordinal(), notes[one[1]].title, one[1]))


def changed_pages(site: Site) -> Iterator[OutputFile]:
    """The list, in parts where it is long; nothing in a garden in which no note was changed."""
    listed = changed_notes(site)
    parts = parts_of(listed)
    for number, part in enumerate(parts if listed else (), 1):
        page = part_url(CHANGED, number)
        lead = site.translate("count.notes", count=len(listed))
        names = {
            "lead": part_lead(site, lead, number, len(parts)),
            "days": tuple(_days(site, page, part)),
            "earlier": part_link(site, page, CHANGED, number - 1, len(parts), "list.newer"),
            "later": part_link(site, page, CHANGED, number + 1, len(parts), "list.older"),
        }
        yield make_page(site, "changed.html", page, "dates", names, title=site.translate("dates.changed"))


def _days(site: Site, page: str, notes: Sequence[tuple[date, NoteId]]) -> Iterator[ChangedOn]:
    for day, same in groupby(notes, key=lambda one: one[0]):
        entries = tuple(entry_of(site, page, note) for _, note in same)
        yield ChangedOn(day.isoformat(), site.language.day(day), entries)
