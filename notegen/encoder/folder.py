"""Reads what a model's folder says about itself, without loading the model.

Two layouts are known: the bundled model's, whose `manifest.json` says everything, and a sentence-transformers style
export, where the same facts lie in up to six small files.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct

from notegen.errors.model import (
    model_altered,
    model_file_missing,
    model_file_no_object,
    model_file_no_steps,
    model_file_unreadable,
    model_step_unknown,
    no_model_folder,
)

MANIFEST_FORMAT = "notegen encoder 1"
"""What `format` in a manifest.json must say for it to be ours; other tools use the name too."""

Pooling = Literal["mean", "cls", "last", "max"]

_POOLINGS: dict[str, Pooling] = {
    "pooling_mode_mean_tokens": "mean",
    # The same direction as the mean: the factor goes when the vector is made a unit vector.
    "pooling_mode_mean_sqrt_len_tokens": "mean",
    "pooling_mode_cls_token": "cls",
    "pooling_mode_lasttoken": "last",
    "pooling_mode_max_tokens": "max",
}
_STEPS = ("Transformer", "Pooling", "Normalize")
_FEW_TOKENS = 512
"""The limit of tokens if the folder names none: that of BERT and its kin."""


class Settings(Struct, frozen=True):
    """How text goes into a model and comes out."""

    pooling: Pooling
    """How the vectors of tokens become one; unused for a model that pools itself."""
    max_tokens: int
    """Longer texts are cut here; special tokens count."""
    passage_prefix: str = ""
    query_prefix: str = ""
    dimensions: int | None = None
    """None when no file says it: then the model must be loaded to know."""


class ModelFolder(Struct, frozen=True):
    """A folder that holds a model, with all that its small files say."""

    path: Path
    model: Path
    tokenizer: Path
    settings: Settings
    fingerprint: str
    is_verified: bool = False
    """Whether a manifest of ours names its two files by their digests: then it was tried when it was made."""


def sha256_of(path: Path) -> str:
    """The hexadecimal SHA-256 of a file of a model (23 MB: 15 ms on a processor with SHA instructions, else 40).

    Raises:
        NotegenError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise model_file_unreadable(str(path), error.strerror or str(error)) from error


def read_folder(path: Path, digest_of: Callable[[Path], str] = sha256_of) -> ModelFolder:
    """What the folder says.

    Args:
        digest_of: as `sha256_of`, asked of the model's file, of those beside it and of the tokenizer's.

    Raises:
        NotegenError: the folder or one of its two files is missing, a file is unreadable or says something
            unusable, or the bundled model's files are not those its manifest names.
    """
    if not path.is_dir():
        raise no_model_folder(str(path))
    model = next((file for file in (path / "model.onnx", path / "onnx/model.onnx") if file.is_file()), None)
    tokenizer = path / "tokenizer.json"
    if model is None:
        raise model_file_missing(str(path), "model.onnx")
    if not tokenizer.is_file():
        raise model_file_missing(str(path), "tokenizer.json")
    manifest = _read_object(path / "manifest.json")
    ours = manifest.get("format") == MANIFEST_FORMAT
    settings = _settings_of_manifest(path / "manifest.json", manifest) if ours else _settings_of_export(path)
    # A model over 2 GB keeps its weights in files beside it: `model.onnx_data`, `model.onnx.data`.
    files = [*sorted(model.parent.glob("model.onnx*")), tokenizer]
    sums = {file.name: digest_of(file) for file in files}
    for name, wanted in manifest["files"].items() if ours else ():
        if sums.get(name, wanted) != wanted:
            raise model_altered(str(path / name))
    is_verified = ours and {model.name, tokenizer.name} <= manifest["files"].keys()
    return ModelFolder(path, model, tokenizer, settings, fingerprint_of(sums, settings), is_verified)


def fingerprint_of(sums: Mapping[str, str], settings: Settings) -> str:
    """32 hexadecimal digits that change with any byte of the files and with any setting that moves a vector.

    Args:
        sums: file name to hexadecimal SHA-256.
        settings: all but `dimensions` counts, which follows from the model.
    """
    facts = {
        "files": dict(sums),
        "max_tokens": settings.max_tokens,
        "pooling": settings.pooling,
        "prefixes": [settings.passage_prefix, settings.query_prefix],
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


def _settings_of_manifest(path: Path, manifest: Mapping[str, Any]) -> Settings:
    try:
        return Settings(
            pooling=manifest["pooling"],
            max_tokens=int(manifest["max_tokens"]),
            passage_prefix=manifest["prefixes"]["passage"],
            query_prefix=manifest["prefixes"]["query"],
            dimensions=int(manifest["dimensions"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise model_file_unreadable(str(path), repr(error)) from error


def _settings_of_export(path: Path) -> Settings:
    """From the files of a sentence-transformers export, each of which may be absent."""
    steps = [str(step["type"]).rpartition(".")[2] for step in _read_list(path / "modules.json")]
    if unknown := [step for step in steps if step not in _STEPS]:
        raise model_step_unknown(str(path / "modules.json"), unknown[0])
    pooling_file = path / "1_Pooling/config.json"
    pooling = _read_object(pooling_file)
    prompts = _read_object(path / "config_sentence_transformers.json").get("prompts") or {}
    width = pooling.get("word_embedding_dimension") or _read_object(path / "config.json").get("hidden_size")
    return Settings(
        pooling=_pooling(pooling_file, pooling),
        max_tokens=_max_tokens(path),
        passage_prefix=str(prompts.get("passage") or prompts.get("document") or ""),
        query_prefix=str(prompts.get("query") or ""),
        dimensions=width if isinstance(width, int) else None,
    )


def _pooling(path: Path, pooling: Mapping[str, Any]) -> Pooling:
    """The one that is switched on, by its old name or its new; when none is, the mean, as in sentence-transformers."""
    mode = pooling.get("pooling_mode")
    chosen = (
        [mode]
        if mode
        else [name for name, on in pooling.items() if name.startswith("pooling_mode_") and on is True]
    )
    if not chosen:
        return "mean"
    name = chosen[0] if len(chosen) == 1 else " + ".join(map(str, chosen))
    known: dict[str, Pooling] = {
        **_POOLINGS,
        **{short: short for short in get_args(Pooling)},
        "lasttoken": "last",
    }
    if name not in known:
        raise model_step_unknown(str(path), name)
    return known[name]


def _max_tokens(path: Path) -> int:
    """The first that is stated of: what the model was tuned for, what its tokenizer cuts at, its positions."""
    stated = (
        _read_object(path / "sentence_bert_config.json").get("max_seq_length"),
        (_read_object(path / "tokenizer.json").get("truncation") or {}).get("max_length"),
        _read_object(path / "tokenizer_config.json").get("model_max_length"),
    )
    positions = _read_object(path / "config.json").get("max_position_embeddings")
    # A tokenizer without a limit says 10^30.
    limits = [limit for limit in stated if isinstance(limit, int) and 0 < limit < 10**6]
    ceiling = positions if isinstance(positions, int) and positions > 0 else _FEW_TOKENS
    return min(limits[0], ceiling) if limits and isinstance(positions, int) else (limits or [ceiling])[0]


def _read_object(path: Path) -> dict[str, Any]:
    """The JSON object in the file; an empty one when there is no file."""
    value = _read_json(path, default={})
    if not isinstance(value, dict):
        raise model_file_no_object(str(path))
    return value


def _read_list(path: Path) -> list[dict[str, Any]]:
    value = _read_json(path, default=[])
    if not isinstance(value, list) or any(not isinstance(item, dict) or "type" not in item for item in value):
        raise model_file_no_steps(str(path))
    return value


def _read_json(path: Path, *, default: object) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return default
    except (OSError, ValueError, RecursionError) as error:
        raise model_file_unreadable(str(path), str(error)) from error
