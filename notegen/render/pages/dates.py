"""The pages of years, months and days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from notegen.i18n import capital
from notegen.model import Day, OutputFile, Url
from notegen.paths import HOME, UNDATED, day_url, month_url, part_url, year_url
from notegen.render.known_pages import PageOrder, PageSources
from notegen.render.pages.calendar import month_table, year_tables
from notegen.render.parts.backlinks import MAX_QUOTED_NOTES, backlinks_on
from notegen.render.parts.lists import (
    MAX_LISTED_NOTES,
    Calendar,
    DayOfNotes,
    Entry,
    MonthOfNotes,
    NavLink,
    Row,
    YearOfNotes,
    archive,
    day_of_notes,
    entry_of,
    parts_of,
    undated_notes,
)
from notegen.render.site import Site, link_to, make_page

MAX_DESCRIBED_NOTES = 60
"""Notes on one page that show what they are about."""
MENTION_SENTENCE = 320
"""Characters shown of a sentence that names a day, which its page is about."""


def date_orders(site: Site, calendar: Calendar) -> Iterator[PageOrder]:
    """A page for each year, month and day that has notes or mentions; each leads to its neighbours of its kind."""
    for number, year in enumerate(calendar.years):
        yield PageOrder(year_url(year), (number,), partial(_ordered_year, number))
    days = list(site.garden.days)
    days_of: dict[tuple[int, int], list[date]] = {}
    for day in days:
        days_of.setdefault((day.year, day.month), []).append(day)
    for number, month in enumerate(calendar.months):
        inside = days_of[month]
        yield PageOrder(month_url(*month), (number, *inside), partial(_ordered_month, number, inside))
    for number, day in enumerate(days):
        around, place = days[max(0, number - 1) : number + 2], min(number, 1)
        yield PageOrder(day_url(day), (*around, place), partial(_ordered_day, around, place))


def _ordered_year(number: int, sources: PageSources) -> Iterator[OutputFile]:
    return pages_of_year(sources.site, sources.calendar, number)


def _ordered_month(number: int, days: Sequence[date], sources: PageSources) -> Iterator[OutputFile]:
    return pages_of_month(sources.site, sources.calendar, number, days)


def _ordered_day(days: Sequence[date], number: int, sources: PageSources) -> Iterator[OutputFile]:
    return pages_of_day(sources.site, days, number)


def undated_pages(site: Site) -> Iterator[OutputFile]:
    """The notes of which nothing says when they are from, by title: one page, or parts; none where all have a date."""
    notes = undated_notes(site)
    heading = site.translate("dates.undated" if site.is_dated else "map.all_notes")
    for number, listed in enumerate(parts_of(notes) if notes else (), 1):
        page = part_url(UNDATED, number)
        yield _date_page(
            site, page, heading, site.translate("count.notes", count=len(notes)),
            label=site.translate("list.parts"),
            notes=tuple(
                entry_of(site, page, note, described=len(listed) <= MAX_DESCRIBED_NOTES) for note in listed
            ),
            earlier=_nav_link(page, _part_target(site, UNDATED, number - 1, "list.before")) if number > 1 else None,
            later=_nav_link(page, _part_target(site, UNDATED, number + 1, "list.after"))
            if number < len(parts_of(notes))
            else None,
            up=NavLink(link_to(page, HOME), site.translate("dates.all")) if site.is_dated else None,
        )  # fmt: skip


def pages_of_year(site: Site, calendar: Calendar, number: int) -> Iterator[OutputFile]:
    """The page of the year at this place among the calendar's."""
    years = list(calendar.years)
    year = years[number]
    page, notes = year_url(year), calendar.years[year]
    short = len(notes) <= MAX_LISTED_NOTES
    months = {month: inside for month, inside in calendar.months.items() if month[0] == year}
    rows = tuple(_month_row(site, page, month, len(inside)) for month, inside in months.items())
    yield _date_page(
        site, page, site.language.year(year), site.translate("count.notes", count=len(notes)),
        label=site.translate("dates.years"),
        months=year_tables(site, calendar, page, year).months,
        rows=() if short and notes else rows,
        years=archive(site, page, notes, years=False) if short else (),
        earlier=_year_link(site, page, years, number - 1, "dates.year_before"),
        later=_year_link(site, page, years, number + 1, "dates.year_after"),
        up=NavLink(link_to(page, HOME), site.translate("dates.all")),
    )  # fmt: skip


def pages_of_month(site: Site, calendar: Calendar, number: int, days: Sequence[date]) -> Iterator[OutputFile]:
    """The page of the month at this place among the calendar's, of which these are the garden's days."""
    months = list(calendar.months)
    month = months[number]
    page, notes = month_url(*month), calendar.months[month]
    short = len(notes) <= MAX_LISTED_NOTES
    yield _date_page(
        site, page, capital(site.language.month(*month)), site.translate("count.notes", count=len(notes)),
        label=site.translate("dates.months"),
        months=(month_table(site, calendar, page, *month),),
        rows=() if short else tuple(_day_row(site, page, day) for day in days),
        years=_month_archive(site, page, days) if short else (),
        earlier=_month_link(site, page, months, number - 1, "dates.month_before"),
        later=_month_link(site, page, months, number + 1, "dates.month_after"),
        up=NavLink(link_to(page, year_url(month[0])), site.language.year(month[0])),
    )  # fmt: skip


def pages_of_day(site: Site, days: Sequence[date], number: int) -> Iterator[OutputFile]:
    """The pages of the day at this place among all: one, or parts of a long list."""
    day = days[number]
    content = site.garden.days[day]
    first = day_url(day)
    parts = parts_of(content.notes)
    before = _day_target(site, days, number - 1, "dates.day_before")
    after = _day_target(site, days, number + 1, "dates.day_after")
    for part, notes in enumerate(parts, 1):
        page = part_url(first, part)
        described = len(notes) <= MAX_DESCRIBED_NOTES
        earlier = before if part == 1 else _part_target(site, first, part - 1, "list.before")
        later = after if part == len(parts) else _part_target(site, first, part + 1, "list.after")
        yield _date_page(
            site, page, capital(site.language.weekday_and_day(day)), _day_lead(site, content),
            label=site.translate("dates.days"),
            notes=tuple(entry_of(site, page, note, described=described) for note in notes),
            links=backlinks_on(site, page, content.mentions, shown=MAX_QUOTED_NOTES, size=MENTION_SENTENCE)
            if part == 1
            else None,
            earlier=_nav_link(page, earlier), later=_nav_link(page, later),
            up=NavLink(
                link_to(page, month_url(day.year, day.month)),
                capital(site.language.month(day.year, day.month)),
            ),
        )  # fmt: skip


def _date_page(site: Site, page: Url, heading: str, lead: str, **names: object) -> OutputFile:
    absent: Mapping[str, object] = {"months": (), "rows": (), "years": (), "notes": (), "links": None}
    own = {**absent, "heading": heading, "lead": lead, **names}
    return make_page(
        site, "dates.html", page, "dates", own,
        title=heading, description=lead, style="calendar" if own["months"] else None,
    )  # fmt: skip


def _month_archive(site: Site, page: Url, days: Sequence[date]) -> tuple[YearOfNotes, ...]:
    """The month's days, newest first, the ones that are only mentioned among them."""

    def of_day(day: date) -> DayOfNotes:
        content = site.garden.days[day]
        entries = tuple(entry_of(site, page, note, described=True) for note in reversed(content.notes))
        if not entries:
            entries = (Entry(link_to(page, day_url(day)), _day_lead(site, content)),)
        return day_of_notes(site, page, day, entries)

    listed = tuple(of_day(day) for day in reversed(days))
    return (YearOfNotes("", "", "", (MonthOfNotes("", "", "", listed),)),)


def _day_lead(site: Site, day: Day) -> str:
    mentions = len({mention.note for mention in day.mentions})
    if not day.notes:
        return site.translate("dates.only_mentioned", count=mentions)
    notes = site.translate("count.notes", count=len(day.notes))
    if not mentions:
        return notes
    return site.translate(
        "dates.notes_and_mentions", notes=notes, mentioned=site.translate("dates.mentioned", count=mentions)
    )


def _month_row(site: Site, page: Url, month: tuple[int, int], count: int) -> Row:
    name = capital(site.language.month_alone(month[1]))
    return Row(link_to(page, month_url(*month)), name, site.translate("count.notes", count=count))


def _day_row(site: Site, page: Url, day: date) -> Row:
    count = site.translate("count.notes", count=len(site.garden.days[day].notes))
    return Row(link_to(page, day_url(day)), site.language.day(day), count)


def _year_link(site: Site, page: Url, years: Sequence[int], index: int, kind: str) -> NavLink | None:
    if not 0 <= index < len(years):
        return None
    return NavLink(
        link_to(page, year_url(years[index])), site.language.year(years[index]), site.translate(kind)
    )


def _month_link(
    site: Site, page: Url, months: Sequence[tuple[int, int]], index: int, kind: str
) -> NavLink | None:
    if not 0 <= index < len(months):
        return None
    name = capital(site.language.month(*months[index]))
    return NavLink(link_to(page, month_url(*months[index])), name, site.translate(kind))


def _day_target(site: Site, days: Sequence[date], index: int, kind: str) -> tuple[Url, str, str] | None:
    if not 0 <= index < len(days):
        return None
    return day_url(days[index]), site.language.day(days[index]), site.translate(kind)


def _part_target(site: Site, first: Url, number: int, kind: str) -> tuple[Url, str, str]:
    return part_url(first, number), site.translate("list.part", number=number), site.translate(kind)


def _nav_link(page: Url, target: tuple[Url, str, str] | None) -> NavLink | None:
    return NavLink(link_to(page, target[0]), target[1], target[2]) if target else None
