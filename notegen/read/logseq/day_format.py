"""Journal dates, in the letters of Joda-Time that Logseq's settings use: `MMM do, yyyy` is `Nov 14th, 2025`."""

import re
from datetime import date
from functools import cache

from notegen.regex import regex

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_LETTERS = regex(r"'([^']*)'|yyyy|yy|M{1,4}|do|dd?|E{1,4}")
_READ = {
    "yyyy": r"(?P<y>\d{4})",
    "yy": r"(?P<y>\d\d)",
    "MMMM": rf"(?P<name>{'|'.join(_MONTHS)})",
    "MMM": rf"(?P<name>{'|'.join(name[:3] for name in _MONTHS)})",
    "MM": r"(?P<m>\d\d)",
    "M": r"(?P<m>\d{1,2})",
    "do": r"(?P<d>\d{1,2})(?:st|nd|rd|th)",
    "dd": r"(?P<d>\d\d)",
    "d": r"(?P<d>\d{1,2})",
}


def read_day(text: str, format: str) -> date | None:
    """The day that the text, as a whole, writes in the format; letters' case does not count."""
    match = _pattern(format).fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    if not (parts.get("y") and parts.get("d") and (parts.get("m") or parts.get("name"))):
        return None
    months = [name[:3] for name in _MONTHS]
    month = int(parts["m"]) if parts.get("m") else months.index(parts["name"][:3].capitalize()) + 1
    try:
        return date(int(parts["y"].rjust(4, "0")) + 2000 * (len(parts["y"]) == 2), month, int(parts["d"]))
    except ValueError:
        return None


def write_day(day: date, format: str) -> str:
    """The day in the format, names in English as Logseq writes them."""
    month, weekday = _MONTHS[day.month - 1], _DAYS[day.weekday()]
    words = {
        "yyyy": f"{day.year:04}",
        "yy": f"{day.year % 100:02}",
        "MMMM": month,
        "MMM": month[:3],
        "MM": f"{day.month:02}",
        "M": str(day.month),
        "do": f"{day.day}{_ordinal(day.day)}",
        "dd": f"{day.day:02}",
        "d": str(day.day),
        "EEEE": weekday,
    }
    return _LETTERS.sub(lambda m: m[1] if m[1] is not None else words.get(m[0], weekday[:3]), format)


@cache
def _pattern(format: str) -> re.Pattern[str]:
    pattern, position, seen = "", 0, set[str]()
    for match in _LETTERS.finditer(format):
        pattern += re.escape(format[position : match.start()])
        part = re.escape(match[1]) if match[1] is not None else _READ.get(match[0], r"[^\W\d_]+")
        name = re.match(r"\(\?P<(\w+)>", part)
        if name and name[1] in seen:  # written twice, it is read once
            part = f"(?:{part[name.end() :]}"
        elif name:
            seen.add(name[1])
        pattern += part
        position = match.end()
    return re.compile(pattern + re.escape(format[position:]), re.IGNORECASE)


def _ordinal(number: int) -> str:
    return "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
