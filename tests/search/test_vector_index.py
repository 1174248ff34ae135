"""A garden's vectors as the page has them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.model import Vectors
from notegen.search import clusters
from notegen.search.vector_index import (
    VectorIndex,
    passages_direction,
    query_direction,
    row_bits,
    score_passages,
)
from tests.support.searchable_garden import make_vector_index

DIMENSIONS = 48


def grown(count: int) -> tuple[VectorIndex, NDArray[np.float32], NDArray[np.float32]]:
    """An index over random passages in bundles, with their vectors and the table's rows."""
    rng = np.random.default_rng(5)
    centroids = rng.standard_normal((20, DIMENSIONS)) * 2
    exact = centroids[rng.integers(0, 20, count)] + rng.standard_normal((count, DIMENSIONS)) + 0.5
    matrix = np.asarray(exact / np.linalg.norm(exact, axis=1, keepdims=True), np.float32)
    rows = rng.integers(-127, 128, (40, DIMENSIONS)).astype(np.float32)
    return make_vector_index(Vectors((), matrix, ""), [f"t{n}" for n in range(40)], rows), matrix, rows


def exact_cosines(
    rows: NDArray[np.float32], tokens: list[int], matrix: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The naive way."""
    query = rows[tokens].sum(axis=0)
    found: NDArray[np.float32] = matrix @ (query / np.linalg.norm(query))
    return found


def test_a_small_garden_is_looked_at_whole() -> None:
    """And its cosines are near the exact ones."""
    index, matrix, rows = grown(300)
    query = query_direction(index, [3, 17])
    assert query is not None
    scores = score_passages(index, query)
    exact = exact_cosines(rows, [3, 17], matrix)
    assert list(scores.cosines) == list(range(300))
    assert np.abs(np.array(list(scores.cosines.values())) - exact).mean() < 0.02
    assert scores.mean == pytest.approx(float(exact.mean()), abs=0.02)


def test_in_a_large_garden_the_nearest_are_among_those_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 3,000 passages a third is loaded; nine of ten of the ten nearest are there, over twenty questions."""
    monkeypatch.setattr(clusters, "MAX_UNCLUSTERED", 500)
    monkeypatch.setattr("notegen.search.vector_index.probe_budget", lambda count: 1000)
    index, matrix, rows = grown(3000)
    held = 0
    for token in range(20):
        query = query_direction(index, [token])
        assert query is not None
        scores = score_passages(index, query)
        assert 1000 <= len(scores.cosines) < 1400
        held += sum(
            int(best) in scores.cosines for best in np.argsort(-exact_cosines(rows, [token], matrix))[:10]
        )
    assert held >= 180


def test_a_part_more_of_a_large_garden_is_looked_at_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest clusters that were looked at anyway, and the next ones."""
    monkeypatch.setattr(clusters, "MAX_UNCLUSTERED", 500)
    monkeypatch.setattr("notegen.search.vector_index.probe_budget", lambda count: 1000)
    index, _, _ = grown(3000)
    query = query_direction(index, [1])
    assert query is not None
    fewer, more = (score_passages(index, query, share=share).cosines for share in (1.0, 1.25))
    assert 1000 <= len(fewer) < 1250 <= len(more)
    assert fewer.items() < more.items()


def test_given_passages_are_all_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """However far they are."""
    monkeypatch.setattr(clusters, "MAX_UNCLUSTERED", 500)
    index, _, _ = grown(3000)
    query = query_direction(index, [1])
    assert query is not None
    assert sorted(score_passages(index, query, {7, 2999, 1500}).cosines) == [7, 1500, 2999]


def test_a_note_points_where_its_passages_do() -> None:
    """The direction of three passages is nearest to those three."""
    index, matrix, _ = grown(300)
    together = passages_direction(index, range(10, 13))
    assert together is not None
    scores = score_passages(index, together).cosines
    exact = matrix @ matrix[10:13].sum(axis=0)
    assert np.corrcoef([scores[n] for n in range(300)], exact)[0, 1] > 0.98


def test_rows_grow_with_the_garden() -> None:
    """From 64 bits to all, and never shrink."""
    bits = [row_bits(count) for count in range(400)]
    assert (bits[0], bits[52], bits[53], bits[172], bits[399]) == (64, 64, 72, 1024, 1024)
    assert bits == sorted(bits)


def test_short_rows_say_how_close_each_passage_is() -> None:
    """Eight passages take eight bytes a row, and still all words together come near to the exact cosines."""
    index, matrix, rows = grown(8)
    assert index.rows.quantizer.width == 8
    off = []
    for token in range(40):
        query = query_direction(index, [token])
        assert query is not None
        found = np.array(list(score_passages(index, query).cosines.values()))
        off.append(found - exact_cosines(rows, [token], matrix))
    assert np.abs(np.array(off)).mean() < 0.04


def test_what_no_passage_says_makes_a_question_less_close() -> None:
    """A word whose direction is half away from all passages is closer to none than half, in short rows too."""
    matrix = np.eye(4, 384, dtype=np.float32)
    rows = np.zeros((400, 384), np.float32)
    rows[np.arange(400), np.arange(400) % 4] = 1
    rows[np.arange(400), 4 + np.arange(400) % 380] = np.sqrt(3)
    index = make_vector_index(Vectors((), matrix, ""), [f"t{n}" for n in range(400)], rows)
    assert index.rows.quantizer.width <= 8
    for token in range(0, 400, 7):
        query = query_direction(index, [token])
        assert query is not None
        cosines = score_passages(index, query).cosines
        assert max(cosines, key=lambda passage: cosines[passage]) == token % 4
        assert max(cosines.values()) < 0.75


def test_an_empty_garden_has_an_index() -> None:
    """With nothing in it."""
    index, _, _ = grown(0)
    query = query_direction(index, [1])
    assert query is None or score_passages(index, query).cosines == {}


def test_what_rounding_moves_a_centroid_by_is_in_the_residuals(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that passages are as near with centroids of a few bits as with those of many."""
    monkeypatch.setattr(clusters, "MAX_UNCLUSTERED", 500)
    errors = []
    for bits in (512, 16):
        monkeypatch.setattr("notegen.search.vector_index.CENTROID_BITS", bits)
        index, matrix, rows = grown(600)
        query = query_direction(index, [3, 17])
        assert query is not None
        cosines = np.array([*score_passages(index, query, share=10).cosines.values()])
        errors.append(float(np.abs(cosines - exact_cosines(rows, [3, 17], matrix)).mean()))
    fine, coarse = errors
    assert coarse < 1.2 * fine < 0.03
