"""Reads the query table that lies beside a model; `models/table_format.py` writes it and describes the format."""

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from notegen.errors.model import table_foreign, table_of_other_format, table_of_other_shape, table_unreadable
from notegen.model import QueryTable

_FORMAT = 1


def load_table(folder: Path) -> QueryTable | None:
    """The query table in a model's folder; None when the folder has none.

    Raises:
        NotegenError: a file of the table is missing, damaged or of another format, or the table was trained for
            another model.
    """
    path = folder / "table.json"
    if not path.is_file():
        return None
    facts, manifest = _read_facts(path), _read_facts(folder / "manifest.json")
    if facts.get("format") != _FORMAT or facts.get("bias") is not None:
        raise table_of_other_format(str(path), _FORMAT)
    # Trained against the weights as published, so it suits every way to store them.
    if "weights" in manifest and manifest["weights"] != facts.get("weights"):
        raise table_foreign(str(path))
    own = folder / "table.tokens.txt"
    tokens = _own_tokens(own) if own.is_file() else _tokens(folder / "tokenizer.json")
    rows = _read_array(folder / "table.rows.npy", np.int8, (len(tokens), facts["dims"]))
    scales = _read_array(folder / "table.scales.npy", np.float16, (len(tokens),))
    rotation = folder / "table.rotation.npy"
    return QueryTable(
        tokens=tokens,
        rows=rows,
        scales=scales.astype(np.float32),
        rotation=_read_array(rotation, np.float32, (facts["encoder_dims"], facts["dims"]))
        if facts["rotation"]
        else None,
        language=str(facts.get("language", "")),
        weight=float(facts.get("weight", 1)),
    )


def _read_facts(path: Path) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise table_unreadable(str(path), str(error)) from error
    return facts


def _read_array(path: Path, kind: type[np.generic], shape: tuple[int, ...]) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.load(path, allow_pickle=False)
    except OSError as error:
        raise table_unreadable(str(path), error.strerror or str(error)) from error
    except (ValueError, EOFError) as error:
        raise table_unreadable(str(path), str(error)) from error
    if array.shape != shape or array.dtype != kind:
        found, wanted = f"{array.dtype} {array.shape}", f"{np.dtype(kind)} {shape}"
        raise table_of_other_shape(str(path), found, wanted)
    return array


def _own_tokens(path: Path) -> tuple[str, ...]:
    """The tokens by row, where they are those that a page cuts rather than the encoder's."""
    try:
        return tuple(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))
    except (OSError, ValueError) as error:
        raise table_unreadable(str(path), str(error)) from error


def _tokens(path: Path) -> tuple[str, ...]:
    """The vocabulary by token id."""
    try:
        vocabulary = _read_word_pieces(path) or _read_any(path)
    except Exception as error:  # the library raises no narrower class
        raise table_unreadable(str(path), str(error)) from error
    return tuple(sorted(vocabulary, key=vocabulary.__getitem__))


def _read_word_pieces(path: Path) -> dict[str, int] | None:
    """The tokens of a WordPiece tokenizer, as its file lists them; None for one of another kind.

    To have the library make a tokenizer of 30,000 tokens, and list them, takes four times as long.
    """
    facts = msgspec.json.decode(path.read_bytes())
    if facts["model"]["type"] != "WordPiece":
        return None
    vocabulary: dict[str, int] = facts["model"]["vocab"]
    return vocabulary | {token["content"]: token["id"] for token in facts.get("added_tokens", ())}


def _read_any(path: Path) -> dict[str, int]:
    from tokenizers import Tokenizer  # not at the top: `--help` and a cached build do without it

    vocabulary: dict[str, int] = Tokenizer.from_buffer(path.read_bytes()).get_vocab()
    return vocabulary
