"""Vectors small enough to send: each dimension in as many bits as it is worth, and a length.

A `Coder` says for one kind of vector (rows of the query table, centres of clusters, passages) how many bits, 0 to 4,
each dimension takes and how far apart its levels are. A vector then is the level of each dimension and one size; the
size makes the inner product with the vector itself come out right, so that what rounding lost does not make a passage
look further away. `browser/src/search/engine/quantizer.ts` reads them, and both add up whole numbers only, so that they
come to the same bits.

`notes/log/2026-11-22-clusters.md` has what it costs.

Source:
    Levels and their distortions: Max, "Quantizing for minimum distortion", IRE 1960, for a Gaussian.
    The correction of lengths: Gao and Long, "RaBitQ", SIGMOD 2024.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

_HALVES = (
    (),
    (7979,),
    (4528, 15104),
    (2451, 7560, 13439, 21520),
    (1284, 3881, 6568, 9424, 12562, 16181, 20690, 27326),
)
LEVELS = tuple((*(-level for level in reversed(half)), *half) for half in _HALVES)
"""What the codes of 0 to 4 bits stand for, in ten-thousandths of a dimension's deviation."""

DISTORTIONS = (1.0, 0.3634, 0.1175, 0.03454, 0.009497)
"""What each number of bits leaves of a dimension's variance."""

UNIT = 10_000
FINE = 1024
"""Products are rounded to 1 / (UNIT x FINE), so that their sums are whole numbers."""

TOP = 4095
"""Steps and sizes are whole numbers up to it: two base-64 digits."""

_AT_ONCE = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Coder:
    """How each dimension is written: level x step, a step being `steps / TOP x top`."""

    bits: NDArray[np.uint8]  # (d,) 0 to 4
    steps: NDArray[np.int64]  # (d,) 0 to TOP
    top: float

    @property
    def width(self) -> int:
        """Bytes of a vector's levels."""
        return -(-int(self.bits.sum()) // 8)


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """Vectors as their coder writes them; vector i is `sizes[i] / TOP x top` times its levels' values."""

    coder: Coder
    levels: NDArray[np.uint8]  # (n, d) a place in LEVELS[bits], 0 where a dimension takes none
    sizes: NDArray[np.int64]  # (n,) 0 to TOP
    top: float

    def __len__(self) -> int:
        return len(self.sizes)


def make_coder(vectors: NDArray[np.float32] | Float, *, bits: int, worth: Float | None = None) -> Coder:
    """The coder that loses least of vectors (n, d) like these in `bits` bits each.

    Args:
        vectors: any lengths; only their directions count.
        bits: how many are given out, one after the other, to the dimension that still loses most.
        worth: (d,) how much a dimension's error counts; all the same when None.
    """
    shape = _directions(vectors)
    variances = np.einsum("nd,nd->d", shape, shape, dtype=np.float64) / max(1, len(shape))  # (d,)
    given = _give_bits(variances if worth is None else variances * worth, bits)
    deviations = np.where(given > 0, np.sqrt(variances), 0)
    top = _short(max(float(deviations.max(initial=0)), 1e-9))
    return Coder(given, np.round(deviations / top * TOP).astype(np.int64), top)


def encode(coder: Coder, vectors: NDArray[np.float32] | Float) -> Codes:
    """Codes of vectors (n, d), in their order."""
    levels = np.zeros(vectors.shape, np.uint8)
    exact = np.zeros(len(vectors))
    for start in range(0, len(vectors), _AT_ONCE):
        block = slice(start, start + _AT_ONCE)
        levels[block], exact[block] = _encode_block(coder, np.asarray(vectors[block], np.float32))
    top = _short(max(float(exact.max(initial=0)), 1e-9))
    return Codes(coder, levels, np.minimum(np.round(exact / top * TOP), TOP).astype(np.int64), top)


def _encode_block(coder: Coder, vectors: NDArray[np.float32]) -> tuple[NDArray[np.uint8], Float]:
    columns = np.ascontiguousarray(_directions(vectors).T)  # (d, n): each dimension's values side by side
    levels = np.zeros(columns.shape, np.uint8)
    values = np.zeros(columns.shape, np.float32)
    steps = coder.steps / TOP * coder.top  # (d,)
    for place, (bits, step) in enumerate(zip(coder.bits.tolist(), steps.tolist(), strict=True)):
        if bits and step:
            known = np.array(LEVELS[bits]) / UNIT * step
            for middle in ((known[1:] + known[:-1]) / 2).astype(np.float32):
                levels[place] += columns[place] > middle
            values[place] = known.astype(np.float32)[levels[place]]
    along = np.einsum("nd,dn->n", vectors, values, dtype=np.float64)
    squares = np.einsum("nd,nd->n", vectors, vectors, dtype=np.float64)
    return levels.T, squares / np.where(along > 0, along, np.inf)


def decode(codes: Codes, row: int) -> Float:
    """The vector (d,) that a row's codes stand for."""
    places = np.arange(len(codes.coder.bits))
    whole = _level_table(codes.coder)[places, codes.levels[row]] * codes.coder.steps
    vector: Float = whole * (codes.coder.top / TOP / UNIT) * (int(codes.sizes[row]) / TOP * codes.top)
    return vector


def sum_direction(codes: Codes, rows: Sequence[int]) -> Float | None:
    """The unit vector (d,) of these rows' sum; None when it is nothing."""
    total = np.zeros(len(codes.coder.bits), np.int64)
    tables = _level_table(codes.coder)
    places = np.arange(len(total))
    for row in rows:
        total += tables[places, codes.levels[row]] * int(codes.sizes[row])
    return unit(
        [float(value * step) for value, step in zip(total.tolist(), codes.coder.steps.tolist(), strict=True)]
    )


def unit(values: Sequence[float]) -> Float | None:
    """The values at length 1, their squares added from the first to the last; None when all are 0."""
    squares = 0.0
    for value in values:
        squares += value * value
    length = squares**0.5
    return np.array([value / length for value in values]) if length else None


def inner_products(codes: Codes, query: Float, rows: NDArray[np.int64] | None = None) -> Float:
    """The inner product of the query (d,) with each vector (n,), or with those of `rows` only."""
    products = _product_table(codes.coder, query)  # (d, 16)
    levels = codes.levels if rows is None else codes.levels[rows]
    sizes = codes.sizes if rows is None else codes.sizes[rows]
    total = np.zeros(len(levels), np.int64)
    for place in np.flatnonzero(codes.coder.bits):
        total += products[place][levels[:, place]]
    return sizes / TOP * codes.top * (total / (UNIT * FINE))


def pack(codes: Codes) -> NDArray[np.uint8]:
    """The levels as bytes (n, width): dimension after dimension, lowest bit first, from the lowest bit of byte 0."""
    columns = [
        (codes.levels[:, place] >> bit) & 1
        for place, bits in enumerate(codes.coder.bits.tolist())
        for bit in range(bits)
    ]
    if not columns:
        return np.zeros((len(codes), 0), np.uint8)
    return np.packbits(np.stack(columns, axis=1), axis=1, bitorder="little")


def _product_table(coder: Coder, query: Float) -> NDArray[np.int64]:
    steps = coder.steps / TOP * coder.top
    table = _level_table(coder)
    return np.floor((query * steps)[:, None] * table * FINE + 0.5).astype(np.int64)


def _level_table(coder: Coder) -> NDArray[np.int64]:
    """(d, 16) what each dimension's codes stand for."""
    table = np.zeros((len(coder.bits), 16), np.int64)
    for place, bits in enumerate(coder.bits.tolist()):
        if bits:
            table[place, : 1 << bits] = LEVELS[bits]
    return table


def _give_bits(variances: Float, bits: int) -> NDArray[np.uint8]:
    given = np.zeros(len(variances), np.uint8)
    gain = [before - after for before, after in pairwise(DISTORTIONS)]
    waiting = [
        (-variance * gain[0], place) for place, variance in enumerate(variances.tolist()) if variance > 0
    ]
    heapq.heapify(waiting)
    for _ in range(bits):
        if not waiting:
            break
        _, place = heapq.heappop(waiting)
        given[place] += 1
        if given[place] < len(gain):
            heapq.heappush(waiting, (-float(variances[place]) * gain[int(given[place])], place))
    return given


def _directions(vectors: NDArray[np.float32] | Float) -> NDArray[np.float32]:
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    return np.asarray(vectors / np.maximum(lengths, 1e-12)[:, None], np.float32)


def _short(value: float) -> float:
    """Six digits: what the manifest says of it."""
    return float(f"{value:.6g}")
