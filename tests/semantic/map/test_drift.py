"""Drift through time, and the notes that stand apart or say the same."""

from datetime import date

import numpy as np
import pytest

from notegen.model import Passage, Vectors
from notegen.semantic.map import MIN_NOTES, make_overview
from notegen.semantic.map.drift import drift_of, start_of, unit_for
from notegen.semantic.map.neighbours import find_neighbours
from notegen.semantic.map.outliers import find_near_duplicates, find_outliers
from tests.support.gardens import grow

WORDS = "many words that fill a note until it is long enough to be compared with others of its kind " * 2


def test_the_unit_is_the_finest_that_leaves_each_period_enough_notes() -> None:
    """Months when each has eight notes, else quarters, else years, whatever their notes."""
    months = [date(2024, month, 1 + day) for month in range(1, 7) for day in range(8)]
    thin = [date(2024, month, 1 + day) for month in range(1, 13) for day in range(3)]
    assert unit_for(months) == "month"
    assert unit_for(thin) == "quarter"
    assert unit_for([date(year, 1, 1) for year in range(2000, 2010)]) == "year"
    assert unit_for([date(year, 1, 1 + day) for year in range(1950, 2020) for day in range(9)]) == "year"


def test_periods_begin_on_their_first_day() -> None:
    """A day in May is in a month, a quarter and a year."""
    day = date(2024, 5, 17)
    assert [start_of(day, unit) for unit in ("month", "quarter", "year")] == [
        date(2024, 5, 1),
        date(2024, 4, 1),
        date(2024, 1, 1),
    ]


@pytest.mark.promise("how these drifted")
def test_how_far_a_period_moved_is_the_distance_of_the_means() -> None:
    """Two years at right angles: the means are unit vectors, √2 apart; by chance they would be nearer."""
    notes = {f"{year}-{i}.md": ("x", {"date": f"{year}-01-01"}) for year in (2023, 2024) for i in range(4)}
    garden = grow(notes)
    ids = tuple(sorted(notes))
    matrix = np.array([[1, 0]] * 4 + [[0, 1]] * 4, np.float32)
    drift = drift_of(garden, ids, matrix, np.array([0] * 4 + [1] * 4), 2)
    assert drift is not None
    first, second = drift.periods
    assert (first.notes, first.shares, first.moved, first.by_chance) == (4, (1.0, 0.0), None, None)
    assert (second.first, second.shares) == (date(2024, 1, 1), (0.0, 1.0))
    assert second.moved == pytest.approx(2**0.5)
    # Squared distances to the middle are ½ each: their unbiased mean is 8 · ½ / 7.
    assert second.by_chance == pytest.approx((4 / 7 * (1 / 4 + 1 / 4)) ** 0.5)
    assert drift.usual_distance == pytest.approx((2 * 4 / 7) ** 0.5)


def test_notes_without_a_date_of_their_own_are_in_no_period() -> None:
    """A file's time says when it was copied; what is left is of one year, in which nothing moves."""
    garden = grow({"a.md": ("x", {"date": "2023-01-01"}), "b.md": "x", "c.md": ("x", {"date": "2023-02-01"})})
    matrix = np.eye(3, dtype=np.float32)
    assert drift_of(garden, ("a.md", "b.md", "c.md"), matrix, np.zeros(3, np.intp), 1) is None


def vectors(rows: dict[str, list[list[float]]]) -> Vectors:
    """Passages by note, their directions given."""
    passages = [
        Passage(note, i, note, (), "", WORDS) for note, some in rows.items() for i in range(len(some))
    ]
    matrix = np.array([row for some in rows.values() for row in some], np.float32)
    return Vectors(tuple(passages), matrix / np.linalg.norm(matrix, axis=1, keepdims=True), "fake")


def test_the_loneliest_notes_come_first_and_short_ones_not_at_all() -> None:
    """A note at right angles to all others; one that says nothing is no lonelier for it."""
    texts = {"a.md": WORDS, "b.md": WORDS, "c.md": WORDS, "short.md": "hm"}
    matrix = np.array([[1, 0, 0], [0.9, 0.1, 0], [0, 0, 1], [-1, 0, 0]], np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    ids = tuple(texts)
    found = find_outliers(
        grow(texts), ids, find_neighbours(matrix, 3), vectors({id: [[1, 0, 0]] for id in ids})
    )
    assert [one.note for one in found] == ["c.md", "a.md", "b.md"]
    assert found[0].cosine == pytest.approx(0)
    assert not found[0].multi_topic


def test_a_lonely_note_whose_passages_lie_apart_may_be_several() -> None:
    """Four passages on four subjects, among notes of four passages on one."""
    texts = dict.fromkeys(("a.md", "b.md", "c.md", "d.md", "mixed.md"), WORDS)
    rows = {id: [[1.0, 0, 0, 0]] * 4 for id in texts} | {"mixed.md": np.eye(4).tolist()}
    matrix = np.array([[1, 0, 0, 0]] * 4 + [[0.5, 0.5, 0.5, 0.5]], np.float32)
    first = find_outliers(grow(texts), tuple(texts), find_neighbours(matrix, 3), vectors(rows))[0]
    assert (first.note, first.multi_topic) == ("mixed.md", True)


def test_two_notes_that_say_the_same_are_one_pair() -> None:
    """Whichever is asked first; one with a few words only is nobody's twin."""
    texts = {"a.md": WORDS, "b.md": WORDS, "c.md": WORDS, "short.md": "hm"}
    matrix = np.array([[1, 0.01], [1, 0], [0, 1], [1, 0]], np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    (pair,) = find_near_duplicates(grow(texts), tuple(texts), find_neighbours(matrix, 3))
    assert (pair.one, pair.other) == ("a.md", "b.md")
    assert pair.cosine == pytest.approx(1, abs=1e-3)


def test_a_handful_of_notes_has_no_overview() -> None:
    """One note fewer than it takes; and nothing without vectors. With enough there is a map of all of them."""
    random = np.random.default_rng(1)

    def overview(count: int) -> object:
        texts = {f"{i:02}.md": WORDS for i in range(count)}
        rows = {id: [random.normal(size=8).tolist()] for id in texts}
        return make_overview(grow(texts), vectors(rows), language="en")

    assert overview(MIN_NOTES - 1) is None
    assert overview(MIN_NOTES) is not None
    assert make_overview(grow({"a.md": WORDS}), None, language="en") is None
