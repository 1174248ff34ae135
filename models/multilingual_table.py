"""The multilingual encoder's query table as it lies here, and how it gets into a folder that `multilingual.py` makes.

Owns the packed form, which `train_multilingual_table.py` writes: a quarter of what a build reads, so that the rows of
116,000 tokens in thirty-six languages are ten megabytes.

    rows.npy      uint8 (v, d / 4)     four weights a byte, each one of LEVELS
    scales.npy    float16 (v,)         what the levels of a row are multiplied by
    rotation.npy  float16 (e, d)       the axes of the rows, orthonormal columns
    tokens.txt    v tokens as a page cuts them, one a line
    facts.json    how it was trained

Letters: v tokens, e dimensions of the encoder, d dimensions of the rows.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.table_format import Float, QueryTable, quantised, vocabulary_fingerprint, write_table
from models.table_sources import SEED

ARTEFACT = Path(__file__).parent / "multilingual-e5-small"

LEVELS = np.array([-1.510, -0.4528, 0.4528, 1.510], np.float32)
EDGES = np.array([-0.9816, 0.0, 0.9816], np.float32)
"""The four values, and what parts them, that lose least of normally distributed weights: Max, "Quantizing for minimum
distortion", IRE Transactions on Information Theory, 1960."""

MAX_COUNT = 1_000
"""Uses of a token in the texts above which it counts no more for the choice of axes."""


@dataclass(frozen=True, slots=True)
class PackedTable:
    """One vector a token, in two bits."""

    rows: NDArray[np.uint8]
    scales: NDArray[np.float16]
    rotation: NDArray[np.float16]
    tokens: tuple[str, ...]
    facts: dict[str, object]

    def vectors(self, rows: NDArray[np.int64]) -> Float:
        """The vectors (r, d) of these rows, on the axes of `rotation`."""
        return unpacked_rows(self.rows[rows], self.scales[rows])


def axes_of(vectors: Float, counts: NDArray[np.int64], dims: int) -> NDArray[np.float16]:
    """Axes (e, d) that lose least of vectors (v, e), turned so that no axis has more of them than another.

    Args:
        vectors: of the tokens.
        counts: how often the texts use each.
        dims: how many axes.
    """
    weights = np.sqrt(np.minimum(counts, MAX_COUNT) + 1.0)[:, None]
    _, axes = np.linalg.eigh((vectors * weights).T @ vectors.astype(np.float64))
    turned, _ = np.linalg.qr(np.random.default_rng(SEED).normal(size=(dims, dims)))
    return np.asarray(axes[:, ::-1][:, :dims] @ turned, np.float16)


def packed_rows(vectors: Float) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Vectors (v, d) in two bits a weight, at the scales that lose least."""
    spread = vectors.std(axis=1, keepdims=True)
    levels = np.digitize(vectors / np.where(spread > 0, spread, 1), EDGES).astype(np.uint8)
    found = LEVELS[levels]
    scales = (found * vectors).sum(axis=1) / (found * found).sum(axis=1)
    first, second, third, fourth = (levels[:, part::4] for part in range(4))
    rows = first | second << 2 | third << 4 | fourth << 6
    return np.asarray(rows, np.uint8), np.asarray(scales, np.float16)


def unpacked_rows(rows: NDArray[np.uint8], scales: NDArray[np.float16]) -> Float:
    """The vectors (v, d) that `packed_rows` packed."""
    levels = np.stack([rows >> shift & 3 for shift in (0, 2, 4, 6)], axis=2).reshape(len(rows), -1)
    return np.asarray(LEVELS[levels] * scales.astype(np.float32)[:, None], np.float32)


def packed_table(
    vectors: Float,
    tokens: tuple[str, ...],
    counts: NDArray[np.int64],
    *,
    dims: int,
    facts: dict[str, object],
) -> PackedTable:
    """Trained vectors (v, e) as they are committed."""
    rotation = axes_of(vectors, counts, dims)
    rows, scales = packed_rows(np.asarray(vectors @ rotation.astype(np.float32), np.float32))
    return PackedTable(rows, scales, rotation, tokens, facts)


def write_packed(table: PackedTable, folder: Path) -> None:
    """Write the files of a packed table."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "rows.npy", table.rows, allow_pickle=False)
    np.save(folder / "scales.npy", table.scales, allow_pickle=False)
    np.save(folder / "rotation.npy", table.rotation, allow_pickle=False)
    (folder / "tokens.txt").write_text("\n".join(table.tokens) + "\n", "utf-8")
    (folder / "facts.json").write_text(json.dumps(table.facts, indent=2, sort_keys=True) + "\n", "utf-8")


def read_packed_table(folder: Path = ARTEFACT) -> PackedTable:
    """The packed table in a folder."""
    rows, scales, rotation = (
        np.load(folder / f"{name}.npy", allow_pickle=False) for name in ("rows", "scales", "rotation")
    )
    tokens = (folder / "tokens.txt").read_text("utf-8").removesuffix("\n").split("\n")
    facts = json.loads((folder / "facts.json").read_text("utf-8"))
    return PackedTable(rows, scales, rotation, tuple(tokens), facts)


def write_table_for(folder: Path, pieces: Collection[str], table: PackedTable, *, encoder: str) -> None:
    """Write the rows of the tokens that a pruned vocabulary can need beside the encoder in the folder.

    Args:
        folder: of the encoder.
        pieces: the page's tokens that its vocabulary has.
        table: of all languages.
        encoder: its fingerprint.
    """
    known = frozenset(pieces)
    kept = np.array([row for row, token in enumerate(table.tokens) if token in known], np.int64)
    tokens = tuple(table.tokens[row] for row in kept)
    rows, scales = quantised(table.vectors(kept))
    facts = {**table.facts, "encoder": encoder, "vocabulary": vocabulary_fingerprint(tokens)}
    rotation = table.rotation.astype(np.float32)
    write_table(QueryTable(rows, scales, rotation, None, facts, tokens), folder)
