"""The counted words of neighbouring notes, numbered from the first of them: nothing hangs on the other notes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_INT = np.dtype("<i4")

FORM_BITS = 32
FORM_MASK = (1 << FORM_BITS) - 1


class WordPart(NamedTuple):
    """What some notes that follow each other say; in columns, which are read and joined several times as fast."""

    lengths: tuple[int, ...]
    forms: tuple[str, ...]
    postings: str
    """Of one form after the other, as `read_postings` reads them, each without the step to its first note."""
    ends: bytes  # (f,) where those of each form end
    counts: bytes  # (f,) how many notes have a form as a word
    firsts: bytes  # (f,) the number of the first note that has it, from the first of them on
    lasts: bytes  # (f,)
    stems: tuple[str, ...]
    pairs: bytes  # (p, 2) places of stems, and of forms that they stand for
    words: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """The words of each set of algorithms, where those join words; none for others."""


def numbers_of(content: bytes) -> NDArray[np.int64]:
    """A column of a part, (f,), as numbers that can be counted with."""
    return np.frombuffer(content, _INT).astype(np.int64)


def bytes_of_numbers(numbers: Sequence[int] | NDArray[np.int64]) -> bytes:
    """Numbers as a column of a part: each in four bytes, the smallest first."""
    return np.array(numbers, _INT).tobytes()


def paired(stems: NDArray[np.int64], forms: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of stems and of forms that they stand for, a pair in one number."""
    return stems << FORM_BITS | forms
