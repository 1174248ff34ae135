"""The few largest of many numbers, and the order of many, against a full sort."""

import numpy as np
import pytest

from notegen.arrays import distinct, quantile, run_lengths, stable_order, top_k


@pytest.mark.parametrize(("width", "count"), [(5, 3), (64, 3), (333, 7), (1000, 31), (2000, 20)])
def test_they_are_what_a_sort_puts_first(width: int, count: int) -> None:
    """In rows that are folded and in rows too short for it, with columns beyond the last whole fold."""
    values = np.random.default_rng(width).normal(size=(50, width)).astype(np.float32)
    values[:10, -count:] += 9  # all of them beyond the fold
    values[10:20, :: max(1, width // count)] += 9  # and many of them under one place of it
    np.testing.assert_array_equal(top_k(values, count), np.argsort(-values, axis=1)[:, :count])


def test_equal_values_come_by_column() -> None:
    """As everywhere, so that two builds agree."""
    assert top_k(np.array([[1, 3, 3, 2, 3]], np.float32), 4).tolist() == [[1, 2, 4, 3]]


def test_a_short_row_gives_all_it_has() -> None:
    """And none has none."""
    assert top_k(np.array([[1, 2]], np.float32), 5).tolist() == [[1, 0]]
    assert top_k(np.zeros((2, 0), np.float32), 5).shape == (2, 0)
    assert top_k(np.zeros((0, 9), np.float32), 5).shape == (0, 5)


@pytest.mark.parametrize("highest", [1, 300, 70_000, 1 << 40])
def test_whole_numbers_are_ordered_as_by_a_stable_sort(highest: int) -> None:
    """Of one digit, two and three, most of them several times; and of none."""
    keys = np.random.default_rng(highest).integers(0, highest, 3000) // 7 * 3
    np.testing.assert_array_equal(stable_order(keys), np.argsort(keys, kind="stable"))
    assert stable_order(keys[:0]).tolist() == []


@pytest.mark.parametrize("kind", [np.uint32, np.int64])
@pytest.mark.parametrize("count", [0, 1, 2, 3000])
def test_each_number_once_is_what_numpy_finds(kind: type[np.integer], count: int) -> None:
    """Negative ones too, also where all are one; without loading what numpy loads for that."""
    low = int(max(np.iinfo(kind).min, -40))
    for numbers in (
        np.random.default_rng(count).integers(low, 60, count).astype(kind),
        np.full(count, low, kind),
    ):
        expected, times = np.unique(numbers, return_counts=True)
        np.testing.assert_array_equal(distinct(numbers), expected, strict=True)
        for found, wanted in zip(run_lengths(numbers), (expected, times), strict=True):
            np.testing.assert_array_equal(found, wanted, strict=True)


@pytest.mark.parametrize("count", [1, 2, 7, 1000])
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.9, 1.0])
def test_a_quantile_is_what_numpy_finds(count: int, share: float) -> None:
    """To a part in a million, of single precision."""
    values = np.random.default_rng(count).normal(size=count).astype(np.float32)
    assert quantile(values, share) == pytest.approx(float(np.quantile(values, share)), rel=1e-6, abs=1e-7)
