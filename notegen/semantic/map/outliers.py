"""Notes worth a second look: those far from all others, and near-duplicates."""

import numpy as np

from notegen.model import Garden, NearDuplicate, NoteId, Outlier, Vectors
from notegen.semantic.map.neighbours import Neighbours

MIN_OUTLIERS, MAX_OUTLIERS = 3, 12
MAX_NEAR_DUPLICATES = 30

MIN_COSINE = 0.95
"""Cosine from which two notes are near-duplicates: the bundled model gives it to a text and its second draft."""

_MIN_WORDS = 20  # shorter notes are far from others, or near, because they say nothing
_MIN_PASSAGES = 4  # from which a note can be about several topics
_SPREAD_PERCENTILE = 75  # of the spread of passages, above which it is


def find_outliers(
    garden: Garden, notes: tuple[NoteId, ...], neighbours: Neighbours, vectors: Vectors
) -> tuple[Outlier, ...]:
    """The notes whose nearest note is farthest, that one first: one in fifty, at least three and at most twelve."""
    long_enough = [i for i, note in enumerate(notes) if garden.notes[note].word_count >= _MIN_WORDS]
    farthest = sorted(long_enough, key=lambda i: (float(neighbours.cosines[i, 0]), notes[i]))
    several = _multi_topic_notes(vectors)
    return tuple(
        Outlier(
            notes[i],
            notes[neighbours.notes[i, 0]],
            round(float(neighbours.cosines[i, 0]), 4),
            multi_topic=notes[i] in several,
        )
        for i in farthest[: min(MAX_OUTLIERS, max(MIN_OUTLIERS, len(notes) // 50))]
    )


def find_near_duplicates(
    garden: Garden, notes: tuple[NoteId, ...], neighbours: Neighbours
) -> tuple[NearDuplicate, ...]:
    """At most thirty pairs of notes that say nearly the same, the highest cosine first."""
    pairs = {}
    for i, k in zip(*np.nonzero(neighbours.cosines >= MIN_COSINE), strict=True):
        pair = sorted((notes[i], notes[neighbours.notes[i, k]]))
        if all(garden.notes[note].word_count >= _MIN_WORDS for note in pair):
            pairs[pair[0], pair[1]] = min(1.0, round(float(neighbours.cosines[i, k]), 4))
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:MAX_NEAR_DUPLICATES]
    return tuple(NearDuplicate(one, other, cosine) for (one, other), cosine in ordered)


def _multi_topic_notes(vectors: Vectors) -> frozenset[NoteId]:
    """The notes of many passages whose passages are farther apart than those of three quarters of such notes."""
    rows: dict[NoteId, list[int]] = {}
    for row, passage in enumerate(vectors.passages):
        rows.setdefault(passage.note, []).append(row)
    # The mean of unit vectors is the shorter the more they differ.
    spread = {
        note: 1 - float(np.linalg.norm(vectors.matrix[some].mean(axis=0)))
        for note, some in rows.items()
        if len(some) >= _MIN_PASSAGES
    }
    if not spread:
        return frozenset()
    wide = float(np.percentile(list(spread.values()), _SPREAD_PERCENTILE))
    return frozenset(note for note, far in spread.items() if far > wide)
