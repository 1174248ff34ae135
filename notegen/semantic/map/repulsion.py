"""The repulsion between the points of a map: all pairs would be n² terms; here it is one convolution of a grid.

Cubic splines spread the points over a grid. A convolution of the grid, done by sums of waves, gives their potential,
and each point reads the slope at its place. For a grid of g by g nodes that is n + g³ terms. The blur of spreading and
reading is undone by dividing the spectrum by the spline's own.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notegen.exact import Convolution, cosine_and_sine, even_kernel

Positions = NDArray[np.float64]  # (n, 2)

SPACING = 0.5
"""The grid's, where the kernel is 1 wide: the sum is then right to 0.1 % and a push to 2 % in the median."""

_ROUND = 8  # sides are multiples of it, so that kernels are used again


def repulsion(positions: Positions) -> tuple[Positions, float]:
    """For each point the sum of q²(y - y') over all others y', q = 1 / (1 + |y - y'|²); and the sum of all q.

    Source:
        The kernel is t-SNE's (van der Maaten and Hinton, JMLR 9, 2008); doing it on a grid follows FIt-SNE (Linderman
        et al., Nature Methods 16, 2019), with the splines of smooth particle mesh Ewald (Essmann et al., 1995).
    """
    low = positions.min(axis=0)
    scaled = (positions - low) / SPACING + 1
    corner = scaled.astype(np.intp)
    needed = np.ceil((positions.max(axis=0) - low) / SPACING).astype(int) + 4
    width, height = (int(-(-side // _ROUND) * _ROUND) for side in needed)
    values, slopes_of = _spline(np.ascontiguousarray((scaled - corner).T))  # (4, 2, n) each
    across, down, across_slope, down_slope = values[:, 0], values[:, 1], slopes_of[:, 0], slopes_of[:, 1]
    steps = np.arange(-1, 3)[:, None]
    cells = (corner[:, 0] + steps)[:, None] * height + (corner[:, 1] + steps)[None]  # (4, 4, n)
    shares = across[:, None] * down[None]  # (4, 4, n)
    density = np.bincount(cells.ravel(), shares.ravel(), width * height).astype(np.float64, copy=False)
    potential = _potential(width, height)
    field = potential.field(potential.spread(density.reshape(width, height))).ravel()[cells]
    # The slope of 1 / (1 + r²) is -2 r q²: the push is half the slope of the potential, downhill.
    slopes = [
        (field * across_slope[:, None] * down[None]).sum(axis=(0, 1)),
        (field * across[:, None] * down_slope[None]).sum(axis=(0, 1)),
    ]
    total = float((field * shares).sum()) - len(positions)  # without each point's own 1
    return np.stack(slopes, axis=1) / (-2 * SPACING), total


def _spline(rest: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The cubic B-spline's values (4, …) at the four nodes around a point `rest` after the second, and its slopes."""
    back = 1 - rest
    square, back_square = rest * rest, back * back
    values = [
        back_square * back,
        3 * square * rest - 6 * square + 4,
        3 * back_square * back - 6 * back_square + 4,
        square * rest,
    ]
    slopes = [-3 * back_square, 9 * square - 12 * rest, 12 * back - 9 * back_square, 3 * square]
    return np.stack(values) / 6, np.stack(slopes) / 6


@lru_cache(maxsize=8)
def _potential(width: int, height: int) -> Convolution:
    """By 1 / (1 + r²), over the splines squared."""
    squares = [(np.arange(side) * SPACING) ** 2 for side in (width, height)]
    return even_kernel(1 / (1 + squares[0][:, None] + squares[1]), sharpen=[_blur(width), _blur(height)])


def _blur(side: int) -> NDArray[np.float64]:
    """What spreading and reading by splines leave of each wave."""
    cosines, _ = cosine_and_sine(np.pi * np.arange(side) / (side - 1))
    left = (4 + 2 * cosines) / 6
    return left * left
