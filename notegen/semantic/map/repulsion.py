"""The repulsion between the points of a map: all pairs would be n² terms; here it is one convolution of a grid.

The points are spread over a grid by cubic splines, the potential that they make is a convolution, done by Fourier
transform, and each point reads its slope where it is: n + g log g for a grid of g nodes. Dividing the spectrum by the
spline's own undoes the blur of spreading and reading.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.float64]  # (n, 2)

SPACING = 0.5
"""The grid's, where the kernel is 1 wide: the sum is then right to 0.1 % and a push to 2 % in the median."""

_ROUND = 16  # sides are multiples of it, so that transforms are fast and kernels are used again


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
    # Twice the side, half of it empty, so that what leaves the grid at one edge does not come in at the other.
    width, height = (int(-(-2 * side // _ROUND) * _ROUND) for side in needed)
    (across, across_slope), (down, down_slope) = (
        _spline(scaled[:, axis] - corner[:, axis]) for axis in (0, 1)
    )
    steps = np.arange(-1, 3)[:, None]
    cells = (corner[:, 0] + steps)[:, None] * height + (corner[:, 1] + steps)[None]  # (4, 4, n)
    shares = across[:, None] * down[None]  # (4, 4, n)
    density = np.bincount(cells.ravel(), shares.ravel(), width * height).reshape(width, height)
    field = np.fft.irfft2(np.fft.rfft2(density) * _kernel(width, height), (width, height)).ravel()[cells]
    # The slope of 1 / (1 + r²) is -2 r q²: the push is half the slope of the potential, downhill.
    slopes = [
        np.einsum("abn,an,bn->n", field, across_slope, down),
        np.einsum("abn,an,bn->n", field, across, down_slope),
    ]
    total = float((field * shares).sum()) - len(positions)  # without each point's own 1
    return np.stack(slopes, axis=1) / (-2 * SPACING), total


def _spline(rest: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The cubic B-spline's values (4, n) at the four nodes around a point `rest` after the second, and its slopes."""
    back = 1 - rest
    values = [back**3, 3 * rest**3 - 6 * rest**2 + 4, 3 * back**3 - 6 * back**2 + 4, rest**3]
    slopes = [-3 * back**2, 9 * rest**2 - 12 * rest, 12 * back - 9 * back**2, 3 * rest**2]
    return np.stack(values) / 6, np.stack(slopes) / 6


@lru_cache(maxsize=8)
def _kernel(width: int, height: int) -> NDArray[np.float64]:
    """The spectrum of 1 / (1 + r²) on a grid that is closed to a ring, over that of the splines squared."""
    squares = [
        ((np.minimum(np.arange(side), side - np.arange(side))) * SPACING) ** 2 for side in (width, height)
    ]
    spectrum = np.fft.rfft2(1 / (1 + squares[0][:, None] + squares[1][None])).real
    blurs = [((4 + 2 * np.cos(2 * np.pi * np.arange(side) / side)) / 6) ** 2 for side in (width, height)]
    sharp: NDArray[np.float64] = spectrum / (blurs[0][:, None] * blurs[1][None, : height // 2 + 1])
    return sharp
