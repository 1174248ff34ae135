"""A language of the interface: messages with their placeholders filled, dates, numbers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from unicodedata import east_asian_width

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names, get_quarter_names
from babel.numbers import format_decimal, format_percent
from msgspec import Struct

from notegen.i18n.locales import category_of, digits_of, direction_of, first_weekday, locale_of
from notegen.i18n.messages import PLACEHOLDER, Message, read_messages

_ISOLATE, _END_OF_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_ARROWS = {"ltr": ("←", "→"), "rtl": ("→", "←")}
_MAX_COLUMN_LETTERS = 2
"""Letters of an average width for which a column of the calendar has room."""


class Language(Struct, frozen=True, eq=False):
    """A language with its messages."""

    tag: str
    """BCP 47, as the site states it."""
    direction: str
    """`ltr` or `rtl`."""
    messages: Mapping[str, Message]
    """The messages by key, such as `note.contents`."""
    locale: Locale
    digits: Mapping[int, str]
    """The digits of the language, for `str.translate`."""

    def translate(self, key: str, /, **values: object) -> str:
        """The message with its placeholders filled: whole numbers as the language writes them, all else as it is.

        The number `count` chooses the plural form.

        Raises:
            KeyError: there is no such message, or it has a placeholder that no value is given for.
        """
        return fill_placeholders(
            self.form(key, values.get("count")), {name: self.written(value) for name, value in values.items()}
        )

    def form(self, key: str, count: object = None) -> str:
        """The message as its file has it, in the form for this count."""
        message = self.messages[key]
        category = category_of(message.language, count) if isinstance(count, int) else "other"
        return message.forms.get(category, message.forms["other"])

    def written(self, value: object) -> str:
        """A value for a message's placeholder; in text that runs to the left, a name keeps a direction of its own."""
        if isinstance(value, int):
            return self.number(value)
        return f"{_ISOLATE}{value}{_END_OF_ISOLATE}" if self.direction == "rtl" else str(value)

    @staticmethod
    def list_words(words: Iterable[str]) -> str:
        """Single words that make no phrase, with a dot between them.

        With commas two of them could be what a private note is called, which the audit would refuse.
        """
        return " · ".join(words)

    # -- numbers ------------------------------------------------------------------------------------

    def number(self, number: int) -> str:
        """`1,204`."""
        return _written_number(number, self)

    def decimal(self, number: float) -> str:
        """`0.35`, always to two places."""
        written: str = format_decimal(number, "0.00", self.locale, numbering_system="default")
        return written.translate(self.digits)

    def percent(self, share: float) -> str:
        """`12%` for 0.12; a space in it, where the language wants one, does not break."""
        written: str = format_percent(share, locale=self.locale, numbering_system="default")
        return written.translate(self.digits)

    def numeral(self, number: int) -> str:
        """A number that counts nothing, such as a day's or a year's: never grouped."""
        return str(number).translate(self.digits)

    # -- dates --------------------------------------------------------------------------------------

    def day(self, day: date) -> str:
        """`5 November 2023`."""
        return _written_day(day, self)

    def weekday_and_day(self, day: date) -> str:
        """`Sunday, 5 November 2023`."""
        return format_date(day, "full", self.locale).translate(self.digits)

    def month(self, year: int, month: int) -> str:
        """`November 2023`."""
        return self._skeleton("yMMMM", year, month)

    def short_month(self, year: int, month: int) -> str:
        """`Nov 2023`."""
        return self._skeleton("yMMM", year, month)

    def month_alone(self, month: int) -> str:
        """`November`."""
        name: str = get_month_names("wide", "stand-alone", self.locale)[month]
        return name

    def month_initial(self, month: int) -> str:
        """`N`."""
        name: str = get_month_names("narrow", "stand-alone", self.locale)[month]
        return name.translate(self.digits)

    def quarter_alone(self, month: int) -> str:
        """`Q3` for a month of July to September; whole, as `第3四半期`, where the short one is English."""
        number = 1 + (month - 1) // 3
        short, whole = (
            str(get_quarter_names(width, "format", self.locale)[number]) for width in ("abbreviated", "wide")
        )
        return (whole if short.isascii() and not whole.isascii() else short).translate(self.digits)

    def year(self, year: int) -> str:
        """`2023`, or `2023年`."""
        return self._skeleton("y", year, 1)

    def weekdays(self, first: int | None = None) -> tuple[tuple[str, str], ...]:
        """The names of the days from the first of the week on, each short enough for a column, and whole.

        Args:
            first: the day that weeks begin on, 0 for Monday to 6 for Sunday; None for the language's own.
        """
        first = self.first_weekday if first is None else first
        short, narrow, whole = (
            get_day_names(width, "stand-alone", self.locale) for width in ("short", "narrow", "wide")
        )
        days = [(first + column) % 7 for column in range(7)]
        return tuple((_fitting(short[day].rstrip("."), narrow[day]), whole[day]) for day in days)

    @property
    def first_weekday(self) -> int:
        """The day on which weeks begin: 0 for Monday to 6 for Sunday."""
        return first_weekday(self.tag)

    def _skeleton(self, skeleton: str, year: int, month: int) -> str:
        return _written_month(skeleton, year, month, self)

    # -- directions ---------------------------------------------------------------------------------

    @property
    def back(self) -> str:
        """The arrow to what comes before."""
        return _ARROWS[self.direction][0]

    @property
    def forth(self) -> str:
        """The arrow to what comes after."""
        return _ARROWS[self.direction][1]


# Pages say the same days and numbers again and again, and Babel takes some thirty microseconds for each.


@lru_cache(maxsize=1 << 12)
def _written_number(number: int, language: Language) -> str:
    return format_decimal(number, locale=language.locale, numbering_system="default").translate(
        language.digits
    )


@lru_cache(maxsize=1 << 12)
def _written_day(day: date, language: Language) -> str:
    return format_date(day, "long", language.locale).translate(language.digits)


@lru_cache(maxsize=1 << 12)
def _written_month(skeleton: str, year: int, month: int, language: Language) -> str:
    return format_skeleton(skeleton, date(year, month, 1), locale=language.locale).translate(language.digits)


def load_language(tag: str, folders: Sequence[Path]) -> Language:
    """The language of a BCP 47 tag, its messages from these folders, where the first that has one wins.

    Raises:
        NotegenError: a file of messages cannot be read, or holds what is no message.
    """
    tag = tag.replace("_", "-")
    if tag == "zh":
        tag = "zh-Hans"  # what browsers choose faces by
    messages = read_messages(tag, folders)
    return Language(tag, direction_of(tag) or "ltr", messages, locale_of(tag), digits_of(tag))


def fill_placeholders(form: str, written: Mapping[str, str]) -> str:
    """The message with its placeholders filled by what is written already.

    Raises:
        KeyError: it has a placeholder that nothing is written for.
    """
    return PLACEHOLDER.sub(lambda placeholder: written[placeholder[1]], form)


def capital(text: str) -> str:
    """The text as it begins a heading or a line; months and weekdays are small letters in many languages."""
    return text[:1].upper() + text[1:]


def _fitting(name: str, initial: str) -> str:
    wide = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in name)
    return name if wide <= _MAX_COLUMN_LETTERS else initial
