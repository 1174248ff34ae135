"""What the numbers inside the encoder reach on text of many kinds: what a graph of whole numbers needs to know.

    python -m models.ranges

runs the published weights in float32 over `calibration.txt` and writes `ranges.json`, which `export.py` reads. Each
reach is rounded up to a 64th, so that a last digit of a float, which depends on the processor, shows in no byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import helper
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from models.calibration import calibration_texts
from models.graph import Float, Shape, sentence_encoder
from models.quantise import float_linear, float_lookup
from models.source import WEIGHTS, fetch
from notegen.encoder.runtime import onnxruntime

RANGES = Path(__file__).parent / "ranges.json"

_FINE = 64
_MAX_TOKENS = 256
_MEAN = 4096  # of a mean that is small


@dataclass(frozen=True, slots=True)
class LayerRanges:
    """The greatest sizes in one layer; a list has one number a channel."""

    entering: list[float]
    """What enters attention, less the bias of the normalisation it comes from."""
    entering_mean: float
    """The mean over its channels and all tokens, bias included."""
    queries: list[float]
    """Divided by the square root of a head's width already."""
    keys: list[float]
    values: list[float]
    attended: list[float]
    """The values mixed by attention."""
    feeding: list[float]
    """What enters the feed-forward part, less the bias of the normalisation it comes from."""


def read_ranges(path: Path = RANGES) -> list[LayerRanges]:
    """One entry a layer, as written by `python -m models.ranges`."""
    return [LayerRanges(**layer) for layer in json.loads(path.read_text("utf-8"))]


def measure(source: Path, shape: Shape) -> list[LayerRanges]:
    """Run the float model over all texts."""
    weights = load_file(source / "model.safetensors")
    reaches: dict[str, Float] = {}
    means: dict[str, list[float]] = {}
    for name, rows in _inside(weights, source, shape):
        less = weights.get(f"{name}.bias") if name.endswith("LayerNorm") else None
        reach = np.abs(rows if less is None else rows - less).max(axis=0)
        reaches[name] = np.maximum(reaches.get(name, reach), reach)
        means.setdefault(name, []).append(float(rows.mean()))
    layers = []
    for number in range(shape.layers):
        entering = _entering(number)
        queries, keys, values = np.split(reaches[f"layer.{number}.qkv"], 3)
        layers.append(
            LayerRanges(
                entering=_up(reaches[entering]),
                entering_mean=round(float(np.mean(means[entering])) * _MEAN) / _MEAN,
                queries=_up(queries),
                keys=_up(keys),
                values=_up(values),
                attended=_up(reaches[f"layer.{number}.joined"]),
                feeding=_up(reaches[_feeding(number)]),
            )
        )
    return layers


def _inside(weights: Mapping[str, Float], source: Path, shape: Shape) -> Iterator[tuple[str, Float]]:
    """Names and rows (t, d) of what is looked at, text by text."""
    model = sentence_encoder(weights, shape, linear=float_linear, lookup=float_lookup, max_tokens=_MAX_TOKENS)
    names = [
        name
        for n in range(shape.layers)
        for name in (_entering(n), f"layer.{n}.qkv", f"layer.{n}.joined", _feeding(n))
    ]
    model.graph.output.extend(
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names
    )
    options = onnxruntime.SessionOptions()
    # Fused nodes would have no such outputs.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_MAX_TOKENS)
    for encoding in tokenizer.encode_batch(calibration_texts()):
        ids = np.array([encoding.ids])
        found = session.run(names, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        yield from ((name, rows[0]) for name, rows in zip(names, found, strict=True))


def _entering(number: int) -> str:
    return f"encoder.layer.{number - 1}.output.LayerNorm" if number else "embeddings.LayerNorm"


def _feeding(number: int) -> str:
    return f"encoder.layer.{number}.attention.output.LayerNorm"


def _up(values: Float) -> list[float]:
    return [float(value) for value in np.ceil(values * _FINE) / _FINE]


def main() -> None:
    """Fetch the weights, measure, and write the file."""
    from models.export import SHAPE

    fetch(WEIGHTS)
    layers = [asdict(layer) for layer in measure(WEIGHTS, SHAPE)]
    RANGES.write_text(json.dumps(layers, separators=(",", ":")).replace("},{", "},\n{") + "\n", "utf-8")


if __name__ == "__main__":
    main()
