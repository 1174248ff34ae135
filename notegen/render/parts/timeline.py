"""A strip of bars, one a month, that shows when notes were written."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from notegen.i18n import Language

MIN_NOTES = 3
"""Notes from which on a strip says more than their list."""
MAX_MONTH_BARS = 15 * 12
"""Months that have a bar each; longer times have one a year."""
WIDTH, HEIGHT = 600, 40
"""Units of the picture."""


class YearMark(Struct, frozen=True):
    """Where a year begins, and its number where there is room for it."""

    x: float
    text: str


class Timeline(Struct, frozen=True):
    """A strip: one path of bars `thick` units wide, the years below, and the same in words."""

    bars: str
    thick: float
    years: tuple[YearMark, ...]
    words: str


def timeline_of(days: Sequence[date], language: Language) -> Timeline | None:
    """When notes of these days were written; None for few, and for those of one month."""
    if len(days) < MIN_NOTES:
        return None
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 1:
        return None
    by_year = months > MAX_MONTH_BARS
    counts = Counter(
        (day.year - first.year) * (1 if by_year else 12) + (0 if by_year else day.month - 1) for day in days
    )
    slots = (last.year - first.year + 1) * (1 if by_year else 12)
    width = WIDTH / slots
    most = max(counts.values())
    bars = "".join(
        f"M{(slot + 0.5) * width:.5g} {HEIGHT}v{-max(2, count / most * (HEIGHT - 2)):.4g}"
        for slot, count in sorted(counts.items())
    )
    span = last.year - first.year + 1
    every = max(1, -(-span // 12))  # twelve numbers have room
    marks = tuple(
        YearMark(
            round(number * WIDTH / span, 1),
            language.numeral(first.year + number) if number % every == 0 else "",
        )
        for number in range(span)
    )
    return Timeline(
        bars, round(max(1.0, width * 0.7), 2), marks, _timeline_words(days, language, by_year=by_year)
    )


def _timeline_words(days: Sequence[date], language: Language, *, by_year: bool) -> str:
    years = Counter(day.year for day in days)
    counts_by_year = language.translate("page.and_then").join(
        language.translate("timeline.year", year=language.numeral(year), notes=years[year])
        for year in sorted(years)
    )
    if by_year:
        return language.translate("timeline.by_year", years=counts_by_year)
    months = Counter((day.year, day.month) for day in days)
    month = min(months, key=lambda one: (-months[one], one))
    notes = language.translate("count.notes", count=months[month])
    return language.translate(
        "timeline.by_month", years=counts_by_year, month=language.month(*month), notes=notes
    )
