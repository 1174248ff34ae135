"""Obsidian's notes of days, weeks, months, quarters and years: their path is a moment.js format.

It may hold folders, `YYYY/MMMM/YYYY-MM-DD`, and names of months in the language that the vault is used in.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from notegen.model import Tool
from notegen.month_names import LETTER, month_of
from notegen.read.lenient_json import NotJsonError, read_json
from notegen.regex import regex

DayOfPath = Callable[[str], date | None]
"""The day that a note's path from the vault's root, with its extension, says; None for any other note."""

_MAX_FORMAT_LENGTH = 200
_MAX_NAMES = 4
_MAX_VARIABLE = 6
"""Names of months and days in a format, and all other parts of no fixed length, such as `Do`. Each may end in several
places, so that a pattern of many in a row would take endless time."""

_NAME = rf"{LETTER}{{1,20}}(?:-{LETTER}{{1,20}})?\.?"
_ORDINAL = r"(?:\.|º|ª|°|[^\W\d_]{1,3})?"
_MONTH = rf"(?P<mon>(?:\d{{1,2}})?{LETTER}{{1,20}}(?:\.{LETTER}{{1,3}})?\.?)"
_TOKENS = {
    "YYYY": r"(?P<y>\d{4})", "YY": r"(?P<yy>\d\d)", "Y": r"(?P<y>\d{4})",
    "MMMM": _MONTH, "MMM": _MONTH,
    "MM": r"(?P<m>\d\d)", "Mo": rf"(?P<m>\d{{1,2}}){_ORDINAL}", "M": r"(?P<m>\d{1,2})",
    "DDDD": r"(?P<yd>\d{3})", "DDDo": rf"(?P<yd>\d{{1,3}}){_ORDINAL}", "DDD": r"(?P<yd>\d{1,3})",
    "DD": r"(?P<d>\d\d)", "Do": rf"(?P<d>\d{{1,2}}){_ORDINAL}", "D": r"(?P<d>\d{1,2})",
    "dddd": _NAME, "ddd": _NAME, "dd": _NAME, "do": rf"\d{_ORDINAL}",
    "d": r"(?P<wd>[0-6])", "e": r"(?P<lwd>[0-6])", "E": r"(?P<iwd>[1-7])",
    "gggg": r"(?P<wy>\d{4})", "GGGG": r"(?P<wy>\d{4})", "gg": r"(?P<wyy>\d\d)", "GG": r"(?P<wyy>\d\d)",
    "ww": r"(?P<lw>\d\d)", "wo": rf"(?P<lw>\d{{1,2}}){_ORDINAL}", "w": r"(?P<lw>\d{1,2})",
    "WW": r"(?P<w>\d\d)", "Wo": rf"(?P<w>\d{{1,2}}){_ORDINAL}", "W": r"(?P<w>\d{1,2})",
    "Qo": rf"(?P<q>[1-4]){_ORDINAL}", "Q": r"(?P<q>[1-4])",
    "HH": r"\d\d", "H": r"\d{1,2}", "hh": r"\d\d", "h": r"\d{1,2}", "mm": r"\d\d", "m": r"\d{1,2}",
    "ss": r"\d\d", "s": r"\d{1,2}", "A": "[ap]m", "a": "[ap]m", "X": r"\d{9,10}", "x": r"\d{12,13}",
}  # fmt: skip
_TOKEN = regex(r"\[([^\]]*)\]|\\(.)|" + "|".join(sorted(_TOKENS, key=len, reverse=True)))

# Periodic Notes' kinds with the format that each has unless its settings say otherwise.
_PERIODS = {
    "daily": "YYYY-MM-DD",
    "weekly": "gggg-[W]ww",
    "monthly": "YYYY-MM",
    "quarterly": "YYYY-[Q]Q",
    "yearly": "YYYY",
}


def days_of_paths(folder: Path, tool: Tool, language: str = "en") -> DayOfPath | None:
    """What the vault's own settings say of the names of its daily notes and Periodic Notes; None for nothing.

    A week's, month's, quarter's or year's note is of its first day.

    Args:
        language: the site's; decides when a week begins where the format leaves that to it.
    """
    if tool != "obsidian":
        return None
    patterns = [
        pattern
        for format, place in _formats(folder / ".obsidian")
        if (pattern := path_pattern(format, place))
    ]

    def day_of(path: str) -> date | None:
        return next((day for pattern in patterns if (day := day_in_path(path, pattern, language))), None)

    return day_of if patterns else None


def _formats(settings: Path) -> Iterator[tuple[str, str | None]]:
    """Each format, and the folder below which alone it holds; None for any, as with notes named by their day."""
    daily = _table(settings / "daily-notes.json")
    if isinstance(daily.get("format"), str):
        yield str(daily["format"]), None
    periodic = _table(settings / "plugins" / "periodic-notes" / "data.json")
    for kind, usual in _PERIODS.items():
        own = periodic.get(kind)
        if isinstance(own, Mapping) and own.get("enabled", True):
            names_day = kind in ("daily", "weekly")
            yield (
                str(own.get("format") or usual),
                None if names_day else str(own.get("folder") or "").strip("/ "),
            )


def _table(path: Path) -> Mapping[object, object]:
    try:
        found = read_json(path)
    except NotJsonError:
        return {}
    return found if isinstance(found, Mapping) else {}


def path_pattern(format: str, folder: str | None = None) -> re.Pattern[str] | None:
    """The pattern of paths, with their extension, that a format makes; None where it says no year.

    Args:
        folder: where alone it holds; None for everywhere.
    """
    pattern = ""
    position = names = variable = 0
    if len(format) > _MAX_FORMAT_LENGTH:
        return None
    for match in _TOKEN.finditer(format):
        pattern += re.escape(format[position : match.start()])
        literal = match[1] if match[1] is not None else match[2]
        if literal is None:
            names += "{1,20}" in _TOKENS[match[0]]
            variable += bool(re.search(r"[?,]", _TOKENS[match[0]].replace("(?", "")))
        token = re.escape(literal) if literal is not None else _TOKENS[match[0]]
        # A part that is written twice, as the year is in `YYYY/YYYY-MM-DD`, is only read once.
        name = re.match(r"\(\?P<\w+>", token)
        if name and name[0] in pattern:
            token = f"(?:{token.removeprefix(name[0])}"
        pattern += token
        position = match.end()
    pattern += re.escape(format[position:])
    if names > _MAX_NAMES or variable > _MAX_VARIABLE or not re.search(r"\(\?P<(?:y|yy|wy|wyy)>", pattern):
        return None
    above = r"(?:.*/)?" if folder is None else re.escape(f"{folder}/" if folder else "")
    return re.compile(rf"{above}{pattern}\.md", re.IGNORECASE)


def day_in_path(path: str, pattern: re.Pattern[str], language: str = "en") -> date | None:
    """The day, or the first day of the week, month, quarter or year; None where the path is no such note's."""
    match = pattern.fullmatch(path)
    if match is None:
        return None
    parts = {name: text for name, text in match.groupdict().items() if text is not None}
    year = int(parts["y"]) if "y" in parts else _full_year(parts.get("yy"))
    week_year = int(parts["wy"]) if "wy" in parts else _full_year(parts.get("wyy"))
    month = int(parts["m"]) if "m" in parts else month_of(parts["mon"], language) if "mon" in parts else None
    try:
        if year is not None and month is not None:
            return date(year, month, int(parts.get("d", 1)))
        if year is not None and "yd" in parts:
            return date(year, 1, 1) + timedelta(int(parts["yd"]) - 1)
        if "w" in parts or "lw" in parts:
            first = _first_of_week(week_year or year or 0, parts, language)
            return first + timedelta(_days_into_week(first, parts))
        if year is not None and "d" not in parts:
            return date(year, 3 * int(parts.get("q", 1)) - 2, 1)
    except (ValueError, OverflowError):
        pass
    return None


def _first_of_week(year: int, parts: Mapping[str, str], language: str) -> date:
    """ISO's week begins on a Monday; `ww` in English on a Sunday, week 1 being that of 1 January."""
    if "w" in parts or language.partition("-")[0] != "en":
        return date.fromisocalendar(year, int(parts.get("w", parts.get("lw", "0"))), 1)
    new_year = date(year, 1, 1)
    return new_year - timedelta((new_year.weekday() + 1) % 7) + timedelta(weeks=int(parts["lw"]) - 1)


def _days_into_week(first: date, parts: Mapping[str, str]) -> int:
    """How many days after the first of its week: `E` counts from Monday, `d` from Sunday, `e` from the first."""
    if "iwd" in parts or "wd" in parts:
        weekday = int(parts["iwd"]) if "iwd" in parts else int(parts["wd"])
        return (weekday - first.isoweekday()) % 7
    return int(parts.get("lwd", 0))


def _full_year(digits: str | None) -> int | None:
    """As moment.js: up to 68 of this century."""
    return None if digits is None else int(digits) + (2000 if int(digits) <= 68 else 1900)
