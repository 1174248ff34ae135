"""Places for the notes of one piece of a graph: linked ones pull each other, all push each other away.

Pushing is what costs: each node feels every other. Here the nodes' masses are spread over a grid, the field that they
make is one convolution of that grid, done by Fourier transform, and each node reads the field where it is. So a round
costs n + g² log g for a grid of g x g cells instead of n², and needs numpy alone.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]  # (n, 2)

_ROUNDS = 300
_SMOOTHINGS = 40
_GRAVITY = 0.2
_CAUTION = 0.3  # of the way that the forces ask for; whole steps swing around the place of rest
_FINEST = 256  # cells a side: a round takes 15 ms, and below a cell's width nodes hardly push each other
_SEED = 1


def settle(count: int, links: NDArray[np.int32]) -> Places:
    """Places for `count` nodes that hang together, around (0, 0); the same for the same links.

    Nodes that share many links stand close; the distance that a link keeps grows with the number of links at its ends.

    Args:
        count: at least 1.
        links: (l, 2) pairs of node numbers, each pair once.
    Source:
        The forces are those of ForceAtlas2 in its LinLog mode (Jacomy et al., PLoS ONE 9(6), 2014; Noack, Journal of
        Graph Algorithms and Applications 11(2), 2007). Pushing by convolution follows FIt-SNE (Linderman et al.,
        Nature Methods 16, 2019).
    """
    if count < 2:
        return np.zeros((count, 2))
    ends = links.astype(np.intp)
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)  # (n,)
    mass = 1 + degree
    # Few nodes find their places soon; a grid of about four cells a node is fine enough for them.
    rounds = _ROUNDS if count > 200 else _ROUNDS // 2
    side = min(_FINEST, max(32, 1 << int(np.ceil(np.log2(2 * np.sqrt(count))))))
    places = _first_places(count, ends, degree)
    for round_ in range(rounds):
        force = mass[:, None] * (_push(places, mass, side) - _GRAVITY * _directions(places))
        force += _pull(places, ends)
        step = force / mass[:, None] * _CAUTION
        length = np.sqrt((step**2).sum(axis=1, keepdims=True)) + 1e-12
        longest = 0.5 * np.sqrt(count) * (1 - round_ / rounds) ** 2 + 0.01
        places = places + step * np.minimum(1, longest / length)
    centred: Places = places - places.mean(axis=0)
    return centred


def _first_places(count: int, ends: NDArray[np.intp], degree: NDArray[np.float64]) -> Places:
    """Random places, each moved towards the middle of its neighbours again and again: a rough picture, untangled.

    It is power iteration towards the two slowest modes of the graph, stopped early.
    """
    random = np.random.default_rng(_SEED)
    places: Places = random.standard_normal((count, 2))
    here, there = ends.T
    for _ in range(_SMOOTHINGS):
        middles = np.stack(
            [
                np.bincount(here, places[there, axis], count) + np.bincount(there, places[here, axis], count)
                for axis in (0, 1)
            ],
            axis=1,
        )
        places = (places + middles / degree[:, None]) / 2
        places -= np.average(places, axis=0, weights=degree)
        along = np.average(places[:, 0] * places[:, 1], weights=degree)
        places[:, 1] -= places[:, 0] * along / max(np.average(places[:, 0] ** 2, weights=degree), 1e-12)
        places /= np.sqrt(np.average(places**2, axis=0, weights=degree)) + 1e-12
    # Nodes with the same neighbours have come together, and nothing would part them.
    parted: Places = places * np.sqrt(count) + random.standard_normal((count, 2)) / 2
    return parted


def _pull(places: Places, ends: NDArray[np.intp]) -> Places:
    """What each node's links pull it by: the logarithm of their length."""
    here, there = ends.T
    way = places[there] - places[here]
    length = np.sqrt((way**2).sum(axis=1, keepdims=True)) + 1e-9
    way *= np.log1p(length) / length
    count = len(places)
    return np.stack(
        [np.bincount(here, way[:, axis], count) - np.bincount(there, way[:, axis], count) for axis in (0, 1)],
        axis=1,
    )


def _push(places: Places, mass: NDArray[np.float64], side: int) -> Places:
    """The sum over all other nodes of their mass / distance, as a vector away from them; smooth below a cell."""
    low = places.min(axis=0)
    cell = max(float((places.max(axis=0) - low).max()), 1e-9) / (side - 2)
    scaled = (places - low) / cell
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
    # Twice the side, half of it empty, so that what leaves the grid at one edge does not come in at the other.
    spectrum = np.fft.rfft2(density.reshape(side, side), (2 * side, 2 * side))
    pushed = np.empty_like(places)
    for axis, kernel in enumerate(_kernels(side)):
        field = np.fft.irfft2(spectrum * kernel, (2 * side, 2 * side))[:side, :side].ravel()
        pushed[:, axis] = sum(field[cells] * share for cells, share in shares)
    return pushed / cell


@lru_cache(maxsize=4)
def _kernels(side: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The spectra of x / d² and y / d² around a unit mass, distances in cells."""
    steps = np.arange(2 * side, dtype=np.float64)
    steps[side:] -= 2 * side
    x, y = np.meshgrid(steps, steps, indexing="ij")
    square = x**2 + y**2 + 0.5  # never 0; a node's own share of the field adds up to nothing
    return np.fft.rfft2(x / square), np.fft.rfft2(y / square)


def _directions(places: Places) -> Places:
    """Unit vectors from the middle to each place."""
    directions: Places = places / (np.sqrt((places**2).sum(axis=1, keepdims=True)) + 1e-9)
    return directions
