"""Notes worth a second look: those that stand apart from everything, and those that say the same."""

import numpy as np

from notegen.model import Apart, Garden, NoteId, Twins, Vectors
from notegen.semantic.map.neighbours import Near

FEWEST_APART, MOST_APART = 3, 12
MOST_TWINS = 30

TWINS = 0.95
"""Cosine from which two notes say the same: the bundled model gives it to a text and its second draft."""

_SHORTEST = 20  # words; shorter notes stand apart, or are alike, for having nothing to say
_MANY = 4  # passages from which a note can be about several things
_WIDE = 75  # percentile of the spread of passages from which it is


def apart_notes(garden: Garden, notes: tuple[NoteId, ...], near: Near, vectors: Vectors) -> tuple[Apart, ...]:
    """The notes whose nearest is farthest, the loneliest first: one in fifty, at least three and at most twelve."""
    told = [i for i, note in enumerate(notes) if garden.notes[note].word_count >= _SHORTEST]
    lonely = sorted(told, key=lambda i: (float(near.cosines[i, 0]), notes[i]))
    mixed = _mixed(vectors)
    return tuple(
        Apart(notes[i], notes[near.notes[i, 0]], round(float(near.cosines[i, 0]), 4), mixed=notes[i] in mixed)
        for i in lonely[: min(MOST_APART, max(FEWEST_APART, len(notes) // 50))]
    )


def twin_notes(garden: Garden, notes: tuple[NoteId, ...], near: Near) -> tuple[Twins, ...]:
    """At most thirty pairs of notes that say nearly the same, the most alike first."""
    pairs = {}
    for i, k in zip(*np.nonzero(near.cosines >= TWINS), strict=True):
        pair = sorted((notes[i], notes[near.notes[i, k]]))
        if all(garden.notes[note].word_count >= _SHORTEST for note in pair):
            pairs[pair[0], pair[1]] = min(1.0, round(float(near.cosines[i, k]), 4))
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:MOST_TWINS]
    return tuple(Twins(one, other, cosine) for (one, other), cosine in ordered)


def _mixed(vectors: Vectors) -> frozenset[NoteId]:
    """The notes of many passages whose passages lie farther apart than those of three quarters of such notes."""
    rows: dict[NoteId, list[int]] = {}
    for row, passage in enumerate(vectors.passages):
        rows.setdefault(passage.note, []).append(row)
    # The mean of unit vectors is the shorter the more they differ.
    spread = {
        note: 1 - float(np.linalg.norm(vectors.matrix[some].mean(axis=0)))
        for note, some in rows.items()
        if len(some) >= _MANY
    }
    if not spread:
        return frozenset()
    wide = float(np.percentile(list(spread.values()), _WIDE))
    return frozenset(note for note, far in spread.items() if far > wide)
