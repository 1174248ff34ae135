"""Passages put together by what they mean."""

import numpy as np

from notegen.search.clusters import cluster_count, cluster_size, learn_centroids, nearest, probe_budget

rng = np.random.default_rng(3)


def test_a_small_garden_is_one_cluster() -> None:
    """Which every question loads."""
    assert [cluster_count(n) for n in (0, 5, 1600)] == [0, 1, 1]
    assert learn_centroids(np.eye(5, 8, dtype=np.float32), 1).shape == (1, 8)
    assert learn_centroids(np.zeros((0, 8), np.float32), 0).shape == (0, 8)
    assert probe_budget(5) == 5


def test_one_passage_more_seldom_makes_one_cluster_more() -> None:
    """Since then all vectors are written anew; the numbers are near those wanted."""
    counts = [cluster_count(n) for n in range(4000, 5000)]
    assert len(set(counts)) <= 4
    assert all(0 <= n // cluster_size(n) - count <= 12 for n, count in enumerate(counts, 4000))
    assert cluster_count(10_000_000) <= 4096


def test_what_is_alike_comes_together() -> None:
    """Ten bundles of a hundred vectors, learned from a third: hardly any cluster mixes two, and twice is the same."""
    centroids = rng.standard_normal((10, 16)) * 4
    rows = np.repeat(centroids, 100, axis=0) + rng.standard_normal((1000, 16))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    sample = rows[rng.permutation(1000)[:333]]
    learned = learn_centroids(sample, 20)
    assert set(nearest(sample, learned).tolist()) == set(range(len(learned)))
    found = nearest(rows, learned)
    mixed = [
        number
        for number in set(found.tolist())
        if len(set((np.flatnonzero(found == number) // 100).tolist())) > 1
    ]
    assert len(mixed) <= 2
    assert learn_centroids(sample, 20).tobytes() == learned.tobytes()


def test_clusters_and_what_is_loaded_grow_slower_than_the_garden() -> None:
    """A hundred times the passages: four times the cluster, less than twice the load."""
    assert [cluster_size(n) for n in (1000, 4000, 400_000)] == [48, 48, 191]
    assert [probe_budget(n) for n in (1000, 4000, 400_000)] == [1000, 1450, 2298]


def test_the_nearest_centroid_is_the_first_of_equals() -> None:
    """So that ties do not depend on anything."""
    centroids = np.array([[0, 1], [1, 0], [1, 0]], np.float32)
    assert nearest(np.array([[1, 0.1], [0, 1]], np.float32), centroids).tolist() == [1, 0]
