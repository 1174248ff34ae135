"""How well an encoder knows the words of a text: by the share of them that are tokens of its own.

An encoder that was trained on one language has that language's words whole, and spells those of another in pieces: of
English text 86 to 95 in a hundred words are tokens of the bundled one, of Spanish 53, of German 42, of Russian 15, of
Greek and Chinese 7. What it says of a text in pieces is mostly chance. All numbers here are whole, and
`browser/src/search/engine/familiarity.ts` finds the same for questions.
"""

from collections.abc import Callable, Container, Iterable
from functools import lru_cache
from typing import NamedTuple

from notegen.text.scripts import is_no_space_script
from notegen.text.wordpiece import split_words

MAX_FAMILIARITY = 8
"""The level of a text that the encoder knows."""

MIN_FAMILIARITY = 1
"""The level of one that it does not: what it says still tells equals apart. nDCG@10 in Greek is .947 by words alone,
.951 with this level, .955 with the next, and .555 with the highest."""

MIN_FAMILIAR = 4
"""The level below which meaning counts for less than half of what it does elsewhere, which is said."""

SHARE_UNIT = 1000
"""Shares are whole numbers of its parts."""

MIN_KNOWN_SHARE, MAX_KNOWN_SHARE = 450, 700
"""Of a thousand words those that are tokens, for the lowest level and for the highest. Hardly any note in English has
fewer than the higher: names and code are pieces there too, but not most of a text."""

NOTE_PRIOR_WORDS, QUESTION_PRIOR_WORDS = 20, 3
"""Words of the garden that are added to those of a note, or of a question: of two or three a share says little."""


class WordCount(NamedTuple):
    """Words of a text."""

    known: int
    """Those that are tokens, but for characters of scripts without spaces."""
    all: int


def word_counter(tokens: Container[str]) -> Callable[[str], WordCount]:
    """A function that counts the words of a text; what has no letter is none.

    Args:
        tokens: of the encoder, as `split_words` writes words.
    """

    @lru_cache(maxsize=1 << 17)
    def of_chunk(chunk: str) -> tuple[int, int]:
        words = [word for word in split_words(chunk) if any(map(str.isalpha, word))]
        return sum(word in tokens and not is_no_space_script(word) for word in words), len(words)

    def count(text: str) -> WordCount:
        known = total = 0
        for chunk in text.split():
            here, words = of_chunk(chunk)
            known += here
            total += words
        return WordCount(known, total)

    return count


def add_counts(counts: Iterable[WordCount]) -> WordCount:
    """Several texts as one."""
    known = total = 0
    for count in counts:
        known += count.known
        total += count.all
    return WordCount(known, total)


def share_of(count: WordCount) -> int:
    """Of a thousand words those that are tokens; all where there is no word."""
    return SHARE_UNIT * count.known // count.all if count.all else SHARE_UNIT


def level_of(count: WordCount, *, garden: int, prior: int) -> int:
    """MIN_FAMILIARITY to MAX_FAMILIARITY: how far the encoder is to be trusted with a text.

    Args:
        count: the text's words.
        garden: the share of the garden that it is part of, or asked of.
        prior: words of that garden to count beside its own.
    """
    share = (SHARE_UNIT * count.known + prior * garden) // (count.all + prior)
    level = (share - MIN_KNOWN_SHARE) * MAX_FAMILIARITY // (MAX_KNOWN_SHARE - MIN_KNOWN_SHARE)
    return min(MAX_FAMILIARITY, max(MIN_FAMILIARITY, level))
