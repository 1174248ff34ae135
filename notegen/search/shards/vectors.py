"""The passages' vectors in shards: one a cluster, and what tells which clusters a question needs."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.search.clusters import probe_budget
from notegen.search.quantizer import QuantizedVectors, Quantizer, pack
from notegen.search.rules import PASSAGES_A_SHARD, PASSAGES_A_SMALL_SHARD
from notegen.search.shards.shard import Shard
from notegen.search.varint import DIGITS, write_numbers
from notegen.search.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class VectorShards:
    """Three kinds of shards, each of lines.

    `k`: how many passages each cluster has; the directions of all centroids, the last being that of the mean of all
    passages; their scales; their norms.
    `v0`, … a cluster: its passages' numbers, as distances less one; what each differs by from the centroid; its scales.
    `a0`, … the cluster of each passage, for questions about given notes; `g0`, … the same in smaller shards, for the
    best notes by words.

    Vectors are base64 of `quantizer.pack`; scales, norms and clusters are two digits each, the higher first.
    """

    shards: tuple[Shard, ...]
    facts: dict[str, object]
    """For the manifest."""


def vector_shards(index: VectorIndex) -> VectorShards:
    """Cuts the vectors of all passages."""
    count = len(index.centroids) - 1
    order = np.argsort(index.clusters, kind="stable")
    ends = np.cumsum(np.bincount(index.clusters, minlength=count))
    members = np.split(order, ends[:-1]) if count else []
    packed = pack(index.residuals)  # (n, b)
    centroids = [
        write_numbers(map(len, members)),
        _text(pack(index.centroids)),
        write_pairs(index.centroids.scales),
        write_pairs(index.centroid_norms),
    ]
    shards = [Shard("k", "\n".join(centroids))]
    for number, held in enumerate(members):
        steps = np.diff(held, prepend=-1) - 1
        lines = [
            write_numbers(steps.tolist()),
            _text(packed[held]),
            write_pairs(index.residuals.scales[held]),
        ]
        shards.append(Shard(f"v{number}", "\n".join(lines)))
    for number, start in enumerate(range(0, len(order) if count > 1 else 0, PASSAGES_A_SHARD)):
        shards.append(Shard(f"a{number}", write_pairs(index.clusters[start : start + PASSAGES_A_SHARD])))
    for number, start in enumerate(range(0, len(order) if count > 1 else 0, PASSAGES_A_SMALL_SHARD)):
        some = index.clusters[start : start + PASSAGES_A_SMALL_SHARD]
        shards.append(Shard(f"g{number}", write_pairs(some)))
    return VectorShards(
        tuple(shards),
        {
            "rows": quantizer_facts(index.rows),
            "centres": quantizer_facts(index.centroids),
            "passages": quantizer_facts(index.residuals),
            "budget": probe_budget(len(order)),
            "clusters": count,
        },
    )


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
