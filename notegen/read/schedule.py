"""When a note is shown: from the day of publishing that it names, and up to the day that ends it.

    publishDate, pubDate, published_at, publish_on, goLiveAt, `published:` with a day    hold back wherever they stand
    expiryDate, unpublishDate, unpublish_on                                              likewise, from that day on
    date, or the day in a file's name                                                   where the site's generator does

A diary's `date` may be of tomorrow, so that it holds a note back only where the settings of Hugo, Jekyll and their kind
lie (`folders/dated.py`), or the setting `future` says so. In doubt a note waits for the last day that is named, and is
over at the first; a day that nobody can read keeps it back.

Sources: https://gohugo.io/configuration/front-matter/#dates, https://jekyllrb.com/docs/configuration/options/ (future),
https://learn.getgrav.org/content/headers, https://getnikola.com/handbook.html (FUTURE_IS_NOW).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from math import inf
from typing import Literal

from msgspec import Struct

from notegen.config import Config, zone_called
from notegen.dates import day_in_name, keys_of_day
from notegen.errors.reasons import before_its_day, from_its_day_on
from notegen.model import Code, Place, Problem, ScheduledNote, Span
from notegen.paths import own_name
from notegen.read.body_lines import first_block
from notegen.read.flags import meaning_of, mistyped, plain_key, plain_word, with_nested
from notegen.read.front_matter import FrontMatter
from notegen.read.loose_head import loose_heads
from notegen.read.moments import moments_in
from notegen.regex import regex
from notegen.text.looks import INVISIBLE

_FROM = frozenset(
    "publishdate publisheddate publishdatetime pubdate pubdatetime datepublished publishon publishedon publishat "
    "publishedat publishtime publishfrom publishafter publicationdate scheduledpublishdate goliveat golivedate "
    "hugopublishdate embargountil embargoeduntil embargodate".split()
)
"""From when on, as `plain_key` has it: Hugo's, Astro's themes', Grav's and Drupal's, Ghost's, Wagtail's, ox-hugo's."""
_UNTIL = frozenset(
    "expirydate unpublishdate unpublishon unpublishat unpublishtime publishuntil publisheduntil expireat "
    "hugoexpirydate unpublisheddate visibleuntil".split()
)
"""Keys that say up to when a note is shown."""
_FROM_IF_DAY = frozenset(
    ("publish", "published", "dgpublish", "ispublished", "embargo", "embargoed")
) | frozenset(
    map(
        plain_key,
        "veröffentlichungsdatum veröffentlicht-am datum-der-veröffentlichung date-de-publication publié-le "
        "fecha-de-publicación publicado-el data-de-publicação data-di-pubblicazione pubblicato-il publicatiedatum "
        "data-publikacji дата-публикации 公開日 公開日時 发布日期 发布时间 發布日期 發佈日期 게시일".split(),
    )
)
"""The same of keys that mostly say something else, and the words of other languages, where they have a day."""
_UNTIL_IF_DAY = frozenset({"unpublish", "unpublished"})
_OF_CHANGE = frozenset({"lastmod", "modified"})
"""What Hugo takes for a page's date where it has no other."""
_Kind = Literal["from", "until", "from if a day", "until if a day", ""]
_NO_DAY = frozenset({"", "false", "no", "none", "null", "nil", "n/a", "-", "~"})
_NO_END = _NO_DAY | frozenset({"never", "true", "yes"})
_SCHEDULED = frozenset({"future", "scheduled"})
"""What WordPress's and Ghost's `status` says of a note that has a day to come."""
_MENTION = regex(
    r"[^\w\n]*(?P<key>[^\W\d_][\w -]{2,30}?)[\"'*_]*[ \t]*(?:::?|=|：)[*_]*[ \t]*(?P<value>[^\n]*)"
)
_OF_NIKOLA = regex(r"\.\. (?P<key>[\w-]+):(?P<value>.*)")
_MAX_LINES = 30
_APART = regex(r"[{;]|,(?=\s*[\"']?[^\W\d_][\w -]*[\"']?\s*[:=])")
_MAY_NAME = regex(r"pub|expir|embargo|live|until", re.IGNORECASE)
"""Stands in every key that is looked for in settings which cannot be read."""
_YEAR_ONE_ENDS = -62_104_000_000
"""Hugo's day that is none, 0001-01-01, is before, in seconds from 1970."""
_LAST_MOMENT = 253_402_300_799
"""The last second of 9999."""


class Dated(Struct, frozen=True):
    """What the settings of a site's generator say of notes with a later `date`."""

    holds: bool = False
    """Whether such a note waits for it."""
    by_name: bool = False
    """Whether the day in a file's name counts where the note names none."""
    zone: str = ""
    """The time zone in which its days begin; empty for the machine's own."""


class Schedule(Struct, frozen=True):
    """When a note is shown, and what of that is to be told."""

    shown: Span = Span()
    problems: tuple[Problem, ...] = ()
    """What cannot be read, in which case the note is never shown."""
    reasons: tuple[tuple[str, str], ...] = ()
    """The key and the value of the day from which on it is shown, and of that up to which it is."""
    zone: str = ""

    def as_told(self) -> ScheduledNote | None:
        """When the note is shown, for who is told why it is not; None where nobody understands it."""
        return None if self.problems else ScheduledNote(self.shown, day_of(self.shown.start, self.zone))

    def stands(self, moment: float) -> Span:
        """How long it stays shown, or not shown, as it is at a moment."""
        if moment < self.shown.start:
            return Span(end=self.shown.start) if self.shown.start < self.shown.end else Span()
        return Span(start=self.shown.end) if moment >= self.shown.end else self.shown

    def told(self, moment: float, path: str, front: FrontMatter) -> tuple[Problem, ...]:
        """Why a note is not shown at a moment."""
        if self.problems or self.shown.holds(moment):
            return self.problems
        waits = moment < self.shown.start < self.shown.end
        day = day_of(self.shown.start if waits else self.shown.end, self.zone)
        key, value = self.reasons[0 if waits else 1]
        when = before_its_day(day) if waits else from_its_day_on(day)
        place = Place(path, front.line_of(key.lower()))
        return (Problem(Code.NOTE_SCHEDULED, place, (("when", when), ("key", key), ("value", value))),)


def schedule_of(
    path: str,
    config: Config,
    dated: Dated,
    pairs: Iterable[tuple[str, object]],
    front: FrontMatter,
) -> Schedule:
    """When a note is shown, by all that it and its folders say; total.

    Args:
        pairs: keys with their values, from front matter, from what its tool has for that, and from its folders.
        front: in which keys are looked for that no tool would read: in what cannot be read, and below it.
    """
    if config.future == "public":
        return Schedule()
    stated = list(with_nested(pairs))
    stated += _loose_pairs(front)
    zone = config.time_zone or dated.zone
    starts: list[tuple[float, str, str]] = []
    ends: list[tuple[float, str, str]] = []
    problems: list[Problem] = []
    for key, value in stated:
        kind = _kind_of(key)
        if not kind:
            continue
        is_end = kind in ("until", "until if a day")
        word = plain_word(value)
        if value is None or word in (_NO_END if is_end else _NO_DAY) or value == []:
            continue
        span = moments_in(value, zone, config.date_order)
        if span is None:
            if kind in ("from", "until"):
                facts = (("key", key), ("value", _written(value)))
                problems.append(Problem(Code.SCHEDULE_UNCLEAR, Place(path, front.line_of(key)), facts))
        elif not is_end:
            starts.append((span.end, key, _written(value)))
        elif span.start >= _YEAR_ONE_ENDS:
            ends.append((span.start, key, _written(value)))
    if not starts and (config.future == "private" or dated.holds or _is_scheduled(stated)):
        starts += _own_day(path, stated, dated, zone, config)
    if problems:
        return Schedule(Span(inf, inf), tuple(dict.fromkeys(problems)))
    start, end = max(starts, default=(-inf, "", "")), min(ends, default=(inf, "", ""))
    return Schedule(Span(start[0], end[0]), (), ((start[1], start[2]), (end[1], end[2])), zone)


def is_schedule_key(key: str) -> bool:
    """Whether a key says nothing but a day of publishing, or one that ends it."""
    return _kind_of(key) in ("from", "until")


def may_schedule(key: str, value: object) -> bool:
    """Whether a key with its value is such a day, if it is one."""
    return is_schedule_key(key) or (_kind_of(key) != "" and meaning_of(key, value) == "silent")


def day_of(moment: float, zone: str) -> str:
    """A moment as a day, with the time of day where that is not midnight."""
    try:
        at = datetime.fromtimestamp(moment, zone_called(zone))
    except (OverflowError, OSError, ValueError):
        at = datetime.fromtimestamp(min(max(moment, 0), _LAST_MOMENT), UTC)
    return f"{at:%Y-%m-%d}" if (at.hour, at.minute) == (0, 0) else f"{at:%Y-%m-%d %H:%M}"


def _own_day(
    path: str, stated: Iterable[tuple[str, object]], dated: Dated, zone: str, config: Config
) -> Iterator[tuple[float, str, str]]:
    """The day that a note is from: its `date`, the day in its name, or at last that of its change, as Hugo has it."""
    days = dict(stated)
    keys = [key for key in days if plain_key(key) == "date"] if dated.holds else keys_of_day(days)
    for key in keys:
        if span := moments_in(days[key], zone, config.date_order):
            yield span.end, key, _written(days[key])
            return
    by_name = dated.by_name or config.future == "private"
    if by_name and (found := day_in_name(own_name(path), order=config.date_order)):
        if span := moments_in(found.day, zone, config.date_order):
            yield span.end, "date", found.text
        return
    for key in days:
        if plain_key(key) in _OF_CHANGE and (span := moments_in(days[key], zone, config.date_order)):
            yield span.end, key, _written(days[key])
            return


def _is_scheduled(stated: Iterable[tuple[str, object]]) -> bool:
    return any(
        plain_key(key) in ("status", "poststatus") and plain_word(value) in _SCHEDULED
        for key, value in stated
    )


@lru_cache(maxsize=4096)
def _kind_of(key: str) -> _Kind:
    """What a key says of when its note is shown; a slip of the pen in one of Hugo's is meant as that."""
    name = plain_key(key)
    if name in _FROM or name in mistyped("publishdate"):
        return "from"
    if name in _UNTIL or name in mistyped("expirydate"):
        return "until"
    if name in _FROM_IF_DAY:
        return "from if a day"
    return "until if a day" if name in _UNTIL_IF_DAY else ""


def _loose_pairs(front: FrontMatter) -> Iterator[tuple[str, object]]:
    """Keys of days in what cannot be read as settings, in fields of a note's first block, and in what was meant so."""
    if not front.first_line:
        return
    texts = [] if front.properties else [front.head]
    texts += [head.text for head in loose_heads(front.body, on_top=not front.properties)]
    if "::" in front.body:
        texts += [line for line in first_block(front.body) if "::" in line]
    for text in texts:
        if not _MAY_NAME.search(text):
            continue
        for line in INVISIBLE.sub("", text).split("\n"):
            for part in _APART.split(line):
                found = _MENTION.match(part)
                if found and _kind_of(found["key"]):
                    yield found["key"], found["value"].strip(" \t\"'`,}])*_")
    for line in (
        front.body.lstrip("\ufeff \n").removeprefix("<!--").lstrip().split("\n", _MAX_LINES)[:_MAX_LINES]
    ):
        found = _OF_NIKOLA.match(line)
        if not found:
            return
        yield found["key"], found["value"].strip()


def _written(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(text.split())[:60]
