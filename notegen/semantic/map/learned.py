"""What a map learns from some of a garden's notes, kept until one of these changes: axes, and where topics begin.

An edit of another note learns nothing anew, and one of these costs the same in a garden of any size.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.cache import VectorCache, code_of_notegen
from notegen.exact import whole_rows
from notegen.model import NoteId
from notegen.note_memory import derived_values
from notegen.packed import pack, unpacker
from notegen.semantic.map.components import Components, learn_components
from notegen.semantic.map.topics import first_centroids, topic_count

DIMENSIONS = 32
"""Components by which topics are told apart; later ones are mostly particular to one note."""

SAMPLE_SIZE = 128
"""Notes that are learned from. Maps of three vaults keep as many neighbours with 96 to 384, and with 96 one turned when
a note was taken away."""


class Learned(Struct, frozen=True, eq=False):
    """What is learned of some notes."""

    components: Components
    centroids: NDArray[np.float64]  # (t, a) where topics begin, along the components


class _Kept(Struct, frozen=True):
    """The same as bytes."""

    middle: bytes  # (d,)
    axes: bytes  # (d, a)
    centroids: bytes  # (t, a)


_kept = unpacker(_Kept)


def learned_of(ids: Sequence[NoteId], matrix: NDArray[np.float32], cache: VectorCache | None) -> Learned:
    """What is learned of a garden's notes.

    Args:
        ids: of the notes.
        matrix: (n, d) unit rows.
        cache: None to remember nothing.
    """
    some = matrix[sample_of(ids)]
    topics = topic_count(len(ids))

    def derive(missing: Sequence[int]) -> Iterable[_Kept]:
        return (_learn(some, topics) for _ in missing)

    key = blake2b(code_of_notegen() + pack((topics, some.shape)), digest_size=16)
    key.update(whole_rows(some).astype("<i2").tobytes())
    (kept,) = derived_values("map", [key.digest()], derive, cache, _kept)
    middle, axes, centroids = map(np.frombuffer, (kept.middle, kept.axes, kept.centroids))
    axes = axes.reshape(len(middle), -1)
    return Learned(Components(middle, axes), centroids.reshape(-1, axes.shape[1]))


def sample_of(ids: Sequence[NoteId]) -> NDArray[np.intp]:
    """The numbers of the notes that are learned from, ascending: those whose ids have the smallest digests."""
    digests = [blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest() for id in ids]
    return np.sort(np.array(sorted(range(len(ids)), key=digests.__getitem__)[:SAMPLE_SIZE], np.intp))


def _learn(some: NDArray[np.float32], topics: int) -> _Kept:
    components = learn_components(some, DIMENSIONS)
    centroids = first_centroids(components.of(some), topics)
    return _Kept(components.middle.tobytes(), components.axes.tobytes(), centroids.tobytes())
