"""The moment that a value of front matter names, or the first and the last that it may mean.

A day is its midnight, a month its first day, a year its first month. A zone that is written counts; where none is, that
of the site does. What nobody understands of a value makes it longer: `2027-01-01, in the evening` may be any time of
that day, anywhere on earth, and `1/2/2027` either of two days.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from unicodedata import normalize

from notegen.config import DateOrder, zone_called
from notegen.dates import MONTHS, find_day
from notegen.model import Span
from notegen.month_names import LETTER, month_of
from notegen.regex import regex

_EPOCH = regex(r"(?P<seconds>\d{9,10})(?:\.\d+)?|(?P<milliseconds>\d{12,13})")
_YEAR = regex(r"(?P<y>[12]\d{3}|[3-9]\d{3})(?:\s*年)?")
_MONTH = regex(
    r"(?P<y>\d{4})[-/.](?P<m>\d\d?)|(?P<m2>\d\d?)/(?P<y2>\d{4})|(?P<y3>\d{4})\s*年\s*(?P<m3>\d\d?)\s*月"
)
_NAMED_MONTH = regex(rf"(?P<named>{LETTER}{{3,20}})\.?,?\s+(?:del?\s+)?(?P<y>\d{{4}})")
_FRACTION = regex(r"(?<=:\d\d)[.,]\d+")
_CLOCK = regex(
    r"(?<![\d:])(?P<H>\d{1,2})(?:(?::|\.|h)(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?)?\s*"
    r"(?:(?P<half>[ap])\.?m\b\.?|uhr\b|(?<=\dh)|h\b|o'clock\b)?",
    re.IGNORECASE,
)
_OFFSET = regex(
    r"(?:(?:utc|gmt)\s*)?(?P<sign>[+\-−])(?P<H>\d{1,2}):?(?P<M>\d\d)?(?::?\d\d)?(?!\d)|(?P<utc>\b(?:utc|gmt|zulu|z)\b)",
    re.IGNORECASE,
)
_NAMED_ZONE = regex(r"\[?(?P<name>[A-Z][A-Za-z_]+/[A-Z][\w+/-]+)\]?")
_HOURS_OF = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8,
    "hst": -10, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9,
    "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
"""Zones that are called the same everywhere; others, `BST` and `IST`, are several."""
_IDLE_WORDS = regex(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|\b(?:the|of|at|on|from|um|ab|am|le|el|à|t)\b",
    re.IGNORECASE,
)
_FARTHER = regex(
    r"\b(?:after|later|or|days?|weeks?|months?|years?|nach|später|oder|après|ou|después|depois|dopo)\b|\+",
    re.IGNORECASE,
)
"""Words beside which another day is meant than the one that stands there: `a week after 2027-01-01`."""
_CLOCK_LIKE = regex(r"\d:\d\d")
"""Of a day whose time is none, `2027-01-01 24:00`, it is a part too."""
_DIGIT = regex(r"\d")
_WORD = regex(r"[^\W_]")
_FIRST_ZONE, _LAST_ZONE = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
"""The time zones in which a day begins first and last."""


def moments_in(value: object, zone: str, order: DateOrder) -> Span | None:
    """From the first to the last moment that a value may mean; None where nobody understands it.

    A list means all of its entries, a table its `created`, as MkDocs' blogs have it.

    Args:
        zone: of what names none: a name of IANA's; empty for the machine's own.
    """
    if isinstance(value, Mapping):
        value = next((one for key, one in value.items() if str(key).lower() == "created"), None)
    if isinstance(value, list):
        spans = [moments_in(one, zone, order) for one in value]
        known = [span for span in spans if span]
        if not known or len(known) < len(spans):
            return None
        return Span(min(span.start for span in known), max(span.end for span in known))
    if isinstance(value, bool) or value is None:
        return None
    text = value.isoformat() if isinstance(value, date) else normalize("NFKC", str(value))
    return _moments_in(text.strip().strip("[]\"'` \t"), zone, order)


@lru_cache(maxsize=1024)
def _moments_in(text: str, zone: str, order: DateOrder) -> Span | None:
    text = _FRACTION.sub("", re.sub(r"\([^()]*\)|\s#.*", " ", text).strip())
    if epoch := _EPOCH.fullmatch(text):
        seconds = int(epoch["seconds"]) if epoch["seconds"] else int(epoch["milliseconds"]) / 1000
        return Span(seconds, seconds)
    ours = zone_called(zone)
    if (first := _month_in(text)) or ((year := _YEAR.fullmatch(text)) and (first := _day(int(year["y"]), 1))):
        moment = _moment(datetime.combine(first, time()), ours)
        return Span(moment, moment)
    found = find_day(text, order=order, stated=True)
    if found is None:
        return None
    before, _, after = text.partition(found.text)
    at, rest = (found.at, after) if found.at else _clock_in(after)
    stated, rest = _zone_in(rest)
    days = [day for day in (found.day, found.other) if day]
    left = _IDLE_WORDS.sub(" ", f"{before} {rest}")
    if _DIGIT.search(left) or _FARTHER.search(left):
        return None
    if _WORD.search(left) or (at is None and _CLOCK_LIKE.search(found.text)):
        moments = [
            *(_moment(datetime.combine(day, time()), _FIRST_ZONE) for day in days),
            *(_moment(datetime.combine(day, time()), _LAST_ZONE) + 86_400 for day in days),
        ]
    else:
        moments = [_moment(datetime.combine(day, at or time()), stated or ours) for day in days]
    return Span(min(moments), max(moments))


def _month_in(text: str) -> date | None:
    """The first day of a month without one."""
    if match := _MONTH.fullmatch(text):
        year = match["y"] or match["y2"] or match["y3"]
        return _day(int(year), int(match["m"] or match["m2"] or match["m3"]))
    if match := _NAMED_MONTH.fullmatch(text):
        return _day(int(match["y"]), MONTHS.get(match["named"].lower(), 0) or month_of(match["named"]))
    return None


def _day(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and year else None


def _clock_in(text: str) -> tuple[time | None, str]:
    """A time of day that a day is not written with elsewhere, `9pm`, `21h30`, and what is left of the text."""
    match = _CLOCK.search(text)
    if match is None or text[: match.start()].rstrip().endswith(("+", "-", "−")):
        return None, text
    hour, half = int(match["H"]), (match["half"] or "").lower()
    if match["M"] is None and not re.search(r"[^\W\d]", match[0]):
        return None, text
    if half:
        hour = hour % 12 + 12 * (half == "p") if 1 <= hour <= 12 else 99
    try:
        at = time(hour, int(match["M"] or 0), int(match["S"] or 0))
    except ValueError:
        return None, text
    return at, text[: match.start()] + " " + text[match.end() :]


def _zone_in(text: str) -> tuple[tzinfo | None, str]:
    """The zone that is written, and what is left of the text."""
    if (match := _NAMED_ZONE.search(text)) and (zone := zone_called(match["name"])):
        rest = text.replace(match[0], " ", 1)
        return zone, _OFFSET.sub(" ", rest, count=1)  # as Java writes both
    if match := _OFFSET.search(text):
        offset = timedelta()
        if match["sign"]:
            offset = timedelta(hours=int(match["H"]), minutes=int(match["M"] or 0))
        if offset < timedelta(hours=24):
            sign = 1 if (match["sign"] or "+") == "+" else -1
            return timezone(sign * offset), text.replace(match[0], " ", 1)
    for word in re.findall(r"[^\W\d_]+", text):
        if word.lower() in _HOURS_OF:
            return timezone(timedelta(hours=_HOURS_OF[word.lower()])), text.replace(word, " ", 1)
    return None, text


def _moment(at: datetime, zone: tzinfo | None) -> float:
    """Seconds since 1970; what no clock of this machine can tell is told as in UTC."""
    try:
        return at.replace(tzinfo=zone).timestamp()
    except (OverflowError, OSError, ValueError):
        return (at.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
