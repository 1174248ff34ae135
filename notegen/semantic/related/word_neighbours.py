"""The passages that share the most words with a passage, for those whose words the encoder does not know."""

import numpy as np
from numpy.typing import NDArray

from notegen.arrays import top_k
from notegen.semantic.tfidf import TfidfRows

MAX_POSTINGS = 1000
"""Passages that have a word, above which it is too common to bring a neighbour."""


def nearest_by_words(
    rows: TfidfRows, notes: NDArray[np.intp], chosen: NDArray[np.intp], count: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each chosen passage up to `count` passages of other notes that share words with it, the closest first.

    Args:
        rows: TF-IDF of the passages.
        notes: (n,) the note of each.
        chosen: numbers of passages.

    Returns:
        (p,), (p,): pairs of passages, one of the chosen ones first.
    """
    if not len(chosen):
        return chosen, chosen
    passages = len(rows.starts) - 1
    of = np.repeat(np.arange(passages), np.diff(rows.starts))
    order = np.argsort(rows.words, kind="stable")
    posted, weights = of[order], rows.weights[order]
    begins = np.searchsorted(rows.words[order], np.arange(rows.width + 1))
    left, right = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for passage in chosen.tolist():
        span = slice(rows.starts[passage], rows.starts[passage + 1])
        scores = np.zeros(passages)
        for word, weight in zip(rows.words[span].tolist(), rows.weights[span].tolist(), strict=True):
            start, end = begins[word], begins[word + 1]
            if end - start <= MAX_POSTINGS:
                scores[posted[start:end]] += weight * weights[start:end]
        scores[notes == notes[passage]] = 0
        best = top_k(scores[None].astype(np.float32), count)[0]
        best = best[scores[best] > 0]
        left.append(np.full(len(best), passage))
        right.append(best)
    return np.concatenate(left), np.concatenate(right)
