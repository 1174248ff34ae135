"""A place for every note: the pieces of the graph laid out one by one, then set beside each other.

A garden has mostly one large piece, some small ones, and notes without a link. Forces alone would blow the small ones
far away, so that the large one would be a spot in the middle.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.graph.forces import Places, settle

_SMALL = 12
"""Nodes up to which a piece is drawn as a ring around its most linked one."""
_GAP = 0.6
"""Between two pieces; a node of a large piece has about 3 by this measure to itself, as an area."""
_ALONE = 0.3
"""The radius of a note without links."""


def lay_out(count: int, links: NDArray[np.int32]) -> NDArray[np.float32]:
    """Places (count, 2) in the square from 0 to 1, the largest piece in the middle, the others in rings around it.

    Args:
        count: nodes, of which the lower numbered have more links.
        links: (l, 2) pairs of node numbers, each pair once.
    """
    places = np.zeros((count, 2))
    pieces = _pieces(count, links)
    drawn = [_draw(piece, links) for piece in pieces]
    for piece, centre, shape in zip(
        pieces, _around([float(_distances(shape).max()) + _ALONE for shape in drawn]), drawn, strict=True
    ):
        places[piece] = shape + centre
    if count:
        places -= (places.min(axis=0) + places.max(axis=0)) / 2
        places /= max(2 * float(np.abs(places).max()), 1e-9)
    return (places + 0.5).astype(np.float32)


def _pieces(count: int, links: NDArray[np.int32]) -> list[NDArray[np.intp]]:
    """The nodes that hang together, the largest piece first, ties by their first node; nodes ascending."""
    label = np.arange(count)
    here, there = links.T
    # Each node takes the smallest label around it, and then the label of that label: log n rounds or so.
    while len(links):
        lower = np.minimum(label[here], label[there])
        after = label.copy()
        np.minimum.at(after, here, lower)
        np.minimum.at(after, there, lower)
        after = after[after]
        if np.array_equal(after, label):
            break
        label = after
    order = np.argsort(label, kind="stable")
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    return sorted(np.split(order, cuts), key=lambda piece: (-len(piece), piece[0])) if count else []


def _draw(piece: NDArray[np.intp], links: NDArray[np.int32]) -> Places:
    """The piece around (0, 0), as wide as its number of nodes asks for: most are within the root of that number."""
    if len(piece) > _SMALL:
        inside = links[np.isin(links[:, 0], piece)]
        shape = settle(len(piece), np.searchsorted(piece, inside).astype(np.int32))
        wide: Places = shape * np.sqrt(len(piece)) / max(float(np.quantile(_distances(shape), 0.9)), 1e-9)
        return wide
    shape = np.zeros((len(piece), 2))
    if len(piece) > 1:
        turn = np.linspace(0, 2 * np.pi, len(piece) - 1, endpoint=False)
        shape[1:] = np.stack([np.cos(turn), np.sin(turn)], axis=1) * max(0.8, 0.2 * len(piece))
    return shape


def _distances(shape: Places) -> NDArray[np.float64]:
    """From (0, 0) to each node."""
    distances: NDArray[np.float64] = np.sqrt((shape**2).sum(axis=1))
    return distances


def _around(radii: Sequence[float]) -> NDArray[np.float64]:
    """Centres for circles that come largest first: the first in the middle, the others in rings around it.

    A ring is filled before the next is begun; those of one ring share the room that is left between them.
    """
    centres = np.zeros((len(radii), 2))
    start, inner = 1, radii[0] + _GAP if radii else 0.0
    while start < len(radii):
        distance = inner + radii[start]
        widths = 2 * np.arcsin(np.minimum(1, (np.array(radii[start:]) + _GAP / 2) / distance))
        fitting = max(1, int(np.searchsorted(np.cumsum(widths), 2 * np.pi, side="right")))
        ring = widths[:fitting] * 2 * np.pi / widths[:fitting].sum()
        turn = np.cumsum(ring) - ring / 2
        centres[start : start + fitting] = np.stack([np.cos(turn), np.sin(turn)], axis=1) * distance
        inner = distance + radii[start] + _GAP
        start += fitting
    return centres
