"""Finds given words in whole texts at once, by a hash of their letters, without cutting the texts into words.

Equal words have equal hashes; a different word has the same one by a chance of 2 to the power of -64.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.audit.words import folded, words_of

MAX_LETTERS = 1 << 18
"""The longest text that is cut into words at once."""
_AT_ONCE = 1 << 15
"""Letters of texts that are cut together: numbers of so many stay near the processor, and of eight times as many each
takes twice as long."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SLOT_BITS = 18
_SIGN = 99
_PUNCTUATION = "’‘“”…·•→←↑↓–—−─×»›«‹„‚\u00a0\u2009\u202f"


class Cut(Struct, frozen=True):
    """A text in words: of each where it begins and the number that its letters make; (w,)."""

    starts: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    signs: NDArray[np.int64]
    """Where signs stand that end one thing and begin another, line ends among them."""
    line_ends: NDArray[np.int64]


class WordNumbers:
    """Knows some words, each by a number above 0."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        words = [word for word in ids if word.isascii() and len(word) < MAX_LETTERS]
        hashes = _hashes_of(words)
        order = np.argsort(hashes)
        self._hashes = hashes[order]
        self._numbers = np.array([ids[word] for word in words], np.int64)[order]
        self._slots = np.zeros(1 << _SLOT_BITS, np.bool_)
        self._slots[_slots(hashes)] = True
        self.works = len(words) > 0 and not bool((self._hashes[1:] == self._hashes[:-1]).any())
        """Whether each word has a number of its own; if not, it has to be done in another way."""

    def numbers(self, cut: Cut) -> NDArray[np.int64]:
        """The number of each word of a text; 0 for those that are not known."""
        numbers = np.zeros(len(cut.hashes), np.int64)
        maybe = np.flatnonzero(self._slots[_slots(cut.hashes)])
        at = np.searchsorted(self._hashes, cut.hashes[maybe])
        at[at == len(self._hashes)] = 0
        known = self._hashes[at] == cut.hashes[maybe]
        numbers[maybe[known]] = self._numbers[at[known]]
        return numbers


def cut_text(text: str) -> Cut:
    """Cuts a text of ASCII letters, of up to `MAX_LETTERS`, as `words_of` does.

    A word's number is the sum of its letters times powers of one base, the first letter's always the same one.
    """
    letters = np.frombuffer(text.encode("ascii"), np.uint8)  # (l,)
    kinds = _values()[letters]
    # A zero on both ends, so that each word has a beginning and an end.
    is_letter = np.zeros(len(letters) + 2, np.bool_)
    np.less(kinds - np.uint8(1), _SIGN - 1, out=is_letter[1:-1])
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    starts, ends = edges[::2], edges[1::2]
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(kinds * _powers()[: len(letters)], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * _powers()[MAX_LETTERS - starts]
    return Cut(starts, hashes, np.flatnonzero(kinds == _SIGN), np.flatnonzero(letters == ord("\n")))


def with_plain_signs(text: str) -> str:
    """The text, as long as before, with signs of ASCII in place of others that are no letters and count for as much."""
    for sign, plain in _plain_signs():
        text = text.replace(sign, plain)
    return text


def windows(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The texts in pieces of some thousand letters, joined by one each; a longer text is a piece by itself."""
    start = size = 0
    for place, text in enumerate(texts):
        if size + len(text) >= _AT_ONCE and place > start:
            yield start, place
            start, size = place, 0
        size += len(text) + 1
    if texts:
        yield start, len(texts)


@cache
def _values() -> NDArray[np.uint8]:
    """By byte: 0 for what separates words, a number for each letter and digit whatever its case, `_SIGN` for a sign."""
    values = np.zeros(256, np.uint8)
    for code in range(128):
        for found in words_of(chr(code)):
            values[code] = ord(found) - ord("0") + 1 if found.isalnum() else _SIGN
    return values


@cache
def _powers() -> NDArray[np.uint64]:
    """The powers of the base, from the first on."""
    return np.multiply.accumulate(np.full(MAX_LETTERS + 1, _BASE, np.uint64))


@cache
def _plain_signs() -> tuple[tuple[str, str], ...]:
    """Signs beyond ASCII that are no letters in any form, each with what counts for as much."""
    ways = {("a", "b"): " ", ("a", '"', "b"): '"'}
    found = []
    for sign in _PUNCTUATION:
        assert folded(f"a{sign}b") != "ab"
        found.append((sign, ways[tuple('"' if word == sign else word for word in words_of(f"a{sign}b"))]))
    return tuple(found)


def _hashes_of(words: Sequence[str]) -> NDArray[np.uint64]:
    """The number that each word's letters make."""
    made = [cut_text("\n".join(words[low:high])).hashes for low, high in windows(words)]
    return np.concatenate(made) if made else np.empty(0, np.uint64)


def _slots(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (hashes * _MIX) >> np.uint64(64 - _SLOT_BITS)
