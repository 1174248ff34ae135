"""Finds a word in a text where marks, tags and links may separate its letters, as in `**get**Name`."""

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache

from notegen.regex import regex

_WITH_WORDS = (
    r"\[\^[^\[\]\n]{0,100}\]|\]\([^()\n]{0,2000}\)|\[\[[^\[\]|\n]{0,500}\||<[^<>]{0,2000}>"
    r"|\{[{%].{0,500}?[%}]\}"
)
"""Marks that have words within."""
_MARKS = rf"(?>(?>{_WITH_WORDS}|[^\w\s]|_)*)"
"""What a page leaves out of a text, or the search of a word; never gone back into, so that no text takes long."""
_MARKS_WITH_WORDS = regex(_WITH_WORDS)
_ASCII_SIGNS = "".join(
    one for one in map(chr, range(128)) if not one.isalnum() and not one.isspace()
).encode()
_OTHER_SIGNS = regex(r"[^\w\s\x00-\x7f]+")
_MIN_WITHOUT_END = 5
"""Letters of a word whose last is not looked for where it is `y`: its plural may be written, `stories`."""


class Unmarked:
    """A text, folded, in which words are looked for by their letters, the marks between left out."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._letters = ""

    def may_have(self, word: str) -> bool:
        """Whether the text may have the word, in up to three pieces: it tells fast of nearly all that it has not."""
        if not _is_in_pieces(word, self._text):
            return False
        if not self._letters:
            self._letters = _without_signs(f"{self._text}\n{_MARKS_WITH_WORDS.sub('', self._text)}")
        return _beginning(word) in self._letters


def has_word(text: str, word: str) -> bool:
    """Whether a text, folded, has a word, in up to three pieces with marks between."""
    return _is_in_pieces(word, text) and _pattern(word).search(text) is not None


@lru_cache(maxsize=1 << 10)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(_MARKS.join(map(re.escape, _beginning(word))))


def _is_in_pieces(word: str, text: str) -> bool:
    """Whether the longest beginning and the longest end that the text has leave nothing else, or what it has too."""
    word = _beginning(word)
    begun = _longest(len(word), lambda size: word[:size] in text)
    ended = _longest(len(word), lambda size: word[len(word) - size :] in text)
    return word[begun : len(word) - ended] in text


def _without_signs(text: str) -> str:
    bare = text.encode("utf-8", "surrogatepass").translate(
        None, _ASCII_SIGNS
    )  # 20 times as fast as any way of `str`
    return bare.decode() if bare.isascii() else _OTHER_SIGNS.sub("", bare.decode("utf-8", "surrogatepass"))


def _beginning(word: str) -> str:
    return word[:-1] if len(word) >= _MIN_WITHOUT_END and word[-1] == "y" else word


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The greatest size up to this for which it holds, where it holds for all smaller ones."""
    return bisect_left(range(1, most + 1), True, key=lambda size: not holds(size))
