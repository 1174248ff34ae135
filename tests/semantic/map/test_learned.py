"""What a map learns from some notes: the same whatever is kept, and the same after an edit of another note."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from notegen.cache import open_cache
from notegen.exact import WHOLE
from notegen.semantic.map.components import learn_components, principal_components
from notegen.semantic.map.learned import DIMENSIONS, SAMPLE_SIZE, Learned, learned_of, sample_of


def rows(count: int, *, dimensions: int = 48) -> NDArray[np.float32]:
    """Unit rows."""
    drawn = np.random.default_rng(1).normal(size=(count, dimensions))
    unit: NDArray[np.float32] = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    return unit


def names(count: int) -> list[str]:
    """Ids of notes."""
    return [f"{number}.md" for number in range(count)]


def as_bytes(learned: Learned) -> bytes:
    """All its numbers."""
    arrays = (learned.components.middle, learned.components.axes, learned.centroids)
    return b"".join(array.tobytes() for array in arrays)


def test_what_is_kept_is_what_would_be_learned(tmp_path: Path) -> None:
    """The first time, from the cache, and without one."""
    ids, matrix = names(300), rows(300)
    with open_cache(tmp_path) as cache:
        found = [as_bytes(learned_of(ids, matrix, each)) for each in (cache, cache, None)]
    assert len(set(found)) == 1


def test_only_an_edit_of_a_chosen_note_learns_anew() -> None:
    """Those are chosen by their ids, whatever they say."""
    ids, matrix = names(300), rows(300)
    before = as_bytes(learned_of(ids, matrix, None))
    chosen = set(sample_of(ids).tolist())
    assert len(chosen) == SAMPLE_SIZE
    other, one = next(i for i in range(300) if i not in chosen), min(chosen)
    for note, is_same in ((other, True), (one, False)):
        edited = matrix.copy()
        edited[note] = matrix[note - 1]
        assert (as_bytes(learned_of(ids, edited, None)) == before) is is_same


def test_a_small_garden_learns_from_all_its_notes() -> None:
    """Its components are then its own; where notes have fewer dimensions, there are no more components."""
    matrix = rows(40, dimensions=20)
    learned = learned_of(names(40), matrix, None)
    own = principal_components(matrix, DIMENSIONS)
    assert own.shape == (40, 20)
    np.testing.assert_array_equal(learned.components.of(matrix), own)


def test_axes_of_few_rows_are_those_of_many() -> None:
    """What the rows' own products give is what LAPACK makes of the products of columns, up to rounding."""
    matrix = rows(30, dimensions=40)
    learned = learn_components(matrix, 6)
    rounded = np.rint(matrix.astype(float) * WHOLE)
    _, axes = np.linalg.eigh(np.cov(rounded.T))
    axes = axes[:, ::-1][:, :6]
    alike = np.abs(axes.T @ learned.axes)
    np.testing.assert_allclose(alike, np.eye(6), atol=1e-5)
    assert (learned.axes[np.abs(learned.axes).argmax(axis=0), np.arange(6)] > 0).all()
    assert not learn_components(matrix[:3], 6).axes[:, 2:].any()
