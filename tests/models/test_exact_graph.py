"""The bundled model holds what `models/exact_graph.py` says: steps that no processor can do differently."""

from collections.abc import Iterator, Mapping

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from tokenizers import Tokenizer

from models.curves import SAFE_EXP, SAFE_GELU, GeluSteps, share_margin
from notegen.bundled import bundled
from notegen.encoder.runtime import onnxruntime
from tests.support.exact_vectors import TEXTS

FOLDER = bundled("models") / "all-MiniLM-L6-v2"
HELD = 1 << 24  # whole numbers up to here are exact in float32

SINGLE = {
    "Add",
    "Cast",
    "DequantizeLinear",
    "Div",
    "Mul",
    "QuantizeLinear",
    "ReduceMax",
    "Round",
    "Sqrt",
    "Sub",
}
MOVES = {"Gather", "Reshape", "Shape", "Slice", "Split", "Transpose"}
SUMS = {"FusedMatMul", "QGemm", "ReduceSum", "ReduceSumSquare"}
CURVES = {"Exp", "Gelu"}


@pytest.fixture(scope="module")
def model() -> onnx.ModelProto:
    """The bundled one."""
    return onnx.load(str(FOLDER / "model.onnx"))


def constants(model: onnx.ModelProto) -> Mapping[str, NDArray[np.generic]]:
    """By name."""
    return {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}


def made_by(model: onnx.ModelProto, kinds: set[str]) -> list[onnx.NodeProto]:
    """The nodes of these kinds."""
    return [node for node in model.graph.node if node.op_type in kinds]


def inside(model: onnx.ModelProto, names: list[str]) -> Iterator[Mapping[str, NDArray[np.float32]]]:
    """What is there between two nodes, for each of TEXTS."""
    opened = onnx.ModelProto()
    opened.CopyFrom(model)
    opened.graph.output.extend(
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names
    )
    session = onnxruntime.InferenceSession(opened.SerializeToString(), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    for text in TEXTS:
        found = session.run(names, {"input_ids": np.array([tokenizer.encode(text).ids])})
        yield dict(zip(names, found, strict=True))


def test_every_node_is_of_a_kind_that_is_exact(model: onnx.ModelProto) -> None:
    """No softmax, no normalisation in floats, no product of floats."""
    assert {node.op_type for node in model.graph.node} == SINGLE | MOVES | SUMS | CURVES


def test_what_is_squared_and_added_up_stays_whole_and_exact(model: onnx.ModelProto) -> None:
    """Before each normalisation, with room: a text of another kind may reach a little further."""
    names = [node.input[0] for node in made_by(model, {"Mul"}) if node.input[0] == node.input[1]]
    assert len(names) == 13
    for found in inside(model, names):
        for rows in found.values():
            assert np.array_equal(rows, np.rint(rows))
            assert (rows.astype(np.float64) ** 2).sum(axis=-1).max() < HELD * 0.75


def test_products_of_floats_are_of_whole_numbers(model: onnx.ModelProto) -> None:
    """Scores and mixed values: 32 products of bytes, and bytes times 256 shares."""
    names = [name for node in made_by(model, {"FusedMatMul"}) for name in node.input]
    for found in inside(model, names):
        for values in found.values():
            assert np.array_equal(values, np.rint(values))
            assert np.abs(values).max() <= 255
    assert max(32 * 128 * 128, 256 * 255 * 128) <= HELD


def test_curves_are_given_few_arguments_and_rounded_at_once(model: onnx.ModelProto) -> None:
    """The steps in the file are those that were tried for a margin."""
    there = constants(model)
    after = {name: node for node in model.graph.node for name in node.input}
    before = {name: node for node in model.graph.node for name in node.output}
    units = [
        node.attribute[0].f for node in made_by(model, {"FusedMatMul"}) if node.attribute[0].name == "alpha"
    ]
    assert all(np.log2(unit).is_integer() for unit in map(float, units))
    for curve in made_by(model, CURVES):
        rounded = after[curve.output[0]]
        assert rounded.op_type == "QuantizeLinear"
        step_out, zero_out = (there[name].item() for name in rounded.input[1:])
        if curve.op_type == "Exp":
            assert before[curve.input[0]].op_type == "Sub"
            assert share_margin(step_out, min(units)) > SAFE_EXP
        else:
            step_in, zero_in = (there[name].item() for name in before[curve.input[0]].input[1:])
            assert GeluSteps(step_in, zero_in, step_out, zero_out).margin() > SAFE_GELU


def test_sums_of_two_products_fit_into_sixteen_bits(model: onnx.ModelProto) -> None:
    """Processors without VNNI add two products of a byte and a weight in sixteen bits."""
    there = constants(model)
    weights = [there[node.input[3]] for node in made_by(model, {"QGemm"})]
    assert len(weights) == 24
    for weight in weights:
        assert weight.dtype == np.int8
        sizes = np.abs(weight.astype(np.int32))
        assert 255 * (sizes[0::2] + sizes[1::2]).max() < 1 << 15
