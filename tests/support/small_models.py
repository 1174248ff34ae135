"""Real ONNX models of two dimensions and a tokenizer of five words, small enough to work out by hand.

The words and their vectors: `a` (5, 0), `b` (0, 1), `c` (3, 4), `nan` (NaN, 0), and `[UNK]` (1, 1) for all others.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

WORDS = {"[UNK]": 0, "a": 1, "b": 2, "c": 3, "nan": 4}
ROWS = np.array([[1, 1], [5, 0], [0, 1], [3, 4], [np.nan, 0]], np.float32)

BY_TOKEN = {"token_embeddings": 3}
POOLED = {"sentence_embedding": 2}


def write_model(
    folder: Path,
    *,
    outputs: Mapping[str, int] = POOLED,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    kind: int = TensorProto.INT64,
    rows: int = len(ROWS),
    name: str = "model.onnx",
    settings: Mapping[str, object] | None = None,
) -> Path:
    """A folder with a model and its tokenizer.

    Args:
        folder: made here.
        outputs: name to number of dimensions: 3 for one vector a token, 2 for their mean.
        inputs: all but the first are read and ignored.
        kind: the inputs' element type.
        rows: how many of the words the model knows.
        name: the model's file in the folder.
        settings: further JSON files, by name.
    """
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(_model(outputs, inputs, kind, rows).SerializeToString())
    tokenizer = Tokenizer(models.WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    for file, value in (settings or {}).items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(json.dumps(value), "utf-8")
    return folder


def _model(outputs: Mapping[str, int], inputs: Sequence[str], kind: int, rows: int) -> ModelProto:
    nodes = [helper.make_node("Gather", ["table", inputs[0]], ["vectors"])]  # (n, t, 2)
    for number, extra in enumerate(inputs[1:]):
        nodes.append(helper.make_node("Identity", [extra], [f"unused.{number}"]))
    nodes += [_output(name, dimensions) for name, dimensions in outputs.items()]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info(name, kind, ["n", "t"]) for name in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(ROWS[:rows], "table"), numpy_helper.from_array(np.array([1]), "axis")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def _output(name: str, dimensions: int) -> NodeProto:
    match dimensions:
        case 3:
            return helper.make_node("Identity", ["vectors"], [name])
        case 2:
            return helper.make_node("ReduceMean", ["vectors", "axis"], [name], keepdims=0)
        case _:
            return helper.make_node("Unsqueeze", ["vectors", "axis"], [name])
