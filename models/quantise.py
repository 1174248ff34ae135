"""Ways to store a linear layer or the word table in an ONNX graph: what `compare_quantisations.py` compares."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from models.graph import Float, Graph, Linear, Lookup


def float_linear(graph: Graph, name: str, x: str, weight: Float, bias: Float) -> str:
    """float32, exact."""
    product = graph.node("MatMul", x, graph.constant(f"{name}.weight", weight), name=f"{name}.product")
    return graph.node("Add", product, graph.constant(f"{name}.bias", bias), name=name)


def dynamic_linear(*, largest: int, unsigned: bool = False) -> Linear:
    """Activations uint8 with the range of the whole input, weights int8 with one scale a column.

    Args:
        largest: greatest absolute weight after scaling: 127 uses all eight bits. 64 is `reduce_range`: then the
            sum of two products, at most 2 x 255 x 64 = 32,640, fits in the int16 that AVX2's `vpmaddubsw` adds
            them in.
        unsigned: store weights as uint8 around 128; processors without VNNI then take another, exact kernel.
    """

    def linear(graph: Graph, name: str, x: str, weight: Float, bias: Float) -> str:
        rows, scales = quantise(weight, axis=0, largest=largest)
        zero = np.zeros(weight.shape[1], np.int8)
        stored: NDArray[np.generic] = rows
        if unsigned:
            stored, zero = (
                (rows.astype(np.int16) + 128).astype(np.uint8),
                np.full(weight.shape[1], 128, np.uint8),
            )
        whole, step, middle = graph.split(
            "DynamicQuantizeLinear", x, names=(f"{name}.whole", f"{name}.step", f"{name}.middle")
        )
        sums = graph.node(
            "MatMulInteger",
            whole,
            graph.constant(f"{name}.weight", stored),
            middle,
            graph.constant(f"{name}.weight.zero", zero),
            name=f"{name}.sums",
        )
        sums = graph.node("Cast", sums, name=f"{name}.sums.float", to=TensorProto.FLOAT)
        scale = graph.node("Mul", step, graph.constant(f"{name}.weight.scale", scales), name=f"{name}.scale")
        product = graph.node("Mul", sums, scale, name=f"{name}.product")
        return graph.node("Add", product, graph.constant(f"{name}.bias", bias), name=name)

    return linear


def block_linear(*, block: int, accuracy: int) -> Linear:
    """Weights of eight bits with one scale a block of a column (`MatMulNBits`).

    Args:
        accuracy: 0 computes in float32; 4 quantises activations to int8, one scale a row and block.
    """

    def linear(graph: Graph, name: str, x: str, weight: Float, bias: Float) -> str:
        inputs, outputs = weight.shape
        blocks = inputs // block
        rows, scales = quantise(weight.T.reshape(outputs, blocks, block), axis=2, largest=127)
        stored = (rows.astype(np.int16) + 128).astype(np.uint8)  # (out, blocks, block), zero point 128
        product = graph.node(
            "MatMulNBits",
            x,
            graph.constant(f"{name}.weight", stored),
            graph.constant(f"{name}.weight.scale", scales.reshape(outputs, blocks)),
            name=f"{name}.product",
            domain="com.microsoft",
            K=inputs,
            N=outputs,
            bits=8,
            block_size=block,
            accuracy_level=accuracy,
        )
        return graph.node("Add", product, graph.constant(f"{name}.bias", bias), name=name)

    return linear


def token_linear(*, largest: int) -> Linear:
    """Activations uint8 around 128 with one range a token, weights int8 with one scale a column.

    A token's product depends on that token alone: not on the text's other tokens, nor on the batch.

    Args:
        largest: as in `dynamic_linear`.
    """

    def linear(graph: Graph, name: str, x: str, weight: Float, bias: Float) -> str:
        rows, scales = quantise(weight, axis=0, largest=largest)
        middle = graph.constant("middle", np.uint8(128))
        whole, step = _tokens_to_uint8(graph, name, x, middle)
        sums = graph.node(
            "MatMulInteger", whole, graph.constant(f"{name}.weight", rows), middle, name=f"{name}.sums"
        )
        sums = graph.node("Cast", sums, name=f"{name}.sums.float", to=TensorProto.FLOAT)
        product = graph.node(
            "Mul", sums, graph.constant(f"{name}.weight.scale", scales), name=f"{name}.product"
        )
        product = graph.node("Mul", product, step, name=f"{name}.stepped")
        return graph.node("Add", product, graph.constant(f"{name}.bias", bias), name=name)

    return linear


def _tokens_to_uint8(graph: Graph, name: str, x: str, middle: str) -> tuple[str, str]:
    """Whole numbers 1..255 around 128, (n, t, d), and the step between two of them, (n, t, 1)."""
    size = graph.node("Abs", x, name=f"{name}.size")
    reach = graph.node(
        "ReduceMax", size, graph.constant("axis.last", np.array([-1])), name=f"{name}.reach", keepdims=1
    )
    step = graph.node(
        "Mul", reach, graph.constant("step", np.float32(1 / 127).reshape(1)), name=f"{name}.step"
    )
    steps = graph.node("Mul", x, graph.node("Reciprocal", step, name=f"{name}.per"), name=f"{name}.steps")
    one = graph.constant("one", np.float32(1))
    return graph.node("QuantizeLinear", steps, one, middle, name=f"{name}.whole"), step


def float_lookup(graph: Graph, name: str, ids: str, table: Float) -> str:
    """float32, exact."""
    return graph.node("Gather", graph.constant(f"{name}.table", table), ids, name=name)


def row_lookup(graph: Graph, name: str, ids: str, table: Float) -> str:
    """int8 with one scale a token."""
    rows, scales = quantise(table, axis=1, largest=127)
    whole = graph.node("Gather", graph.constant(f"{name}.table", rows), ids, name=f"{name}.whole")
    whole = graph.node("Cast", whole, name=f"{name}.float", to=TensorProto.FLOAT)
    scale = graph.node(
        "Gather", graph.constant(f"{name}.scale", scales.reshape(-1, 1)), ids, name=f"{name}.scales"
    )
    return graph.node("Mul", whole, scale, name=name)


def quantise(values: Float, *, axis: int, largest: int) -> tuple[NDArray[np.int8], Float]:
    """Whole numbers -largest..largest and the scales, one for each slice along `axis`, that give the values back.

    A slice of zeros has scale 1.
    """
    reach = np.abs(values).max(axis=axis, keepdims=True)
    scales = np.where(reach == 0, 1, reach / largest).astype(np.float32)
    return np.rint(values / scales).astype(np.int8), scales.squeeze(axis)


CANDIDATES: dict[str, Callable[[], tuple[Linear, Lookup]]] = {
    "float32": lambda: (float_linear, float_lookup),
    "dynamic int8": lambda: (dynamic_linear(largest=127), row_lookup),
    "dynamic int8, reduced range": lambda: (dynamic_linear(largest=64), row_lookup),
    "dynamic uint8": lambda: (dynamic_linear(largest=127, unsigned=True), row_lookup),
    "int8, a range a token": lambda: (token_linear(largest=127), row_lookup),
    "int8, a range a token, reduced": lambda: (token_linear(largest=64), row_lookup),
    "block int8, integer": lambda: (block_linear(block=128, accuracy=4), row_lookup),
    "block int8, float": lambda: (block_linear(block=128, accuracy=0), row_lookup),
}
