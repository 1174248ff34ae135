"""Which notes belong together: k-means, started by splitting the widest group in two repeatedly.

With that start the topics depend on the notes alone, where random centroids would make them a matter of chance.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from notegen.exact import cosines_of, fine_product, principal_axes, whole_rows

MAX_TOPICS = 12
"""Topics; more cannot be told apart by colour."""

SMALL_GARDEN = 48
"""Notes below which topics have to prove themselves: three of a dozen notes may be any three."""

MIN_SILHOUETTE = 0.05
"""How much closer notes of a small garden must be to their own topic than to the next, on average, in parts of the
greater distance. Gardens of 12 to 40 notes drawn from two vaults have .054 to .27, rows without groups .02 to .04."""

_ROUNDS = 40
_MIN_SIZE = 3


def topic_count(notes: int) -> int:
    """How many topics to look for: 2 for a dozen notes, 7 for 200, 12 from 576 on."""
    return max(2, min(MAX_TOPICS, round(sqrt(notes) / 2)))


def cluster_notes(
    parts: NDArray[np.float64], centroids: NDArray[np.float64]
) -> tuple[tuple[int, ...], ...]:  # fmt: skip
    """Rows of (n, d) in groups of at least three, the largest first, each with the row closest to its centroid first.

    Fewer groups than centroids where these do not differ enough. Every row is in one group.

    Args:
        centroids: (t, d) of `first_centroids`, of these rows or of some of them.
    """
    while True:
        centroids, group_of = _lloyd(parts, centroids)
        sizes = np.bincount(group_of, minlength=len(centroids))
        if sizes.min() >= _MIN_SIZE or len(centroids) == 1:
            break
        centroids = np.delete(centroids, sizes.argmin(), axis=0)
    distances = ((parts - centroids[group_of]) ** 2).sum(axis=1)
    groups = [np.flatnonzero(group_of == group) for group in range(len(centroids))]
    ordered = sorted(groups, key=lambda group: (-len(group), int(group[0])))
    return tuple(tuple(group[np.argsort(distances[group], kind="stable")].tolist()) for group in ordered)


def lie_apart(matrix: NDArray[np.float32], groups: Sequence[Sequence[int]]) -> bool:
    """Whether groups say something about the notes: one group says nothing, nor do groups that lie in each other.

    Args:
        matrix: (n, d) unit rows.
        groups: every row in one.
    """
    if len(groups) < 2 or len(matrix) >= SMALL_GARDEN:
        return len(groups) > 1
    return silhouette(matrix, groups) >= MIN_SILHOUETTE


def silhouette(matrix: NDArray[np.float32], groups: Sequence[Sequence[int]]) -> float:
    """The mean over all rows of (b - a) / max(a, b): a how far their own group is on average, b the closest other one.

    Far is 1 - cosine. A row that is a group of its own counts nothing.

    Source:
        Rousseeuw, Journal of Computational and Applied Mathematics 20, 1987.
    """
    far = 1 - cosines_of(whole_rows(matrix), whole_rows(matrix)).astype(np.float64)  # (n, n)
    total = 0.0
    for group in groups:
        for row in group:
            own = [float(far[row, other]) for other in group if other != row]
            others = [
                _mean([float(far[row, one]) for one in other]) for other in groups if other is not group
            ]
            here, there = _mean(own), min(others)
            if own and max(here, there) > 0:
                total += (there - here) / max(here, there)
    return total / len(matrix)


def _mean(values: Sequence[float]) -> float:
    """In order, so that it is the same on every processor; 0 of nothing."""
    return sum(values) / max(1, len(values))


def first_centroids(parts: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The centroids (count, d) of groups made by cutting the widest across its longest axis; fewer for equal rows.

    Source:
        Su and Dy, "In search of deterministic methods for initializing K-means", Intelligent Data Analysis 11(4), 2007.
    """
    groups = [np.arange(len(parts))]
    while len(groups) < count:
        widths = [float(((parts[group] - parts[group].mean(axis=0)) ** 2).sum()) for group in groups]
        widest = int(np.argmax(widths))
        if widths[widest] < 1e-9:
            break
        group = groups.pop(widest)
        centred = parts[group] - parts[group].mean(axis=0)
        axis = principal_axes(fine_product(centred.T, centred), 1)
        upper = (centred * axis[:, 0]).sum(axis=1) > 0
        groups += [group[upper], group[~upper]]
    return np.array([parts[group].mean(axis=0) for group in groups])


def _lloyd(
    parts: NDArray[np.float64], centroids: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Lloyd's rounds: each row to its closest centroid, each centroid to the mean of its rows."""
    group_of = np.full(len(parts), -1)
    for _ in range(_ROUNDS):
        closest = ((centroids**2).sum(axis=1) - 2 * fine_product(parts, centroids.T)).argmin(axis=1)  # (n,)
        if np.array_equal(closest, group_of):
            break
        group_of = closest
        sizes = np.bincount(group_of, minlength=len(centroids))
        sums = np.zeros_like(centroids)
        np.add.at(sums, group_of, parts)
        centroids = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centroids)
    return centroids, group_of
