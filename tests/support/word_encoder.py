"""A small encoder in place of the model, which needs no file and no time, and a query table that fits it."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.model import QueryTable


class FakeEncoder:
    """An encoder without its vectors, which those who inherit from it say."""

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """The texts' vectors, (n, d)."""
        raise NotImplementedError

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same."""
        return self.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """One a word."""
        return [len(text.split()) for text in texts]

    def expect(self) -> None:
        """As `Encoder` has it."""

    def unload(self) -> None:
        """There is nothing to let go of."""


class WordEncoder(FakeEncoder):
    """A vector is the sum of one random direction a word: enough for like texts to be close."""

    fingerprint = "words-1"
    dimensions = 16

    def __init__(self) -> None:
        self.asked = 0

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors of the texts."""
        self.asked += len(texts)
        rows: list[NDArray[np.float64]] = [
            np.sum([_direction(word) for word in text.lower().split()] or [np.zeros(16)], axis=0)
            for text in texts
        ]
        matrix = np.array(rows, np.float32).reshape(len(texts), 16)
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True).astype(np.float32)
        unit: NDArray[np.float32] = (matrix / np.maximum(lengths, 1e-9)).astype(np.float32)
        return unit


def _direction(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng(seed).normal(size=16)


TABLE = QueryTable(
    tokens=("[UNK]", "bread", "salt"),
    rows=np.ones((3, 16), np.int8),
    scales=np.ones(3, np.float32),
    rotation=None,
)
