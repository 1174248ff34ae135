"""Products of matrices whose every sum is of whole numbers, and so the same in whatever order a BLAS adds."""

from math import frexp
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Float = TypeVar("Float", np.float32, np.float64)

WHOLE = 4000
"""The length of a unit vector in whole numbers.

By Cauchy and Schwarz every partial sum of the products of two such vectors stays below 4032² < 2^24, up to 4,096
dimensions, rounding included: float32 holds each of them exactly. Cosines move by .0001, seldom by .0005.
"""

Whole = NDArray[np.float32]
"""Rows (n, d) of whole numbers."""

_MANTISSA = 53  # bits of a float64: whole numbers up to 2^53 are exact
_WORK_OF_ONE_THREAD = 1 << 18  # multiplications up to which OpenBLAS stays in one thread
_SMALL_WORK = 1 << 25  # that take few milliseconds
_BLOCK = 4096  # rows at once, so that memory stays flat
_FEW = (
    512  # the same, of which each is rounded by itself: some hundred kilobytes, which processors keep at hand
)


def whole_rows(matrix: NDArray[np.floating[Any]]) -> Whole:
    """Unit rows (n, d) in whole numbers, WHOLE to a unit."""
    whole: Whole = np.asarray(matrix, np.float32) * np.float32(WHOLE)
    return np.rint(whole, out=whole)


def round_rows(matrix: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Unit rows (n, d) whose `whole_rows` are what they are, up to float32's own rounding; no zero is a negative one.

    So the same numbers are the same bytes, which caches know them by.
    """
    whole = whole_rows(matrix)
    whole += np.float32(0)
    return whole / np.float32(WHOLE)


def cosines_of(left: Whole, right: Whole) -> NDArray[np.float32]:
    """The cosines (n, m) of rows (n, d) with rows (m, d); equal ones are equal to the last bit."""
    products: NDArray[np.float32] = left @ right.T
    products *= np.float32(1 / WHOLE**2)
    return products


def exact_product(left: NDArray[np.floating[Any]], right: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """The product of left (n, d) and right (d, m), rows and columns rounded to a 4000th of their lengths.

    What comes out is right to about a ten-thousandth of the two lengths' product.
    """
    columns, widths = _scaled(np.ascontiguousarray(right.T))
    result = np.empty((len(left), right.shape[1]), np.float32)
    for start in range(0, len(left), _FEW):
        rows, lengths = _scaled(left[start : start + _FEW])
        result[start : start + _FEW] = (rows @ columns.T) * (lengths[:, None] * widths)
    return result


def _scaled(rows: NDArray[np.floating[Any]]) -> tuple[Whole, NDArray[np.float32]]:
    """Rows (n, d) as whole numbers of length WHOLE, and what one of these is: (n,)."""
    rows = np.asarray(rows, np.float32)
    units = np.sqrt((rows * rows).sum(axis=1)) / np.float32(WHOLE)  # (n,)
    return np.rint(rows / np.maximum(units, np.float32(1e-30))[:, None]), units


def fine_product(
    left: NDArray[np.floating[Any]], right: NDArray[np.floating[Any]]
) -> NDArray[np.float64]:  # fmt: skip
    """The product of left (n, d) and right (d, m), both rounded to some 22 bits below their own largest number."""
    return _fine_product(left, right, np.empty((len(left), right.shape[1])))


def short_fine_product(
    left: NDArray[np.floating[Any]], right: NDArray[np.floating[Any]]
) -> NDArray[np.float32]:  # fmt: skip
    """`fine_product` rounded to float32, in half the memory."""
    return _fine_product(left, right, np.empty((len(left), right.shape[1]), np.float32))


def _fine_product(
    left: NDArray[np.floating[Any]], right: NDArray[np.floating[Any]], product: NDArray[Float]
) -> NDArray[Float]:
    bits = _bits_for(left.shape[1])
    other, other_unit = _fixed(right, bits)
    for start in range(0, len(left), _BLOCK):
        one, unit = _fixed(left[start : start + _BLOCK], bits)
        block = _multiply(one, other)
        block *= unit * other_unit
        product[start : start + _BLOCK] = block
    return product


class FineFactor:
    """The left side of many fine products, rounded once."""

    __slots__ = ("_bits", "_unit", "_whole")

    def __init__(self, left: NDArray[np.floating[Any]]) -> None:
        """Args: left: (n, d)."""
        self._bits = _bits_for(left.shape[1])
        self._whole, self._unit = _fixed(left, self._bits)

    def times(self, right: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """What `fine_product` gives for it and a matrix (d, m), where it has no more than a few thousand rows."""
        other, unit = _fixed(right, self._bits)
        product = _multiply(self._whole, other)
        product *= self._unit * unit
        return product


def _bits_for(terms: int) -> int:
    """Of whole numbers so many of whose products add up without rounding."""
    return (_MANTISSA - max(1, terms).bit_length()) // 2


def _multiply(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The product; a small one in strips, for which OpenBLAS wakes no second thread: waking takes longer than the work.

    Hundreds of rounds of a map or graph took twice the processor time on two busy cores, most of it waiting.
    """
    work = one.shape[1] * other.shape[1]
    strip = _WORK_OF_ONE_THREAD // max(1, work)
    if not strip or len(one) <= strip or len(one) * work > _SMALL_WORK:
        whole: NDArray[np.float64] = one @ other
        return whole
    return np.concatenate([one[start : start + strip] @ other for start in range(0, len(one), strip)])


def _fixed(matrix: NDArray[np.floating[Any]], bits: int) -> tuple[NDArray[np.float64], float]:
    """Whole numbers of at most that many bits, and what one of them is: a power of two."""
    matrix = np.asarray(matrix, np.float64)
    largest = max(float(matrix.max(initial=0)), -float(matrix.min(initial=0)))
    unit: float = 2.0 ** (frexp(largest)[1] - bits)
    whole = matrix * (1 / unit)
    return np.rint(whole, out=whole), unit


def gram_matrix(rows: Whole) -> NDArray[np.float64]:
    """The products (d, d) of all columns of whole rows (n, d), exact up to some 10^11 rows."""
    total = np.zeros((rows.shape[1], rows.shape[1]))
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK].astype(np.float64)
        total += block.T @ block
    return total
