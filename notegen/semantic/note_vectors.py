"""What notes are as vectors: the unit mean of each note's passages, and which notes are nearest and farthest by it.

Everything that compares whole notes takes these values (the map, outliers, embedding cards, related notes), so that
no two pages of a site disagree. All notes are compared with all once: n² d operations, in blocks of flat memory.
"""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.arrays import top_k
from notegen.exact import WHOLE, cosines_of, round_rows, whole_rows
from notegen.model import Familiarity, NearDuplicate, NoteId, Vectors
from notegen.semantic.near_duplicates import find_near_duplicates
from notegen.semantic.word_directions import with_words
from notegen.text.familiarity import MAX_FAMILIARITY

MAX_NEAREST = 15
"""Nearest notes kept of each: those that pull it on the map. UMAP's default, and t-SNE's quality with it."""

MAX_FARTHEST = 3
"""Farthest notes kept of each, for show."""

_BLOCK = 256  # rows at once: 256 x 26,000 notes x 4 bytes = 27 MB
_MIN_LENGTH = 0.5  # of a sum of whole numbers: what is shorter is nothing


class NoteVectors(Struct, frozen=True, eq=False):
    """The notes that have passages, by id, and which of them are nearest to each and farthest from it.

    A note is none of its own; ties are as in `compare_all`.
    """

    vectors: Vectors
    """Of the passages."""
    notes: tuple[NoteId, ...]
    """By id."""
    starts: NDArray[np.intp]  # (n + 1,) where the passages of each note begin, and the end
    matrix: NDArray[np.float32]  # (n, d) unit rows; a zero row where a note's passages cancel out
    trust: NDArray[np.float32]  # (n,) how far the encoder is to be trusted with each note: 1 is wholly
    compared: NDArray[np.float32]  # (n, e) what notes are compared by: the same, or with their words beside
    coherence: NDArray[
        np.float32
    ]  # (n,) length of the mean of a note's unit vectors: 1 when all are the same
    nearest: NDArray[np.intp]  # (n, k) numbers of notes, the nearest first
    cosines: NDArray[np.float32]  # (n, k) of these
    farthest: NDArray[np.intp]  # (n, f) the farthest first
    near_duplicates: tuple[NearDuplicate, ...]
    """The highest cosine first."""


def note_vectors_of(vectors: Vectors, familiarity: Familiarity | None = None) -> NoteVectors:
    """The notes of these passages; without passages there are none.

    Args:
        familiarity: how well the encoder knows the notes; None for very well. Where it does not, notes are compared by
            their words too.
    """
    notes = tuple(dict.fromkeys(passage.note for passage in vectors.passages))
    number = {note: i for i, note in enumerate(notes)}
    of = np.array([number[passage.note] for passage in vectors.passages], np.intp)
    starts = np.searchsorted(of, np.arange(len(notes) + 1))
    whole = whole_rows(vectors.matrix)
    sums = np.add.reduceat(whole, starts[:-1], axis=0, dtype=np.float64) if len(notes) else whole  # (n, d)
    lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    matrix = round_rows(np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > _MIN_LENGTH))
    levels = familiarity.levels if familiarity else (MAX_FAMILIARITY,) * len(notes)
    trust = (np.array(levels, np.float64) / MAX_FAMILIARITY).astype(np.float32)
    known = bool((trust == 1).all())
    compared = matrix if known else with_words(matrix, vectors.passages, starts, trust)
    nearest, cosines, farthest = compare_all(compared)
    return NoteVectors(
        vectors,
        notes,
        starts,
        matrix,
        trust,
        compared,
        (lengths[:, 0] / WHOLE / np.diff(starts)).astype(np.float32),
        nearest,
        cosines,
        farthest,
        find_near_duplicates(vectors.passages, notes, starts, nearest, cosines),
    )


def compare_all(
    matrix: NDArray[np.float32], *, near: int = MAX_NEAREST, far: int = MAX_FARTHEST
) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.intp]]:
    """The nearest rows of each row (n, near), their cosines (n, near), and the farthest rows (n, far).

    A row is none of its own; there are fewer where there are not as many others. Ties go to the earlier row, in
    matrices of many hundred rows among those that are found.

    Args:
        matrix: (n, d) unit rows.
    """
    others = max(len(matrix) - 1, 0)
    near, far = min(near, others), min(far, others)
    nearest, farthest = np.empty((len(matrix), near), np.intp), np.empty((len(matrix), far), np.intp)
    cosines = np.empty((len(matrix), near), np.float32)
    for block, products in _products(matrix):
        nearest[block] = found = top_k(products, near)
        cosines[block] = np.take_along_axis(products, found, axis=1)
        own = np.isneginf(products)
        np.negative(products, out=products)
        products[own] = -np.inf
        farthest[block] = top_k(products, far)
    return nearest, cosines, farthest


def _products(matrix: NDArray[np.float32]) -> Iterator[tuple[slice, NDArray[np.float32]]]:
    """The cosines of some rows with all, (b, n), and which rows these are; that of a row with itself is -infinity."""
    whole = whole_rows(matrix)
    for start in range(0, len(whole), _BLOCK):
        products = cosines_of(whole[start : start + _BLOCK], whole)  # (b, n)
        rows = np.arange(len(products))
        products[rows, start + rows] = -np.inf
        yield slice(start, start + len(products)), products
