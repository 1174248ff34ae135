"""Writes a BERT sentence encoder as an ONNX graph, pooled and normalised, straight from its weights.

Owns the shape of the graph. How a linear layer or the word table is stored is passed in (`quantise.py`), so
every candidate differs in that alone. No torch: the exporter of torch writes a graph with three times the nodes
(masks and shapes recomputed in each layer) and ties the result to its own version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Float = NDArray[np.float32]
Attribute = int | float | str | list[int]

# Added to a score to hide a padded token. Not -inf: a row of -inf alone would make the softmax NaN.
HIDDEN = -10000.0


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of a BERT encoder, as its `config.json` says them."""

    layers: int
    heads: int
    width: int
    epsilon: float


@dataclass(slots=True)
class Graph:
    """A graph being written: nodes in order, constants by name."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: NDArray[np.generic] | np.generic) -> str:
        """The name of a constant; the same name twice is the same constant."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(value, order="C"), name)
        return name

    def node(self, operator: str, *inputs: str, name: str, domain: str = "", **attributes: Attribute) -> str:
        """Add a node with one output, and give the output's name."""
        return self.split(operator, *inputs, names=(name,), domain=domain, **attributes)[0]

    def split(
        self, operator: str, *inputs: str, names: tuple[str, ...], domain: str = "", **attributes: Attribute
    ) -> tuple[str, ...]:
        """Add a node with several outputs, and give their names."""
        node = helper.make_node(operator, inputs, names, name=names[0], domain=domain)
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self.nodes.append(node)
        return names


# (graph, name, input, weight (in, out), bias (out,)) -> the name of input @ weight + bias
Linear = Callable[[Graph, str, str, Float, Float], str]
# (graph, name, ids, table (v, d)) -> the name of table[ids]
Lookup = Callable[[Graph, str, str, Float], str]


def sentence_encoder(
    weights: Mapping[str, Float], shape: Shape, *, linear: Linear, lookup: Lookup, max_tokens: int
) -> onnx.ModelProto:
    """A model from `input_ids` and `attention_mask`, int64 (n, t), to `sentence_embedding`, float32 (n, width).

    Rows of length 1: the mean over the tokens the mask keeps, divided by its length. Only sentences of one
    segment: the row of token type 0 is added to the positions, so there is no `token_type_ids`.
    """
    graph = Graph()
    mask = graph.node("Cast", "attention_mask", name="mask", to=TensorProto.FLOAT)  # (n, t)
    hidden = _hide(graph, mask)
    x = _embed(graph, weights, shape, lookup, max_tokens)
    for number in range(shape.layers):
        x = _layer(graph, weights, shape, linear, number, x, hidden)
    _pool(graph, x, mask)
    ids = [
        helper.make_tensor_value_info(n, TensorProto.INT64, ["n", "t"])
        for n in ("input_ids", "attention_mask")
    ]
    out = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["n", shape.width])
    body = helper.make_graph(graph.nodes, "sentence_encoder", ids, [out], list(graph.constants.values()))
    domains = {node.domain for node in graph.nodes}
    opsets = [helper.make_opsetid(d, 20 if d == "" else 1) for d in sorted(domains)]
    model = helper.make_model(body, opset_imports=opsets, ir_version=9, producer_name="notegen")
    onnx.checker.check_model(model)
    return model


def _hide(graph: Graph, mask: str) -> str:
    """0 where a token is kept and HIDDEN where it is padding, (n, 1, 1, t)."""
    one = graph.constant("one", np.float32(1))
    dropped = graph.node("Sub", one, mask, name="mask.dropped")
    scaled = graph.node(
        "Mul", dropped, graph.constant("hidden", np.float32(HIDDEN).reshape(1)), name="mask.scaled"
    )
    return graph.node("Unsqueeze", scaled, graph.constant("axes.1.2", np.array([1, 2])), name="mask.hidden")


def _embed(graph: Graph, weights: Mapping[str, Float], shape: Shape, lookup: Lookup, max_tokens: int) -> str:
    words = lookup(graph, "words", "input_ids", weights["embeddings.word_embeddings.weight"])
    positions = weights["embeddings.position_embeddings.weight"][:max_tokens]
    positions = positions + weights["embeddings.token_type_embeddings.weight"][0]
    zero = graph.constant("axis.0", np.array([0]))
    length = graph.node("Shape", "input_ids", name="length", start=1, end=2)
    there = graph.node(
        "Slice", graph.constant("positions", positions), zero, length, zero, name="positions.used"
    )
    summed = graph.node("Add", words, there, name="embeddings")
    return _normalise(graph, weights, shape, "embeddings.LayerNorm", summed)


def _layer(
    graph: Graph, weights: Mapping[str, Float], shape: Shape, linear: Linear, number: int, x: str, hidden: str
) -> str:
    def part(name: str) -> tuple[Float, Float]:
        at = f"encoder.layer.{number}.{name}"
        return weights[f"{at}.weight"].T, weights[f"{at}.bias"]

    here = f"layer.{number}"
    queries, query_bias = part("attention.self.query")
    keys, key_bias = part("attention.self.key")
    values, value_bias = part("attention.self.value")
    # One product for all three: their input is read, and quantised, once. The softmax's 1/sqrt(d) goes into the
    # queries.
    scale = np.float32((shape.width // shape.heads) ** -0.5)
    three = linear(
        graph,
        f"{here}.qkv",
        x,
        np.concatenate([queries * scale, keys, values], axis=1),
        np.concatenate([query_bias * scale, key_bias, value_bias]),
    )
    attended = _attend(graph, shape, here, three, hidden)
    projected = linear(graph, f"{here}.projected", attended, *part("attention.output.dense"))
    x = graph.node("Add", projected, x, name=f"{here}.attention")
    x = _normalise(graph, weights, shape, f"encoder.layer.{number}.attention.output.LayerNorm", x)
    wide = linear(graph, f"{here}.wide", x, *part("intermediate.dense"))
    wide = graph.node("Gelu", wide, name=f"{here}.gelu")
    narrow = linear(graph, f"{here}.narrow", wide, *part("output.dense"))
    x = graph.node("Add", narrow, x, name=f"{here}.feed")
    return _normalise(graph, weights, shape, f"encoder.layer.{number}.output.LayerNorm", x)


def _attend(graph: Graph, shape: Shape, here: str, three: str, hidden: str) -> str:
    """Scaled dot-product attention: (n, t, 3 width) to (n, t, width)."""
    by_head = graph.constant("by_head", np.array([0, 0, shape.heads, shape.width // shape.heads]))
    names = tuple(f"{here}.{n}" for n in ("queries", "keys", "values"))
    heads = []
    for name, order in zip(
        graph.split("Split", three, names=names, axis=-1, num_outputs=3),
        ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]),
        strict=True,
    ):
        split = graph.node("Reshape", name, by_head, name=f"{name}.split")
        heads.append(graph.node("Transpose", split, name=f"{name}.heads", perm=order))
    queries, keys, values = heads
    scores = graph.node("MatMul", queries, keys, name=f"{here}.scores")  # (n, h, t, t)
    scores = graph.node("Add", scores, hidden, name=f"{here}.masked")
    shares = graph.node("Softmax", scores, name=f"{here}.shares", axis=-1)
    mixed = graph.node("MatMul", shares, values, name=f"{here}.mixed")  # (n, h, t, width / h)
    mixed = graph.node("Transpose", mixed, name=f"{here}.mixed.back", perm=[0, 2, 1, 3])
    joined = graph.constant("joined", np.array([0, 0, shape.width]))
    return graph.node("Reshape", mixed, joined, name=f"{here}.joined")


def _normalise(graph: Graph, weights: Mapping[str, Float], shape: Shape, at: str, x: str) -> str:
    scale = graph.constant(f"{at}.weight", weights[f"{at}.weight"])
    bias = graph.constant(f"{at}.bias", weights[f"{at}.bias"])
    return graph.node("LayerNormalization", x, scale, bias, name=at, axis=-1, epsilon=shape.epsilon)


def _pool(graph: Graph, x: str, mask: str) -> None:
    """Mean over kept tokens, then unit length.

    The mean is a matrix product, (n, 1, t) @ (n, t, d). Dividing by the number of tokens is left out: the
    length undoes it.
    """
    first = graph.constant("axis.1", np.array([1]))
    row = graph.node("Unsqueeze", mask, first, name="mask.row")
    total = graph.node("MatMul", row, x, name="total")
    total = graph.node("Squeeze", total, first, name="total.flat")
    length = graph.node("ReduceL2", total, graph.constant("axis.last", np.array([-1])), name="total.length")
    graph.node("Div", total, length, name="sentence_embedding")
