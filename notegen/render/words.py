"""Dates and counts as an English reader wants them; no locale of the machine has a say."""

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Primary language subtags whose usual script runs from right to left."""

_WORDS_A_MINUTE = (
    230  # silent reading of English non-fiction: Brysbaert, Journal of Memory and Language 109, 2019: 238
)


def day_words(day: date) -> str:
    """`5 November 2023`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_words(year: int, month: int) -> str:
    """`November 2023`."""
    return f"{MONTHS[month - 1]} {year}"


def count_words(count: int, noun: str) -> str:
    """`1 note`, `1,204 notes`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def minutes_to_read(words: int) -> int:
    """Whole minutes, at least 1; 0 for a note without words."""
    return max(1, round(words / _WORDS_A_MINUTE)) if words else 0


def direction_of(language: str) -> str:
    """`rtl`, `ltr`, or empty when the language is not said."""
    if not language:
        return ""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
