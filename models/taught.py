"""What a teacher says of texts, kept by chunks: a run that was cut off goes on where it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class SaysVectors(Protocol):
    """A teacher of a query table."""

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float16]:
        """(n, e) vectors of length 1, in the order of the texts."""


def taught(
    texts: Sequence[str], teacher: SaysVectors, cache: Path, *, chunk: int
) -> Iterator[NDArray[np.float16]]:
    """Yield the teacher's vectors of the texts by chunks, each kept in `cache` under the sha256 of its texts."""
    cache.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(texts), chunk):
        some = texts[start : start + chunk]
        kept = cache / f"{chunk_key(some)}.npy"
        if not kept.exists():
            fresh = cache / f"{kept.stem}.fresh.npy"
            np.save(fresh, teacher.encode(some))
            fresh.rename(kept)
            print(f"taught {start + len(some):,} of {len(texts):,} texts", flush=True)
        yield np.load(kept)


def chunk_key(texts: Sequence[str]) -> str:
    """The name under which the vectors of these texts are kept."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:24]
