"""Finds a word in a text where marks, tags and links may separate its letters, as in `**get**Name`."""

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache

_MARKS = (
    r"(?>(?>\[\^[^\[\]\n]{0,100}\]|\]\([^()\n]{0,2000}\)|\[\[[^\[\]|\n]{0,500}\||<[^<>]{0,2000}>"
    r"|\{[{%].{0,500}?[%}]\}|[^\w\s]|_)*)"
)
"""What a page leaves out of a text, or the search of a word; never gone back into, so that no text takes long."""
_MIN_WITHOUT_END = 5
"""Letters of a word of which the last may be another, as a plural's is."""


def has_word(text: str, word: str) -> bool:
    """Whether a text, folded, has a word, in up to three pieces with marks between."""
    return _is_in_pieces(word, text) and _pattern(word).search(text) is not None


@lru_cache(maxsize=1 << 10)
def _pattern(word: str) -> re.Pattern[str]:
    letters = word[:-1] if len(word) >= _MIN_WITHOUT_END else word
    return re.compile(_MARKS.join(map(re.escape, letters)))


def _is_in_pieces(word: str, text: str) -> bool:
    """Whether the longest beginning and the longest end that the text has leave nothing else, or what it has too."""
    word = word[:-1] if len(word) >= _MIN_WITHOUT_END else word
    begun = _longest(len(word), lambda size: word[:size] in text)
    ended = _longest(len(word), lambda size: word[len(word) - size :] in text)
    return word[begun : len(word) - ended] in text


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The greatest size up to this for which it holds, where it holds for all smaller ones."""
    return bisect_left(range(1, most + 1), True, key=lambda size: not holds(size))
