"""A text as the audit compares it: its words in order, folded, and signs that end one thing and begin another.

Case, accents, compatibility forms and letters that nobody sees make no difference. Each character of Chinese and of
Japanese is a word, since nothing separates theirs.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from notegen.regex import regex

_SIGNS = '\n"<>|#'
_MORE_SIGNS = "\u00b7\u203a\u00bb\u2014\u2013\u2022\u2190-\u2193"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ASCII = regex(rf"[a-z0-9]+|[{_SIGNS}]")
_ANY = regex(rf"[^\W_{_IDEOGRAPHS}]+|[{_IDEOGRAPHS}{_SIGNS}{_MORE_SIGNS}]")
_ASCII_WORDS = regex(r"[a-z0-9]+")
_ANY_WORDS = regex(rf"[^\W_{_IDEOGRAPHS}]+|[{_IDEOGRAPHS}]")
_IN_WORDS = rf"[^\W_{_IDEOGRAPHS}]"
_BETWEEN = rf"(?:[^\w{_IDEOGRAPHS}]|_)"
_IDEOGRAPH = regex(f"[{_IDEOGRAPHS}]")
_LETTERS = regex(r"[^\W\d_]{2}")
_NOT_SEEN = regex("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_ACCENTS = regex("[\u0300-\u036f]")
_OF_ADDRESSES = frozenset("com htm html http https io net org watch www youtube".split())
_DIGITS = regex(r"\d+")
_NUMBERED = regex(r"[a-z]\d{1,5}")
"""As a version is written, `v103`, and as many files of a site are called."""

MIN_WORD, MIN_NUMBER = 4, 9
"""Letters of a word, and digits of a number, that by itself can give something away."""


def words_of(text: str) -> list[str]:
    """The words and signs of a text, in order; a sign is one character that is no letter or digit."""
    return _ASCII.findall(text.lower()) if text.isascii() else _ANY.findall(folded(text))


def words_alone(text: str) -> list[str]:
    """The words of a text without the signs between them."""
    return _ASCII_WORDS.findall(text.lower()) if text.isascii() else _ANY_WORDS.findall(folded(text))


def stand_in(text: str, words: Sequence[str]) -> bool:
    """Whether a text, folded, has the words in a row, as `words_alone` gives them, without cutting it into words."""
    return all(word in text for word in words) and _row(tuple(words)).search(text) is not None


@lru_cache(maxsize=1 << 10)
def _row(words: tuple[str, ...]) -> re.Pattern[str]:
    # What must not stand before the first word is looked for behind it: a pattern that begins with plain letters is
    # found ten times as fast.
    first, last = re.escape(words[0]), words[-1]
    before = "" if _IDEOGRAPH.match(words[0]) else f"(?<!{_IN_WORDS}{first})"
    after = "" if _IDEOGRAPH.match(last) else f"(?!{_IN_WORDS})"
    rest = (
        f"{_BETWEEN}{'*' if _IDEOGRAPH.search(one + following) else '+'}{re.escape(following)}"
        for one, following in pairwise(words)
    )
    return re.compile(f"{first}{before}{''.join(rest)}{after}")


def is_sign(word: str) -> bool:
    """Whether it is none of a text's words, but ends one thing and begins another."""
    return not word[0].isalnum() and not _IDEOGRAPH.match(word)


def can_stand_alone(word: str) -> bool:
    """Whether a word that no public text has is a find by itself.

    It is no short one, no ideograph, and no letter with a few digits behind it.
    """
    if _DIGITS.fullmatch(word):
        return len(word) >= MIN_NUMBER
    return len(word) >= MIN_WORD and not is_sign(word) and not _NUMBERED.fullmatch(word)


def weight_of(word: str) -> int:
    """How much a word says in a row: 2 for a word, 1 for an ideograph, 0 for a number, letter, sign or `https`."""
    if word in _OF_ADDRESSES:
        return 0
    return 1 if _IDEOGRAPH.match(word) else 2 if _LETTERS.search(word) else 0


def folded(text: str) -> str:
    """The text without case, accents and letters that nobody sees, in one form of each letter."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", normalize("NFKD", _NOT_SEEN.sub("", text)).casefold())


def folded_by_line(text: str) -> str:
    """The same, nine times as fast for a long text with few lines that are not ASCII, such as code.

    No step of folding looks over the end of a line, and none makes one.
    """
    return "\n".join(map(folded, text.split("\n")))
