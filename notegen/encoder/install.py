"""Puts a model's folder where settings find it by its name, once it is known to work."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from msgspec import Struct

from notegen.config import is_model_name
from notegen.encoder.encoder import load_encoder
from notegen.encoder.table import load_table
from notegen.encoder.vocabulary import load_vocabulary
from notegen.errors.model import cannot_install_model, model_name_invalid, model_without_pieces

_FILES = (
    "model.onnx*",
    "onnx/model.onnx*",
    "tokenizer.json",
    "manifest.json",
    "modules.json",
    "1_Pooling/config.json",
    "sentence_bert_config.json",
    "tokenizer_config.json",
    "config.json",
    "config_sentence_transformers.json",
    "table.json",
    "table.*.npy",
    "table.tokens.txt",
    "LICEN[CS]E*",
    "NOTICE*",
)
"""What of a folder is read, and what has to go with it; an export may hold the same weights in other forms too."""


class InstalledModel(Struct, frozen=True):
    """A model that settings can name."""

    name: str
    folder: Path
    size: int
    """Bytes."""
    licence: str
    """The licence that its manifest names; empty for none."""
    languages: tuple[str, ...]
    """BCP 47 tags, as its manifest says; none where it says none."""


def install_model(folder: Path, models: Path, name: str) -> InstalledModel:
    """Copy the model's files to the folder of that name in `models`, whole or not at all, in place of what is there.

    The model is loaded and tried on one text before, and its query table or its vocabulary read.

    Raises:
        NotegenError: the model cannot be used, the name is none, or nothing can be written there.
    """
    if not is_model_name(name):
        raise model_name_invalid(name)
    load_encoder(folder, threads=1).encode_queries(["a"])
    if load_table(folder) is None and not load_vocabulary(folder):
        raise model_without_pieces(str(folder))
    target = models / name
    try:
        models.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.samefile(folder):
            return read_installed(target)
        new = Path(mkdtemp(prefix=f".{name}-", dir=models))
        try:
            for file in sorted(_model_files(folder)):
                copy = new / file.relative_to(folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
            new.chmod(0o755)  # what is made for a moment is its owner's alone
            _swap(new, target)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise cannot_install_model(str(target), error.strerror or str(error)) from error
    return read_installed(target)


def installed_models(models: Path) -> tuple[InstalledModel, ...]:
    """What is installed there, by name."""
    try:
        folders = sorted(path for path in models.iterdir() if path.is_dir() and is_model_name(path.name))
    except OSError:
        return ()
    return tuple(map(read_installed, folders))


def read_installed(folder: Path) -> InstalledModel:
    """What is to be known of an installed model without loading it."""
    facts: object = None
    with suppress(OSError, ValueError, RecursionError):
        facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    licence, languages = "", tuple[str, ...]()
    if isinstance(facts, dict):
        licence = str(facts.get("licence", ""))
        if isinstance(listed := facts.get("languages"), list):
            languages = tuple(map(str, listed))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return InstalledModel(folder.name, folder, size, licence, languages)


def _model_files(folder: Path) -> Iterator[Path]:
    for pattern in _FILES:
        yield from (path for path in folder.glob(pattern) if path.is_file())


def _swap(new: Path, target: Path) -> None:
    """Let the new folder have the target's place, and have what was there removed."""
    if not target.exists():
        new.rename(target)
        return
    old = new.with_name(f"{new.name}-old")
    target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
