"""The icon of a site on a device: a sheet on the site's colour, as the one in a browser's tab is."""

import numpy as np
from numpy.typing import NDArray

from notegen.drawing.png import png_of

_GRID = 16.0
"""The sheet is drawn on a square of this many units, as in templates/head.html."""
_SCALE = 0.68
"""The sheet's share of the icon's width: systems cut the edges of a square off, and leave four fifths."""
_SAMPLES = 4
"""Samples in each direction of a pixel, for soft edges."""
_SHADES = _SAMPLES**2


def draw_icon(size: int, colour: str) -> bytes:
    """A PNG of so many pixels each way, on six hexadecimal digits of colour."""
    ground = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    palette = bytes(
        (part * (_SHADES - shade) + 255 * shade) // _SHADES for shade in range(_SHADES + 1) for part in ground
    )
    return png_of(_sheet(size, _SCALE), palette)


def sheet_shades(size: int) -> NDArray[np.uint8]:
    """The sheet alone, as high as a square of so many pixels, in four shades of ink."""
    return (_sheet(size, 1.0) // (_SHADES // 4)).astype(np.uint8)


def _sheet(size: int, scale: float) -> NDArray[np.uint8]:
    steps = (np.arange(size * _SAMPLES) + 0.5) / (size * _SAMPLES)
    units = (steps - 0.5) / scale * _GRID + _GRID / 2
    x, y = units[None, :], units[:, None]
    sheet = (x >= 3) & (x <= 13) & (y >= 1) & (y <= 15) & (x - 10 <= y - 1)
    lines = (x >= 5.5) & (x <= 10.5) & ((np.abs(y - 7) <= 0.5) | (np.abs(y - 10) <= 0.5))
    samples = (sheet & ~lines).reshape(size, _SAMPLES, size, _SAMPLES)
    shades: NDArray[np.int64] = samples.sum(axis=(1, 3))
    return shades.astype(np.uint8)
