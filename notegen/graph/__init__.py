"""The stage that draws the garden as a graph: which notes are linked, and a place in the plane for each.

`forces.py` finds positions within a connected component, `layout.py` sets the components beside each other.
"""

import numpy as np

from notegen.graph.layout import lay_out
from notegen.model import Garden, Graph
from notegen.paths import fold

__all__ = ["graph_of"]


def graph_of(garden: Garden) -> Graph:
    """Every note with its links to others, the most linked note first, ties by title and id.

    The same garden gives the same positions. It costs some seconds at 10,000 notes, n log n from there.
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
        positions=lay_out(len(order), links),
        links=links,
        inward=tuple(inward[note] for note in order),
        outward=tuple(outward[note] for note in order),
    )
