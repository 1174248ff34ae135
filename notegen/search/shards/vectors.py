"""The passages' vectors in shards: one a cluster, and what tells which clusters a question needs."""

import base64
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.search.clusters import probe_budget
from notegen.search.quantizer import QuantizedVectors, Quantizer, pack
from notegen.search.shards.shard import Shard
from notegen.search.varint import DIGITS, write_numbers
from notegen.search.vector_index import VectorIndex

FAR, NEAR = 8192, 128
"""About how many passages there are in a shard that says which cluster each is in. Pages ask for these with questions
about given notes and about the best notes by words; the latter ask for ten passages, ten shards of .2 kB."""


class VectorShards(Struct, frozen=True):
    """Four kinds of shards, each of lines.

    `k`: how many passages each cluster has; the directions of all centroids, the last being that of the mean of all
    passages; their scales; their norms.
    `v0`, … a cluster: of each passage the distance of its note to the one before it and its number there, nothing
    where there is but one cluster; what each differs by from the centroid; its scales.
    `a0`, … the cluster of each passage of some notes, for questions about given notes; `g0`, … the same in smaller
    shards, for the best notes by words. How many notes a shard has is a power of two, and in the manifest.

    Vectors are base64 of `quantizer.pack`; scales, norms and clusters are two digits each, the higher first.
    """

    shards: tuple[Shard, ...]
    facts: dict[str, object]
    """The facts for the manifest."""


def vector_shards(index: VectorIndex, passages: Sequence[int]) -> VectorShards:
    """Cuts the vectors of all passages.

    Args:
        index: the garden's.
        passages: how many each note has.
    """
    count = len(index.centroids) - 1
    order = np.argsort(index.clusters, kind="stable")
    ends = np.cumsum(np.bincount(index.clusters, minlength=count))
    members = np.split(order, ends[:-1]) if count else []
    starts = np.cumsum([0, *passages])
    packed = pack(index.residuals)  # (n, b)
    centroids = [
        write_numbers(map(len, members)),
        _text(pack(index.centroids)),
        write_pairs(index.centroids.scales),
        write_pairs(index.centroid_norms),
    ]
    shards = [Shard("k", "\n".join(centroids))]
    for number, held in enumerate(members):
        lines = [
            write_numbers(_places(held, starts)) if count > 1 else "",
            _text(packed[held]),
            write_pairs(index.residuals.scales[held]),
        ]
        shards.append(Shard(f"v{number}", "\n".join(lines)))
    far, near = (_notes_of(wanted, passages) for wanted in (FAR, NEAR))
    for kind, size in (("a", far), ("g", near)) if count > 1 else ():
        for number, first in enumerate(range(0, len(passages), size)):
            some = index.clusters[starts[first] : starts[min(first + size, len(passages))]]
            shards.append(Shard(f"{kind}{number}", write_pairs(some)))
    return VectorShards(
        tuple(shards),
        {
            "rows": quantizer_facts(index.rows),
            "centres": quantizer_facts(index.centroids),
            "passages": quantizer_facts(index.residuals),
            "budget": probe_budget(len(order)),
            "clusters": count,
            "far": far,
            "near": near,
        },
    )


def _places(numbers: NDArray[np.int64], starts: NDArray[np.int64]) -> list[int]:
    """Of each passage, by its number in the garden, the step to its note and its number in that."""
    notes = np.searchsorted(starts, numbers, side="right") - 1
    pairs = np.stack([np.diff(notes, prepend=0), numbers - starts[notes]], axis=1)
    found: list[int] = pairs.ravel().tolist()
    return found


def _notes_of(wanted: int, passages: Sequence[int]) -> int:
    """How many notes have about so many passages: a power of two, so that one passage more seldom changes it."""
    return 1 << max(0, (wanted * len(passages) // max(1, sum(passages))).bit_length() - 1)


def quantizer_facts(vectors: QuantizedVectors) -> dict[str, object]:
    """What a page must know to read the vectors."""
    quantizer: Quantizer = vectors.quantizer
    return {
        "bits": "".join(DIGITS[bits] for bits in quantizer.bits.tolist()),
        "steps": write_pairs(quantizer.steps),
        "top": quantizer.max_step,
        "longest": vectors.max_scale,
    }


def write_pairs(numbers: Iterable[int] | NDArray[np.int64]) -> str:
    """Numbers up to 4095 as two digits each."""
    return "".join(DIGITS[number >> 6] + DIGITS[number & 63] for number in map(int, numbers))


def _text(packed: NDArray[np.uint8]) -> str:
    return base64.b64encode(packed.tobytes()).decode()
