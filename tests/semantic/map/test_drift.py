"""Drift through time, and the overview that it is part of."""

from datetime import date

import numpy as np
import pytest

from notegen.semantic.map import MIN_NOTES, make_overview
from notegen.semantic.map.drift import drift_of, start_of, unit_for
from notegen.semantic.note_vectors import note_vectors_of
from tests.support.gardens import grow
from tests.support.vector_gardens import vectors

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


@pytest.mark.promise("now and over time")
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


def test_a_handful_of_notes_has_no_overview() -> None:
    """One note fewer than it takes; and nothing without vectors. With enough there is a map of all of them."""
    random = np.random.default_rng(1)

    def overview(count: int) -> object:
        texts = {f"{i:02}.md": WORDS for i in range(count)}
        rows = [(id, random.normal(size=8).tolist(), WORDS) for id in texts]
        return make_overview(grow(texts), note_vectors_of(vectors(*rows)), language="en")

    assert overview(MIN_NOTES - 1) is None
    assert overview(MIN_NOTES) is not None
    assert make_overview(grow({"a.md": WORDS}), None, language="en") is None
