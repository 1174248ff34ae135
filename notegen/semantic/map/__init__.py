"""The garden from above: each note as a point by meaning, the topics among them, and how they moved over time.

`neighbours` finds neighbours in the full space, `tsne` puts the notes on a plane (`repulsion` is its costly part),
`topics` clusters them, `topic_labels` finds words for the clusters, `drift` follows them through time, and `outliers`
finds the notes far from all others and the near-duplicates.
"""

import numpy as np
from numpy.typing import NDArray

from notegen.model import Garden, GardenMap, NoteId, Overview, Topic, Vectors
from notegen.semantic.map.drift import drift_of
from notegen.semantic.map.neighbours import find_neighbours, trustworthiness
from notegen.semantic.map.outliers import find_near_duplicates, find_outliers
from notegen.semantic.map.topic_labels import label_topics
from notegen.semantic.map.topics import cluster_notes
from notegen.semantic.map.tsne import principal_components, tsne_positions

__all__ = ["MIN_NOTES", "make_overview"]

MIN_NOTES = 12
"""Notes from which a garden has a map: a picture of fewer shows nothing that their list does not."""

_DIMENSIONS = 32  # for topics; later components are mostly particular to one note
_NEIGHBOURS = 15  # that pull a note on the map; UMAP's default, and t-SNE's quality with it (see notes/log)


def make_overview(garden: Garden, vectors: Vectors | None, *, language: str) -> Overview | None:
    """The garden's map, drift, outliers and near-duplicates; None without vectors or with too few notes.

    The same notes give the same overview, and one new note moves the others little: nothing is drawn at random.
    It costs n² d operations for the neighbours and some 300 rounds of n log n for the positions.

    Args:
        vectors: of passages of the garden's notes; a note without passages is left out.
        language: BCP 47 tag of the language most notes are in.
    """
    if vectors is None:
        return None
    notes, matrix = note_vectors(vectors)
    if len(notes) < MIN_NOTES:
        return None
    neighbours = find_neighbours(matrix, _NEIGHBOURS)
    parts = principal_components(matrix, _DIMENSIONS)  # (n, 32)
    positions = tsne_positions(parts[:, :2], neighbours.notes)
    groups = cluster_notes(parts)
    labels = label_topics(garden, vectors.passages, [[notes[i] for i in group] for group in groups], language)
    topics = tuple(
        Topic(words, tuple(notes[i] for i in group)) for words, group in zip(labels, groups, strict=True)
    )
    topic_of = np.empty(len(notes), np.intp)
    for number, group in enumerate(groups):
        topic_of[list(group)] = number
    return Overview(
        map=GardenMap(
            notes=notes,
            positions=positions,
            topics=topics,
            topic_of=tuple(topic_of.tolist()),
            nearest=tuple(notes[i] for i in neighbours.notes[:, 0]),
            trust=trustworthiness(matrix, positions),
            pca_trust=trustworthiness(matrix, parts[:, :2]),
        ),
        drift=drift_of(garden, notes, matrix, topic_of, len(topics)),
        outliers=find_outliers(garden, notes, neighbours, vectors),
        near_duplicates=find_near_duplicates(garden, notes, neighbours),
    )


def note_vectors(vectors: Vectors) -> tuple[tuple[NoteId, ...], NDArray[np.float32]]:
    """The notes that have passages, by id, and the unit mean (n, d) of each one's."""
    notes = tuple(sorted({passage.note for passage in vectors.passages}))
    number = {note: i for i, note in enumerate(notes)}
    of = np.array([number[passage.note] for passage in vectors.passages], np.intp)
    means = np.zeros((len(notes), vectors.matrix.shape[1]), np.float32)  # (n, d)
    np.add.at(means, of, vectors.matrix)
    return notes, means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
