"""What time a question speaks of: `november 2021`, `14 July 2022`, `2022-07`, `summer 2021`, `last summer`.

`browser/src/search/engine/times.ts` is the same in TypeScript; `tests/cases/times.json` holds both to it. The names of
months and seasons are in `notegen/text/times.json`, which both read. What is last is so as seen from the newest note:
a garden that rests is still found by it, and the same question finds the same everywhere.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from notegen.search.query import days_of
from notegen.text.tokens import find_words, fold, query_terms

_WORDS = json.loads((Path(__file__).parent.parent / "text/times.json").read_bytes())
_MONTHS: dict[str, int] = {
    word: number for number, words in enumerate(_WORDS["months"], 1) for word in words.split()
}
_SEASONS: dict[str, int] = {
    word: number for number, words in enumerate(_WORDS["seasons"]) for word in words.split()
}
_SPANS: dict[str, str] = {word: span for span, words in _WORDS["spans"].items() for word in words.split()}
_LAST = frozenset(_WORDS["last"].split())
_BETWEEN = frozenset(_WORDS["between"].split())

_YEAR = re.compile("1[0-9]{3}|20[0-9]{2}")
_DAY = re.compile("([0-9]{1,2})(?:st|nd|rd|th|er)?")
_YEAR_FIRST = re.compile(r"\b([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?\b", re.ASCII)
_DAY_FIRST = re.compile(r"\b([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})\b", re.ASCII)
_IDEOGRAPHIC = re.compile("([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?")


@dataclass(frozen=True, slots=True)
class Time:
    """The days from one to another, and the words that say so."""

    first: date
    last: date
    words: frozenset[str]


def time_of(text: str, newest: date) -> Time | None:
    """The first time that a question speaks of; None when it does of none.

    Args:
        text: of the question, without operators.
        newest: the day of the newest note.
    """
    words = [fold(word) for word in find_words(text)]
    return _in_numbers(text) or _in_words([word for word in words if word not in _BETWEEN], newest)


def _in_numbers(text: str) -> Time | None:
    for pattern, order in ((_YEAR_FIRST, (1, 3, 4)), (_DAY_FIRST, (3, 2, 1)), (_IDEOGRAPHIC, (1, 2, 3))):
        for match in pattern.finditer(text):
            year, month, day = (match[group] for group in order)
            days = days_of("-".join([year, *(part.zfill(2) for part in (month, day) if part)]))
            if days:
                return Time(*days, frozenset(term.token.form for term in query_terms(f"{match[0]} ")))
    return None


def _in_words(words: Sequence[str], newest: date) -> Time | None:
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        after, later = (*words[place + 1 : place + 3], "", "")[:2]
        is_last = {before, after} & _LAST
        spoken = frozenset({word, *is_last})
        if word in _SPANS and is_last:
            return Time(*_span_before(_SPANS[word], newest), spoken)
        if word not in _MONTHS and word not in _SEASONS:
            continue
        year = next((one for one in (after, later, before) if _YEAR.fullmatch(one)), "")
        if year == later and not _is_day(after):
            year = ""
        if not year and not is_last:
            continue
        if word in _SEASONS:
            days = _season(_SEASONS[word], int(year)) if year else _latest_season(_SEASONS[word], newest)
            return Time(*days, spoken | {year} - {""})
        month = _MONTHS[word]
        number = int(year) if year else newest.year - (month > newest.month)
        day = next((one for one in (before, after) if year and _is_day(one)), "")
        digits = _DAY.fullmatch(day)
        written = f"{number}-{month:02}" + (f"-{digits[1].zfill(2)}" if digits else "")
        if days_or_none := days_of(written):
            return Time(*days_or_none, spoken | {year, day} - {""})
    return None


def _is_day(word: str) -> bool:
    return _DAY.fullmatch(word) is not None


def _season(season: int, year: int) -> tuple[date, date]:
    """From March, June, September or December on, as in the north; winter goes on into the year after."""
    month = 3 + 3 * season
    after = date(year, month + 3, 1) if month < 10 else date(year + 1, month - 9, 1)
    return date(year, month, 1), after - timedelta(1)


def _latest_season(season: int, newest: date) -> tuple[date, date]:
    this_year = _season(season, newest.year)
    return this_year if this_year[0] <= newest else _season(season, newest.year - 1)


def _span_before(span: str, newest: date) -> tuple[date, date]:
    """The week, month or year before that of the newest note."""
    if span == "week":
        monday = newest - timedelta(newest.weekday())
        return monday - timedelta(7), monday - timedelta(1)
    last = newest.replace(day=1) - timedelta(1) if span == "month" else date(newest.year - 1, 12, 31)
    return last.replace(day=1, month=last.month if span == "month" else 1), last
