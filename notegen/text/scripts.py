"""Scripts: those without spaces between words, which have bigrams instead of words, and which a word is written in.

The one place that knows them; `characters.py` says which are without spaces.
"""

import re
from collections.abc import Iterator
from functools import cache

from notegen.regex import regex
from notegen.text.characters import NO_SPACE_SCRIPTS

_SYLLABLES = ("Thai and Lao", "Burmese", "Khmer", "kana")

_CLASS = "".join(NO_SPACE_SCRIPTS.values())
_CHARACTER = regex(f"[{_CLASS}]")
_SYLLABLE = regex(f"[{''.join(NO_SPACE_SCRIPTS[script] for script in _SYLLABLES)}]")


_AFTER_LATIN = 0x250
_IDEOGRAPHS = 0x3000
_BLOCK_BITS = 7


def script_number(word: str) -> int:
    """Which script a word begins in, as a number: near enough to tell Latin, Greek, Cyrillic, Hindi and Thai apart.

    Unicode gives most scripts blocks of 128 characters; 0 is Latin with digits and signs, and all from the ideographs
    on are one. The page's `scriptNumber` is the same in TypeScript.
    """
    point = ord(word[0]) if word else 0
    return 0 if point < _AFTER_LATIN else min(point, _IDEOGRAPHS) >> _BLOCK_BITS


def is_no_space_script(text: str) -> bool:
    """Whether a text begins with a character of a script without spaces; false for an empty one."""
    return not text.isascii() and _CHARACTER.match(text) is not None


def is_all_no_space(text: str) -> bool:
    """Whether all characters of a text are of scripts without spaces; false for an empty one."""
    return _unspaced().fullmatch(text) is not None


def has_no_space_script(text: str) -> bool:
    """Whether any character of a text is of a script without spaces."""
    return not text.isascii() and _CHARACTER.search(text) is not None


def is_no_space_syllable(text: str) -> bool:
    """Whether a text begins with a character of a script without spaces whose characters BERT takes for letters.

    Ideographs are words of one character each to BERT, and Hangul has spaces.
    """
    return _SYLLABLE.match(text) is not None


def script_runs(text: str) -> Iterator[re.Match[str]]:
    """The parts of a text whose characters are all of scripts without spaces, or all of others; together the whole."""
    return _run().finditer(text)


# Made when a text asks for them: a class of so many characters takes some milliseconds.


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_CLASS}]+")


@cache
def _run() -> re.Pattern[str]:
    return re.compile(f"[{_CLASS}]+|[^{_CLASS}]+")
