"""Positions for the notes of one connected component: linked ones attract each other, all repel each other.

Repulsion is the costly part: each node feels every other. Here the nodes' masses are spread over a grid, the field
that they make is one convolution of that grid, done by sums of waves, and each node reads the field where it is. So it
costs n + g³ for a grid of g x g cells instead of n², and needs numpy alone. What others do to a node from afar hardly
changes while all move by a few cells, so that only attraction is found anew in each round.
"""

from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from notegen.exact import Convolution, logarithms, odd_kernel

if TYPE_CHECKING:
    from numpy.random import Generator  # it is loaded where random numbers are drawn, in few builds

Positions = NDArray[np.float64]  # (n, 2)

_ROUNDS = 360
_SMOOTHINGS = 40
_GRAVITY = 0.2
_STEP = 0.3  # of the way that the forces ask for; whole steps oscillate around the equilibrium
_MAX_SIDE = 256  # cells of the grid: a field takes 15 ms, and within a cell nodes hardly repel each other
_STALE = 4  # cells that a node may have moved since before repulsion is found anew
_SEED = 1


def settle(count: int, links: NDArray[np.int32]) -> Positions:
    """Positions for `count` connected nodes, around (0, 0); the same for the same links.

    Nodes that share many links are close; the length of a link grows with the number of links at its ends.

    Args:
        count: at least 1.
        links: (l, 2) pairs of node numbers, each pair once.
    Source:
        The forces are those of ForceAtlas2 in its LinLog mode (Jacomy et al., PLoS ONE 9(6), 2014; Noack, Journal of
        Graph Algorithms and Applications 11(2), 2007). Repulsion by convolution follows FIt-SNE (Linderman et al.,
        Nature Methods 16, 2019); that it is found less often than attraction, the multiple time steps of Tuckerman,
        Berne and Martyna, Journal of Chemical Physics 97, 1992.
    """
    if count < 2:
        return np.zeros((count, 2))
    ends = links.astype(np.intp)
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)  # (n,)
    mass = 1 + degree
    # Few nodes converge soon; a grid of about four cells a node is fine enough for them.
    rounds = _ROUNDS if count > 200 else _ROUNDS // 2
    side = min(_MAX_SIDE, max(32, 1 << isqrt(4 * count - 1).bit_length()))
    positions = _initial_positions(count, ends, degree)
    repulsion = np.zeros_like(positions)
    moved = np.inf
    for round_ in range(rounds):
        if moved > _STALE * _cell(positions, side):
            repulsion = _repulsion(positions, mass, side)
            moved = 0.0
        force = mass[:, None] * (repulsion - _GRAVITY * _directions(positions))
        force += _attraction(positions, ends)
        step = force / mass[:, None] * _STEP
        length = _lengths(step) + 1e-12
        cooled = 1 - round_ / rounds
        longest = 0.5 * np.sqrt(count) * cooled * cooled + 0.01
        positions = positions + step * np.minimum(1, longest / length)
        moved += min(longest, float(length.max()))
    centred: Positions = positions - positions.mean(axis=0)
    return centred


def _initial_positions(count: int, ends: NDArray[np.intp], degree: NDArray[np.float64]) -> Positions:
    """Random positions, each moved towards the middle of its neighbours again and again: a rough picture, untangled.

    It is power iteration towards the two slowest modes of the graph, stopped early.
    """
    random = np.random.default_rng(_SEED)
    positions = _nearly_normal(random, count)
    here, there = ends.T
    for _ in range(_SMOOTHINGS):
        middles = np.stack(
            [
                np.bincount(here, positions[there, axis], count)
                + np.bincount(there, positions[here, axis], count)
                for axis in (0, 1)
            ],
            axis=1,
        )
        positions = (positions + middles / degree[:, None]) / 2
        positions -= np.average(positions, axis=0, weights=degree)
        along = np.average(positions[:, 0] * positions[:, 1], weights=degree)
        positions[:, 1] -= (
            positions[:, 0] * along / max(np.average(positions[:, 0] ** 2, weights=degree), 1e-12)
        )
        positions /= np.sqrt(np.average(positions**2, axis=0, weights=degree)) + 1e-12
    # Nodes with the same neighbours have come together, and nothing would separate them.
    separated: Positions = positions * np.sqrt(count) + _nearly_normal(random, count) / 2
    return separated


def _nearly_normal(random: "Generator", count: int) -> Positions:
    """Sums of a dozen even numbers (count, 2): a normal one takes logarithms, which depend on the processor."""
    places: Positions = random.random((12, count, 2)).sum(axis=0) - 6
    return places


def _attraction(positions: Positions, ends: NDArray[np.intp]) -> Positions:
    """The attraction of each node by its links: the logarithm of their length."""
    here, there = ends.T
    way = positions[there] - positions[here]
    length = _lengths(way) + 1e-9
    way *= logarithms(1 + length) / length
    count = len(positions)
    return np.stack(
        [np.bincount(here, way[:, axis], count) - np.bincount(there, way[:, axis], count) for axis in (0, 1)],
        axis=1,
    )


def _repulsion(positions: Positions, mass: NDArray[np.float64], side: int) -> Positions:
    """The sum over all other nodes of their mass / distance, as a vector away from them; smooth below a cell."""
    cell = _cell(positions, side)
    scaled = (positions - positions.min(axis=0)) / cell
    corner = scaled.astype(np.intp)
    rest = scaled - corner
    shares = [
        (
            (corner[:, 0] + x) * side + corner[:, 1] + y,
            np.abs(1 - x - rest[:, 0]) * np.abs(1 - y - rest[:, 1]),
        )
        for x in (0, 1)
        for y in (0, 1)
    ]
    density = np.zeros(side * side)
    for cells, share in shares:
        density += np.bincount(cells, share * mass, side * side)
    kernel = _kernel(side)
    waves = kernel.spread(density.reshape(side, side))
    forces = np.empty_like(positions)
    # What the kernel is down is what it is across on a grid turned over.
    for axis, field in enumerate((kernel.field(waves), kernel.field(waves.T).T)):
        forces[:, axis] = sum(field.ravel()[cells] * share for cells, share in shares)
    return forces / cell


def _cell(positions: Positions, side: int) -> float:
    """How wide one cell is of a grid around all of them."""
    extent = max(float(np.ptp(along)) for along in positions.T)
    return max(extent, 1e-9) / (side - 2)


@lru_cache(maxsize=4)
def _kernel(side: int) -> Convolution:
    """By x / d² around a unit mass, distances in cells."""
    steps = np.arange(side, dtype=np.float64)
    # Never 0; a node's own share of the field adds up to nothing.
    return odd_kernel(steps[:, None] / (steps[:, None] ** 2 + steps**2 + 0.5))


def _directions(positions: Positions) -> Positions:
    """Unit vectors from the middle to each place."""
    directions: Positions = positions / (_lengths(positions) + 1e-9)
    return directions


def _lengths(vectors: Positions) -> NDArray[np.float64]:
    """Of each vector: (n, 1). To sum over an axis of two takes numpy ten times as long."""
    across, down = vectors.T
    lengths: NDArray[np.float64] = np.sqrt(across * across + down * down)[:, None]
    return lengths
