"""WordPiece: splits a text into the tokens of a query table, as the page's `search/engine/wordpiece.ts` does.

The words are those of an uncased BERT; a word is the longest token it begins with, then the longest `##` token that
goes on, and so on. `tests/cases/wordpiece.json` holds this, the page and the tokenizers library together.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial

from notegen.regex import regex
from notegen.text.characters import IDEOGRAPHS, SIGNS

CONTINUATION = "##"
"""Begins a token that goes on with a word."""

MAX_WORD_LENGTH = 100
"""Characters; a longer word has no tokens, as it is unknown to BERT's own tokenizer."""

_DROPPED = ("Cc", "Cf", "Co")


def wordpiece_tokenizer(tokens: Sequence[str]) -> Callable[[str], list[int]]:
    """A function that gives the ids of a text's tokens; a word that the tokens cannot spell has none.

    Args:
        tokens: by id; of two that are the same, the first counts.
    """
    ids: dict[str, int] = {}
    for number, token in enumerate(tokens):
        ids.setdefault(token, number)

    of_word = lru_cache(maxsize=1 << 17)(partial(_pieces_of_word, ids=ids))

    @lru_cache(maxsize=1 << 17)
    def of_chunk(chunk: str) -> tuple[int, ...]:
        return tuple(id for word in split_words(chunk) for id in of_word(word))

    return lambda text: [id for chunk in text.split() for id in of_chunk(chunk)]


def split_words(text: str) -> list[str]:
    """The words and signs of a text, normalised as BERT does."""
    if text.isascii():
        if not text.isprintable():
            text = "".join(c for c in text if c in "\t\n\r" or " " <= c != "\x7f")
        return _ASCII_WORD.findall(text.lower())
    visible = "".join(
        c for c in text if c in "\t\n\r" or (c != "\ufffd" and unicodedata.category(c) not in _DROPPED)
    )
    decomposed = unicodedata.normalize("NFD", _ideograph().sub(r" \g<0> ", visible))
    # Letter by letter: a capital sigma at the end of a word is a small final one to a whole string, but not to BERT.
    lower = "".join(c.lower() for c in decomposed if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _is_sign(c) else c for c in lower).split()


@cache  # not where no text is cut into tokens
def _ideograph() -> re.Pattern[str]:
    return re.compile(f"[{IDEOGRAPHS}]")


_ASCII_WORD = regex(rf"[^\s{SIGNS}]+|[{SIGNS}]")


def _is_sign(character: str) -> bool:
    return (character.isascii() and _ASCII_SIGN.match(character) is not None) or unicodedata.category(
        character
    )[0] == "P"


_ASCII_SIGN = regex(f"[{SIGNS}]")


def _pieces_of_word(word: str, ids: Mapping[str, int]) -> list[int]:
    if len(word) > MAX_WORD_LENGTH:
        return []
    found: list[int] = []
    start = 0
    while start < len(word):
        before = CONTINUATION if start else ""
        for end in range(len(word), start, -1):
            id = ids.get(before + word[start:end])
            if id is not None:
                break
        else:
            return []
        found.append(id)
        start = end
    return found
