"""What time a question speaks of: `november 2021`, `14 July 2022`, `2022-07`, `summer 2021`, `last summer`.

`browser/src/search/engine/times.ts` is the same in TypeScript; `tests/cases/times.json` holds both to it. Names of
months and seasons in the languages of most gardens are in `notegen/text/times.json`, which both read. Those of other
languages are in `month_names.json`; the manifest brings a page those of its notes' languages. "Last" counts from the
newest note: so a garden that nobody writes in any more still answers, and the same question finds the same everywhere.

Source:
    Names of months in other languages, standing alone and beside a day: Unicode's CLDR, as Babel has it.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from notegen.regex import regex
from notegen.search.query import days_of
from notegen.text.tokens import find_words, fold, query_terms

_TEXT = Path(__file__).parent.parent / "text"
_WORDS = json.loads((_TEXT / "times.json").read_bytes())
_MONTHS: dict[str, int] = {
    word: number for number, words in enumerate(_WORDS["months"], 1) for word in words.split()
}
_SEASONS: dict[str, int] = {
    word: number for number, words in enumerate(_WORDS["seasons"]) for word in words.split()
}
_SPANS: dict[str, str] = {word: span for span, words in _WORDS["spans"].items() for word in words.split()}
_LAST = frozenset(_WORDS["last"].split())
_BETWEEN = frozenset(_WORDS["between"].split())

_YEAR = regex("1[0-9]{3}|20[0-9]{2}")
_DAY = regex("([0-9]{1,2})(?:st|nd|rd|th|er)?")
_YEAR_FIRST = regex(r"\b([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?\b", re.ASCII)
_DAY_FIRST = regex(r"\b([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})\b", re.ASCII)
_COUNTED = regex("([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월](?: ?([0-9]{1,2}) ?[日일])?")
"""Counted times in Chinese, Japanese and Korean."""


class Time(Struct, frozen=True):
    """The days from one to another, and the words that say so."""

    first: date
    last: date
    words: frozenset[str]


def month_names(languages: Iterable[str]) -> list[str]:
    """The names of the twelve months in these languages (BCP 47 tags), beside those that all pages know.

    Each is a month's names in their forms, folded, separated by spaces; an empty list where there are no others.
    """
    tags = sorted({language.replace("_", "-").partition("-")[0].lower() for language in languages})
    lists = [_other_names()[tag] for tag in tags if tag in _other_names()]
    return [" ".join(filter(None, names)) for names in zip(*lists, strict=True)]


def numbers_of_months(names: Iterable[str]) -> dict[str, int]:
    """The number of each month, from 1, by its names, which are as `month_names` gives them; the first month counts."""
    found: dict[str, int] = {}
    for number, words in enumerate(names, 1):
        for word in words.split():
            found.setdefault(word, number)
    return found


@cache
def _other_names() -> Mapping[str, Sequence[str]]:
    names: dict[str, list[str]] = json.loads((_TEXT / "month_names.json").read_bytes())
    return names


def time_of(text: str, newest: date, months: Mapping[str, int] = MappingProxyType({})) -> Time | None:
    """The first time that a question speaks of; None when it does of none.

    Args:
        text: of the question, without operators.
        newest: the day of the newest note.
        months: further names of months, as `numbers_of_months` has them.
    """
    words = [word for written in find_words(text) if (word := fold(written)) not in _BETWEEN]
    return _in_numbers(text) or _in_words(words, newest, {**months, **_MONTHS})


def _in_numbers(text: str) -> Time | None:
    for pattern, order in ((_YEAR_FIRST, (1, 3, 4)), (_DAY_FIRST, (3, 2, 1)), (_COUNTED, (1, 2, 3))):
        for match in pattern.finditer(text):
            year, month, day = (match[group] for group in order)
            days = days_of("-".join([year, *(part.zfill(2) for part in (month, day) if part)]))
            if days:
                return Time(*days, frozenset(term.token.form for term in query_terms(f"{match[0]} ")))
    return None


def _in_words(words: Sequence[str], newest: date, months: Mapping[str, int]) -> Time | None:
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        after, later = (*words[place + 1 : place + 3], "", "")[:2]
        is_last = {before, after} & _LAST
        spoken = frozenset({word, *is_last})
        if word in _SPANS and is_last:
            return Time(*_span_before(_SPANS[word], newest), spoken)
        if word not in months and word not in _SEASONS:
            continue
        year = next((one for one in (after, later, before) if _YEAR.fullmatch(one)), "")
        if year == later and not _is_day(after):
            year = ""
        if not year and not is_last:
            continue
        if word in _SEASONS:
            days = _season(_SEASONS[word], int(year)) if year else _latest_season(_SEASONS[word], newest)
            return Time(*days, spoken | {year} - {""})
        month = months[word]
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
