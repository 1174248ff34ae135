"""Which notes belong together: k-means, begun by splitting the widest group in two again and again.

Splitting makes the start a matter of the notes alone, where drawing it at random would make it one of chance.
"""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

MOST = 12
"""Topics; more cannot be told apart by colour."""

_ROUNDS = 40
_SMALLEST = 3


def topic_count(notes: int) -> int:
    """How many topics to look for: 2 for a dozen notes, 7 for 200, 12 from 576 on."""
    return max(2, min(MOST, round(sqrt(notes) / 2)))


def gather_topics(parts: NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
    """Rows of (n, d) in groups of at least three, the largest first, each with the row closest to its middle first.

    Fewer groups than `topic_count` says where rows do not differ enough. Every row is in one group.

    Source:
        The start is Su and Dy's ("In search of deterministic methods for initializing K-means", Intelligent Data
        Analysis 11(4), 2007).
    """
    middles = _split(parts, topic_count(len(parts)))
    while True:
        middles, group_of = _settle(parts, middles)
        sizes = np.bincount(group_of, minlength=len(middles))
        if sizes.min() >= _SMALLEST or len(middles) == 1:
            break
        middles = np.delete(middles, sizes.argmin(), axis=0)
    far = ((parts - middles[group_of]) ** 2).sum(axis=1)
    groups = [np.flatnonzero(group_of == group) for group in range(len(middles))]
    ordered = sorted(groups, key=lambda group: (-len(group), int(group[0])))
    return tuple(tuple(group[np.argsort(far[group], kind="stable")].tolist()) for group in ordered)


def _split(parts: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The middles (count, d) of groups made by cutting the widest across its longest axis; fewer for equal rows."""
    groups = [np.arange(len(parts))]
    while len(groups) < count:
        widths = [float(((parts[group] - parts[group].mean(axis=0)) ** 2).sum()) for group in groups]
        widest = int(np.argmax(widths))
        if widths[widest] < 1e-9:
            break
        group = groups.pop(widest)
        centred = parts[group] - parts[group].mean(axis=0)
        axis = np.linalg.eigh(centred.T @ centred)[1][:, -1]
        upper = centred @ (axis * np.sign(axis[np.abs(axis).argmax()])) > 0
        groups += [group[upper], group[~upper]]
    return np.array([parts[group].mean(axis=0) for group in groups])


def _settle(
    parts: NDArray[np.float64], middles: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Lloyd's rounds: each row to its closest middle, each middle to the mean of its rows."""
    group_of = np.full(len(parts), -1)
    for _ in range(_ROUNDS):
        closest = ((middles**2).sum(axis=1) - 2 * parts @ middles.T).argmin(axis=1)  # (n,)
        if np.array_equal(closest, group_of):
            break
        group_of = closest
        sizes = np.bincount(group_of, minlength=len(middles))
        sums = np.zeros_like(middles)
        np.add.at(sums, group_of, parts)
        middles = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], middles)
    return middles, group_of
