"""Convolutions on a grid that come out the same everywhere: cosine and sine sums as exact products of matrices.

A Fourier transform library takes its cosines from the mathematics library of the machine. Here the transform of a grid
is a product with a matrix of cosines and sines on either side, which needs no complex numbers. Cosines see what is
alike in a grid's two halves and sines what differs, so each is given half a grid. For the grids of a hundred nodes that
most maps and graphs have it takes no longer.
"""

from collections.abc import Sequence
from math import pi

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.exact.functions import cosine_and_sine
from notegen.exact.products import FineFactor, fine_product

Grid = NDArray[np.float64]


class _Waves(Struct, frozen=True, eq=False):
    """Waves that fit 0, 1, 2, … half times into a row of nodes, as many as nodes, around its middle."""

    nodes: int
    cosines: FineFactor  # (nodes, half) at the middle, if that is a node, and at the nodes after it
    sines: FineFactor
    cosines_back: FineFactor  # (half, nodes)
    sines_back: FineFactor

    def of(self, grid: Grid) -> Grid:
        """The transform of columns (nodes, m): (2 nodes, m), the share of each cosine, then of each sine."""
        half = self.nodes - self.nodes // 2
        upper, lower = grid[self.nodes - half :], grid[:half][::-1]
        alike = upper + lower
        if self.nodes % 2:
            alike[0] = grid[half - 1]
        return np.concatenate([self.cosines.times(alike), self.sines.times(upper - lower)])

    def sum(self, waves: Grid) -> Grid:
        """The inverse transform: the columns (nodes, m) that waves (2 nodes, m) add up to."""
        alike = self.cosines_back.times(waves[: self.nodes])
        unlike = self.sines_back.times(waves[self.nodes :])
        return np.concatenate([(alike - unlike)[::-1][: self.nodes // 2], alike + unlike])


class Convolution(Struct, frozen=True, eq=False):
    """A kernel that is even or odd across and even down, for grids of one shape."""

    across: _Waves
    down: _Waves
    odd: bool
    spectrum: Grid  # (2h, 2k)

    def spread(self, grid: Grid) -> Grid:
        """The grid's waves (2h, 2k), for `field`; one serves all kernels of its shape."""
        return self.down.of(self.across.of(grid).T).T

    def field(self, waves: Grid) -> Grid:
        """What the kernel makes of them: (width, height)."""
        made = waves * self.spectrum
        if self.odd:
            cosines, sines = made[: self.across.nodes], made[self.across.nodes :]
            made = np.concatenate([-sines, cosines])
        return self.across.sum(self.down.sum(made.T).T)


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
    shares, shares_down = _shares(width), _shares(height)
    sums = fine_product(_ring(width)[odd] * shares, kernel)
    spectrum = fine_product(sums, (_ring(height)[0] * shares_down).T)
    spectrum = spectrum * shares[:, None] * shares_down / (4 * (width - 1) * (height - 1))
    return Convolution(_waves(width), _waves(height), odd, np.tile(spectrum, (2, 2)))


def _ring(nodes: int) -> tuple[Grid, Grid]:
    """Cosines and sines (nodes, nodes) of the waves that fit 0, 1, 2, … times into a ring of 2 (nodes - 1)."""
    return _table(np.outer(np.arange(nodes), np.arange(nodes)), 2 * (nodes - 1))


def _waves(nodes: int) -> _Waves:
    """The same waves around the middle of half the ring."""
    half = nodes - nodes // 2
    places = 2 * np.arange(nodes - half, nodes) - (nodes - 1)  # twice the way from the middle
    cosines, sines = _table(np.outer(np.arange(nodes), places), 4 * (nodes - 1))
    return _Waves(nodes, *map(FineFactor, (cosines, sines, cosines.T, sines.T)))


def _table(turns: NDArray[np.int64], ring: int) -> tuple[Grid, Grid]:
    """The cosines and sines of so many parts of `ring`."""
    cosine, sine = cosine_and_sine(2 * pi * np.arange(max(1, ring)) / max(1, ring))
    return cosine[turns % max(1, ring)], sine[turns % max(1, ring)]


def _shares(steps: int) -> Grid:
    """How often each node, or each wave, is on the ring: the first and the last once, the others twice."""
    shares = np.full(steps, 2.0)
    shares[[0, -1]] = 1
    return shares
