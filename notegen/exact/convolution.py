"""Convolutions on a grid that come out the same everywhere: cosine and sine sums as exact products of matrices.

A Fourier transform library takes its cosines from the mathematics library of the machine. Here the transform of a grid
is a product with a matrix of cosines and sines on either side, which needs no complex numbers, and takes no longer for
the grids of some hundred nodes that maps and graphs have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import pi

import numpy as np
from numpy.typing import NDArray

from notegen.exact.functions import cosine_and_sine
from notegen.exact.products import fine_product

Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    """A kernel that is even or odd across and even down, for grids of one shape."""

    across: Grid  # (2h, width) cosines, then sines
    down: Grid  # (height, 2k)
    back_across: Grid  # (width, 2h)
    back_down: Grid  # (2k, height)
    spectrum: Grid  # (2h, 2k)

    def spread(self, grid: Grid) -> Grid:
        """The grid's waves (2h, 2k), for `field`; one serves all kernels of its shape."""
        return fine_product(fine_product(self.across, grid), self.down)

    def field(self, waves: Grid) -> Grid:
        """What the kernel makes of them: (width, height)."""
        return fine_product(fine_product(self.back_across, waves * self.spectrum), self.back_down)


def even_kernel(kernel: Grid, *, sharpen: Sequence[NDArray[np.float64]] | None = None) -> Convolution:
    """Of a kernel that is the same either way.

    Args:
        kernel: (w, h) what a node gives others that are so many steps away from it, either way. What is further than w
            or h gets nothing: a grid has as many nodes as the kernel.
        sharpen: (w,) and (h,) what each wave across and down is divided by.
    """
    plain = _convolution(kernel, odd=False)
    if sharpen is None:
        return plain
    across, down = (np.tile(blur, 2) for blur in sharpen)
    return replace(plain, spectrum=plain.spectrum / (across[:, None] * down))


def odd_kernel(kernel: Grid) -> Convolution:
    """Of a kernel (w, h) for steps up, whose sign is the other one for steps down; across only."""
    return _convolution(kernel, odd=True)


def _convolution(kernel: Grid, *, odd: bool) -> Convolution:
    """On a ring of twice the grid's side, so that what leaves the grid at one edge does not come in at the other."""
    width, height = kernel.shape
    (cosines, sines), (cosines_down, sines_down) = _waves(width), _waves(height)
    once = _shares(width), _shares(height)
    sums = fine_product((sines if odd else cosines) * once[0], kernel)
    spectrum = fine_product(sums, (cosines_down * once[1]).T)
    spectrum = spectrum * once[0][:, None] * once[1] / (4 * (width - 1) * (height - 1))
    across, down = np.concatenate([cosines, sines]), np.concatenate([cosines_down, sines_down]).T
    return Convolution(
        across,
        down,
        np.concatenate([sines, -cosines]).T if odd else across.T,
        down.T,
        np.tile(spectrum, (2, 2)),
    )


def _waves(steps: int) -> tuple[Grid, Grid]:
    """Cosines and sines (steps, steps) of the waves that fit 0, 1, 2, … times into a ring of 2 (steps - 1) nodes."""
    ring = max(1, 2 * (steps - 1))
    cosine, sine = cosine_and_sine(2 * pi * np.arange(ring) / ring)
    turns = np.outer(np.arange(steps), np.arange(steps)) % ring
    return cosine[turns], sine[turns]


def _shares(steps: int) -> Grid:
    """How often each node, or each wave, is on the ring: the first and the last once, the others twice."""
    shares = np.full(steps, 2.0)
    shares[[0, -1]] = 1
    return shares
