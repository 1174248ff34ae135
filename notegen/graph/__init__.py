"""The stage that draws the garden as a graph: which notes are linked, and a place in the plane for each.

`forces.py` finds positions within a connected component, `layout.py` sets the components beside each other.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache, code_of_notegen
from notegen.graph.layout import lay_out
from notegen.model import Garden, Graph
from notegen.packed import key_of
from notegen.paths import fold
from notegen.second_process import Elsewhere

__all__ = ["begin_graph", "graph_of"]

Positions = NDArray[np.float32]  # (n, 2)


def graph_of(garden: Garden, cache: VectorCache | None = None) -> Graph:
    """Every note with its links to others, the most linked note first, ties by title and id.

    The same garden gives the same positions. It costs some seconds at 10,000 notes, n log n from there.

    Args:
        cache: remembers the positions for as long as the links are the same; None to find them anew.
    """
    return begin_graph(garden, cache)()


def begin_graph(
    garden: Garden, cache: VectorCache | None = None, elsewhere: Elsewhere | None = None
) -> Callable[[], Graph]:
    """The same graph; unless they are known its positions are found elsewhere, and what is given waits for them.

    Args:
        elsewhere: None to find them once they are asked for.
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
    positions = _begin_positions(len(order), links, cache, elsewhere)
    return lambda: Graph(
        notes=tuple(order),
        positions=positions(),
        links=links,
        inward=tuple(inward[note] for note in order),
        outward=tuple(outward[note] for note in order),
    )


def _begin_positions(
    count: int, links: NDArray[np.int32], cache: VectorCache | None, elsewhere: Elsewhere | None
) -> Callable[[], Positions]:
    """Where each note lies: by the links alone, whatever the notes are called."""
    key = key_of((code_of_notegen(), count, links.tobytes())) if cache else b""
    known = cache.get_derived("graph", [key]).get(key, b"") if cache else b""
    if cache and len(known) == count * 8:
        return lambda: np.frombuffer(known, np.float32).reshape(count, 2)
    drawn = elsewhere(partial(_lay_out, count, links)) if elsewhere else partial(lay_out, count, links)

    def positions() -> Positions:
        made = drawn()
        if cache:
            cache.put_derived("graph", {key: made.tobytes()})
        return made

    return positions


def _lay_out(count: int, links: NDArray[np.int32], cache: VectorCache | None) -> Positions:
    return lay_out(count, links)
