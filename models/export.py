"""Makes models/all-MiniLM-L6-v2 again, byte for byte, from the published weights.

    python -m venv build/models && build/models/bin/pip install -r models/requirements.txt
    build/models/bin/python -m models.export

`exact_graph.py` says what the graph is made of, `ranges.json` what its numbers reach (`python -m models.ranges`
measures it). `compare_quantisations.py` prints how it compares with other ways to store it, and `notes/` keeps that.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from safetensors.numpy import load_file

from models.exact_graph import exact_encoder
from models.graph import Shape
from models.ranges import read_ranges
from models.source import FILES, PACKAGE, WEIGHTS, fetch, sha256
from notegen.encoder.folder import MANIFEST_FORMAT, Settings, fingerprint_of

SHAPE = Shape(layers=6, heads=12, width=384, epsilon=1e-12)
SETTINGS = Settings(pooling="mean", max_tokens=256, dimensions=SHAPE.width)


def export(source: Path, folder: Path) -> None:
    """Write model.onnx, tokenizer.json and manifest.json into the folder."""
    weights = load_file(source / "model.safetensors")
    model = exact_encoder(weights, SHAPE, read_ranges(), max_tokens=SETTINGS.max_tokens)
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
        "changes": "written as an ONNX graph with pooling and normalisation in it, stored in eight bits; every step is"
        " of whole numbers or of one rounding, so that it gives the same bits on every processor",
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
    chosen = parser.parse_args()
    fetch(chosen.source)
    export(chosen.source, chosen.out)


if __name__ == "__main__":
    main()
