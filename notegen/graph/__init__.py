"""The stage that draws the garden as a graph: which notes are linked, and a place in the plane for each.

`forces.py` finds positions within a connected component, `layout.py` sets the components beside each other.
"""

from collections.abc import Callable
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache, code_of_notegen
from notegen.graph.layout import lay_out
from notegen.model import Garden, Graph, KnownPositions
from notegen.packed import key_of
from notegen.paths import fold
from notegen.workers.jobs import Elsewhere

__all__ = ["graph_of"]


def graph_of(garden: Garden, cache: VectorCache | None = None, elsewhere: Elsewhere | None = None) -> Graph:
    """Every note with its links to others, the most linked note first, ties by title and id.

    The same garden gives the same positions. It costs some seconds at 10,000 notes, n log n from there.

    Args:
        cache: remembers the positions for as long as the links are the same; None to find them anew.
        elsewhere: finds them meanwhile; None to find them here and now.
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
        positions=_positions(len(order), links, cache, elsewhere),
        links=links,
        inward=tuple(inward[note] for note in order),
        outward=tuple(outward[note] for note in order),
    )


class _Positions:
    """Where each note lies (n, 2): by the links alone, whatever the notes are called; asked more than once."""

    def __init__(self, begun: Callable[[], NDArray[np.float32]]) -> None:
        self._begun = begun

    def __call__(self) -> NDArray[np.float32]:
        return self._found

    @cached_property
    def _found(self) -> NDArray[np.float32]:
        return self._begun()

    def __reduce__(self) -> tuple[type["_Positions"], tuple[Callable[[], NDArray[np.float32]]]]:
        """As they are handed to another process, which cannot wait for them."""
        return _Positions, (KnownPositions(self()),)


def _positions(
    count: int, links: NDArray[np.int32], cache: VectorCache | None, elsewhere: Elsewhere | None
) -> Callable[[], NDArray[np.float32]]:
    key = key_of((code_of_notegen(), count, links.tobytes()))
    known = cache.get_derived("graph", [key]).get(key, b"") if cache else b""
    if len(known) == count * 8:
        return KnownPositions(np.frombuffer(known, np.float32).reshape(count, 2))
    find = partial(_find_positions, count, links, key)
    return _Positions(elsewhere(find)) if elsewhere else KnownPositions(find(cache))


def _find_positions(
    count: int, links: NDArray[np.int32], key: bytes, cache: VectorCache | None
) -> NDArray[np.float32]:
    positions = lay_out(count, links)
    if cache:
        cache.put_derived("graph", {key: positions.astype(np.float32).tobytes()})
    return positions
