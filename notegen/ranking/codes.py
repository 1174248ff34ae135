"""Vectors small enough to send: a passage as a few bits a dimension, a token of the query table as three.

Both live in one space of d dimensions: the encoder's, turned to the leading components (by the table's own rotation
where it has one), then by a fixed random rotation, which spreads what each dimension knows evenly.
`browser/src/vectors.ts` and `table.ts` read them; all that the page adds up are whole numbers.

Over the labelled sets, nDCG@10 of words and meaning together:

    the model itself .826 · the table, float vectors .821
    bytes a passage     384 dimensions   256   192   128
    1 bit each               .806       .807  .796  .793
    2 bits each              .820       .816  .812  .799

Signs without the random rotation lose .003, without the correction of lengths .005.

Source:
    The correction of a passage's length, and the random rotation: Gao and Long, "RaBitQ", SIGMOD 2024.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notegen.model import QueryTable, Vectors

LEVELS = {1: (-1, 1), 2: (-3, -1, 1, 3)}
"""What each code of 1 or 2 bits stands for, in half steps; at 2 bits a step is the deviation: right for a Gaussian."""

MOST_DIMENSIONS = 256
"""Dimensions that are kept of a table that has more; they cost every query and every passage."""

TWO_BIT_PASSAGES = 2000
"""Up to so many passages each dimension takes 2 bits: 128 kB is what the first search of a small garden may cost."""

TOP_LEVEL = 7
"""Rows of the table hold the odd numbers from -TOP_LEVEL to TOP_LEVEL: 3 bits. In nDCG@10 that costs .001 of float."""

HALF_STEP = 0.293
"""Of a row's deviation: what one is worth, the best for 8 levels of a Gaussian (Max, 1960)."""

TOP_MEAN_LEVEL = 31

TOP_SIZE = 4095
"""A row's size against the largest row: two base-64 digits."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Where codes and rows live: an encoder's vector x is `x @ turn` there."""

    turn: NDArray[np.float32]  # (D, d), orthonormal columns

    @property
    def dimensions(self) -> int:
        """D."""
        return int(self.turn.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """The passages: cosine with a unit query q is about `mean · q + factor x (levels · q)`."""

    bits: int
    levels: NDArray[np.int8]  # (n, d), each one of LEVELS[bits]
    factors: NDArray[np.uint8]  # (n,) steps above `lowest`
    lowest: float
    step: float
    mean_levels: NDArray[np.int8]  # (d,) whole numbers of mean_step, -TOP_MEAN_LEVEL to TOP_MEAN_LEVEL
    mean_step: float

    @property
    def mean(self) -> NDArray[np.float64]:
        """What the passages have in common (d,), as the page knows it."""
        return self.mean_levels.astype(np.float64) * self.mean_step


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The query table in a Space: token t is worth `sizes[t] * levels[t]`."""

    levels: NDArray[np.int8]  # (v, d) odd, -TOP_LEVEL to TOP_LEVEL
    sizes: NDArray[np.int16]  # (v,) 0 for a token that says nothing


@lru_cache(maxsize=2)
def make_space(table: QueryTable) -> Space:
    """The space for a table and the vectors of its encoder."""
    own = table.rotation if table.rotation is not None else _leading_components(_floats(table))
    d = own.shape[1]
    random, triangle = np.linalg.qr(np.random.default_rng(1).standard_normal((d, d)))
    spread = random * np.sign(np.diag(triangle))  # makes the decomposition unique
    return Space((own.astype(np.float64) @ spread).astype(np.float32))


def encode_vectors(vectors: Vectors, space: Space) -> Codes:
    """Codes of all passages, in their order; the fewer there are, the more bits each gets."""
    turned = vectors.matrix.astype(np.float64) @ space.turn  # (n, d)
    mean_levels, mean_step = _encode_mean(turned)
    rest = turned - mean_levels * mean_step
    bits = 2 if len(rest) <= TWO_BIT_PASSAGES else 1
    levels = np.where(rest < 0, -1, 1).astype(np.int8)
    if bits == 2:
        levels += np.where(np.abs(rest) > rest.std(), np.sign(rest) * 2, 0).astype(np.int8)
    along = np.einsum("nd,nd->n", rest, levels)
    exact = np.einsum("nd,nd->n", rest, rest) / np.where(along > 0, along, 1)
    lowest, highest = (float(exact.min()), float(exact.max())) if len(exact) else (0.0, 0.0)
    step = (highest - lowest) / 255
    factors = np.round((exact - lowest) / step if step else exact * 0).astype(np.uint8)
    return Codes(bits, levels, factors, float(f"{lowest:.6g}"), float(f"{step:.6g}"), mean_levels, mean_step)


def _floats(table: QueryTable) -> NDArray[np.float32]:
    return np.asarray(table.rows * table.scales[:, None], np.float32)  # (v, D)


def _leading_components(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The directions (D, d) in which the rows say the most; all of them where they are few."""
    if rows.shape[1] <= MOST_DIMENSIONS:
        return np.eye(rows.shape[1], dtype=np.float32)
    _, directions = np.linalg.eigh((rows.T @ rows).astype(np.float64))  # ascending
    leading = directions[:, ::-1][:, :MOST_DIMENSIONS]
    signs = np.sign(leading[np.abs(leading).argmax(axis=0), np.arange(MOST_DIMENSIONS)])  # makes them unique
    return np.asarray(leading * signs, np.float32)


def _encode_mean(turned: NDArray[np.float64]) -> tuple[NDArray[np.int8], float]:
    mean = turned.mean(axis=0) if len(turned) else np.zeros(turned.shape[1])
    step = float(f"{max(float(np.abs(mean).max()), 1e-6) / TOP_MEAN_LEVEL:.6g}")
    return np.round(mean / step).astype(np.int8), step


def encode_rows(table: QueryTable, space: Space) -> Rows:
    """The table's rows in the space."""
    spread = space.turn if table.rotation is None else table.rotation.T @ space.turn  # (d, d)
    turned = _floats(table) @ spread  # (v, d)
    deviations = np.sqrt(np.mean(np.square(turned, dtype=np.float64), axis=1))  # (v,)
    sizes = np.round(deviations / max(float(deviations.max()), 1e-9) * TOP_SIZE).astype(np.int16)
    steps = np.maximum(deviations, 1e-9)[:, None] * HALF_STEP * 2
    levels = np.clip(np.floor(turned / steps) * 2 + 1, -TOP_LEVEL, TOP_LEVEL)
    return Rows(levels.astype(np.int8), sizes)


def sum_rows(rows: Rows, tokens: Iterable[int]) -> NDArray[np.float64] | None:
    """The unit vector (d,) of a query with these token ids; None when they say nothing."""
    total = np.zeros(rows.levels.shape[1], np.int64)
    for token in tokens:
        total += rows.levels[token].astype(np.int64) * int(rows.sizes[token])
    length = float(np.sqrt(float(total @ total)))
    return total / length if length else None


def cosines(codes: Codes, query: NDArray[np.float64]) -> NDArray[np.float64]:
    """About the cosine of each passage (n,) with the unit query (d,)."""
    inner = codes.levels @ query
    return float(codes.mean @ query) + (codes.lowest + codes.step * codes.factors) * inner


def pack_levels(levels: NDArray[np.int8], bits: int) -> NDArray[np.uint8]:
    """Codes as bytes (n, ceil(d x bits / 8)): dimension 0 in the lowest bits of byte 0; code 0 is the lowest level."""
    codes = np.searchsorted(np.array(LEVELS[bits]), levels).astype(np.uint8)
    each = 8 // bits
    padded = np.pad(codes, ((0, 0), (0, -codes.shape[1] % each))).reshape(len(codes), -1, each)
    shifts = np.arange(each, dtype=np.uint8) * bits
    return np.asarray((padded << shifts).sum(axis=2, dtype=np.uint8))


def note_bests(values: NDArray[np.float64], starts: Sequence[int]) -> NDArray[np.float64]:
    """For each note the highest value among its passages, which are `values[starts[i]:starts[i + 1]]`, never none."""
    return (
        np.asarray(np.maximum.reduceat(values, np.asarray(starts[:-1], np.intp))) if len(values) else values
    )
