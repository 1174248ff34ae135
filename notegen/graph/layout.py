"""A position for every note: the connected components laid out one by one, then set beside each other.

A garden has mostly one large component, some small ones, and notes without a link. Forces alone would drive the small
ones far away, so that the large one would be a spot in the middle.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.arrays import quantile
from notegen.exact import arc_sine, cosine_and_sine
from notegen.graph.forces import Positions, settle

_MAX_RING = 3
"""Nodes up to which a component is drawn without forces, around its most linked one."""
_GAP = 0.6
"""Between two components; in the same unit a node of a large component has an area of about 3 to itself."""
_LONE_RADIUS = 0.3
"""The radius of a note without links."""


def lay_out(count: int, links: NDArray[np.int32]) -> NDArray[np.float32]:
    """Positions (count, 2) in the square from 0 to 1, the largest component in the middle, the others in rings around.

    Args:
        count: nodes, of which the lower numbered have more links.
        links: (l, 2) pairs of node numbers, each pair once.
    """
    positions = np.zeros((count, 2))
    components = _components(count, links)
    drawn = [_draw(component, links) for component in components]
    for component, centre, shape in zip(
        components,
        _around([float(_distances(shape).max()) + _LONE_RADIUS for shape in drawn]),
        drawn,
        strict=True,
    ):
        positions[component] = shape + centre
    if count:
        positions -= (positions.min(axis=0) + positions.max(axis=0)) / 2
        positions /= max(2 * float(np.abs(positions).max()), 1e-9)
    return (positions + 0.5).astype(np.float32)


def _components(count: int, links: NDArray[np.int32]) -> list[NDArray[np.intp]]:
    """The connected components, the largest first, ties by their first node; nodes ascending."""
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
    return sorted(np.split(order, cuts), key=lambda nodes: (-len(nodes), nodes[0])) if count else []


def _draw(component: NDArray[np.intp], links: NDArray[np.int32]) -> Positions:
    """The component around (0, 0), as wide as its number of nodes needs: most are within the root of that number."""
    if len(component) > _MAX_RING:
        inside = links[np.isin(links[:, 0], component)]
        shape = settle(len(component), np.searchsorted(component, inside).astype(np.int32))
        wide: Positions = shape * np.sqrt(len(component)) / max(quantile(_distances(shape), 0.9), 1e-9)
        return wide
    shape = np.zeros((len(component), 2))
    if len(component) > 1:
        turn = np.linspace(0, 2 * np.pi, len(component) - 1, endpoint=False)
        shape[1:] = np.stack(cosine_and_sine(turn), axis=1) * max(0.8, 0.2 * len(component))
    return shape


def _distances(shape: Positions) -> NDArray[np.float64]:
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
        widths = 2 * arc_sine(np.minimum(1, (np.array(radii[start:]) + _GAP / 2) / distance))
        fitting = max(1, int(np.searchsorted(np.cumsum(widths), 2 * np.pi, side="right")))
        ring = widths[:fitting] * 2 * np.pi / widths[:fitting].sum()
        turn = np.cumsum(ring) - ring / 2
        centres[start : start + fitting] = np.stack(cosine_and_sine(turn), axis=1) * distance
        inner = distance + radii[start] + _GAP
        start += fitting
    return centres
