"""Passages put together by what they mean, so that a page can load the nearest of many only."""

import numpy as np
from numpy.typing import NDArray

from notegen.arrays import distinct
from notegen.exact import cosines_of, whole_rows

MAX_UNCLUSTERED = 1600
"""Up to so many passages are one cluster, which every question loads: 106 kB."""

ROUNDS = 12
"""Rounds of k-means."""

MAX_CLUSTERS = 4096
"""Their numbers are two base-64 digits."""


def cluster_size(count: int) -> int:
    """About how many passages a cluster has: 48 in a garden of 4,000, 100 of 45,000, 190 of 400,000.

    The centroids are loaded whole and the clusters in part, so both must grow slower than the garden.
    """
    return max(48, round(48 * float((count / 4000) ** 0.3)))


def probe_budget(count: int) -> int:
    """How many passages a question loads, at least: 1,450 of 4,000, 1,850 of 45,000, 2,300 of 400,000.

    nDCG@10 of three sets of about 4,000 passages: .800 .686 .731 whole, .800 .689 .713 with 1,600, .793 .687 .709
    with 1,250. Since then the clusters of the best notes by words come first, which 150 fewer pay for.
    """
    return count if count <= MAX_UNCLUSTERED else round(1450 * float((count / 4000) ** 0.1))


def cluster_count(count: int) -> int:
    """How many clusters so many passages have; in coarse steps, so that one passage more seldom makes one more."""
    if count <= MAX_UNCLUSTERED:
        return min(1, count)
    wanted = min(MAX_CLUSTERS, count // cluster_size(count))
    step = 1 << max(0, wanted.bit_length() - 4)
    return wanted // step * step


def learn_centroids(sample: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The directions (k, d) around which unit vectors (s, d) lie, at most `count`; each is the nearest to some.

    Spherical k-means from the first of the sample: the same vectors in the same order give the same centroids.
    """
    centroids = sample[:count]
    for _ in range(ROUNDS if count > 1 else 0):
        centroids = _move_centroids(sample, nearest(sample, centroids), centroids)
    return centroids[distinct(nearest(sample, centroids))] if len(centroids) else centroids


def nearest(vectors: NDArray[np.float32], centroids: NDArray[np.float32]) -> NDArray[np.int64]:
    """For each vector (n, d) the number of the centroid (k, d) with the highest cosine; ties to the first."""
    whole = whole_rows(centroids)
    found = np.empty(len(vectors), np.int64)
    for start in range(0, len(vectors), 4096):
        block = whole_rows(vectors[start : start + 4096])
        found[start : start + 4096] = cosines_of(block, whole).argmax(axis=1)
    return found


def _move_centroids(
    vectors: NDArray[np.float32], numbers: NDArray[np.int64], before: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The mean direction of each cluster; one that lost all its passages stays where it was."""
    order = np.argsort(numbers, kind="stable")
    filled, starts = np.unique(numbers[order], return_index=True)
    sums = np.add.reduceat(vectors[order], starts, axis=0)
    centroids = before.copy()
    centroids[filled] = sums / np.maximum(np.sqrt((sums * sums).sum(axis=1, keepdims=True)), 1e-9)
    return centroids
