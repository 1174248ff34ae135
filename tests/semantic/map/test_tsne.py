"""The map: positions by meaning, the fast way against the slow one, and how much a new note moves."""

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.semantic.map.components import principal_components
from notegen.semantic.map.repulsion import repulsion
from notegen.semantic.map.trustworthiness import trustworthiness
from notegen.semantic.map.tsne import _Attraction, tsne_positions
from notegen.semantic.note_vectors import compare_all


def cloud(groups: int, size: int, *, dimensions: int = 20, seed: int = 1) -> NDArray[np.float32]:
    """Unit vectors in groups around directions of their own."""
    random = np.random.default_rng(seed)
    middles = np.repeat(random.normal(size=(groups, dimensions)), size, axis=0)
    rows = middles + 0.6 * random.normal(size=middles.shape)
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def map_of(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """The positions of these vectors."""
    return tsne_positions(principal_components(matrix, 2), compare_all(matrix)[0])


def test_neighbours_pull_each_other_by_the_definition() -> None:
    """Each pair with its share of all pairs, and its closeness; both ends alike, and no sum left over."""
    random = np.random.default_rng(2)
    positions, neighbours = random.normal(size=(7, 2)), random.integers(0, 7, size=(7, 3))
    pulls = np.zeros((7, 2))
    for here, row in enumerate(neighbours):
        for there in row:
            way = positions[here] - positions[there]
            pull = way / (1 + way @ way) / (2 * neighbours.size)
            pulls[here] += pull
            pulls[there] -= pull
    np.testing.assert_allclose(_Attraction(neighbours).at(positions), pulls, atol=1e-15)


def test_a_map_that_is_the_space_itself_is_trusted_wholly_and_noise_by_half() -> None:
    """On a quarter of a circle the angle is the place; random positions keep no neighbours."""
    angles = np.linspace(0, np.pi / 2, 120)
    matrix = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert trustworthiness(matrix, matrix) == 1
    noise = np.random.default_rng(1).normal(size=(120, 2))
    assert trustworthiness(matrix, noise) == pytest.approx(0.5, abs=0.05)


def test_trustworthiness_counts_how_far_false_neighbours_are() -> None:
    """Six notes in a row; on the map the last has come beside the first. By the formula, with two neighbours each."""
    angles = np.deg2rad([0, 10, 21, 33, 46, 60])
    matrix = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    positions = np.array([[0, 0], [2, 0], [4.1, 0], [6.3, 0], [8.6, 0], [0.1, 0]])
    # The first and the second see the sixth, each its fifth; the fifth sees the third, its third; the sixth sees the
    # first and the second, its fifth and fourth.
    penalty = (5 - 2) + (5 - 2) + (3 - 2) + (5 - 2) + (4 - 2)
    expected = 1 - 2 * penalty / (6 * 2 * (2 * 6 - 3 * 2 - 1))
    assert trustworthiness(matrix, positions, count=2) == pytest.approx(expected)


def test_pushing_on_a_grid_is_pushing_each_pair() -> None:
    """The sum over all pairs, by its definition: the total to a thousandth, the pushes to a few hundredths."""
    positions = np.random.default_rng(1).normal(size=(400, 2)) * 6
    ways = positions[:, None] - positions[None]
    near = 1 / (1 + (ways**2).sum(axis=2))
    np.fill_diagonal(near, 0)
    pushes = ((near**2)[..., None] * ways).sum(axis=1)
    fast, total = repulsion(positions)
    assert total == pytest.approx(near.sum(), rel=2e-3)
    off = np.linalg.norm(fast - pushes, axis=1)
    assert np.median(off) < 0.03 * np.median(np.linalg.norm(pushes, axis=1))


def test_the_map_lies_in_a_square_and_keeps_neighbours_better_than_the_components() -> None:
    """Twelve groups in twenty dimensions, of which a plane of two components shows few."""
    matrix = cloud(12, 25)
    positions = map_of(matrix)
    size = positions.max(axis=0) - positions.min(axis=0)
    assert float(positions.min()) >= 0
    assert float(positions.max()) <= 1
    assert float(size.max()) > 0.7
    plain = trustworthiness(matrix, principal_components(matrix, 2))
    assert trustworthiness(matrix, positions) > plain + 0.1


def test_the_same_notes_give_the_same_map_and_one_more_moves_the_others_little() -> None:
    """Byte for byte the same; without its last note a garden's others stay within a thirtieth of the map's width."""
    matrix = cloud(12, 25)
    positions = map_of(matrix)
    assert map_of(matrix).tobytes() == positions.tobytes()
    moved = np.linalg.norm(map_of(matrix[:-1]) - positions[:-1], axis=1)
    assert float(np.median(moved)) < 1 / 30


def test_notes_that_are_all_the_same_are_one_point() -> None:
    """No division by their spread, which is nothing."""
    same = np.tile(np.array([[0.6, 0.8]], np.float32), (15, 1))
    positions = map_of(same)
    assert np.isfinite(positions).all()
