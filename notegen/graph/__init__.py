"""The stage that draws the garden as a graph: which notes are linked, and a place in the plane for each.

`forces.py` finds positions within a connected component, `layout.py` sets the components beside each other.
"""

from collections.abc import Iterator

import numpy as np

from notegen.graph.layout import lay_out
from notegen.model import Garden, Graph, NoteId, ToNote
from notegen.paths import fold

__all__ = ["graph_of"]


def graph_of(garden: Garden) -> Graph:
    """Every note with its links to others, the most linked note first, ties by title and id.

    The same garden gives the same positions. It costs some seconds at 10,000 notes, n log n from there.
    """
    ties = sorted(set(_link_pairs(garden)))
    outward, inward = (dict.fromkeys(garden.notes, 0) for _ in range(2))
    for source, target in ties:
        outward[source] += 1
        inward[target] += 1
    order = sorted(
        garden.notes,
        key=lambda note: (-outward[note] - inward[note], fold(garden.notes[note].title), note),
    )
    rank = {note: number for number, note in enumerate(order)}
    pairs = {(min(ends), max(ends)) for tie in ties for ends in [(rank[tie[0]], rank[tie[1]])]}
    links = np.array(sorted(pairs), np.int32).reshape(-1, 2)  # (l, 2)
    return Graph(
        notes=tuple(order),
        positions=lay_out(len(order), links),
        links=links,
        inward=tuple(inward[note] for note in order),
        outward=tuple(outward[note] for note in order),
    )


def _link_pairs(garden: Garden) -> Iterator[tuple[NoteId, NoteId]]:
    for source, goals in garden.resolutions.items():
        for goal in goals:
            if isinstance(goal, ToNote) and goal.note != source:
                yield source, goal.note
