"""Which notes are nearly the same text, so that a list shows such a pair as one entry."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from notegen.semantic.related.pairs import Pairs

MIN_WORD_SIMILARITY = 0.9
"""TF-IDF cosine from which two notes may be near-duplicates."""

MIN_COSINE = 0.95
"""Cosine of their mean vectors that near-duplicates have as well."""


def are_near_duplicates(pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are of two notes with nearly the same text: (e,)."""
    duplicate: NDArray[np.bool_] = (pairs.word_similarity >= MIN_WORD_SIMILARITY) & (
        pairs.note_cosine >= MIN_COSINE
    )
    return duplicate


def near_duplicates_in(duplicate: Pairs) -> Mapping[int, frozenset[int]]:
    """For each note with near-duplicates, those."""
    found: dict[int, set[int]] = defaultdict(set)
    for here, there in zip(duplicate.here.tolist(), duplicate.there.tolist(), strict=True):
        found[here].add(there)
    return {note: frozenset(others) for note, others in found.items()}
