"""The garden from above: each note as a point by meaning, the topics among them, and how they moved over time.

`tsne` puts the notes on a plane (`repulsion` is its costly part), `trustworthiness` says how far to trust the picture,
`topics` clusters the notes, `topic_labels` finds words for the clusters, and `drift` follows them through time.
"""

import numpy as np

from notegen.model import Garden, GardenMap, Overview, Topic
from notegen.semantic.map.drift import drift_of
from notegen.semantic.map.topic_labels import label_topics
from notegen.semantic.map.topics import cluster_notes
from notegen.semantic.map.trustworthiness import trustworthiness
from notegen.semantic.map.tsne import principal_components, tsne_positions
from notegen.semantic.note_vectors import NoteVectors
from notegen.semantic.outliers import find_outliers

__all__ = ["MIN_NOTES", "make_overview"]

MIN_NOTES = 12
"""Notes from which a garden has a map: a picture of fewer shows nothing that their list does not."""

MAX_NEAR_DUPLICATES = 30
"""Pairs that the overview names."""

_DIMENSIONS = 32  # for topics; later components are mostly particular to one note


def make_overview(garden: Garden, notes: NoteVectors | None, *, language: str) -> Overview | None:
    """The garden's map, drift, outliers and near-duplicates; None without vectors or with too few notes.

    The same notes give the same overview, and one new note moves the others little: nothing is drawn at random.
    It costs some 300 rounds of n log n for the positions.

    Args:
        notes: of the garden; a note without passages is left out.
        language: BCP 47 tag of the language most notes are in.
    """
    if notes is None or len(notes.notes) < MIN_NOTES:
        return None
    ids, matrix = notes.notes, notes.compared
    parts = principal_components(matrix, _DIMENSIONS)  # (n, 32)
    positions = tsne_positions(parts[:, :2], notes.nearest)
    groups = cluster_notes(parts)
    members = [tuple(ids[i] for i in group) for group in groups]
    labels = label_topics(garden, notes.vectors.passages, members, language)
    topics = tuple(Topic(words, some) for words, some in zip(labels, members, strict=True))
    topic_of = np.empty(len(ids), np.intp)
    for number, group in enumerate(groups):
        topic_of[list(group)] = number
    return Overview(
        map=GardenMap(
            notes=ids,
            positions=positions,
            topics=topics,
            topic_of=tuple(topic_of.tolist()),
            nearest=tuple(ids[i] for i in notes.nearest[:, 0]),
            trust=trustworthiness(matrix, positions),
            pca_trust=trustworthiness(matrix, parts[:, :2]),
        ),
        drift=drift_of(garden, ids, matrix, topic_of, len(topics)),
        outliers=find_outliers(garden, notes),
        near_duplicates=notes.near_duplicates[:MAX_NEAR_DUPLICATES],
    )
