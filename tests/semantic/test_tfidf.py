"""Texts as weighted words, on texts small enough to check by hand."""

import math

import numpy as np
import pytest

from notegen.semantic import tfidf
from notegen.semantic.tfidf import (
    Counts,
    count_words,
    document_frequency,
    dot_pairs,
    merge_counts,
    weigh_tfidf,
)

TEXTS: tuple[list[str], ...] = (["sea", "tide", "sea"], [], ["tide", "moon"], ["moon"])


def counted(counts: Counts) -> list[dict[str, int]]:
    """The words of each text and how often it has them."""
    return [
        {
            counts.vocabulary[word]: int(times)
            for word, times in zip(
                counts.of(text), counts.times[counts.starts[text] : counts.starts[text + 1]], strict=True
            )
        }
        for text in range(len(counts.starts) - 1)
    ]


def test_words_are_counted_merged_and_spread() -> None:
    """A text without words stays in its place."""
    counts = count_words(TEXTS)
    assert counted(counts) == [{"sea": 2, "tide": 1}, {}, {"tide": 1, "moon": 1}, {"moon": 1}]
    assert dict(zip(counts.vocabulary, document_frequency(counts).tolist(), strict=True)) == {
        "sea": 1,
        "tide": 2,
        "moon": 2,
    }
    merged = merge_counts(counts, np.array([0, 0, 0, 1]))
    assert counted(merged) == [{"sea": 2, "tide": 2, "moon": 1}, {"moon": 1}]


def test_the_weights_are_sublinear_and_smoothed() -> None:
    """(1 + ln times) (1 + ln (1 + n) / (1 + spread)), of length 1."""
    rows = weigh_tfidf(count_words(TEXTS))
    sea = (1 + math.log(2)) * (1 + math.log(5 / 2))
    tide = 1 + math.log(5 / 3)
    length = math.hypot(sea, tide)
    np.testing.assert_allclose(rows.weights[:2], [sea / length, tide / length], rtol=1e-6)


def test_dot_products_are_those_of_dense_rows() -> None:
    """Any pairs in any order, empty rows too."""
    rows = weigh_tfidf(count_words(TEXTS))
    dense = np.zeros((4, rows.width), np.float32)
    for text in range(4):
        mine = slice(rows.starts[text], rows.starts[text + 1])
        dense[text, rows.words[mine]] = rows.weights[mine]
    left, right = np.divmod(np.arange(16), 4)
    np.testing.assert_allclose(dot_pairs(rows, left, right), (dense @ dense.T).ravel(), atol=1e-6)
    np.testing.assert_allclose(dot_pairs(rows, right, left), (dense @ dense.T).ravel(), atol=1e-6)
    assert dot_pairs(rows, left[:0], right[:0]).shape == (0,)


def test_dot_products_are_the_same_in_groups_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """One left row at a time, some, or all."""
    rows = weigh_tfidf(count_words(TEXTS))
    left, right = np.divmod(np.arange(16), 4)
    whole = dot_pairs(rows, left, right)
    for words in (1, 4):
        monkeypatch.setattr(tfidf, "_WORDS_AT_ONCE", words)
        np.testing.assert_array_equal(dot_pairs(rows, left, right), whole)
    assert dot_pairs(rows, left[:0], right[:0]).tolist() == []
