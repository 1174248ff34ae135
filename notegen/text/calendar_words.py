"""Words that say when and not what: names of weekdays and months, and the numbers of days."""

import json
from functools import cache
from itertools import chain
from pathlib import Path

from notegen.regex import regex
from notegen.text.tokens import fold, singular

_WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed",
    "thu", "thur", "thurs", "fri", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonnabend", "sonntag", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes",
    "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
)  # fmt: skip
"""In the languages of `times.json`, which most gardens have; `sat` and `sun` are other words."""
OTHER_WORDS = frozenset({"march", "mars", "ago"})
"""Names of months that may be what notes are about, or stop words."""

_ORDINAL = regex(r"\d+(?:st|nd|rd|th)?")


@cache
def days_and_months() -> frozenset[str]:
    """Names of weekdays and months, which are written in other languages than the notes too: programs date notes."""
    months: list[str] = json.loads(Path(__file__).with_name("times.json").read_bytes())["months"]
    return frozenset([*_WEEKDAYS, *chain(*map(str.split, months))]) - OTHER_WORDS


@cache
def _forms() -> frozenset[str]:
    return frozenset(form for name in map(fold, days_and_months()) for form in (name, singular(name)))


def is_of_calendar(form: str) -> bool:
    """Whether a word, folded and maybe without plural s, is a number, that of a day, or the name of a day or month."""
    return form.isdigit() or form in _forms() or _ORDINAL.fullmatch(form) is not None
