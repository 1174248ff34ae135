"""The position of each note on the map: t-SNE on the graph of nearest neighbours, from the principal components.

Nothing is random and no step is large, so that a garden with one note more has nearly the same map. A start as wide as
the neighbourhoods themselves, instead of t-SNE's usual point-like one, keeps the broad order of the components.
"""

import numpy as np
from numpy.typing import NDArray

from notegen.semantic.map.repulsion import Positions, repulsion

START_WIDTH = 4.0
"""The first component's standard deviation at the start, in widths of the kernel."""

ROUNDS = ((40, 2.0), (60, 1.0))
"""How many rounds, and how many times as strongly neighbours pull in them. Three times as many keep as many
neighbours: `notes/log/2026-11-27-one-note.md` has the figures."""

STEP = 2.0
"""How far a force moves a point, in parts of the share that it has of all of them; 1.5 needs half as many rounds again,
and small gardens swing with more."""

MAX_REACH = 2.2
"""How far the map reaches from its middle, in standard deviations of the positions: real gardens reach 2.0 to 2.1. What
should lie beyond lies at the rim."""

_MOMENTUM = 0.8


def tsne_positions(start: NDArray[np.float64], neighbours: NDArray[np.intp]) -> NDArray[np.float32]:
    """Positions (n, 2) in the square from 0 to 1, around its middle; the same for the same input.

    Args:
        start: (n, 2) the first two components.
        neighbours: (n, k) the nearest notes of each; all pull alike. t-SNE's weights by perplexity gave less: a
            trustworthiness of .897 to .920 against .920 to .932 over three vaults.
    """
    positions = start / max(float(start[:, 0].std()), 1e-9) * START_WIDTH
    speed = np.zeros_like(positions)
    attraction = _Attraction(neighbours)
    for rounds, strength in ROUNDS:
        for _ in range(rounds):
            pushed, total = repulsion(positions)
            force = strength * attraction.at(positions) - pushed / max(total, 1e-9)
            # A step that shrinks with the pull's strength, and grows with n as a pair's share of all pairs shrinks.
            speed = _MOMENTUM * speed - STEP * len(positions) / strength * force
            positions = positions + speed
            positions -= positions.mean(axis=0)
    return in_square(positions)


def in_square(positions: NDArray[np.float64]) -> NDArray[np.float32]:
    """Positions (n, 2) around (0, 0), set into the square from 0 to 1, which few of them leave: these to its rim.

    Not from rim to rim: a new note there would move all others with it, three times as far as it pushes them.
    """
    size = 2 * MAX_REACH * max(float(positions.std(axis=0).max()), 1e-9)
    within: NDArray[np.float32] = np.clip(positions / size + 0.5, 0, 1).astype(np.float32)
    return within


class _Attraction:
    """What neighbours pull points by, either way: the sum of p q (y - y'), with p adding up to 1 over all pairs."""

    def __init__(self, neighbours: NDArray[np.intp]) -> None:
        """Args: neighbours: (n, k)."""
        self._count, self._pairs = len(neighbours), neighbours.size
        self._flat, self._columns = neighbours.ravel(), np.ascontiguousarray(neighbours.T)  # (n k,), (k, n)

    def at(self, positions: Positions) -> Positions:
        """The pull on each point (n, 2) where they lie.

        Rows of numbers for all points are added up: a sum a point of pairs of numbers takes six times as long.
        """
        ways = [axis - axis[self._columns] for axis in np.ascontiguousarray(positions.T)]  # (k, n) each
        closeness = ways[0] * ways[0]
        closeness += ways[1] * ways[1]
        closeness += 1
        pulls = np.empty_like(positions)
        for axis, way in enumerate(ways):
            way /= closeness
            back = np.bincount(self._flat, way.T.ravel(), self._count)
            pulls[:, axis] = way.sum(axis=0) - back
        pulls /= 2 * self._pairs
        return pulls
