"""Lists of notes as templates take them: entries, the archive by year, month and day, navigation links, counts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, takewhile
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from notegen.i18n import capital
from notegen.model import NoteId, Url
from notegen.paths import UNDATED, day_url, month_url, part_url, year_url
from notegen.render.parts.excerpt import excerpt
from notegen.render.site import Site, link_to

T = TypeVar("T")

MAX_LISTED_NOTES = 200
"""Notes that one page lists at most; longer lists go on in parts, or show counts that lead on."""

MAX_SHOWN_CHILDREN = 40
"""Notes below another that its page shows at once."""


class Entry(Struct, frozen=True):
    """A note in a list."""

    href: str
    title: str
    description: str = ""


class Row(Struct, frozen=True):
    """A name with a count, and how deep it stands below the others."""

    href: str
    text: str
    count: str
    depth: int = 0


class NavLink(Struct, frozen=True):
    """A way to the page before, after or above: what it is called and what kind of neighbour it is."""

    href: str
    text: str
    kind: str = ""


class Children(Struct, frozen=True):
    """The notes right below one: those shown at once, those behind a fold, and how many there are in all."""

    count: int
    shown: tuple[Entry, ...]
    further: tuple[Entry, ...]
    unnamed: int


class DayOfNotes(Struct, frozen=True):
    """A day of the archive: its number stands in the margin."""

    href: str
    numeral: str
    long: str
    entries: tuple[Entry, ...]


class MonthOfNotes(Struct, frozen=True):
    """A month of the archive; without `text` on a page that is about this month."""

    href: str
    text: str
    count: str
    days: tuple[DayOfNotes, ...]


class YearOfNotes(Struct, frozen=True):
    """A year of the archive; without `text` on a page that is about this year."""

    href: str
    text: str
    count: str
    months: tuple[MonthOfNotes, ...]


class UndatedNotes(Struct, frozen=True):
    """The notes of a list that have no date, and how many there are in the garden; without `text`, no heading."""

    href: str
    text: str
    count: str
    entries: tuple[Entry, ...]


class Calendar(Struct, frozen=True):
    """The notes of each year and month, newest first; only those that have any days in the garden."""

    years: Mapping[int, tuple[NoteId, ...]]
    months: Mapping[tuple[int, int], tuple[NoteId, ...]]


def calendar_of(site: Site) -> Calendar:
    """The garden's notes by year and month, both ascending; a month with nothing but mentions is there, and empty."""
    garden = site.garden
    months: dict[tuple[int, int], list[NoteId]] = {}
    for day, content in garden.days.items():
        months.setdefault((day.year, day.month), []).extend(content.notes)
    years: dict[int, list[NoteId]] = {}
    for (year, _), notes in months.items():
        years.setdefault(year, []).extend(notes)
    return Calendar(
        years={year: tuple(reversed(notes)) for year, notes in years.items()},
        months={month: tuple(reversed(notes)) for month, notes in months.items()},
    )


def entry_of(site: Site, page: Url, note: NoteId, *, described: bool = False) -> Entry:
    """The note as a line of a list on `page`."""
    parsed = site.garden.notes[note]
    description = excerpt(parsed.description, size=150) if described else ""
    title, about = (site.typeset_text(text, parsed) for text in (parsed.title, description))
    return Entry(link_to(page, site.garden.urls[note]), title, about)


def children_on(site: Site, page: Url, notes: Sequence[NoteId]) -> Children | None:
    """The notes below the one on `page`, in their order; None when there are none."""
    if not notes:
        return None
    listed = [entry_of(site, page, note) for note in notes[:MAX_LISTED_NOTES]]
    return Children(
        count=len(notes),
        shown=tuple(listed[:MAX_SHOWN_CHILDREN]),
        further=tuple(listed[MAX_SHOWN_CHILDREN:]),
        unnamed=max(0, len(notes) - MAX_LISTED_NOTES),
    )


def archive(
    site: Site,
    page: Url,
    notes: Sequence[NoteId],
    *,
    calendar: Calendar | None = None,
    described: int = 0,
    quoted: Mapping[NoteId, str] = MappingProxyType({}),
    years: bool = True,
    months: bool = True,
    by_change: bool = False,
) -> tuple[YearOfNotes, ...]:
    """The dated ones of the notes, which come newest first, under their years, months and days.

    Args:
        by_change: the notes come by their last change, and stand under its day; the pages of days go by dates, so that
            no heading leads to one.
        calendar: counts each heading's notes over the whole garden; None counts those listed.
        described: how many notes, from the first, show their description.
        quoted: what a note says, as HTML, that shows in place of its description.
        years: whether years have a heading.
        months: whether months have a heading.
    """
    shown = {note: index < described for index, note in enumerate(notes)}
    days = {note: day for note in notes if (day := listed_day(site, note, by_change=by_change))}

    def way_to(url: Url) -> str:
        return "" if by_change else link_to(page, url)

    def of_days(group: Sequence[NoteId]) -> Iterator[DayOfNotes]:
        for day, of_day in groupby(group, key=days.__getitem__):
            entries = tuple(_quoted_entry(site, page, note, quoted, described=shown[note]) for note in of_day)
            shown_day = day_of_notes(site, page, day, entries)
            yield replace(shown_day, href=way_to(day_url(day)))

    def of_months(group: Sequence[NoteId]) -> Iterator[MonthOfNotes]:
        for month, of_month in groupby(group, key=lambda note: _month_of(days[note])):
            listed = tuple(of_month)
            count = site.translate(
                "count.notes", count=len(calendar.months[month] if calendar and not by_change else listed)
            )
            text = capital(site.language.month_alone(month[1])) if months else ""
            yield MonthOfNotes(way_to(month_url(*month)), text, count, tuple(of_days(listed)))

    def of_years() -> Iterator[YearOfNotes]:
        for year, of_year in groupby(days, key=lambda note: days[note].year):
            listed = tuple(of_year)
            count = site.translate(
                "count.notes", count=len(calendar.years[year] if calendar and not by_change else listed)
            )
            text = site.language.year(year) if years else ""
            yield YearOfNotes(way_to(year_url(year)), text, count, tuple(of_months(listed)))

    return tuple(of_years())


def undated_in(
    site: Site,
    page: Url,
    notes: Sequence[NoteId],
    *,
    described: int = 0,
    quoted: Mapping[NoteId, str] = MappingProxyType({}),
    is_named: bool = True,
    is_all: bool = False,
    total: int = 0,
    by_change: bool = False,
) -> UndatedNotes | None:
    """Those of the notes that have no date, in their order; None where all have one.

    Args:
        described: how many of all the notes, from the first, show their description.
        quoted: as in `archive`.
        is_named: whether they have a heading.
        is_all: whether no note of the garden has a date, so that to say so would tell none from another.
        total: what the heading counts; 0 for those listed.
        by_change: as in `archive`.
    """
    entries = tuple(
        _quoted_entry(site, page, note, quoted, described=number < described)
        for number, note in enumerate(notes)
        if listed_day(site, note, by_change=by_change) is None
    )
    if not entries:
        return None
    count = site.translate("count.notes", count=total or len(entries))
    heading = site.translate("map.all_notes" if is_all else "dates.undated") if is_named else ""
    return UndatedNotes(link_to(page, UNDATED), heading, count, entries)


def listed_day(site: Site, note: NoteId, *, by_change: bool = False) -> date | None:
    """The day under which a list has the note: its own, or that of its last change, where this is later; or none."""
    parsed = site.garden.notes[note]
    changed = parsed.changed if by_change else None
    return max((day for day in (parsed.dating.day, changed) if day), default=None)


def undated_notes(site: Site) -> tuple[NoteId, ...]:
    """The garden's notes without a date, by title."""
    undated = takewhile(lambda note: site.garden.notes[note].dating.day is None, site.garden.by_date)
    return tuple(reversed(tuple(undated)))


def _quoted_entry(
    site: Site, page: Url, note: NoteId, quoted: Mapping[NoteId, str], *, described: bool
) -> Entry:
    if note in quoted:
        return replace(entry_of(site, page, note), description=quoted[note])
    return entry_of(site, page, note, described=described)


def day_of_notes(site: Site, page: Url, day: date, entries: tuple[Entry, ...]) -> DayOfNotes:
    """A day of the archive as it stands on `page`."""
    numeral, words = site.language.numeral(day.day), site.language.day(day)
    return DayOfNotes(link_to(page, day_url(day)), numeral, words, entries)


def part_lead(site: Site, lead: str, number: int, parts: int) -> str:
    """What a part of a long list says of itself under its heading."""
    return lead if parts == 1 else site.translate("list.part_of", lead=lead, number=number, parts=parts)


def part_link(site: Site, page: Url, first: Url, number: int, parts: int, kind: str) -> NavLink | None:
    """The way from `page` to a part of the list that begins at `first`; None where there is no such part.

    Args:
        kind: the key of what the part is to this one: before, after, newer, older.
    """
    if not 1 <= number <= parts:
        return None
    return NavLink(
        link_to(page, part_url(first, number)),
        site.translate("list.part", number=number),
        site.translate(kind),
    )


def parts_of(items: Sequence[T], size: int = MAX_LISTED_NOTES) -> tuple[Sequence[T], ...]:
    """The items in runs of at most `size`; one empty run when there are none."""
    return tuple(items[start : start + size] for start in range(0, len(items), size)) or (items,)


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month
