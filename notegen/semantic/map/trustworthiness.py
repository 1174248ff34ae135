"""How far the neighbours on a map are neighbours in the full space."""

import numpy as np
from numpy.typing import NDArray

from notegen.arrays import distinct, top_k
from notegen.exact import cosines_of, whole_rows

_BLOCK = 256  # rows at once: 256 x 26,000 notes x 4 bytes = 27 MB
_MAX_SAMPLED = 1000  # notes that trustworthiness looks at: its standard error is then under 0.005


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
    rows = distinct(np.linspace(0, n - 1, min(n, max_sampled)).round().astype(np.intp))
    whole = whole_rows(matrix)
    penalty = 0
    for start in range(0, len(rows), _BLOCK):
        some = rows[start : start + _BLOCK]
        cosines = cosines_of(whole[some], whole)  # (b, n)
        cosines[np.arange(len(some)), some] = -2
        # Added up for all pairs at once: a sum of two numbers for each pair takes several times as long.
        ways = (axis[some, None] - axis for axis in positions.T)
        distances = sum((way * way for way in ways), np.zeros(cosines.shape, positions.dtype))  # (b, n)
        distances[np.arange(len(some)), some] = np.inf
        shown = top_k(-distances.astype(np.float32), count)
        for mates in shown.T:
            nearer = cosines > np.take_along_axis(cosines, mates[:, None], axis=1)
            ranks = 1 + np.count_nonzero(nearer, axis=1)  # (b,)
            penalty += int(np.maximum(0, ranks - count).sum())
    return 1 - 2 * penalty / (len(rows) * count * (2 * n - 3 * count - 1))
