"""The steps around the encoder's two curves leave no approximation room to round otherwise."""

import math

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from onnx import TensorProto, helper

from models.curves import SAFE_EXP, SAFE_GELU, gelu_steps, share_margin, share_scale
from models.graph import Float
from notegen.encoder.runtime import onnxruntime

UNITS = (2**-7, 2**-9, 2**-10)


def run(operator: str, values: Float) -> Float:
    """What this processor's kernel makes of them."""
    kind = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None])
    out = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None])
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"])], "curve", [kind], [out])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    result: Float = session.run(None, {"x": values})[0]
    return result


@pytest.mark.parametrize("unit", UNITS)
def test_shares_keep_clear_of_halves(unit: float) -> None:
    """And this processor's exponential rounds as the exact one does."""
    scale = share_scale(unit)
    assert share_margin(scale, unit) > SAFE_EXP
    differences = (-unit * np.arange(int(12 / unit))).astype(np.float32)
    exact = np.rint([math.exp(each) / scale for each in differences])
    assert_array_equal(np.rint(run("Exp", differences) / np.float32(scale)), exact)
    assert exact.max() <= 255


def test_gelu_keeps_clear_of_halves() -> None:
    """All 256 of its values."""
    steps = gelu_steps()
    assert steps.margin() > SAFE_GELU
    numbers = np.float32(steps.step_in) * (np.arange(256) - steps.zero_in).astype(np.float32)
    exact = [each * (1 + math.erf(each / math.sqrt(2))) / 2 / steps.step_out for each in map(float, numbers)]
    assert_array_equal(np.rint(run("Gelu", numbers) / np.float32(steps.step_out)), np.rint(exact))


def test_a_value_at_a_half_would_be_found() -> None:
    """With a scale that puts one share on the edge."""
    assert share_margin(1 / 254.5, 2**-7) < SAFE_EXP
