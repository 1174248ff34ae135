"""Which notes belong together: k-means, started by splitting the widest group in two repeatedly.

With that start the topics depend on the notes alone, where random centroids would make them a matter of chance.
"""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from notegen.exact import fine_product, principal_axes

MAX_TOPICS = 12
"""Topics; more cannot be told apart by colour."""

_ROUNDS = 40
_MIN_SIZE = 3


def topic_count(notes: int) -> int:
    """How many topics to look for: 2 for a dozen notes, 7 for 200, 12 from 576 on."""
    return max(2, min(MAX_TOPICS, round(sqrt(notes) / 2)))


def cluster_notes(parts: NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
    """Rows of (n, d) in groups of at least three, the largest first, each with the row closest to its centroid first.

    Fewer groups than `topic_count` says where rows do not differ enough. Every row is in one group.

    Source:
        The start is Su and Dy's ("In search of deterministic methods for initializing K-means", Intelligent Data
        Analysis 11(4), 2007).
    """
    centroids = _split(parts, topic_count(len(parts)))
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


def _split(parts: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The centroids (count, d) of groups made by cutting the widest across its longest axis; fewer for equal rows."""
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
