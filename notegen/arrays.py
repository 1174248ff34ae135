"""The few largest of many numbers, many rows at once; and many whole numbers in order, or each of them once."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Integer = TypeVar("Integer", bound=np.integer)

_FOLD = 32
"""Columns that are one at first."""

_DIGIT_BITS = 16
_DIGIT = (1 << _DIGIT_BITS) - 1


def top_k(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The columns (b, count) of the largest values of each row, the largest first; fewer where there are fewer.

    Ties go to the lower column; in long rows, among those that are found.

    `np.argpartition` looks at each number many times. Here the row is folded to a 32nd with the largest of what falls
    together, which is one quick pass: the `count` largest are under the `count` largest of the fold. It takes a tenth
    of the time from some thousand columns on.

    Args:
        values: (b, n), none of them NaN.
    """
    width = values.shape[1]
    count = min(count, width)
    if not count or not len(values):
        return np.empty((len(values), count), np.intp)
    folded = width // _FOLD
    if folded <= count:
        return np.argsort(-values, axis=1, kind="stable")[:, :count]
    tops = values[:, : folded * _FOLD].reshape(len(values), _FOLD, folded).max(axis=1)  # (b, folded)
    best = _largest(tops, count)[:, :, None]  # (b, count, 1)
    under = (best + folded * np.arange(_FOLD)).reshape(len(values), -1)
    beyond = np.broadcast_to(np.arange(folded * _FOLD, width), (len(values), width % _FOLD))
    columns = np.concatenate([under, beyond], axis=1)
    found = np.take_along_axis(values, columns, axis=1)
    some = _largest(found, count)
    columns, found = (np.take_along_axis(each, some, axis=1) for each in (columns, found))
    ordered: NDArray[np.intp] = np.take_along_axis(columns, np.lexsort((columns, -found), axis=1), axis=1)
    return ordered


def stable_order(keys: NDArray[np.integer]) -> NDArray[np.intp]:
    """What sorts whole numbers from 0 on (n,), equal ones as they are: `np.argsort(keys, kind="stable")`.

    Numbers of 16 bits numpy sorts by counting them, and longer ones digit by digit take a quarter of the time of pairs
    that are compared.
    """
    order = np.argsort((keys & _DIGIT).astype(np.uint16), kind="stable")
    for shift in range(_DIGIT_BITS, int(keys.max(initial=0)).bit_length(), _DIGIT_BITS):
        digits = (keys >> shift & _DIGIT).astype(np.uint16)
        order = order.take(np.argsort(digits.take(order), kind="stable"))
    return order


def quantile(values: NDArray[np.floating], share: float) -> float:
    """The value below which a share of values (n,) lies, from 0 to 1; between two values as far as the share is.

    It is `np.quantile`'s, which loads numpy's masked arrays. There is a value at least, and none is NaN.
    """
    place = share * (len(values) - 1)
    below = int(place)
    low, high = np.sort(values)[[below, min(below + 1, len(values) - 1)]].tolist()
    return float(low + (high - low) * (place - below))


def distinct(numbers: NDArray[Integer]) -> NDArray[Integer]:
    """Whole numbers (n,), each once, ascending.

    `np.unique` gives the same and loads numpy's masked arrays to do so, a hundredth of a second; of many numbers it
    takes ten times as long.
    """
    ordered = np.sort(numbers)
    return ordered[_is_first(ordered)]


def run_lengths(numbers: NDArray[Integer]) -> tuple[NDArray[Integer], NDArray[np.intp]]:
    """Whole numbers (n,), each once, ascending; and how often each occurs."""
    ordered = np.sort(numbers)
    starts = np.flatnonzero(_is_first(ordered))
    return ordered[starts], np.diff(starts, append=len(ordered))


def _is_first(ordered: NDArray[Integer]) -> NDArray[np.bool_]:
    """Whether each of numbers (n,) in order is another than the one before."""
    is_first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return is_first


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The columns (b, count) of the largest of each row, in any order; of equal ones the first.

    What `np.argpartition` takes of equal numbers depends on the processor, so none are: the column is put below the
    number's bits, which are in the order of the numbers once the negative ones are turned round.
    """
    bits = (values + np.float32(0)).view(np.int32).astype(np.int64)
    keys = np.where(bits < 0, bits ^ 0x7FFFFFFF, bits) * (1 << 32) - np.arange(values.shape[1])
    return np.argpartition(keys, values.shape[1] - count, axis=1)[:, -count:]
