"""Which notes are nearly the same text, so that a list names such a pair once."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from notegen.semantic.related.pairs import Pairs

ALIKE = 0.9
"""Likeness of words, 0 to 1, from which on two notes may be copies."""

POINTING = 0.95
"""Cosine of their mean vectors that copies have as well."""


def are_copies(pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are of two notes with nearly the same text: (e,)."""
    alike: NDArray[np.bool_] = (pairs.same_words >= ALIKE) & (pairs.same_direction >= POINTING)
    return alike


def copies_in(alike: Pairs) -> Mapping[int, frozenset[int]]:
    """For each note with near-copies, those."""
    found: dict[int, set[int]] = defaultdict(set)
    for here, there in zip(alike.here.tolist(), alike.there.tolist(), strict=True):
        found[here].add(there)
    return {note: frozenset(copies) for note, copies in found.items()}
