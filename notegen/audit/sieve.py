"""Tells quickly which of many texts may hold a needle, so that only those are cut into words.

It never overlooks a needle, and may report too much: what it reports is then read with care.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.audit.needles import LENGTHS, Needles
from notegen.audit.word_numbers import MAX_LETTERS, WordNumbers, cut_text, windows, with_plain_signs


class Sieve:
    """Knows the words of what is looked for."""

    def __init__(self, needles: Needles) -> None:
        relevant = _relevant(needles)
        self._needles = needles
        self._words = WordNumbers({word: number for word, number in needles.ids.items() if relevant[number]})
        self._is_empty = not relevant.any()

    def possible(self, texts: Sequence[str]) -> list[int]:
        """The places of the texts that may hold something, ascending; none of them has a line end."""
        if self._is_empty:
            return []
        if not self._words.works:
            return [*range(len(texts))]
        return [low + place for low, high in windows(texts) for place in self._some(texts[low:high])]

    def _some(self, lines: Sequence[str]) -> list[int]:
        whole = "\n".join(lines)
        odd: list[int] = []
        if not whole.isascii():
            beyond = [place for place, line in enumerate(lines) if not line.isascii()]
            plain = with_plain_signs("\n".join(lines[place] for place in beyond)).split("\n")
            odd = [place for place, line in zip(beyond, plain, strict=True) if not line.isascii()]
            readable = dict(zip(beyond, plain, strict=True)) | dict.fromkeys(odd, "")
            whole = "\n".join(readable.get(place, line) for place, line in enumerate(lines))
        if len(whole) > MAX_LETTERS:  # one text alone
            return [*range(len(lines))]
        found = self._lines_with_something(whole)
        return sorted((*odd, *found)) if odd else found

    def _lines_with_something(self, text: str) -> list[int]:
        """The numbers of the lines, from 0, in which something looked for begins."""
        cut = cut_text(text)
        known = self._words.numbers(cut)
        if not known.any():
            return []
        # Words and signs in order, as `words_of` gives them.
        places = np.arange(len(cut.starts)) + np.searchsorted(cut.signs, cut.starts)
        numbers = np.zeros(len(cut.starts) + len(cut.signs), np.int64)
        numbers[places] = known
        hits = np.concatenate([hits for _, hits, _ in self._needles.hits(numbers)])
        begins = cut.starts[np.searchsorted(places, hits)]
        return sorted({*np.searchsorted(cut.line_ends, begins).tolist()})


def _relevant(needles: Needles) -> NDArray[np.bool_]:
    """By word, whether it is looked for by itself or in a row."""
    relevant = needles.alone.copy()
    for length in LENGTHS:
        places = needles.places[length][needles.wanted[length]]
        for step in range(length):
            relevant[needles.stream[places + step]] = True
    relevant[0] = False
    return relevant
