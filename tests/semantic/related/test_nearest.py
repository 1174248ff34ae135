"""The nearest passages: the fast ways against the plain one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.exact import Whole, whole_rows
from notegen.semantic.related.nearest import CandidatePairs, nearest_passages

COUNT = 10


def spread(rows: int, notes: int) -> tuple[Whole, NDArray[np.intp]]:
    """Whole rows around forty centres, and the note of each, ascending."""
    random = np.random.default_rng(7)
    matrix = random.normal(size=(40, 24))[random.integers(0, 40, rows)] + 0.8 * random.normal(size=(rows, 24))
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return whole_rows(matrix), np.sort(random.integers(0, notes, rows)).astype(np.intp)


def plain(matrix: Whole, notes: NDArray[np.intp]) -> list[tuple[int, int]]:
    """By the definition."""
    found = []
    for row, cosines in enumerate(matrix @ matrix.T):
        others = [(-cosine, i) for i, cosine in enumerate(cosines) if notes[i] != notes[row]]
        found += [(row, i) for _, i in sorted(others)[:COUNT]]
    return found


def listed(near: CandidatePairs) -> list[tuple[int, int]]:
    """The pairs in order."""
    return list(zip(near.left.tolist(), near.right.tolist(), strict=True))


@pytest.mark.parametrize("jobs", [1, 3])
def test_blocks_give_what_a_loop_gives(jobs: int) -> None:
    """More passages than one block holds, in notes of every size, however many threads share the blocks."""
    matrix, notes = spread(700, 200)
    assert listed(nearest_passages(matrix, notes, COUNT, jobs=jobs)) == plain(matrix, notes)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_few_passages_have_fewer_neighbours(rows: int) -> None:
    """As many as there are, and none in a garden of one note."""
    matrix, _ = spread(rows, 1)
    notes = np.arange(rows)
    assert listed(nearest_passages(matrix, notes, COUNT)) == plain(matrix, notes)
    assert listed(nearest_passages(matrix, np.zeros(rows, np.intp), COUNT)) == []


def test_clusters_find_nearly_all_and_always_the_same() -> None:
    """19 in 20 of the neighbours among a tenth of the passages, none of a passage's own note, each time the same."""
    matrix, notes = spread(3000, 900)
    exact = set(listed(nearest_passages(matrix, notes, COUNT)))
    near = nearest_passages(matrix, notes, COUNT, max_exact=100, candidates=300)
    found = listed(near)
    assert len(exact.intersection(found)) / len(exact) > 0.95
    assert not np.any(notes[near.left] == notes[near.right])
    assert len(set(found)) == len(found)
    assert listed(nearest_passages(matrix, notes, COUNT, jobs=3, max_exact=100, candidates=300)) == found
