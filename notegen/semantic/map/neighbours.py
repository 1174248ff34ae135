"""Neighbours in the full space, and how many of them a map keeps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.arrays import top_k

_BLOCK = 256  # rows at once: 256 x 26,000 notes x 4 bytes = 27 MB
_MAX_SAMPLED = 1000  # notes that trustworthiness looks at: its standard error is then under 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The nearest notes of each note, itself not among them, the nearest first."""

    notes: NDArray[np.intp]  # (n, k)
    cosines: NDArray[np.float32]  # (n, k)


def find_neighbours(matrix: NDArray[np.float32], count: int) -> Neighbours:
    """The `count` nearest rows of each unit row by cosine, exactly; fewer where there are not as many.

    Ties go to the earlier row among those that are found.
    """
    n = len(matrix)
    count = min(count, n - 1)
    notes = np.empty((n, count), np.intp)
    cosines = np.empty((n, count), np.float32)
    for start in range(0, n, _BLOCK):
        block = matrix[start : start + _BLOCK] @ matrix.T  # (b, n) = (b, d) @ (d, n)
        rows = np.arange(len(block))
        block[rows, start + rows] = -2
        found = top_k(block, count)
        notes[start : start + len(block)] = found
        cosines[start : start + len(block)] = np.take_along_axis(block, found, axis=1)
    return Neighbours(notes, cosines)


def trustworthiness(
    matrix: NDArray[np.float32],
    positions: NDArray[np.floating],
    *,
    count: int = 10,
    max_sampled: int = _MAX_SAMPLED,
) -> float:
    """How far the neighbours on the map are neighbours in meaning: 1 when all are, about 0.5 when none is.

    Each note's `count` nearest on the map are looked at; one that is no neighbour in the full space counts by how many
    notes are nearer there. In a large garden `max_sampled` notes are looked at, evenly spread.

    Args:
        matrix: (n, d) unit rows.
        positions: (n, 2).
        count: at most a third of the notes are taken.
    Source:
        Venna and Kaski, ICANN 2001.
    """
    n = len(matrix)
    count = min(count, max(1, n // 3))
    rows = np.unique(np.linspace(0, n - 1, min(n, max_sampled)).round().astype(np.intp))
    penalty = 0
    for start in range(0, len(rows), _BLOCK):
        some = rows[start : start + _BLOCK]
        cosines = matrix[some] @ matrix.T  # (b, n)
        cosines[np.arange(len(some)), some] = -2
        distances = ((positions[some, None] - positions[None]) ** 2).sum(axis=2)  # (b, n)
        distances[np.arange(len(some)), some] = np.inf
        shown = np.argpartition(distances, count - 1, axis=1)[:, :count]
        for row, mates in zip(cosines, shown, strict=True):
            ranks = 1 + (row[None, :] > row[mates, None]).sum(axis=1)  # (count,)
            penalty += int(np.maximum(0, ranks - count).sum())
    return 1 - 2 * penalty / (len(rows) * count * (2 * n - 3 * count - 1))
