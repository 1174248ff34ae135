"""Links to months, weeks, quarters and years, such as `[[2022-04]]`, lead to the calendar where no note has the name.

Periodic notes are often written for some periods and linked for all. The calendar has a page for each month and year
with notes. A week leads to the month of its first day with a note, a quarter to its year.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from notegen.dates import MONTHS
from notegen.model import Note, ToPeriod
from notegen.regex import regex

_PERIOD = regex(
    r"(?P<year>[12]\d{3})(?:[-_./](?P<month>0[1-9]|1[0-2])|[-_. ]?W(?P<week>\d\d?)|[-_. ]?Q(?P<quarter>[1-4]))?",
    re.IGNORECASE,
)
_NAMED = regex(
    r"(?:(?P<name>[^\W\d_]+)\.?[ ,]+(?P<year>[12]\d{3})|(?P<first>[12]\d{3})[ ,]+(?P<last>[^\W\d_]+))"
)
_MAX_LENGTH = 30


class Periods:
    """The months and years that have notes."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._days = {day for note in notes if (day := note.dating.day)}
        self._months = {(day.year, day.month) for day in self._days}
        self._years = {day.year for day in self._days}

    def called(self, name: str) -> ToPeriod | None:
        """The page of that time; None for what names none, or one that no note is of."""
        name = name.strip()
        if len(name) > _MAX_LENGTH:
            return None
        if found := _PERIOD.fullmatch(name):
            year = int(found["year"])
            if found["week"]:
                return self._week(year, int(found["week"]))
            return self._month(year, int(found["month"])) if found["month"] else self._year(year)
        if named := _NAMED.fullmatch(name):
            month = MONTHS.get((named["name"] or named["last"]).lower())
            return self._month(int(named["year"] or named["first"]), month) if month else None
        return None

    def _year(self, year: int) -> ToPeriod | None:
        return ToPeriod(year) if year in self._years else None

    def _month(self, year: int, month: int) -> ToPeriod | None:
        return ToPeriod(year, month) if (year, month) in self._months else None

    def _week(self, year: int, week: int) -> ToPeriod | None:
        try:
            first = date.fromisocalendar(year, week, 1)
        except ValueError:
            return None
        days = (first + timedelta(number) for number in range(7))
        day = next((day for day in days if day in self._days), None)
        return ToPeriod(day.year, day.month) if day else None
