"""What notes are as vectors: the fast way against the plain one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.exact import round_rows
from notegen.model import Vectors
from notegen.semantic.note_vectors import compare_all, note_vectors_of
from tests.support.vector_gardens import vectors


def cloud(count: int) -> NDArray[np.float32]:
    """Unit vectors in twenty dimensions, each near one of some directions, in whole 4000ths."""
    random = np.random.default_rng(2)
    rows = random.normal(size=(count // 9 + 1, 20))[np.arange(count) % (count // 9 + 1)]
    rows += 0.6 * random.normal(size=rows.shape)
    return round_rows(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_a_note_is_the_unit_mean_of_its_passages() -> None:
    """With where its passages are, and how much they agree."""
    notes = note_vectors_of(vectors(("a", [1, 0], "x"), ("a", [0, 1], "y"), ("b", [0, 1], "z")))
    assert notes.notes == ("a", "b")
    assert notes.starts.tolist() == [0, 2, 3]
    np.testing.assert_array_equal(notes.matrix, np.array([[0.707, 0.707], [0, 1]], np.float32))
    np.testing.assert_allclose(notes.coherence, [0.5**0.5, 1], atol=1e-6)


def test_passages_that_cancel_out_have_no_direction() -> None:
    """Not the one that rounding left."""
    notes = note_vectors_of(vectors(("a", [0.6, 0.8], "x"), ("a", [-0.6, -0.8], "y"), ("b", [0, 1], "z")))
    assert notes.matrix[0].tolist() == [0, 0]


@pytest.mark.parametrize("count", [1, 2, 5, 17, 700])
def test_nearest_and_farthest_are_those_of_a_sort_of_all(count: int) -> None:
    """From a lone row to more rows than a block holds; a row is none of its own."""
    matrix = cloud(count)
    nearest, cosines, farthest = compare_all(matrix)
    every = matrix @ matrix.T
    others = [[other for other in range(count) if other != row] for row in range(count)]
    for row, some in enumerate(others):
        near = sorted(some, key=lambda other: (-every[row, other], other))
        far = sorted(some, key=lambda other: (every[row, other], other))
        assert nearest[row].tolist() == near[:15]
        assert farthest[row].tolist() == far[:3]
        np.testing.assert_allclose(cosines[row], every[row, near[:15]], atol=1e-6)


def test_nearest_are_in_order_of_their_angle() -> None:
    """Four directions in a plane, checked by hand."""
    angles = np.deg2rad([0, 10, 25, 90])
    nearest, cosines, farthest = compare_all(
        np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32), near=2, far=1
    )
    assert nearest.tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]
    assert farthest.tolist() == [[3], [3], [3], [0]]
    # Those of vectors in whole 4000ths.
    assert cosines[0] == pytest.approx([3939 / 4000, 3625 / 4000], abs=1e-6)


def test_equal_notes_come_in_order() -> None:
    """As everywhere, so that two builds agree."""
    nearest, _, farthest = compare_all(np.tile(np.array([[0.6, 0.8]], np.float32), (8, 1)), near=3, far=3)
    assert nearest[7].tolist() == farthest[7].tolist() == [0, 1, 2]


def test_no_passages_are_no_notes() -> None:
    """Nothing to compare."""
    notes = note_vectors_of(Vectors((), np.zeros((0, 4), np.float32), "none"))
    assert (notes.notes, notes.near_duplicates) == ((), ())
    assert notes.matrix.shape == (0, 4)
