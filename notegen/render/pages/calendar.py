"""The calendar: months as tables, each day with notes marked and linked."""

import calendar
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from notegen.i18n import capital
from notegen.model import OutputFile, Url
from notegen.paths import CALENDAR, HOME, day_url, month_url, year_url
from notegen.render.parts.lists import Calendar, NavLink, Row
from notegen.render.site import Site, link_to, make_page

MAX_MONTHS = 36
"""Months that the calendar's first page draws, in whole years; the years before are a click away."""
DAY_SHADES = 3
"""One note on a day, two, and more."""


class DayCell(Struct, frozen=True):
    """A day of a month. `shade` is how many notes it has, up to DAY_SHADES; one only mentioned has 0 and a link."""

    numeral: str
    href: str = ""
    label: str = ""
    shade: int = 0


class MonthTable(Struct, frozen=True):
    """A month as a table; a cell before its first and after its last day is None."""

    href: str
    text: str
    long: str
    weekdays: tuple[tuple[str, str], ...]
    """In the order of the columns, short and in full."""
    weeks: tuple[tuple[DayCell | None, ...], ...]


class YearTables(Struct, frozen=True):
    """A year with those of its months that have notes or mentions."""

    href: str
    text: str
    count: str
    months: tuple[MonthTable, ...]


def calendar_page(site: Site, calendar: Calendar) -> OutputFile:
    """The newest years with their days, then all years."""
    years = sorted(calendar.years, reverse=True)
    shown = tuple(_newest_years(site, calendar))
    lead = _calendar_lead(site, years)
    names = {
        "lead": lead,
        "years": shown,
        "rows": tuple(
            Row(
                link_to(CALENDAR, year_url(year)),
                site.language.year(year),
                site.translate("count.notes", count=len(calendar.years[year])),
            )
            for year in (years if len(years) > len(shown) else ())
        ),
        "home": NavLink(
            link_to(CALENDAR, HOME), site.translate("calendar.all_notes" if years else "map.all_notes")
        ),
    }
    title = site.translate("calendar.title")
    return make_page(
        site, "calendar.html", CALENDAR, "dates", names, title=title, description=lead, style="calendar"
    )


def year_tables(site: Site, calendar: Calendar, page: Url, year: int) -> YearTables:
    """The year's months as they stand on `page`."""
    return YearTables(
        link_to(page, year_url(year)),
        site.language.year(year),
        site.translate("count.notes", count=len(calendar.years[year])),
        tuple(month_table(site, calendar, page, year, month) for of, month in calendar.months if of == year),
    )


def month_table(site: Site, known: Calendar, page: Url, year: int, month: int) -> MonthTable:
    """One month; its name leads to its page where it has one that is not `page`."""
    target = month_url(year, month)
    weeks = calendar.Calendar(site.first_weekday).monthdayscalendar(year, month)
    return MonthTable(
        href=link_to(page, target) if (year, month) in known.months and target != page else "",
        text=capital(site.language.month_alone(month)),
        long=capital(site.language.month(year, month)),
        weekdays=site.language.weekdays(site.first_weekday),
        weeks=tuple(
            tuple(_day_cell(site, page, date(year, month, day)) if day else None for day in week)
            for week in weeks
        ),
    )


def _newest_years(site: Site, known: Calendar) -> Iterator[YearTables]:
    drawn = 0
    for year in sorted(known.years, reverse=True):
        tables = year_tables(site, known, CALENDAR, year)
        drawn += len(tables.months)
        if drawn > MAX_MONTHS and drawn > len(tables.months):
            return
        yield tables


def _day_cell(site: Site, page: Url, day: date) -> DayCell:
    content = site.garden.days.get(day)
    numeral = site.language.numeral(day.day)
    if content is None:
        return DayCell(numeral)
    words = site.language.day(day)
    if content.notes:
        label = site.translate(
            "calendar.day", day=words, notes=site.translate("count.notes", count=len(content.notes))
        )
    else:
        label = site.translate("calendar.day_mentioned", day=words)
    return DayCell(numeral, link_to(page, day_url(day)), label, min(len(content.notes), DAY_SHADES))


def _calendar_lead(site: Site, years: list[int]) -> str:
    if not years:
        return site.translate("calendar.empty")
    if len(years) == 1:
        return site.language.year(years[0])
    return site.translate(
        "calendar.span", first=site.language.year(years[-1]), last=site.language.year(years[0])
    )
