"""Dates as people write them, and the ladder that decides when a note is from.

A date is a calendar day: time zones are skipped and never applied, so that no reader sees the day before.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache

from msgspec import Struct

from notegen.config import DateOrder
from notegen.month_names import LETTER, is_weekday, month_of
from notegen.regex import regex

DATE_KEYS = ("date", "created", "created-at", "created_at", "day", "publishdate", "published")
"""The front matter keys that most often say when a note is from, in the order in which they are asked."""

# As `_plain_key` gives them: `date created`, `date_created`, `dateCreated` and `date-created` are one.
_DAYS = (
    frozenset({"date"}),
    frozenset(
        "created createdat createdon createddate createdtime datecreated timecreated creationdate creationtime".split()
    ),
    frozenset({"day"}),
    frozenset({"publishdate", "pubdate", "datepublished"}),
    frozenset({"published"}),
)
_CHANGED = frozenset(
    "updated updatedat updatedon updateddate dateupdated lastupdated lastupdatedat modified modifiedat modifiedon "
    "modifieddate datemodified modificationdate lastmodified lastmodifiedat lastmodifieddate lastmod "
    "lastedited lastediteddate lasteditedtime edited editedat".split()
)


_SECONDS_A_DAY = 86_400


def keys_of_day(keys: Iterable[str]) -> list[str]:
    """Those of the front matter keys that may say when a note is from; the first that holds a date wins."""
    ranks = {key: _rank_of_day(key) for key in keys}
    return sorted(
        (key for key, rank in ranks.items() if rank is not None),
        key=lambda key: (ranks[key], key not in DATE_KEYS),
    )


@lru_cache(maxsize=4096)
def _rank_of_day(key: str) -> int | None:
    return next((n for n, names in enumerate(_DAYS) if _plain_key(key) in names), None)


def keys_of_change(keys: Iterable[str]) -> list[str]:
    """Those that may say when a note was last changed, in the order given."""
    return [key for key in keys if _plain_key(key) in _CHANGED]


def _plain_key(key: str) -> str:
    return re.sub(r"[\W_]", "", key).lower()


class FoundDay(Struct, frozen=True):
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

# Levels of a Dendron name: `y.MM.dd` unless its settings say otherwise, and a scratch note's time, or more levels.
_DENDRON_LEVELS = regex(
    r"(?<=\.)(?P<day>\d{4}(?P<sep>[.\-_])\d\d(?P=sep)\d\d)(?:(?P<at>\.\d{6})?$|\.(?=[^\W\d_]))"
)
# Year first with one separator throughout, or none; time after `T`, a space or nothing. Typographers set other dashes.
_COMPACT = regex(
    r"(?<![\d./-])(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"
    r"(?:[T _-]?(?P<H>\d\d):?(?P<M>\d\d)(?::?(?P<S>\d\d)(?:\d{3})?)?)?(?!\d)"
)
_YEAR_FIRST = regex(
    r"(?<![\d./-])(?P<y>\d{4})(?P<sep>[-_./\u2010-\u2013\u2212])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)"
    r"(?:[T _-](?P<H>\d\d):?(?P<M>\d\d)(?::?(?P<S>\d\d))?)?(?!\d|\.\d)"
)
_CJK = regex(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日号號일]")
_VIETNAMESE = regex(r"\b(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2}),?\s+(?:năm\s+)?(?P<y>\d{4})\b", re.I)
_ERA = regex(
    r"(?P<era>令和|平成|昭和|大正|明治)\s*(?P<y>\d{1,2}|元)年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
)
_BEFORE_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
"""The year before the first of each era of Japan's."""
_WEEK_DAY = regex(r"(?<![\w./-])(?P<y>\d{4})-?W(?P<w>\d\d)-?(?P<wd>[1-7])(?![\w])")
# No part of a longer number, `10.1.20.11`, and of no word, `v3.10.12`.
_NUMBERS = regex(
    r"(?<![^\W_])(?<![./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?!\d|/|(?P=sep)\d)"
)
_MONTH_FIRST = regex(
    rf"\b(?P<mon>{_MONTH})(?:\.?\s+|-)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+|-)(?P<y>\d{{4}})\b", re.I
)
_MONTH_WITHIN = regex(
    rf"(?<![\d./-])(?P<y>\d{{4}})(?P<sep>[-_ ])(?P<mon>{_MONTH})\.?(?P=sep)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b",
    re.I,
)
_DAY_FIRST = regex(
    rf"\b(?P<d>\d{{1,2}})(?:(?:st|nd|rd|th|\.)?\s+(?:of\s+)?|-)(?P<mon>{_MONTH})(?:\.?,?\s+|-)(?P<y>\d{{4}})\b",
    re.I,
)
# In other languages, `5 de septiembre de 2024`, `1er septembre 2024`, `5 сентября 2024 г.`, `5 ก.ย. 2567`: only where a
# date is meant.
_DAY_ELSEWHERE = r"(?P<d>\d{1,2})(?:er|º|°|\.)?\s+(?:de\s+|d['’])?"
_YEAR_ELSEWHERE = r"\.?,?\s+(?:del?\s+)?(?P<y>\d{4})\b"
_DAY_FIRST_ELSEWHERE = regex(rf"{_DAY_ELSEWHERE}(?P<named>{LETTER}+(?:\.{LETTER}+)?){_YEAR_ELSEWHERE}")
# In a name no short form: `3 Pro 2024` is no day of December, as it were in Czech.
_NAME_ELSEWHERE = regex(
    rf"{_DAY_ELSEWHERE}(?P<named>{LETTER}{{4,20}}|mai|maj|mei|máj|maí|май|мая){_YEAR_ELSEWHERE}", re.I
)
# `2024. szeptember 5.`, `2024 m. rugsėjo 5 d.`
_YEAR_FIRST_ELSEWHERE = regex(
    rf"(?<![\d./-])(?P<y>\d{{4}})(?:\.|\s+m\.)?\s+(?P<named>{LETTER}{{4,20}})\.?\s+(?P<d>\d{{1,2}})\b"
)
_SPACED = regex(r"(?<![^\W_])(?<![./-])(?P<a>\d{1,2})(?P<sep>\.)\s(?P<b>\d{1,2})\.\s(?P<y>\d{4})(?!\d|\.\d)")
_KOREAN = regex(r"(?<![\d.])(?P<y>\d{4})\.\s(?P<m>\d{1,2})\.\s(?P<d>\d{1,2})\.?(?!\d)")
_TIME_WITHIN = regex(  # as C and git write it: `Wed Sep 25 14:30:00 2024`
    rf"\b(?P<mon>{_MONTH})\s+(?P<d>\d{{1,2}})\s+(?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d)\s+(?P<y>\d{{4}})\b", re.I
)
_TIME_AFTER = regex(
    r"(?:,?\s+(?:at\s+)?|T)(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d))?(?:\s*(?P<half>[ap])\.?m\b\.?)?(?!\d)",
    re.I,
)
_EPOCH = regex(r"(?P<seconds>\d{9,10})(?:\.\d+)?|(?P<milliseconds>\d{12,13})")
_HOURLY = regex(r"(?:19|20)\d{6}(?:[01]\d|2[0-3])")
# What a name may begin with before its date: words of a script that needs no space after them, or a weekday.
_PREFIX = regex(
    r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+[ _-]?"
    r"|(?i:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\.?,?\s+|[^\W\d_]{2,12},\s+(?:den\s+)?"
    r"|[\[(]"
)
_FIRST_WORD = regex(r"(?P<word>[^\s\d,]+)\s+")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b\.?"
_WEEKDAY_BESIDE = regex(
    rf"(?:(?P<before>{_WEEKDAY}),?\s+)?(?P<day>\S.{{4,40}}?)(?:,?\s+(?P<after>{_WEEKDAY}))?", re.I
)
_NAME_NUMBERS = regex(
    r"(?P<a>\d{1,2})(?P<sep>[._-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d|(?P=sep)\d)"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
"""The years that dates within other words may be of: `Invoice 1045-10-12` holds no date. A date alone may be of any
year."""


_DIGIT = regex(r"\d")
_WORDS = (_CJK, _KOREAN, _ERA, _VIETNAMESE, _MONTH_FIRST, _DAY_FIRST, _MONTH_WITHIN)
_STATED_IN_WORDS = (_DAY_FIRST_ELSEWHERE, _YEAR_FIRST_ELSEWHERE)
_NAMES_IN_WORDS = (*_WORDS, _NAME_ELSEWHERE, _YEAR_FIRST_ELSEWHERE)


@lru_cache(maxsize=256)  # one value is asked which day it is, which key says that, and whether another does
def find_day(text: str, *, order: DateOrder = "ask", stated: bool = False) -> FoundDay | None:
    """The first real date in the text, in any of the ways people write one; a version or an address is none.

    Args:
        stated: whether the text is known to be a date, so that nothing else it looks like counts.
    """
    text = text.strip()
    if not _DIGIT.search(text):
        return None
    found = sorted(_days_in(text, order, stated), key=lambda pair: pair[0])
    return next(
        (day for _, day in found if stated or day.text == text or _FIRST_YEAR <= day.day.year <= _LAST_YEAR),
        None,
    )


def _days_in(text: str, order: DateOrder, stated: bool) -> Iterator[tuple[int, FoundDay]]:
    for pattern in (_COMPACT, _YEAR_FIRST):
        for match in pattern.finditer(text):
            if found := _day_of_year_first(match):
                yield match.start(), found
    for pattern in (*_WORDS, _TIME_WITHIN, *(_STATED_IN_WORDS if stated else ())):
        for match in pattern.finditer(text):
            if found := _day_of_words(match):
                yield match.start(), found
    for match in _WEEK_DAY.finditer(text):
        if found := _day_of_week(match):
            yield match.start(), found
    for match in _SPACED.finditer(text):
        if found := _day_of_numbers(match, order):
            yield match.start(), _with_time(found, match)
    for match in _NUMBERS.finditer(text):
        if ((stated and not match.start()) or not _may_be_version(match)) and (
            found := _day_of_numbers(match, order)
        ):
            yield match.start(), _with_time(found, match)


def _day_of_year_first(match: re.Match[str]) -> FoundDay | None:
    parts = match.groupdict()
    day = _calendar_day(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None:
        return None
    separator = parts.get("sep", "")
    if separator == "." and len(match["m"] + match["d"]) < 4 and match.string[: match.start()].strip():
        return None  # `IntelliJ 2024.1.4`
    if match["H"] is None:
        return _with_time(FoundDay(day, match[0]), match)
    try:
        at = time(int(match["H"]), int(match["M"]), int(match["S"] or 0))
    except ValueError:
        return FoundDay(day, match[0]) if separator else None
    return FoundDay(day, match[0], at)


def _day_of_words(match: re.Match[str]) -> FoundDay | None:
    parts = match.groupdict()
    day = _calendar_day(_year_of(parts), _month_of(parts), int(parts["d"]))
    if day is None:
        return None
    return (
        FoundDay(day, match[0], _time_of(match))
        if "H" in parts
        else _with_time(FoundDay(day, match[0]), match)
    )


def _year_of(parts: Mapping[str, str]) -> int:
    """Thailand counts from the death of the Buddha, Japan from an emperor's first year."""
    if "era" in parts:
        return _BEFORE_ERA[parts["era"]] + (1 if parts["y"] == "元" else int(parts["y"]))
    year = int(parts["y"])
    is_thai = "\u0e00" < parts.get("named", "")[:1] < "\u0e80"
    return year - 543 if is_thai and year > _LAST_YEAR else year


def _month_of(parts: Mapping[str, str]) -> int:
    """0 for a word that is no month's name."""
    if "named" in parts:
        return month_of(parts["named"])
    return MONTHS[parts["mon"].lower()] if "mon" in parts else int(parts["m"])


def _day_of_week(match: re.Match[str]) -> FoundDay | None:
    """A day as ISO 8601 counts weeks: `2024-W36-4` is a Thursday."""
    try:
        day = date.fromisocalendar(int(match["y"]), int(match["w"]), int(match["wd"]))
    except ValueError:
        return None
    return _with_time(FoundDay(day, match[0]), match)


def _may_be_version(match: re.Match[str]) -> bool:
    """Whether a date of two-digit parts is as well `3.10.12` of Python, or section 1-2-10."""
    if len(match["y"]) == 4 or match["sep"] == "/":
        return False
    is_padded = len(match["a"] + match["b"]) == 4
    is_late = int(match["a"]) > 12
    if len(match.string.strip()) == len(match[0]):
        return match["sep"] == "." and not is_padded and not is_late
    return not is_padded or (match["sep"] == "." and not is_late)


def _with_time(found: FoundDay, match: re.Match[str]) -> FoundDay:
    """The day with the time that is written after it, such as `, 2:30:00 pm`."""
    after = _TIME_AFTER.match(match.string, match.end())
    at = _time_of(after) if after else None
    if after is None or at is None:
        return found
    return FoundDay(found.day, found.text + after[0], at, found.other)


def _time_of(match: re.Match[str]) -> time | None:
    parts = match.groupdict()
    hour = int(match["H"])
    if half := (parts.get("half") or "").lower():
        hour = hour % 12 + 12 * (half == "p") if 1 <= hour <= 12 else 24
    try:
        return time(hour, int(match["M"]), int(match["S"] or 0))
    except ValueError:
        return None


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


def day_in_name(stem: str, *, order: DateOrder = "ask") -> FoundDay | None:
    """The day that a file's name begins with, or, in Dendron's way, ends with: `daily.journal.2021.08.22`.

    A word of a script without spaces may stand before it, `日記2024-07-08`, or a weekday; brackets may stand around it.
    """
    if not _DIGIT.search(stem):
        return None
    if tail := _DENDRON_LEVELS.search(stem):
        written = re.sub(r"[._]", "-", tail["day"]) + (tail["at"] or "").replace(".", " ")
        if found := _day_at_start(written, order):
            return found
    if found := _day_at_start(stem, order):
        return found
    prefix = _PREFIX.match(stem)
    if prefix is None and (word := _FIRST_WORD.match(stem)) and is_weekday(word["word"]):
        prefix = word
    return _day_at_start(stem[prefix.end() :], order) if prefix else None


def _day_at_start(name: str, order: DateOrder) -> FoundDay | None:
    found = None
    if match := _COMPACT.match(name) or _YEAR_FIRST.match(name):
        found = _day_of_year_first(match)
    elif match := next(filter(None, (pattern.match(name) for pattern in _NAMES_IN_WORDS)), None):
        found = _day_of_words(match)
    elif match := _NAME_NUMBERS.match(name) or _SPACED.match(name):
        found = _day_of_numbers(match, order)
    elif match := _WEEK_DAY.match(name):
        found = _day_of_week(match)
    if found is None or _FIRST_YEAR <= found.day.year <= _LAST_YEAR or found.text == name:
        return found
    return None


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
    """The date in a front matter value; it begins with it, or with a weekday; what follows, as a zone, is skipped.

    A link to a day, `[[daily/2024-09-05|Thursday]]`, is that day; YAML makes lists of it without quotes.

    A number of nine or ten digits counts seconds since 1970, one of twelve or thirteen milliseconds, UTC.
    """
    first = value[0] if isinstance(value, list) and value else value
    is_link = isinstance(first, list) or str(first).lstrip("\"' ").startswith("[[")
    text = (", ".join(map(str, first)) if isinstance(first, list) else str(first)).strip().strip("[]\"' ")
    if is_link:
        text = text.partition("|")[0]
    found = find_day(text, order=order, stated=True)
    if is_link and found is None:
        text = text.rpartition("/")[2]
        found = find_day(text, order=order, stated=True)
    if found is None:
        return _day_of_epoch(text)
    before = text.partition(found.text)[0].rstrip(" ,.")
    return found if not before or before.isalpha() or len(text.split()) <= 5 else None


def _day_of_epoch(text: str) -> FoundDay | None:
    if _HOURLY.fullmatch(text) and (found := find_day(f"{text}00")):
        return FoundDay(found.day, text, found.at)
    match = _EPOCH.fullmatch(text)
    if match is None:
        return None
    seconds = int(match["seconds"]) if match["seconds"] else int(match["milliseconds"]) / 1000
    moment = datetime.fromtimestamp(seconds, UTC)
    return FoundDay(moment.date(), text, moment.time().replace(microsecond=0))


def day_of_file(seconds: float) -> date:
    """The day, UTC, of a file's time, in seconds since 1970.

    Disks keep times that no calendar has, which spoiled archives and wrong clocks put there: they are the first or the
    last day that there is.
    """
    number = date(1970, 1, 1).toordinal() + int(seconds // _SECONDS_A_DAY)
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))


def day_in_link(target: str) -> date | None:
    """The day that a link target names as a whole: `2023-11-05`, `20231105`, `Nov 14th, 2025`.

    With its weekday, `Tue, 14.11.2023` or `2023-11-14 Tuesday` as Logseq's journals may be called, numbers alone are
    a day as well: the one of the two that is that weekday.
    """
    target = target.strip()
    if (beside := _WEEKDAY_BESIDE.fullmatch(target)) and (name := beside["before"] or beside["after"]):
        found = [find_day(beside["day"], order=order) for order in ("mdy", "dmy")]
        days = [each.day for each in found if each and each.text == beside["day"]]
        return next((day for day in days if day.weekday() == _WEEKDAYS.index(name[:3].lower())), None)
    only = find_day(target, order="mdy")
    return only.day if only and only.text == target and not _NUMBERS.match(target) else None
