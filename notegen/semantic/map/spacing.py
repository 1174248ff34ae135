"""Room for every point of a map: two notes of one text would else lie on one place, and one could not be opened."""

from collections.abc import Iterator, Sequence
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from notegen.exact import cosine_and_sine

MAX_GAP = 0.02
"""Of the square's side, between two points of a small garden: on a phone a point there is about as wide."""

Place = tuple[float, float]

_CROWD = 0.12  # the gap of n points is this part of what each had if they lay evenly, which leaves most where they are
_MIN_GAP = (
    0.0006  # the page's data has 4095 steps a side, and two points farther apart than this are on two of them
)
_TURN = 2.399963229728653  # the golden angle: places on a spiral by it lie evenly
_SLACK = 1e-9  # a place that is a gap away, as rounded


def keep_apart(positions: NDArray[np.float32]) -> NDArray[np.float32]:
    """The positions (n, 2), each that is too close to one before it moved to the next free place around.

    Those with room stay where they are. None leaves the square from 0 to 1. It costs n.
    """
    gap = max(_MIN_GAP, min(MAX_GAP, _CROWD / sqrt(max(1, len(positions)))))
    spiral = _spiral(len(positions), gap)
    taken: dict[Place, list[Place]] = {}
    # Where many lie on one place, the next looks on from where the last was set.
    reached: dict[Place, int] = {}
    placed = np.empty((len(positions), 2))
    for number, (x, y) in enumerate(positions.tolist()):
        cell = _cell(x, y, gap)
        place = x, y
        if not _is_free(place, taken, gap):
            ways = _around(place, spiral, reached.get(cell, 0))
            reached[cell], place = next(way for way in ways if _is_free(way[1], taken, gap))
        taken.setdefault(_cell(*place, gap), []).append(place)
        placed[number] = place
    return placed.astype(np.float32)


def _spiral(count: int, gap: float) -> Sequence[Place]:
    """Steps from the middle outwards, evenly spread: enough for `count` points, even from a corner of the square."""
    steps = np.arange(1, 16 * count + 64, dtype=np.float64)
    cosines, sines = cosine_and_sine(np.remainder(steps * _TURN, 2 * pi))
    length = gap * np.sqrt(steps)
    return tuple(zip((cosines * length).tolist(), (sines * length).tolist(), strict=True))


def _around(middle: Place, spiral: Sequence[Place], start: int) -> Iterator[tuple[int, Place]]:
    """The places in the square that lie on the spiral around one, from a step on, each with its step."""
    for step in range(start, len(spiral)):
        x, y = middle[0] + spiral[step][0], middle[1] + spiral[step][1]
        if 0 <= x <= 1 and 0 <= y <= 1:
            yield step, (x, y)


def _cell(x: float, y: float, gap: float) -> Place:
    return x // gap, y // gap


def _is_free(place: Place, taken: dict[Place, list[Place]], gap: float) -> bool:
    """Whether no point is within a gap of the place."""
    column, row = _cell(*place, gap)
    return all(
        (place[0] - x) * (place[0] - x) + (place[1] - y) * (place[1] - y) >= gap * gap - _SLACK * gap
        for across in (-1, 0, 1)
        for down in (-1, 0, 1)
        for x, y in taken.get((column + across, row + down), ())
    )
