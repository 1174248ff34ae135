"""On this day: notes of the same day and month in other years.

A note's own page lists them. On the home page it is the reader's clock that says which day it is: a script there loads
the notes of its month, and shows those of its day.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from notegen.model import Note, NoteId, OutputFile, Url
from notegen.page_data import data_file
from notegen.render.parts.lists import Row
from notegen.render.site import Site, link_to

MAX_ANNIVERSARIES = 12
"""Notes of other years that a page names, the newest first."""

Anniversaries = Mapping[tuple[int, int], tuple[NoteId, ...]]
"""By month and day, the notes of all years, the newest first."""


def anniversaries_of(site: Site) -> Anniversaries:
    """The garden's dated notes by day of the year."""
    days: dict[tuple[int, int], list[NoteId]] = {}
    for id in reversed(site.garden.by_date):
        if id != site.front and (day := site.garden.notes[id].dating.day):
            days.setdefault(_day_of_year(day), []).append(id)
    return {day: tuple(days[day]) for day in sorted(days)}


def others_of_the_day(site: Site, known: Anniversaries, page: Url, note: Note) -> tuple[Row, ...]:
    """The notes of other years, as rows whose count is their year."""
    if not (day := note.dating.day):
        return ()
    notes = site.garden.notes
    others = (
        (other.year, notes[id])
        for id in known.get(_day_of_year(day), ())
        if (other := notes[id].dating.day) and other.year != day.year
    )
    return tuple(
        Row(
            link_to(page, site.garden.urls[other.id]),
            site.typeset_text(other.title, other),
            site.language.numeral(year),
        )
        for (year, other), _ in zip(others, range(MAX_ANNIVERSARIES), strict=False)
    )


def month_scripts(site: Site, known: Anniversaries) -> Iterator[tuple[int, OutputFile]]:
    """For each month that has notes, its number and a script that hands them over: by day, [year, title, URL]."""
    for month in range(1, 13):
        days = {
            day: [
                [of_day.year, note.title, link_to("", site.garden.urls[note.id])]
                for note in map(site.garden.notes.__getitem__, ids)
                if (of_day := note.dating.day)
            ]
            for (of, day), ids in known.items()
            if of == month
        }
        if days:
            yield month, data_file(f"days-{month:02}", "days", days)


def _day_of_year(day: date) -> tuple[int, int]:
    return day.month, day.day
