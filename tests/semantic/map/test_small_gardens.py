"""The map of a dozen notes, where everybody starts: every note has a place, and topics stand where there are some."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.model import Overview
from notegen.semantic.map import make_overview
from notegen.semantic.map.spacing import MAX_GAP, keep_apart
from notegen.semantic.map.topics import MIN_SILHOUETTE, lie_apart, silhouette
from notegen.semantic.note_vectors import note_vectors_of
from tests.support.vector_gardens import SENTENCE, garden, vectors

DIMENSIONS = 384  # of the bundled model: rows drawn evenly are nearly at right angles


def drawn(count: int, groups: int, *, noise: float, seed: int = 1) -> NDArray[np.float64]:
    """Rows around so many directions; around none for 0."""
    random = np.random.default_rng(seed)
    rows = noise * random.normal(size=(count, DIMENSIONS)) / np.sqrt(DIMENSIONS)
    if groups:
        rows += np.eye(DIMENSIONS)[np.arange(count) % groups]
    unit: NDArray[np.float64] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def overview_of(rows: NDArray[np.float64]) -> Overview:
    """The overview of notes with these vectors."""
    known = vectors(*((f"{number:02}.md", row.tolist(), SENTENCE) for number, row in enumerate(rows)))
    overview = make_overview(garden(known), note_vectors_of(known), language="en")
    assert overview is not None
    return overview


def smallest_gap(positions: NDArray[np.float32]) -> float:
    """Between any two of the positions."""
    ways = positions[:, None].astype(float) - positions[None]
    far = np.sqrt((ways**2).sum(axis=2)) + 9 * np.eye(len(positions))
    return float(far.min())


@pytest.mark.parametrize("count", [12, 13, 14, 15, 16, 17, 24, 30, 45])
@pytest.mark.parametrize("groups", [0, 2, 4])
def test_a_small_garden_has_a_picture_and_not_a_dot(count: int, groups: int) -> None:
    """All notes apart, over much of the square, and as near to the truth as plain axes at least."""
    overview = overview_of(drawn(count, groups, noise=1.0))
    positions = overview.map.positions
    assert smallest_gap(positions) >= 0.99 * min(MAX_GAP, 0.12 / np.sqrt(count))
    assert float(np.ptp(positions, axis=0).max()) > 0.4
    assert overview.map.trust >= overview.map.pca_trust
    assert overview.map.trust > 0.7  # rows without groups, which no plane can show; by chance it is .5


def test_notes_along_two_axes_are_drawn_by_them() -> None:
    """On a curve in a plane plain axes keep all neighbours, and nothing could be better."""
    angles = np.linspace(0, 1.2, 14)
    rows = np.stack([np.cos(angles), np.sin(angles), np.zeros(14)], axis=1)
    overview = overview_of(rows)
    assert overview.map.trust == overview.map.pca_trust == 1
    along = overview.map.positions[:, 0]
    steps = [second - first for first, second in pairwise(along.tolist())]
    assert all(step > 0 for step in steps) or all(step < 0 for step in steps)


def test_notes_of_one_text_have_places_of_their_own() -> None:
    """Fifteen the same, and three that are not."""
    same = np.tile(drawn(1, 0, noise=1.0), (15, 1))
    overview = overview_of(np.concatenate([same, drawn(3, 0, noise=1.0, seed=2)]))
    assert smallest_gap(overview.map.positions) > 0.019
    assert float(overview.map.positions.min()) >= 0
    assert float(overview.map.positions.max()) <= 1


def test_points_with_room_stay_and_others_move_by_little() -> None:
    """Two on one place, and one at the rim on another; the first stays, no one leaves the square."""
    positions = np.array([[0.5, 0.5], [0.5, 0.5], [0.2, 0.8], [0, 0], [0, 0.001]], np.float32)
    apart = keep_apart(positions)
    assert apart[[0, 2, 3]].tolist() == positions[[0, 2, 3]].tolist()
    assert smallest_gap(apart) >= 0.99 * MAX_GAP
    assert float(np.abs(apart - positions).max()) < 3 * MAX_GAP
    assert float(apart.min()) >= 0


def test_a_crowd_on_one_place_is_spread_and_every_point_differs_on_the_pages_grid() -> None:
    """Five thousand on one place, in a corner: the page writes places in 4095 steps."""
    apart = keep_apart(np.zeros((5000, 2), np.float32))
    assert len({(x, y) for x, y in np.rint(apart * 4095).astype(int).tolist()}) == 5000
    assert keep_apart(np.zeros((5000, 2), np.float32)).tobytes() == apart.tobytes()


def test_topics_stand_where_notes_lie_in_groups_and_not_where_they_do_not() -> None:
    """Two directions are two topics; notes that have nothing in common are none, and have no drift by topic."""
    grouped = overview_of(drawn(12, 2, noise=0.6))
    assert [len(topic.notes) for topic in grouped.map.topics] == [6, 6]
    loose = overview_of(drawn(16, 0, noise=1.0))
    assert loose.map.topics == ()
    assert set(loose.map.topic_of) == {-1}
    assert loose.drift is None


def test_the_silhouette_is_that_of_its_formula() -> None:
    """Three notes on a line of angles, two of them a group; one alone counts nothing, and one group is no grouping."""
    angles = np.deg2rad([0, 60, 90])
    matrix = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    far = 1 - matrix @ matrix.T
    first = (far[0, 2] - far[0, 1]) / far[0, 2]
    second = (far[1, 2] - far[0, 1]) / far[0, 1]
    assert silhouette(matrix, [[0, 1], [2]]) == pytest.approx((first + second) / 3, abs=1e-3)
    assert not lie_apart(matrix, [[0, 1, 2]])
    assert lie_apart(matrix, [[0], [1, 2]]) == (silhouette(matrix, [[0], [1, 2]]) >= MIN_SILHOUETTE)
