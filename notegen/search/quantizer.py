"""Vectors small enough to send: each dimension in as many bits as it is worth, and a scale.

A `Quantizer` says for one kind of vector (rows of the query table, centroids of clusters, residuals of passages) how
many bits, 0 to 4, each dimension takes and how far apart its levels are. A vector is then the level of each dimension
and one scale. The scale makes the vector's inner product with itself exact, so that rounding does not make a passage
look further away. `browser/src/search/engine/quantizer.ts` reads them. Both add up whole numbers only, so that they
come to the same bits.

`notes/log/2026-11-22-clusters.md` has what it costs.

Source:
    Levels and their distortions: Max, "Quantizing for minimum distortion", IRE 1960, for a Gaussian.
    The correction of lengths: Gao and Long, "RaBitQ", SIGMOD 2024.
"""

import heapq
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.search.rules import HALF_LEVELS, LEVEL_UNIT, PRODUCT_PRECISION, SCALE_STEPS
from notegen.search.table_rows import Rows

Float = NDArray[np.float64]

LEVELS = tuple((*(-level for level in reversed(half)), *half) for half in HALF_LEVELS)
"""What the levels of 0 to 4 bits stand for, in LEVEL_UNITths of a dimension's deviation."""

DISTORTIONS = (1.0, 0.3634, 0.1175, 0.03454, 0.009497)
"""What each number of bits leaves of a dimension's variance."""

_BLOCK_SIZE = 1024
"""Vectors that are looked at together: 1.5 MB of 384 dimensions, which processors keep at hand."""

_ALL = slice(None)


class Quantizer(Struct, frozen=True, eq=False):
    """How each dimension is written: level x step, a step being `steps / SCALE_STEPS x max_step`."""

    bits: NDArray[np.uint8]  # (d,) 0 to 4
    steps: NDArray[np.int64]  # (d,) 0 to SCALE_STEPS
    max_step: float

    @property
    def width(self) -> int:
        """Bytes of a vector's levels."""
        return -(-int(self.bits.sum()) // 8)


class QuantizedVectors(Struct, frozen=True, eq=False):
    """Vectors as a quantizer writes them: vector i is its levels times `scales[i] / SCALE_STEPS x max_scale`."""

    quantizer: Quantizer
    levels: NDArray[np.uint8]  # (n, d) a place in LEVELS[bits], 0 where a dimension takes none
    scales: NDArray[np.int64]  # (n,) 0 to SCALE_STEPS
    max_scale: float

    def __len__(self) -> int:
        return len(self.scales)


def fit_quantizer(vectors: Rows | Float, *, bits: int, importance: Float | None = None) -> Quantizer:
    """The quantizer that loses least of vectors (n, d) like these in `bits` bits each.

    Args:
        vectors: any lengths; only their directions count.
        bits: how many are allocated, one after the other, to the dimension that still loses most.
        importance: (d,) how much a dimension's error counts; all the same when None.
    """
    squares = np.zeros(vectors[:1].shape[1])
    for start in range(0, len(vectors), _BLOCK_SIZE):
        directions = _directions(vectors[start : start + _BLOCK_SIZE])
        squares += (directions * directions).sum(axis=0, dtype=np.float64)
    variances = squares / max(1, len(vectors))  # (d,)
    allocated = _allocate_bits(variances if importance is None else variances * importance, bits)
    deviations = np.where(allocated > 0, np.sqrt(variances), 0)
    max_step = _six_digits(max(float(deviations.max(initial=0)), 1e-9))
    return Quantizer(allocated, np.round(deviations / max_step * SCALE_STEPS).astype(np.int64), max_step)


def quantize(
    quantizer: Quantizer, vectors: Rows | Float, *, max_scale: float | None = None
) -> QuantizedVectors:
    """The vectors (n, d) as the quantizer writes them, in their order.

    Args:
        quantizer: of vectors like these.
        vectors: any lengths.
        max_scale: what their scales are parts of; that of the longest when None. A longer one is shortened to it.
    """
    levels = np.zeros((len(vectors), len(quantizer.bits)), np.uint8)
    exact = np.zeros(len(vectors))
    for start in range(0, len(vectors), _BLOCK_SIZE):
        block = slice(start, start + _BLOCK_SIZE)
        levels[block], exact[block] = _quantize_block(quantizer, np.asarray(vectors[block], np.float32))
    if max_scale is None:
        max_scale = float(exact.max(initial=0))
    max_scale = _six_digits(max(max_scale, 1e-9))
    scales = np.minimum(np.round(exact / max_scale * SCALE_STEPS), SCALE_STEPS).astype(np.int64)
    return QuantizedVectors(quantizer, levels, scales, max_scale)


def _quantize_block(quantizer: Quantizer, vectors: NDArray[np.float32]) -> tuple[NDArray[np.uint8], Float]:
    columns = np.ascontiguousarray(vectors.T)  # (d, n): each dimension's values side by side
    directions = columns / _lengths(vectors)
    steps = (quantizer.steps / SCALE_STEPS * quantizer.max_step).astype(np.float32)  # (d,)
    levels = np.zeros(columns.shape, np.uint8)
    values = np.zeros(columns.shape, np.float32)
    for bits in range(1, len(LEVELS)):
        # Dimensions of as many bits at once: a call of numpy's for each takes longer than its numbers.
        places = np.flatnonzero((quantizer.bits == bits) & (steps > 0))
        known = (np.array(LEVELS[bits]) / LEVEL_UNIT).astype(np.float32)
        in_steps = directions[places] / steps[places, None]
        found = np.zeros(in_steps.shape, np.uint8)
        for middle in (known[1:] + known[:-1]) / 2:
            found += in_steps > middle
        levels[places] = found
        values[places] = known.take(found) * steps[places, None]
    # One dimension after the other, in every row: an einsum's order depends on the processor.
    along, squares = np.zeros(len(vectors)), np.zeros(len(vectors))
    for value, square in zip(np.multiply(values, columns, out=values), columns * columns, strict=True):
        along += value
        squares += square
    return levels.T, squares / np.where(along > 0, along, np.inf)


def dequantize(vectors: QuantizedVectors, row: int) -> Float:
    """The vector (d,) that a row's levels and scale stand for."""
    vector: Float = _dequantized(vectors, slice(row, row + 1))[0]
    return vector


def dequantize_all(vectors: QuantizedVectors) -> Float:
    """The vectors (n, d) that all rows stand for; of few, since they are 64 times as large."""
    return _dequantized(vectors, _ALL)


def _dequantized(vectors: QuantizedVectors, rows: slice) -> Float:
    quantizer = vectors.quantizer
    places = np.arange(len(quantizer.bits))
    whole = _level_table(quantizer)[places, vectors.levels[rows]] * quantizer.steps
    step = quantizer.max_step / SCALE_STEPS / LEVEL_UNIT
    found: Float = whole * step * (vectors.scales[rows] / SCALE_STEPS * vectors.max_scale)[:, None]
    return found


def sum_direction(vectors: QuantizedVectors, rows: Sequence[int]) -> Float | None:
    """The unit vector (d,) of these rows' sum; None when it is nothing."""
    total = np.zeros(len(vectors.quantizer.bits), np.int64)
    tables = _level_table(vectors.quantizer)
    places = np.arange(len(total))
    for row in rows:
        total += tables[places, vectors.levels[row]] * int(vectors.scales[row])
    steps = vectors.quantizer.steps.tolist()
    return unit([float(value * step) for value, step in zip(total.tolist(), steps, strict=True)])


def unit(values: Sequence[float]) -> Float | None:
    """The values at length 1, their squares added from the first to the last; None when all are 0."""
    squares = 0.0
    for value in values:
        squares += value * value
    length = sqrt(squares)
    return np.array([value / length for value in values]) if length else None


def inner_products(vectors: QuantizedVectors, query: Float, rows: NDArray[np.int64] | None = None) -> Float:
    """The inner product of the query (d,) with each vector (n,), or with those of `rows` only."""
    products = _product_table(vectors.quantizer, query)  # (d, 16)
    levels = vectors.levels if rows is None else vectors.levels[rows]
    scales = vectors.scales if rows is None else vectors.scales[rows]
    total = np.zeros(len(levels), np.int64)
    for place in np.flatnonzero(vectors.quantizer.bits):
        total += products[place][levels[:, place]]
    return scales / SCALE_STEPS * vectors.max_scale * (total / (LEVEL_UNIT * PRODUCT_PRECISION))


def pack(vectors: QuantizedVectors) -> NDArray[np.uint8]:
    """The levels as bytes (n, width): dimension after dimension, lowest bit first, from the lowest bit of byte 0."""
    bits = vectors.quantizer.bits
    places = np.repeat(np.arange(len(bits)), bits)  # of each bit of a vector
    masks = np.array([1 << bit for count in bits.tolist() for bit in range(count)], np.uint8)
    packed = np.empty((len(vectors), vectors.quantizer.width), np.uint8)
    for start in range(0, len(vectors), _BLOCK_SIZE):
        block = slice(start, start + _BLOCK_SIZE)
        packed[block] = np.packbits(
            vectors.levels[block].take(places, axis=1) & masks, axis=1, bitorder="little"
        )
    return packed


def _product_table(quantizer: Quantizer, query: Float) -> NDArray[np.int64]:
    steps = quantizer.steps / SCALE_STEPS * quantizer.max_step
    table = _level_table(quantizer)
    return np.floor((query * steps)[:, None] * table * PRODUCT_PRECISION + 0.5).astype(np.int64)


def _level_table(quantizer: Quantizer) -> NDArray[np.int64]:
    """(d, 16) what each dimension's levels stand for."""
    table = np.zeros((len(quantizer.bits), 16), np.int64)
    for place, bits in enumerate(quantizer.bits.tolist()):
        if bits:
            table[place, : 1 << bits] = LEVELS[bits]
    return table


def _allocate_bits(variances: Float, bits: int) -> NDArray[np.uint8]:
    allocated = np.zeros(len(variances), np.uint8)
    gain = [before - after for before, after in pairwise(DISTORTIONS)]
    waiting = [
        (-variance * gain[0], place) for place, variance in enumerate(variances.tolist()) if variance > 0
    ]
    heapq.heapify(waiting)
    for _ in range(bits):
        if not waiting:
            break
        _, place = heapq.heappop(waiting)
        allocated[place] += 1
        if allocated[place] < len(gain):
            heapq.heappush(waiting, (-float(variances[place]) * gain[int(allocated[place])], place))
    return allocated


def _directions(vectors: NDArray[np.float32] | Float) -> NDArray[np.float32]:
    return np.asarray(vectors / _lengths(vectors)[:, None], np.float32)


def _lengths(vectors: NDArray[np.float32] | Float) -> NDArray[np.float32] | Float:
    lengths: NDArray[np.float32] | Float = np.sqrt((vectors * vectors).sum(axis=1))
    return np.maximum(lengths, 1e-12)


def _six_digits(value: float) -> float:
    """Six digits: what the manifest says of it."""
    return float(f"{value:.6g}")
