"""The passages that share words, the fast way against the plain one."""

import numpy as np

from notegen.semantic.related.word_neighbours import nearest_by_words
from notegen.semantic.tfidf import count_words, dot_pairs, weigh_tfidf

TEXTS = ["tide boat harbour", "boat harbour", "loaf crumb", "tide tide moon", "boat", "", "loaf salt harbour"]
NOTES = np.array([0, 0, 1, 2, 3, 4, 5])


def test_neighbours_are_those_of_a_sort_of_all() -> None:
    """Of other notes only, and only with a word in common; the closest first."""
    rows = weigh_tfidf(count_words(text.split() for text in TEXTS))
    every = np.arange(len(TEXTS))
    left, right = nearest_by_words(rows, NOTES, every, 2)
    for here in every.tolist():
        dots = dot_pairs(rows, np.full(len(TEXTS), here), every)
        dots[NOTES[here] == NOTES] = 0
        best = np.argsort(-dots, kind="stable")[:2]
        wanted = best[dots[best] > 0].tolist()
        assert right[left == here].tolist() == wanted, TEXTS[here]


def test_none_are_looked_for_where_none_is_asked_for() -> None:
    """In a garden that the encoder knows."""
    rows = weigh_tfidf(count_words(text.split() for text in TEXTS))
    left, right = nearest_by_words(rows, NOTES, np.empty(0, np.intp), 2)
    assert (left.tolist(), right.tolist()) == ([], [])
