"""Dates as people write them, and the ladder that decides when a note is from.

A date is a calendar day: time zones are skipped and never applied, so that no reader sees the day before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from notegen.config import DateOrder

DATE_KEYS = ("date", "created", "created-at", "created_at", "day", "publishdate", "published")
"""The front matter keys that may say when a note is from; the first that holds a date wins."""


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A date found in text."""

    day: date
    text: str
    """The date as written."""
    at: time | None = None
    other: date | None = None
    """The day it would be with day and month the other way round, when the text does not say."""


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
"""English months and their short forms, lower case, to their numbers."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

# What a Dendron name ends with: `y.MM.dd` unless its settings say otherwise, and a scratch note's time.
_DENDRON_TAIL = re.compile(r"(?<=\.)(?P<day>\d{4}(?P<sep>[.\-_])\d\d(?P=sep)\d\d)(?P<at>\.\d{6})?$")
# Year first with one separator throughout, or none; time after `T`, a space or nothing.
_YEAR_FIRST = re.compile(
    r"(?<![\d./-])(?P<y>(?:19|20)\d\d)(?P<sep>[-_./]?)(?P<m>\d\d)(?P=sep)(?P<d>\d\d)"
    r"(?:[T _-]?(?P<H>\d\d):?(?P<M>\d\d)(?::?(?P<S>\d\d))?)?(?!\d)"
)
_CJK = re.compile(r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_NUMBERS = re.compile(
    r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/])"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<mon>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b", re.I
)
_DAY_FIRST = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<mon>{_MONTH})\.?,?\s+(?P<y>(?:19|20)\d\d)\b",
    re.I,
)


def find_day(text: str, *, order: DateOrder = "ask") -> FoundDay | None:
    """The first real date in the text, in any of the ways people write one."""
    found = sorted(_days_in(text, order), key=lambda pair: pair[0])
    return found[0][1] if found else None


def _days_in(text: str, order: DateOrder) -> Iterator[tuple[int, FoundDay]]:
    for match in _YEAR_FIRST.finditer(text):
        if found := _day_of_year_first(match):
            yield match.start(), found
    for pattern in (_CJK, _MONTH_FIRST, _DAY_FIRST):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = MONTHS[parts["mon"].lower()] if "mon" in parts else int(parts["m"])
            if day := _calendar_day(int(parts["y"]), month, int(parts["d"])):
                yield match.start(), FoundDay(day, match[0])
    for match in _NUMBERS.finditer(text):
        if found := _day_of_numbers(match, order):
            yield match.start(), found


def _day_of_year_first(match: re.Match[str]) -> FoundDay | None:
    day = _calendar_day(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None:
        return None
    if match["H"] is None:
        return FoundDay(day, match[0])
    try:
        at = time(int(match["H"]), int(match["M"]), int(match["S"] or 0))
    except ValueError:
        return None if not match["sep"] else FoundDay(day, match[0])
    return FoundDay(day, match[0], at)


def _day_of_numbers(match: re.Match[str], order: DateOrder) -> FoundDay | None:
    """`4/17/23`: dots mean day first, as they do where dots are used; slashes and dashes follow `order`."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if len(match["y"]) == 2:
        year += 2000 if year < 69 else 1900  # as POSIX strptime's %y
    month_first, day_first = _calendar_day(year, a, b), _calendar_day(year, b, a)
    if match["sep"] == ".":
        return FoundDay(day_first, match[0]) if day_first else None
    first, second = (day_first, month_first) if order == "dmy" else (month_first, day_first)
    if first is None:
        return FoundDay(second, match[0]) if second else None
    unclear = order == "ask" and second is not None and second != first
    return FoundDay(first, match[0], other=second if unclear else None)


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_in_name(stem: str) -> FoundDay | None:
    """The day that a file's name begins with, or, in Dendron's way, ends with: `daily.journal.2021.08.22`."""
    match = _YEAR_FIRST.match(stem)
    if match is None and (tail := _DENDRON_TAIL.search(stem)):
        match = _YEAR_FIRST.match(re.sub(r"[._]", "-", tail["day"]) + (tail["at"] or "").replace(".", " "))
    return _day_of_year_first(match) if match else None


def day_in_line(line: str, *, order: DateOrder = "ask") -> FoundDay | None:
    """The date that a heading or first line is about: alone, or with at most three words before or after it.

    A longer sentence that happens to name a date does not date its note.
    """
    found = find_day(line, order=order)
    if found is None:
        return None
    before, _, after = line.partition(found.text)
    return found if len(before.split()) + len(after.split()) <= 3 else None


def day_in_value(value: object, *, order: DateOrder = "ask") -> FoundDay | None:
    """The date in a front matter value; the value must begin with it, what follows (a zone, a weekday) is skipped."""
    text = str(value[0] if isinstance(value, list) and value else value).strip().strip("[]\"' ")
    found = find_day(text, order=order)
    return found if found and (text.startswith(found.text) or len(text.split()) <= 5) else None


def day_in_link(target: str) -> date | None:
    """The day that a link target names as a whole: `2023-11-05`, `20231105`, `Nov 14th, 2025`."""
    found = find_day(target.strip(), order="mdy")
    return (
        found.day
        if found and found.text == target.strip() and not _NUMBERS.fullmatch(target.strip())
        else None
    )
