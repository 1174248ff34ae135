"""Whole numbers as text that a page can carry in a script: base 64, small numbers in one character.

The digits are those of base64, so that no character needs an escape; `browser/src/search/engine/varint.ts` reads them.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_BYTES = np.frombuffer(DIGITS.encode(), np.uint8)


def write_number(number: int) -> str:
    """A number from 0 as a variable-length quantity: five bits a digit, the lowest first, 32 says more follow."""
    if number < 32:  # as most are
        return DIGITS[number]
    digits = ""
    while number > 31:
        digits += DIGITS[number & 31 | 32]
        number >>= 5
    return digits + DIGITS[number]


def write_numbers(numbers: Iterable[int]) -> str:
    """One after the other; no mark between them is needed."""
    return "".join(map(write_number, numbers))


def write_each(numbers: NDArray[np.int64]) -> tuple[str, NDArray[np.int64]]:
    """The same as `write_numbers`, for many numbers at once; and where each ends (n,)."""
    sizes = np.ones(len(numbers), np.int64)
    left = numbers >> 5
    while left.any():
        sizes += left > 0
        left >>= 5
    ends = np.cumsum(sizes)
    written = np.empty(int(sizes.sum()), np.uint8)
    for digit in range(int(sizes.max(initial=0))):
        there = np.flatnonzero(sizes > digit)
        values = numbers[there] >> 5 * digit & 31 | (sizes[there] > digit + 1) << 5
        written[ends[there] - sizes[there] + digit] = _BYTES[values]
    return written.tobytes().decode("ascii"), ends


def read_number(text: str, start: int) -> tuple[int, int]:
    """The number that begins at `start`, and where the next one does."""
    number = shift = 0
    while True:
        digit = VALUES[text[start]]
        start += 1
        number |= (digit & 31) << shift
        if digit < 32:
            return number, start
        shift += 5
