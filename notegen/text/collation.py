"""The order of names in a list, as a reader looks one up: `Chapter 2` before `Chapter 10`, `Äpfel` beside `Apfel`."""

import re
import unicodedata

from notegen.regex import regex

_DIGITS = 12
_NUMBER = regex("[0-9]+")


def sort_key(name: str) -> str:
    """A name as it is sorted: neither case nor accents count, and numbers by their value.

    browser/src/enhancements/sort-key.ts does the same.
    """
    if name.isascii():
        letters = name.lower()
    else:
        plain = unicodedata.normalize("NFKD", name.lower())
        letters = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    return _NUMBER.sub(_by_value, letters)


def _by_value(digits: re.Match[str]) -> str:
    return digits[0].lstrip("0").rjust(_DIGITS, "0")
