"""The garden from above: each note as a point by meaning, the topics among them, and how they moved over time.

`neighbours` finds neighbours in the full space, `tsne` puts the notes on a plane (`repulsion` is its costly part),
`topics` gathers them, `topic_labels` finds words for what was gathered, `drift` follows it through time, and `outliers`
picks the notes that stand apart and those that say the same.
"""

import numpy as np
from numpy.typing import NDArray

from notegen.model import Garden, GardenMap, NoteId, Overview, Topic, Vectors
from notegen.semantic.map.drift import drift_of
from notegen.semantic.map.neighbours import find_near, trustworthiness
from notegen.semantic.map.outliers import apart_notes, twin_notes
from notegen.semantic.map.topic_labels import name_topics
from notegen.semantic.map.topics import gather_topics
from notegen.semantic.map.tsne import components, place_notes

__all__ = ["FEWEST", "project_notes"]

FEWEST = 12
"""Notes under which a garden has no map: a picture of them shows nothing that their list does not."""

_DIMENSIONS = 32  # for topics; the components after these are mostly what is particular to one note
_NEIGHBOURS = 15  # that pull a note on the map; UMAP's default, and t-SNE's quality with it (see notes/log)


def project_notes(garden: Garden, vectors: Vectors | None, *, language: str) -> Overview | None:
    """The garden's map, drift and odd notes; None without vectors or with too few notes.

    The same notes give the same overview, and one new note moves the others little: nothing is drawn at random.
    It costs n² d operations for the neighbours and some 300 rounds of n log n for the places.

    Args:
        vectors: of passages of the garden's notes; a note without passages is left out.
        language: BCP 47 tag of the language most notes are in.
    """
    if vectors is None:
        return None
    notes, matrix = note_vectors(vectors)
    if len(notes) < FEWEST:
        return None
    near = find_near(matrix, _NEIGHBOURS)
    parts = components(matrix, _DIMENSIONS)  # (n, 32)
    places = place_notes(parts[:, :2], near.notes)
    groups = gather_topics(parts)
    names = name_topics(garden, vectors.passages, [[notes[i] for i in group] for group in groups], language)
    topics = tuple(
        Topic(words, tuple(notes[i] for i in group)) for words, group in zip(names, groups, strict=True)
    )
    topic_of = np.empty(len(notes), np.intp)
    for number, group in enumerate(groups):
        topic_of[list(group)] = number
    return Overview(
        map=GardenMap(
            notes=notes,
            places=places,
            topics=topics,
            topic_of=tuple(topic_of.tolist()),
            nearest=tuple(notes[i] for i in near.notes[:, 0]),
            trust=trustworthiness(matrix, places),
            plain_trust=trustworthiness(matrix, parts[:, :2]),
        ),
        drift=drift_of(garden, notes, matrix, topic_of, len(topics)),
        apart=apart_notes(garden, notes, near, vectors),
        twins=twin_notes(garden, notes, near),
    )


def note_vectors(vectors: Vectors) -> tuple[tuple[NoteId, ...], NDArray[np.float32]]:
    """The notes that have passages, by id, and the unit mean (n, d) of each one's."""
    notes = tuple(sorted({passage.note for passage in vectors.passages}))
    number = {note: i for i, note in enumerate(notes)}
    of = np.array([number[passage.note] for passage in vectors.passages], np.intp)
    means = np.zeros((len(notes), vectors.matrix.shape[1]), np.float32)  # (n, d)
    np.add.at(means, of, vectors.matrix)
    return notes, means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
