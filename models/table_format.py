"""The query table's files: how they are written, read back and used to encode a query.

Owns the format (`notes/` describes it); `notegen/encoder/table.py` is the reader that is shipped.

    table.rows.npy      int8 (v, d)     row t belongs to token t of tokenizer.json
    table.scales.npy    float16 (v,)    a token's vector is its row times its scale
    table.tokens.txt    its own tokens, one a line, where they are not those of tokenizer.json
    table.rotation.npy  float32 (e, d)  absent when d = e; note vectors are multiplied by it, rows already are
    table.json          facts: encoder, dimensions, sha256 of the files, how it was trained

Letters: v tokens in the vocabulary, e dimensions of the encoder, d dimensions of the table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float32]
FORMAT = 1
TOKENS = "table.tokens.txt"


@dataclass(frozen=True, slots=True)
class QueryTable:
    """One vector a token: the normalised sum over a query's tokens points where the model would put the query."""

    rows: NDArray[np.int8]
    """(v, d), each row's greatest magnitude is 127; all zero for a token that says nothing."""
    scales: NDArray[np.float16]
    """(v,)"""
    rotation: Float | None = None
    """(e, d), orthonormal columns; None when the table has the encoder's own axes."""
    bias: int | None = None
    """A token whose vector is added once to every query."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """`table.json` as read, or what it should say of the training."""
    tokens: tuple[str, ...] = ()
    """Its own, by row; empty for those of tokenizer.json."""

    def encode(self, ids: Sequence[Sequence[int]]) -> Float:
        """(q, d) vectors of length 1 for token ids without special tokens; zero for a query that says nothing."""
        sums = np.zeros((len(ids), self.rows.shape[1]), np.float32)
        for row, query in enumerate(ids):
            tokens = np.array([*query, *([] if self.bias is None else [self.bias])], np.int64)
            sums[row] = (
                self.rows[tokens].astype(np.float32) * self.scales[tokens].astype(np.float32)[:, None]
            ).sum(0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return (sums / np.where(lengths > 0, lengths, 1)).astype(np.float32)

    def turn(self, notes: Float) -> Float:
        """(n, d) of (n, e): note vectors on the table's axes."""
        return notes if self.rotation is None else notes @ self.rotation


def quantised(vectors: Float) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """(rows, scales) nearest to the vectors: the greatest magnitude of each becomes 127."""
    scales = (np.abs(vectors).max(1) / 127).astype(np.float16)
    steps = np.where(scales > 0, scales, 1).astype(np.float32)[:, None]
    return np.clip(np.rint(vectors / steps), -127, 127).astype(np.int8), scales


def vocabulary_fingerprint(tokens: Sequence[str]) -> str:
    """sha256 of the tokens in id order, joined by line feeds."""
    return hashlib.sha256("\n".join(tokens).encode()).hexdigest()


def write_table(table: QueryTable, folder: Path) -> None:
    """Write the table's files; `table.facts` must hold `encoder` and `vocabulary`, and goes into `table.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[np.generic]] = {"table.rows.npy": table.rows, "table.scales.npy": table.scales}
    if table.rotation is not None:
        arrays["table.rotation.npy"] = table.rotation
    else:
        (folder / "table.rotation.npy").unlink(missing_ok=True)
    for name, array in arrays.items():
        np.save(folder / name, array, allow_pickle=False)
    names = list(arrays)
    if table.tokens:
        (folder / TOKENS).write_text("\n".join(table.tokens) + "\n", "utf-8")
        names.append(TOKENS)
    else:
        (folder / TOKENS).unlink(missing_ok=True)
    facts = {
        **table.facts,
        "format": FORMAT,
        "tokens": table.rows.shape[0],
        "dims": table.rows.shape[1],
        "encoder_dims": table.rows.shape[1] if table.rotation is None else table.rotation.shape[0],
        "rotation": table.rotation is not None,
        "bias": table.bias,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names},
    }
    (folder / "table.json").write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n", "utf-8")


def read_table(folder: Path) -> QueryTable:
    """The table in a folder.

    Raises:
        ValueError: its format is another, or a file is not the one that `table.json` names.
    """
    facts = json.loads((folder / "table.json").read_text("utf-8"))
    if facts["format"] != FORMAT:
        raise ValueError(
            f"`{folder}` holds a query table of format {facts['format']}; this program reads {FORMAT}"
        )
    for name, wanted in facts["sha256"].items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted:
            raise ValueError(f"`{folder / name}` is not the file that `table.json` names")
    rotation = np.load(folder / "table.rotation.npy", allow_pickle=False) if facts["rotation"] else None
    tokens = (
        (folder / TOKENS).read_text("utf-8").removesuffix("\n").split("\n")
        if TOKENS in facts["sha256"]
        else ()
    )
    return QueryTable(
        np.load(folder / "table.rows.npy", allow_pickle=False),
        np.load(folder / "table.scales.npy", allow_pickle=False),
        rotation,
        facts["bias"],
        facts,
        tuple(tokens),
    )
