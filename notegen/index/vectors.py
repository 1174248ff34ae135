"""The passages' codes in shards, all of which a search by meaning loads."""

import base64
from dataclasses import dataclass

from notegen.index.script import Shard
from notegen.ranking.codes import LEVELS, Codes, pack_levels
from notegen.ranking.digits import DIGITS

SHARD_BYTES = 600_000
"""Before base64, which makes 800 kB of them; hosts and phones do badly with files over a megabyte."""


@dataclass(frozen=True, slots=True)
class VectorShards:
    """Shards `v0`, `v1`, …: for each passage its packed levels, then for each passage its factor; base64."""

    shards: tuple[Shard, ...]
    facts: dict[str, object]
    """For the manifest; `mean` has a digit a dimension, 32 more than its level of `mean_step`."""


def vector_shards(codes: Codes) -> VectorShards:
    """Packs the codes of all passages, in their order."""
    packed = pack_levels(codes.levels, codes.bits)  # (n, b)
    each = max(1, SHARD_BYTES // (packed.shape[1] + 1))
    shards = tuple(
        Shard(
            f"v{number}",
            base64.b64encode(
                packed[start : start + each].tobytes() + codes.factors[start : start + each].tobytes()
            ).decode(),
        )
        for number, start in enumerate(range(0, len(packed), each))
    )
    return VectorShards(
        shards,
        {
            "dimensions": codes.levels.shape[1],
            "levels": LEVELS[codes.bits],
            "bits": codes.bits,
            "each": each,
            "lowest": codes.lowest,
            "step": codes.step,
            "mean": "".join(DIGITS[level + 32] for level in codes.mean_levels.tolist()),
            "mean_step": codes.mean_step,
        },
    )
