"""Passages put together by what they mean."""

import numpy as np
import pytest

from notegen.search import clusters as subject
from notegen.search.clusters import cluster, cluster_size, nearest, probe_budget

rng = np.random.default_rng(3)


def test_a_small_garden_is_one_cluster() -> None:
    """Which every question loads."""
    assert set(cluster(np.eye(5, 8, dtype=np.float32)).tolist()) == {0}
    assert cluster(np.zeros((0, 8), np.float32)).tolist() == []
    assert probe_budget(5) == 5


def test_what_is_alike_comes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten bundles of a hundred vectors: hardly any cluster mixes two, the numbers have no gaps, twice is the same."""
    monkeypatch.setattr(subject, "MAX_UNCLUSTERED", 100)
    centroids = rng.standard_normal((10, 16)) * 4
    rows = np.repeat(centroids, 100, axis=0) + rng.standard_normal((1000, 16))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    found = cluster(rows)
    assert set(found.tolist()) == set(range(int(found.max()) + 1))
    mixed = [
        number
        for number in set(found.tolist())
        if len(set((np.flatnonzero(found == number) // 100).tolist())) > 1
    ]
    assert len(mixed) <= 2
    assert cluster(rows).tolist() == found.tolist()


def test_clusters_and_what_is_loaded_grow_slower_than_the_garden() -> None:
    """A hundred times the passages: four times the cluster, less than twice the load."""
    assert [cluster_size(n) for n in (1000, 4000, 400_000)] == [48, 48, 191]
    assert [probe_budget(n) for n in (1000, 4000, 400_000)] == [1000, 1450, 2298]


def test_the_nearest_centroid_is_the_first_of_equals() -> None:
    """So that ties do not depend on anything."""
    centroids = np.array([[0, 1], [1, 0], [1, 0]], np.float32)
    assert nearest(np.array([[1, 0.1], [0, 1]], np.float32), centroids).tolist() == [1, 0]
