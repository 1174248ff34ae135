"""The nearest passages of each passage: exact in a garden that is small enough for it, else by HNSW."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import voyager
from numpy.typing import NDArray

from notegen.arrays import top_k

MAX_EXACT = 40_000
"""Passages up to which all are compared with all; with more, building and querying an index is faster."""

_BLOCK = 256  # rows at once: 256 x 40,000 passages x 4 bytes = 41 MB
_SHARDS = 2  # indices built side by side, each by one thread, since two threads on one would make it differ each time
_DIMENSIONS = (
    128  # principal components, in which neighbours are looked for before they are compared in all dimensions
)
_M, _EF_CONSTRUCTION, _EF_SEARCH = (
    12,
    100,
    60,
)  # HNSW's M, ef_construction and ef: found 95 % of the 20 nearest of 39,000
_SPARE = 40  # queried beyond those wanted: the note's own passages, and those nearer in fewer dimensions only


@dataclass(frozen=True, slots=True, eq=False)
class CandidatePairs:
    """Pairs of passages of different notes, each ordered pair at most once, by `left`, the nearest first."""

    left: NDArray[np.intp]  # (p,)
    right: NDArray[np.intp]  # (p,)


def nearest_passages(
    matrix: NDArray[np.float32], notes: NDArray[np.intp], count: int, *, max_exact: int = MAX_EXACT
) -> CandidatePairs:
    """The `count` nearest passages of other notes for each passage, ties by number; fewer where there are no more.

    Args:
        matrix: (n, d) unit rows.
        notes: (n,) the note of each, ascending.
        max_exact: passages above which some neighbours may be missed, in return for n log n.
    """
    k = min(count, len(matrix) - 1)
    blocks = _exact(matrix, notes, k) if len(matrix) <= max_exact else _approximate(matrix, k)
    left, right = [], []
    for start, ids, cosines in blocks:
        rows = np.arange(start, start + len(ids))
        cosines[(notes[ids] == notes[rows, None]) | (ids < 0)] = -2
        order = np.lexsort((ids, -cosines), axis=1)[:, :k]
        kept = np.take_along_axis(cosines, order, axis=1) > -2
        left.append(np.broadcast_to(rows[:, None], order.shape)[kept])
        right.append(np.take_along_axis(ids, order, axis=1)[kept])
    return CandidatePairs(np.concatenate(left), np.concatenate(right))


_Block = tuple[int, NDArray[np.intp], NDArray[np.float32]]
"""The first row, then the numbers and the cosines of some passages near each row from there on."""


def _exact(matrix: NDArray[np.float32], notes: NDArray[np.intp], k: int) -> Iterator[_Block]:
    first = np.searchsorted(notes, notes, side="left")
    last = np.searchsorted(notes, notes, side="right")
    for start in range(0, len(matrix), _BLOCK):
        block = matrix[start : start + _BLOCK] @ matrix.T  # (b, n) = (b, d) @ (d, n)
        for row, cosines in enumerate(block, start):
            cosines[first[row] : last[row]] = -2
        top = top_k(block, k)
        yield start, top, np.take_along_axis(block, top, axis=1)


def _approximate(matrix: NDArray[np.float32], k: int) -> Iterator[_Block]:
    """Each half is indexed and queried by itself; the nearest in either are compared in all dimensions."""
    rows = _principal(matrix)
    size = -(-len(rows) // _SHARDS)
    starts = range(0, len(rows), size)
    with ThreadPoolExecutor(_SHARDS) as threads:
        shards = list(threads.map(lambda start: _shard(rows[start : start + size]), starts))
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        found = []
        for first, shard in zip(starts, shards, strict=True):
            wanted = min(k + _SPARE, len(shard))
            ids, _ = shard.query(block, k=wanted, query_ef=max(_EF_SEARCH, wanted))
            found.append(ids.astype(np.intp) + first)
        near = np.concatenate(found, axis=1)  # (b, about 2 x (k + _SPARE))
        yield start, near, (matrix[near] @ matrix[start : start + _BLOCK, :, None])[..., 0]


def _principal(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows in their principal directions: (n, _DIMENSIONS), or as many as they have."""
    _, axes = np.linalg.eigh((matrix.T @ matrix).astype(np.float64))
    return np.ascontiguousarray(matrix @ axes[:, : -_DIMENSIONS - 1 : -1].astype(np.float32))


def _shard(rows: NDArray[np.float32]) -> voyager.Index:
    index = voyager.Index(
        voyager.Space.InnerProduct,
        num_dimensions=rows.shape[1],
        M=_M,
        ef_construction=_EF_CONSTRUCTION,
        random_seed=1,
        max_elements=len(rows),
    )
    index.add_items(rows, num_threads=1)
    return index
