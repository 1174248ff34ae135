"""The pages of years, months and days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from notegen.model import Day, OutputFile, Url
from notegen.paths import HOME, day_url, month_url, part_url, year_url
from notegen.render.calendar import month_table, year_tables
from notegen.render.lists import (
    LONGEST_LIST,
    Calendar,
    DayOfNotes,
    Entry,
    MonthOfNotes,
    Row,
    Step,
    YearOfNotes,
    entry_of,
    ledger,
    parts_of,
)
from notegen.render.mentions import mentions_on
from notegen.render.site import Site, link_to, make_page
from notegen.render.words import MONTHS, WEEKDAYS, count_words, day_words, month_words

DESCRIBED = 60
"""Notes on one page that show what they are about."""


def date_pages(site: Site, calendar: Calendar) -> Iterator[OutputFile]:
    """A page for each year, month and day that has notes or mentions; each leads to its neighbours of its kind."""
    yield from _year_pages(site, calendar)
    yield from _month_pages(site, calendar)
    yield from _day_pages(site)


def _year_pages(site: Site, calendar: Calendar) -> Iterator[OutputFile]:
    years = list(calendar.years)
    for index, year in enumerate(years):
        page, notes = year_url(year), calendar.years[year]
        short = len(notes) <= LONGEST_LIST
        months = {month: inside for month, inside in calendar.months.items() if month[0] == year}
        rows = tuple(_month_row(page, month, len(inside)) for month, inside in months.items())
        yield _date_page(
            site, page, str(year), count_words(len(notes), "note"), label="Years",
            months=year_tables(site, calendar, page, year).months,
            rows=() if short and notes else rows,
            years=ledger(site, page, notes, years=False) if short else (),
            earlier=_year_step(page, years, index - 1, "Year before"),
            later=_year_step(page, years, index + 1, "Year after"),
            up=Step(link_to(page, HOME), "All dates"),
        )  # fmt: skip


def _month_pages(site: Site, calendar: Calendar) -> Iterator[OutputFile]:
    months = list(calendar.months)
    days_of: dict[tuple[int, int], list[date]] = {}
    for day in site.garden.days:
        days_of.setdefault((day.year, day.month), []).append(day)
    for index, month in enumerate(months):
        page, notes = month_url(*month), calendar.months[month]
        short = len(notes) <= LONGEST_LIST
        yield _date_page(
            site, page, month_words(*month), count_words(len(notes), "note"), label="Months",
            months=(month_table(site, calendar, page, *month),),
            rows=() if short else tuple(_day_row(page, day, site.garden.days[day]) for day in days_of[month]),
            years=_month_ledger(site, page, days_of[month]) if short else (),
            earlier=_month_step(page, months, index - 1, "Month before"),
            later=_month_step(page, months, index + 1, "Month after"),
            up=Step(link_to(page, year_url(month[0])), str(month[0])),
        )  # fmt: skip


def _day_pages(site: Site) -> Iterator[OutputFile]:
    days = list(site.garden.days)
    for index, day in enumerate(days):
        content = site.garden.days[day]
        first = day_url(day)
        parts = parts_of(content.notes)
        before = _day_step(days, index - 1, "Day before")
        after = _day_step(days, index + 1, "Day after")
        for number, notes in enumerate(parts, 1):
            page = part_url(first, number)
            described = len(notes) <= DESCRIBED
            earlier = before if number == 1 else (part_url(first, number - 1), f"Part {number - 1}", "Before")
            later = (
                after
                if number == len(parts)
                else (part_url(first, number + 1), f"Part {number + 1}", "After")
            )
            yield _date_page(
                site, page, f"{WEEKDAYS[day.weekday()]}, {day_words(day)}", _day_lead(content), label="Days",
                notes=tuple(entry_of(site, page, note, described=described) for note in notes),
                links=mentions_on(site, page, content.mentions) if number == 1 else None,
                earlier=_step(page, earlier), later=_step(page, later),
                up=Step(link_to(page, month_url(day.year, day.month)), month_words(day.year, day.month)),
            )  # fmt: skip


def _date_page(site: Site, page: Url, heading: str, lead: str, **names: object) -> OutputFile:
    absent: Mapping[str, object] = {"months": (), "rows": (), "years": (), "notes": (), "links": None}
    own = {**absent, "heading": heading, "lead": lead, **names}
    return make_page(site, "dates.html", page, "dates", own, title=heading, description=lead)


def _month_ledger(site: Site, page: Url, days: Sequence[date]) -> tuple[YearOfNotes, ...]:
    """The month's days, newest first, the ones that are only mentioned among them."""

    def of_day(day: date) -> DayOfNotes:
        content = site.garden.days[day]
        entries = tuple(entry_of(site, page, note, described=True) for note in reversed(content.notes))
        if not entries:
            entries = (Entry(link_to(page, day_url(day)), _day_lead(content)),)
        return DayOfNotes(link_to(page, day_url(day)), day.day, day_words(day), entries)

    listed = tuple(of_day(day) for day in reversed(days))
    return (YearOfNotes("", "", "", (MonthOfNotes("", "", "", listed),)),)


def _day_lead(day: Day) -> str:
    mentions = len({mention.note for mention in day.mentions})
    said = [count_words(len(day.notes), "note")] if day.notes else []
    if mentions:
        said.append(f"mentioned in {count_words(mentions, 'note')}")
    return ", ".join(said).capitalize() if not day.notes else ", ".join(said)


def _month_row(page: Url, month: tuple[int, int], count: int) -> Row:
    return Row(link_to(page, month_url(*month)), MONTHS[month[1] - 1], count_words(count, "note"))


def _day_row(page: Url, day: date, content: Day) -> Row:
    return Row(link_to(page, day_url(day)), day_words(day), count_words(len(content.notes), "note"))


def _year_step(page: Url, years: Sequence[int], index: int, kind: str) -> Step | None:
    if not 0 <= index < len(years):
        return None
    return Step(link_to(page, year_url(years[index])), str(years[index]), kind)


def _month_step(page: Url, months: Sequence[tuple[int, int]], index: int, kind: str) -> Step | None:
    if not 0 <= index < len(months):
        return None
    return Step(link_to(page, month_url(*months[index])), month_words(*months[index]), kind)


def _day_step(days: Sequence[date], index: int, kind: str) -> tuple[Url, str, str] | None:
    return (day_url(days[index]), day_words(days[index]), kind) if 0 <= index < len(days) else None


def _step(page: Url, target: tuple[Url, str, str] | None) -> Step | None:
    return Step(link_to(page, target[0]), target[1], target[2]) if target else None
