"""The nearest passages of each passage: among all in a garden that is small enough, else in the nearest clusters."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.arrays import top_k
from notegen.exact import Whole, cosines_of, whole_rows

MAX_EXACT = 40_000
"""Passages up to which all are compared with all."""

CANDIDATES = 4_000
"""Passages that each one is compared with in a larger garden, at least: those of the clusters nearest to it."""

_BLOCK = 128  # rows at once: 128 x 40,000 passages x 4 bytes = 20 MB
_ROUNDS = 6  # of k-means
_SAMPLE_A_CLUSTER = 32  # passages for each cluster that its centre is learned from


class CandidatePairs(Struct, frozen=True, eq=False):
    """Pairs of passages of different notes, each ordered pair at most once, by `left`, the nearest first."""

    left: NDArray[np.intp]  # (p,)
    right: NDArray[np.intp]  # (p,)
    cosines: NDArray[np.float32]  # (p,)


def nearest_passages(
    whole: Whole,
    notes: NDArray[np.intp],
    count: int,
    *,
    jobs: int = 1,
    max_exact: int = MAX_EXACT,
    candidates: int = CANDIDATES,
) -> CandidatePairs:
    """The `count` nearest passages of other notes for each passage, ties by number; fewer where there are no more.

    Args:
        whole: (n, d) whole rows.
        notes: (n,) the note of each, ascending.
        jobs: blocks to work on at once, each in its own thread.
        max_exact: passages above which some neighbours may be missed, in return for fewer comparisons.
        candidates: passages that each is compared with then.
    """
    k = min(count, len(whole) - 1)
    blocks = _near(whole, candidates) if len(whole) > max_exact else _all(whole)

    def pairs_of(compare: Callable[[], _Compared]) -> CandidatePairs:
        rows, columns, cosines = compare()
        top, found = _top(rows, columns, cosines, notes, k)
        kept = found > -2
        return CandidatePairs(np.broadcast_to(rows[:, None], top.shape)[kept], top[kept], found[kept])

    with ThreadPoolExecutor(jobs) as pool:
        pairs = [*(pool.map if jobs > 1 else map)(pairs_of, blocks)]
    lefts, rights, cosines = (
        np.concatenate([getattr(some, name) for some in pairs]) for name in ("left", "right", "cosines")
    )
    order = np.argsort(lefts, kind="stable")
    return CandidatePairs(lefts[order], rights[order], cosines[order])


def nearest_rows(
    whole: Whole, notes: NDArray[np.intp], rows: NDArray[np.intp], count: int
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The nearest passages of some passages (r,) among all: (r, count), with their cosines, -2 where there are fewer.

    Args:
        whole: (n, d) whole rows, more than `count`.
        notes: (n,) the note of each, ascending.
    """
    every = np.arange(len(whole))
    columns, cosines = np.empty((len(rows), count), np.intp), np.empty((len(rows), count), np.float32)
    for start in range(0, len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        products = cosines_of(whole[rows[block]], whole)
        columns[block], cosines[block] = _top(rows[block], every, products, notes, count)
    return columns, cosines


def _top(
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    cosines: NDArray[np.float32],
    notes: NDArray[np.intp],
    count: int,
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The `count` nearest of each row among the columns, ties to the first, and their cosines; changes `cosines`."""
    ends = [np.searchsorted(notes[columns], notes[rows], side=side) for side in ("left", "right")]
    for row, first, last in zip(cosines, *ends, strict=True):
        row[first:last] = -2  # of its own note
    top = top_k(cosines, count)
    found = np.take_along_axis(cosines, top, axis=1)
    if count:
        # In long rows `top_k` takes any of equals.
        tied = np.count_nonzero(cosines >= found[:, -1:], axis=1) > count
        for row in np.flatnonzero(tied & (found[:, -1] > -2)).tolist():
            top[row] = np.argsort(-cosines[row], kind="stable")[:count]
    return columns[top], found


_Compared = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]
"""Some rows, the columns they are compared with, ascending, and the cosines; -2 where they are not."""


def _all(whole: Whole) -> Iterator[Callable[[], _Compared]]:
    every = np.arange(len(whole))

    def compared(rows: NDArray[np.intp]) -> _Compared:
        return rows, every, cosines_of(whole[rows], whole)

    for start in range(0, len(whole), _BLOCK):
        yield partial(compared, every[start : start + _BLOCK])


def _near(whole: Whole, candidates: int) -> Iterator[Callable[[], _Compared]]:
    """Each row with the clusters whose centres are nearest to it, until they have so many candidates."""
    centres = _centres(whole, max(1, round(2 * sqrt(len(whole)))))
    cluster_of = _closest(whole, centres)
    sizes = np.bincount(cluster_of, minlength=len(centres))
    # Rows of one cluster come together, so that a block looks at few others.
    order = np.argsort(cluster_of, kind="stable")

    def compared(rows: NDArray[np.intp]) -> _Compared:
        nearest = np.argsort(-cosines_of(whole[rows], centres), axis=1, kind="stable")  # (b, clusters)
        before = np.cumsum(sizes[nearest], axis=1) - sizes[nearest]
        reached = np.zeros(nearest.shape, np.bool_)
        np.put_along_axis(reached, nearest, before < candidates, axis=1)
        columns = np.flatnonzero(np.logical_or.reduce(reached, axis=0)[cluster_of])
        cosines = cosines_of(whole[rows], whole[columns])
        cosines[~reached[:, cluster_of[columns]]] = -2
        return rows, columns, cosines

    for start in range(0, len(whole), _BLOCK):
        yield partial(compared, order[start : start + _BLOCK])


def _centres(whole: Whole, count: int) -> Whole:
    """The directions (count, d) of clusters, by k-means on evenly taken rows."""
    sample = whole[:: max(1, len(whole) // (count * _SAMPLE_A_CLUSTER))]
    centres = sample[np.linspace(0, len(sample) - 1, count).astype(np.intp)]
    for _ in range(_ROUNDS):
        sums = np.zeros(centres.shape)
        np.add.at(sums, _closest(sample, centres), sample)
        lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
        centres = np.where(lengths > 0, whole_rows(sums / np.maximum(lengths, 1)), centres)
    return centres


def _closest(whole: Whole, centres: Whole) -> NDArray[np.intp]:
    """The centre with the highest cosine for each row; ties to the first."""
    found = np.empty(len(whole), np.intp)
    for start in range(0, len(whole), 4096):
        found[start : start + 4096] = cosines_of(whole[start : start + 4096], centres).argmax(axis=1)
    return found
