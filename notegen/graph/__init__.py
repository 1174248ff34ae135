"""The stage that draws the garden as a graph: which notes are linked, and a place in the plane for each.

`forces.py` finds positions within a connected component, `layout.py` sets the components beside each other.
"""

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache, code_of_notegen
from notegen.graph.layout import lay_out
from notegen.model import Garden, Graph
from notegen.packed import key_of
from notegen.paths import fold

__all__ = ["graph_of"]


def graph_of(garden: Garden, cache: VectorCache | None = None) -> Graph:
    """Every note with its links to others, the most linked note first, ties by title and id.

    The same garden gives the same positions. It costs some seconds at 10,000 notes, n log n from there.

    Args:
        cache: remembers the positions for as long as the links are the same; None to find them anew.
    """
    linked = garden.neighbours
    outward = {note: len(linked[note].outward) for note in garden.notes}
    inward = {note: len(linked[note].inward) for note in garden.notes}
    order = sorted(
        garden.notes,
        key=lambda note: (-outward[note] - inward[note], fold(garden.notes[note].title), note),
    )
    rank = {note: number for number, note in enumerate(order)}
    pairs = {
        (rank[note], rank[other])
        for note in order
        for other in linked[note].either
        if rank[note] < rank[other]
    }
    links = np.array(sorted(pairs), np.int32).reshape(-1, 2)  # (l, 2)
    return Graph(
        notes=tuple(order),
        positions=_positions(len(order), links, cache),
        links=links,
        inward=tuple(inward[note] for note in order),
        outward=tuple(outward[note] for note in order),
    )


def _positions(count: int, links: NDArray[np.int32], cache: VectorCache | None) -> NDArray[np.float32]:
    """Where each note lies (n, 2): by the links alone, whatever the notes are called."""
    if cache is None:
        return lay_out(count, links)
    key = key_of((code_of_notegen(), count, links.tobytes()))
    known = cache.get_derived("graph", [key]).get(key, b"")
    if len(known) == count * 8:
        return np.frombuffer(known, np.float32).reshape(count, 2)
    positions = lay_out(count, links)
    cache.put_derived("graph", {key: positions.astype(np.float32).tobytes()})
    return positions
