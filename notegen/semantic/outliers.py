"""Which notes are far from all others. One measure for every page and list: the cosine of a note's nearest note."""

import numpy as np
from numpy.typing import NDArray

from notegen.arrays import quantile
from notegen.model import Garden, Outlier
from notegen.semantic.note_vectors import NoteVectors

MIN_OUTLIERS, MAX_OUTLIERS = 3, 12

FENCE = 1.5
"""Interquartile ranges below the first quartile from which a note is isolated: Tukey's fence."""

MAX_COSINE = 0.6
"""Cosine with the nearest note from which no note is isolated, in any garden."""

_MIN_WORDS = 20  # shorter notes are far from others because they say nothing
_MIN_PASSAGES = 4  # from which a note can be about several topics
_SPREAD_QUANTILE = 0.75  # of the spread of passages, above which it is


def find_outliers(garden: Garden, notes: NoteVectors) -> tuple[Outlier, ...]:
    """The notes whose nearest note is farthest, that one first: one in fifty, at least three and at most twelve."""
    nearest = notes.cosines[:, 0]
    long_enough = [i for i, note in enumerate(notes.notes) if garden.notes[note].word_count >= _MIN_WORDS]
    farthest = sorted(long_enough, key=lambda i: (float(nearest[i]), i))
    several = _are_multi_topic(notes)
    return tuple(
        Outlier(
            notes.notes[i],
            notes.notes[notes.nearest[i, 0]],
            round(float(nearest[i]), 4),
            multi_topic=bool(several[i]),
        )
        for i in farthest[: min(MAX_OUTLIERS, max(MIN_OUTLIERS, len(notes.notes) // 50))]
    )


def are_isolated(notes: NoteVectors) -> NDArray[np.bool_]:
    """Which notes are so far from all others that this garden holds nothing related: (n,).

    Those of twenty words and more are the first of its outliers.

    Source:
        Tukey, "Exploratory Data Analysis", 1977.
    """
    nearest = notes.cosines[:, 0]
    first, third = quantile(nearest, 0.25), quantile(nearest, 0.75)
    isolated: NDArray[np.bool_] = nearest < min(MAX_COSINE, first - FENCE * (third - first))
    return isolated


def _are_multi_topic(notes: NoteVectors) -> NDArray[np.bool_]:
    """The notes of many passages whose passages are farther apart than those of three quarters of such notes: (n,)."""
    many = np.diff(notes.starts) >= _MIN_PASSAGES
    spread = 1 - notes.coherence
    if not many.any():
        return many
    several: NDArray[np.bool_] = many & (spread > quantile(spread[many], _SPREAD_QUANTILE))
    return several
