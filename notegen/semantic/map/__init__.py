"""The garden from above: each note as a point by meaning, the topics among them, and how they moved over time.

`learned` has what is learned from some of the notes: `components`, the axes along which they differ, and where topics
begin. `tsne` puts the notes on a plane (`repulsion` is its costly part), `spacing` gives each a place of its own,
`trustworthiness` says how far to trust the picture, `topics` clusters the notes, `topic_labels` finds words for the
clusters, and `drift` follows them through time.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.cache import VectorCache
from notegen.model import Garden, GardenMap, Overview, Topic
from notegen.note_memory import NoteMemory
from notegen.semantic.map.drift import drift_of
from notegen.semantic.map.learned import learned_of
from notegen.semantic.map.spacing import keep_apart
from notegen.semantic.map.topic_labels import label_topics
from notegen.semantic.map.topics import cluster_notes, lie_apart
from notegen.semantic.map.trustworthiness import trustworthiness
from notegen.semantic.map.tsne import in_square, tsne_positions
from notegen.semantic.note_vectors import NoteVectors
from notegen.semantic.outliers import find_outliers

__all__ = ["MIN_NOTES", "make_overview"]

MIN_NOTES = 12
"""Notes from which a garden has a map: a picture of fewer shows nothing that their list does not."""

MAX_NEAR_DUPLICATES = 30
"""Pairs that the overview names."""

_NOTES_A_NEIGHBOUR = 3
"""Notes of a small garden for each neighbour that pulls one: a dozen that all pull each other would be one dot. On
gardens drawn from two vaults a third of the notes gave a trustworthiness of .896, .887 and .894 at 12, 25 and 30 notes,
a quarter .872, .854 and .862, plain axes .858, .809 and .807."""


class _DrawnMap(Struct, frozen=True, eq=False):
    """Where notes are on the map, and which are together: all that needs their vectors alone."""

    positions: NDArray[np.float32]  # (n, 2)
    trust: float
    pca_trust: float
    groups: tuple[tuple[int, ...], ...]
    """As `cluster_notes` gives them; none where they say nothing."""


def make_overview(
    garden: Garden, notes: NoteVectors | None, *, language: str, memory: NoteMemory | None = None
) -> Overview | None:
    """The garden's map, drift, outliers and near-duplicates; None without vectors or with too few notes.

    The same notes give the same map, and one new note moves the others little: nothing is drawn at random.
    It costs a hundred rounds of n log n for the positions.

    Args:
        notes: of the garden; a note without passages is left out.
        language: BCP 47 tag of the language most notes are in.
        memory: of the notes' words, whose cache keeps what is learned from some of them; None to find all anew.
    """
    if notes is None or len(notes.notes) < MIN_NOTES:
        return None
    return _described(garden, notes, _drawn(notes, memory.cache if memory else None), language, memory)


def _drawn(notes: NoteVectors, cache: VectorCache | None) -> _DrawnMap:
    matrix = notes.compared
    learned = learned_of(notes.notes, matrix, cache)
    parts = learned.components.of(matrix)  # (n, 32)
    positions, trust, pca_trust = _best_positions(matrix, parts, notes.nearest)
    groups = cluster_notes(parts, learned.centroids)
    return _DrawnMap(positions, trust, pca_trust, groups if lie_apart(matrix, groups) else ())


def _described(
    garden: Garden, notes: NoteVectors, drawn: _DrawnMap, language: str, memory: NoteMemory | None
) -> Overview:
    """What is told of the notes on a map."""
    ids = notes.notes
    members = [tuple(ids[i] for i in group) for group in drawn.groups]
    labels = label_topics(garden, members, language, memory)
    topics = tuple(Topic(words, some) for words, some in zip(labels, members, strict=True))
    topic_of = np.full(len(ids), -1)
    for number, group in enumerate(drawn.groups):
        topic_of[list(group)] = number
    return Overview(
        map=GardenMap(
            notes=ids,
            positions=drawn.positions,
            topics=topics,
            topic_of=tuple(topic_of.tolist()),
            nearest=tuple(ids[i] for i in notes.nearest[:, 0]),
            trust=drawn.trust,
            pca_trust=drawn.pca_trust,
        ),
        drift=drift_of(garden, ids, notes.compared, topic_of, len(topics)) if topics else None,
        outliers=find_outliers(garden, notes),
        near_duplicates=notes.near_duplicates[:MAX_NEAR_DUPLICATES],
    )


def _best_positions(
    matrix: NDArray[np.float32], parts: NDArray[np.float64], nearest: NDArray[np.intp]
) -> tuple[NDArray[np.float32], float, float]:
    """The positions, how far to trust them, and how far plain axes: these are taken where they keep neighbours better.

    Few notes may well differ along two axes, which then show more than neighbours that pull each other.
    """
    pulling = nearest[:, : max(1, len(matrix) // _NOTES_A_NEIGHBOUR)]
    drawn = keep_apart(tsne_positions(parts[:, :2], pulling))
    plain = keep_apart(in_square(parts[:, :2]))
    trust, pca_trust = trustworthiness(matrix, drawn), trustworthiness(matrix, plain)
    return (plain if pca_trust > trust else drawn), max(trust, pca_trust), pca_trust
