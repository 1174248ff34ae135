"""Passages put together by what they mean, so that a page can load the nearest of many only."""

import numpy as np
from numpy.typing import NDArray

WHOLE = 1600
"""Up to so many passages are one cluster, which every question loads: 106 kB."""

ROUNDS = 12
TAUGHT = 64
"""Passages for each cluster that the centres are learned from; more change them little."""

MOST = 4096
"""Clusters: their numbers are two base-64 digits."""


def cluster_size(count: int) -> int:
    """About how many passages a cluster has: 48 in a garden of 4,000, 100 of 45,000, 190 of 400,000.

    The centres are loaded whole and the clusters in part, so both must grow slower than the garden.
    """
    return max(48, round(48 * float((count / 4000) ** 0.3)))


def budget(count: int) -> int:
    """How many passages a question loads, at least: 1,600 of 4,000, 2,000 of 45,000, 2,500 of 400,000.

    nDCG@10 of three sets of about 4,000 passages: .800 .686 .731 whole, .800 .689 .713 with 1,600, .793 .687 .709
    with 1,250.
    """
    return count if count <= WHOLE else round(1600 * float((count / 4000) ** 0.1))


def cluster(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """A cluster number for each of the unit vectors (n, d); clusters are numbered from 0 without gaps.

    Spherical k-means from seeded passages: the same vectors give the same clusters.
    """
    count = len(vectors)
    if count <= WHOLE:
        return np.zeros(count, np.int64)
    wanted = min(MOST, count // cluster_size(count))
    random = np.random.default_rng(1)
    taught = vectors
    if count > wanted * TAUGHT:
        taught = vectors[np.sort(random.choice(count, wanted * TAUGHT, replace=False))]
    centres = taught[np.sort(random.choice(len(taught), wanted, replace=False))]
    for _ in range(ROUNDS):
        centres = _centres(taught, nearest(taught, centres), centres)
    _, numbers = np.unique(nearest(vectors, centres), return_inverse=True)
    return numbers.astype(np.int64)


def nearest(vectors: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.int64]:
    """For each vector (n, d) the number of the centre (k, d) with the highest inner product; ties to the first."""
    found = np.empty(len(vectors), np.int64)
    for start in range(0, len(vectors), 4096):
        some = vectors[start : start + 4096]
        found[start : start + 4096] = (some @ centres.T).argmax(axis=1)
    return found


def _centres(
    vectors: NDArray[np.float32], numbers: NDArray[np.int64], before: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The mean direction of each cluster; one that lost all its passages stays where it was."""
    order = np.argsort(numbers, kind="stable")
    held, starts = np.unique(numbers[order], return_index=True)
    sums = np.add.reduceat(vectors[order], starts, axis=0)
    centres = before.copy()
    centres[held] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return centres
