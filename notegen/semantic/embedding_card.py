"""What a page shows of each note's embedding: its vector, and the notes nearest to it and farthest from it.

Which notes are related is decided passage by passage, in `related`; here a note is the mean of its passages, which is
what a reader who wants to see an embedding expects.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from notegen.arrays import top_k
from notegen.model import EmbeddingCard, NoteId, Vectors

MAX_LISTED = 3
"""Notes listed as nearest, and as farthest."""

_BLOCK = 256  # notes at once: 256 x 26,000 notes x 4 bytes = 27 MB


def make_embedding_cards(vectors: Vectors, tokens: Sequence[int]) -> Mapping[NoteId, EmbeddingCard]:
    """A card for every note that has passages.

    It costs the product of all notes with all, in blocks: n² d operations.

    Args:
        vectors: by note.
        tokens: how many tokens each of their passages has.
    """
    spans = list(_spans(vectors))
    means = np.array([_mean(vectors.matrix[first:last]) for _, first, last in spans], np.float32)  # (n, d)
    nearest, farthest = _extremes(means)
    return {
        note: EmbeddingCard(
            vector=means[row],
            nearest=tuple(spans[other][0] for other in nearest[row]),
            farthest=tuple(spans[other][0] for other in farthest[row]),
            passages=last - first,
            tokens=sum(tokens[first:last]),
        )
        for row, (note, first, last) in enumerate(spans)
    }


def _spans(vectors: Vectors) -> list[tuple[NoteId, int, int]]:
    """Each note with the range of its passages."""
    spans, start = [], 0
    for note, passages in groupby(vectors.passages, key=lambda passage: passage.note):
        end = start + sum(1 for _ in passages)
        spans.append((note, start, end))
        start = end
    return spans


def _mean(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = rows.mean(axis=0)
    # Opposite vectors have a mean without a direction; it is shown as the nothing that it is.
    unit: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit


def _extremes(means: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows (n, k) closest to each row, itself aside, and those that point away most; ties by row."""
    count = len(means)
    shown = min(MAX_LISTED, max(count - 1, 0))
    nearest, farthest = (np.empty((count, shown), np.intp) for _ in range(2))
    for start in range(0, count if shown else 0, _BLOCK):
        cosines = means[start : start + _BLOCK] @ means.T  # (b, n) = (b, d) @ (d, n)
        block = slice(start, start + len(cosines))
        own = np.arange(len(cosines)), np.arange(start, start + len(cosines))
        cosines[own] = -np.inf
        nearest[block] = top_k(cosines, shown)
        np.negative(cosines, out=cosines)
        cosines[own] = -np.inf
        farthest[block] = top_k(cosines, shown)
    return nearest, farthest
