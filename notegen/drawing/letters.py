"""Draws lines of text as shades of grey, in whole numbers only."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notegen.drawing.typeface import Curves, Typeface

SHADES = 4
"""The shades from no ink to a whole pixel of it: with eight, a card has a fifth more bytes, and looks the same."""

_ACROSS, _DOWN = 8, 4
"""Samples of a pixel, for soft edges: it is in or out of a letter at each."""
_STEPS = 8
"""Straight lines that stand for a curve."""
_FINE = 64
"""Parts of a pixel in which lines begin and end."""

Shades = NDArray[np.uint8]
"""(height, width), each 0 to SHADES."""


def width_of(typeface: Typeface, text: str, size: int) -> int:
    """How wide a line of text is, in pixels, with an em of so many; the typeface has all its characters."""
    return -(-sum(typeface.width(one) for one in text) * size // typeface.units)


def draw_text(picture: Shades, typeface: Typeface, text: str, size: int, x: int, y: int) -> None:
    """Draws a line into a picture from x on, letters standing on y; what is outside is cut off.

    Raises:
        NoTypefaceError: a letter's drawing cannot be read.
    """
    along = 0
    for character in text:
        left, top, shades = _letter(typeface, character, size)
        at = x + along * size // typeface.units
        _lay(picture, shades, at + left, y + top)
        along += typeface.width(character)


def _lay(picture: Shades, shades: Shades, x: int, y: int) -> None:
    height, width = picture.shape
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + shades.shape[1], width), min(y + shades.shape[0], height)
    if left < right and top < bottom:
        under = picture[top:bottom, left:right]
        np.maximum(under, shades[top - y : bottom - y, left - x : right - x], out=under)


@lru_cache(maxsize=4096)
def _letter(typeface: Typeface, character: str, size: int) -> tuple[int, int, Shades]:
    """Where its picture begins, from where it stands, and the picture."""
    lines = _lines_of(typeface.drawing(character), size, typeface.units)
    if not len(lines):
        return 0, 0, np.zeros((0, 0), np.uint8)
    low, high = lines.min(axis=(0, 1)) // _FINE, -(-lines.max(axis=(0, 1)) // _FINE)
    lines = lines - low * _FINE
    width, height = (int(one) for one in high - low)
    return int(low[0]), int(low[1]), _filled(lines, width, height)


def _lines_of(curves: Curves, size: int, units: int) -> NDArray[np.int64]:
    """(n, 2, 2) of straight lines with start and end, in fine parts of pixels, y downwards."""
    steps = np.arange(_STEPS + 1)[:, None]
    start, control, end = (curves[:, part, None, :] for part in range(3))
    points = (start * (_STEPS - steps) ** 2 + control * (2 * steps * (_STEPS - steps)) + end * steps**2) * (
        size * _FINE
    )
    points = points // (2 * _STEPS**2 * units) * np.array([1, -1])
    return np.stack([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 2, 2)


def _filled(lines: NDArray[np.int64], width: int, height: int) -> Shades:
    """What is inside: where lines that go down and lines that go up, to the left of it, are not as many."""
    fine_down, fine_across = _FINE // _DOWN, _FINE // _ACROSS
    (x0, y0), (x1, y1) = lines[:, 0].T, lines[:, 1].T
    way = np.sign(y1 - y0)
    # Rows of samples lie in the middle of their strips; a line crosses those from its upper end on, before its lower.
    first = -((fine_down // 2 - np.minimum(y0, y1)) // fine_down)
    last = -((fine_down // 2 - np.maximum(y0, y1)) // fine_down)
    counts = last - first
    which = np.repeat(np.arange(len(lines)), counts)
    rows = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts) + first[which]
    at = rows * fine_down + fine_down // 2
    x = x0[which] + (at - y0[which]) * (x1 - x0)[which] // (y1 - y0)[which]
    columns = np.clip(-((fine_across // 2 - x) // fine_across), 0, width * _ACROSS)
    turns = np.zeros((height * _DOWN, width * _ACROSS + 1), np.int64)
    np.add.at(turns, (rows, columns), way[which])
    inside = np.cumsum(turns, axis=1)[:, :-1] != 0
    samples: NDArray[np.int64] = inside.reshape(height, _DOWN, width, _ACROSS).sum(axis=(1, 3))
    return ((samples * SHADES + _DOWN * _ACROSS // 2) // (_DOWN * _ACROSS)).astype(np.uint8)
