"""Makes models/all-MiniLM-L6-v2 again, byte for byte, from the published weights.

    python -m venv build/models && build/models/bin/pip install -r models/requirements.txt
    build/models/bin/python -m models.export

The numbers behind the choice of `STORED_AS` are printed by `compare_quantisations.py` and kept in `notes/`.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from safetensors.numpy import load_file

from models.graph import Shape, sentence_encoder
from models.quantise import CANDIDATES
from models.source import FILES, PACKAGE, WEIGHTS, fetch, sha256
from notegen.encoder.folder import MANIFEST_FORMAT, Settings, fingerprint_of

STORED_AS = "int8, a range a token, reduced"
SHAPE = Shape(layers=6, heads=12, width=384, epsilon=1e-12)
SETTINGS = Settings(pooling="mean", max_tokens=256, dimensions=SHAPE.width)


def export(source: Path, folder: Path, stored_as: str) -> None:
    """Write model.onnx, tokenizer.json and manifest.json into the folder."""
    linear, lookup = CANDIDATES[stored_as]()
    weights = load_file(source / "model.safetensors")
    model = sentence_encoder(weights, SHAPE, linear=linear, lookup=lookup, max_tokens=SETTINGS.max_tokens)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
    sums = {name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")}
    manifest = {
        "format": MANIFEST_FORMAT,
        "name": "sentence-transformers/all-MiniLM-L6-v2",
        "licence": "Apache-2.0",
        "source": f"model.safetensors and tokenizer.json as published, from the Python package {PACKAGE}",
        "weights": FILES["model.safetensors"],
        "changes": f"written as an ONNX graph with pooling and normalisation in it, stored as {stored_as}",
        "dimensions": SETTINGS.dimensions,
        "pooling": SETTINGS.pooling,
        "max_tokens": SETTINGS.max_tokens,
        "prefixes": {"passage": SETTINGS.passage_prefix, "query": SETTINGS.query_prefix},
        "files": sums,
        "fingerprint": fingerprint_of(sums, SETTINGS),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")


def main() -> None:
    """Fetch the weights and export them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", type=Path, default=WEIGHTS, help="where the weights are kept")
    parser.add_argument("--out", type=Path, default=Path("models/all-MiniLM-L6-v2"))
    parser.add_argument("--stored-as", choices=CANDIDATES, default=STORED_AS)
    chosen = parser.parse_args()
    fetch(chosen.source)
    export(chosen.source, chosen.out, chosen.stored_as)


if __name__ == "__main__":
    main()
