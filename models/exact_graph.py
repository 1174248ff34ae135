"""Writes a BERT sentence encoder as a graph whose every step gives the same bits on every processor.

Kernels differ by processor in how wide their vectors are, in whether a product and a sum are rounded once or twice,
and in the order of sums. So every step here is one of four kinds:

- sums of whole numbers that the type holds exactly, in whatever order: all matrix products, the sums of shares, the
  mean and the squares of a token's numbers, the mean of all tokens;
- one addition, product, quotient, root or rounding of single numbers, which IEEE 754 fixes to the last bit;
- the greatest of several numbers;
- a curve (`Exp`, `Gelu`) of an argument that can take few values only, rounded at once: `curves.py` tries every one of
  these values, and chooses the steps so that none comes near a half, where a last digit would change the rounding.

Letters: t tokens, d = 384 numbers a token, h heads. A text is one run: nothing is padded or hidden.

    ids ─ word + position ─ norm ─┬─ 8 bits ─ queries, keys, values (8 bits) ─ shares (8 bits) ─ mixed ─ 8 bits ─ × ─┐
                                  └───────────────────────────────────────────────────────────────────────── + ─┘
                                    norm ─┬─ 8 bits ─ × (8 bits) ─ Gelu ─ 8 bits ─ × ─ + ─ norm ─ … ─ mean
                                          └─────────────────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from models.curves import GeluSteps, gelu_steps, share_scale
from models.graph import Float, Graph, Shape
from models.quantise import quantise
from models.ranges import LayerRanges

# Whole numbers to one in what is added up before a normalisation: the squares of a token then stay below 2^24.
_WORD_UNIT = 768.0  # of word and position
_ATTENTION_UNIT = 96.0
_FEED_UNITS = (
    32.0,
    44.0,
    26.0,
    48.0,
    24.0,
    18.0,
)  # of each layer: a channel of the special tokens reaches 60 to 140
_POOL_UNIT = 1024.0  # in the mean of all tokens
_POOL_FINE = 16.0  # and steps to each of these in the sum of its squares
_LARGEST_PAIR = (
    128  # of two weights that follow each other: times 255 this fits into the 16 bits that AVX2 adds in
)
_MIDDLE = 128  # what stands for 0 in eight bits
_REACH = 127
_WORD_REACH = (
    90  # of a word's numbers: 127 would make the file .7 MB larger where it is compressed, and no better
)
_ROOM = 1.02  # of what was measured
_BALANCE = 0.6  # how much of the difference between channels goes from activations into weights
_FINEST = np.arange(64, 200, 4)  # steps to a column's greatest weight: what is tried


@dataclass(slots=True)
class _Writer:
    """The graph being written, with what is shared by its parts."""

    graph: Graph
    weights: Mapping[str, Float]
    shape: Shape

    def node(self, operator: str, *inputs: str, name: str, **attributes: int | float | list[int]) -> str:
        """A node of ONNX itself."""
        return self.graph.split(operator, *inputs, names=(name,), domain="", **attributes)[0]

    def whole(self, name: str, *values: int) -> str:
        """A constant of int64."""
        return self.graph.constant(name, np.array(values, np.int64))

    def number(self, value: float) -> str:
        """A constant of float32, named after itself."""
        return self.graph.constant(f"{np.float32(value)!s}", np.float32(value))

    def byte(self, value: int) -> str:
        """A constant of uint8, named after itself."""
        return self.graph.constant(f"byte.{value}", np.uint8(value))

    def part(self, at: str) -> tuple[Float, Float]:
        """A linear layer: weights (in, out) and bias (out,)."""
        return self.weights[f"{at}.weight"].T, self.weights[f"{at}.bias"]


@dataclass(frozen=True, slots=True)
class _Linear:
    """A linear layer in whole numbers: out = scale x (rows of bytes @ whole + bias)."""

    whole: NDArray[np.int8]
    scale: Float
    bias: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Stream:
    """What goes from one normalisation to the next: a token's numbers, without the normalisation's bias."""

    name: str
    bias: Float
    unit: float
    """How many make one, which is what the next sum has."""


def exact_encoder(
    weights: Mapping[str, Float], shape: Shape, ranges: Sequence[LayerRanges], *, max_tokens: int
) -> onnx.ModelProto:
    """A model from `input_ids`, int64 (1, t), to `sentence_embedding`, float32 (1, d) of length 1.

    Args:
        ranges: of each layer, from `ranges.py`.
    """
    writer = _Writer(Graph(), weights, shape)
    scores = [_score_unit(layer, shape) for layer in ranges]
    shares, gelu = share_scale(min(scores)), gelu_steps()
    x = _embed(writer, max_tokens)
    for number, layer in enumerate(ranges):
        x = _attention(writer, number, layer, x, scores[number], shares)
        x = _feed(writer, number, layer, x, gelu)
    _pool(writer, x)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "t"])
    out = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, [1, shape.width])
    graph = writer.graph
    body = helper.make_graph(graph.nodes, "sentence_encoder", [ids], [out], list(graph.constants.values()))
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(body, opset_imports=opsets, ir_version=9, producer_name="notegen")
    onnx.checker.check_model(model)
    return model


def _embed(writer: _Writer, max_tokens: int) -> _Stream:
    """Words in eight bits with one scale a token, plus positions; both less their means, which the norm would take."""
    words = _centred(writer.weights["embeddings.word_embeddings.weight"])
    positions = writer.weights["embeddings.position_embeddings.weight"][:max_tokens]
    positions = _centred(positions + writer.weights["embeddings.token_type_embeddings.weight"][0])
    rows, scales = quantise(words, axis=1, largest=_WORD_REACH)
    constant = writer.graph.constant
    table, steps = (
        constant("words", rows),
        constant("words.scale", scales.reshape(-1, 1) * np.float32(_WORD_UNIT)),
    )
    row = writer.node("Gather", table, "input_ids", name="words.whole")
    row = writer.node("Cast", row, name="words.float", to=TensorProto.FLOAT)
    step = writer.node("Gather", steps, "input_ids", name="words.step")
    row = writer.node("Mul", row, step, name="words.there")
    zero = writer.whole("axis.0", 0)
    length = writer.node("Shape", "input_ids", name="length", start=1, end=2)
    place = constant("positions", positions * np.float32(_WORD_UNIT))
    place = writer.node("Slice", place, zero, length, zero, name="positions.there")
    summed = writer.node("Add", row, place, name="embeddings")
    summed = writer.node(
        "Reshape", summed, writer.whole("tokens", -1, writer.shape.width), name="embeddings.rows"
    )
    return _normalise(writer, "embeddings.LayerNorm", summed, _ATTENTION_UNIT)


def _attention(
    writer: _Writer, number: int, layer: LayerRanges, x: _Stream, score: float, shares: float
) -> _Stream:
    """Whole queries, keys and values; scores are whole multiples of `score`, shares bytes."""
    here, at, shape = f"layer.{number}", f"encoder.layer.{number}.attention", writer.shape
    inputs, steps = _attention_steps(writer, at, layer, x, score)
    step = _balanced_step(layer.entering, inputs[0])
    bytes_ = _to_bytes(writer, f"{here}.entering", x, step)
    linear = _whole_linear(inputs[0] * step[:, None], inputs[1])
    three = _to_grid(writer, f"{here}.three", bytes_, linear, np.float32(1) / steps, _MIDDLE)
    three = writer.node(
        "DequantizeLinear", three, writer.number(1), writer.byte(_MIDDLE), name=f"{here}.three.float"
    )
    heads = writer.whole("heads", -1, 3 * shape.heads, shape.width // shape.heads)
    three = writer.node("Reshape", three, heads, name=f"{here}.heads")
    names = tuple(f"{here}.{name}" for name in ("queries", "keys", "values"))
    queries, keys, values = writer.graph.split("Split", three, names=names, axis=1, num_outputs=3)
    mixed = _mix(writer, here, (queries, keys, values), score, shares)  # (h, t, d / h)
    # Values and what is mixed of them have the same steps but for one factor.
    value_steps = steps[2 * shape.width :]
    ratio = float((_room(layer.attended) / value_steps).max() / _REACH)
    mixed = writer.node(
        "QuantizeLinear", mixed, writer.number(ratio), writer.byte(_MIDDLE), name=f"{here}.mixed.bytes"
    )
    mixed = writer.node("Transpose", mixed, name=f"{here}.mixed.back", perm=[1, 0, 2])
    mixed = writer.node("Reshape", mixed, writer.whole("tokens", -1, shape.width), name=f"{here}.joined")
    weight, bias = writer.part(f"{at}.output.dense")
    # What is added up has a mean near nothing, so it need not be taken away: the product's is taken out of the
    # weights, and that of what goes past is nearly the same for every token.
    weight = _centred(weight)
    bias = bias - bias.mean() - np.float32(layer.entering_mean) + x.bias
    linear = _whole_linear(weight * (value_steps * np.float32(ratio))[:, None], bias)
    projected = _to_units(writer, f"{here}.projected", mixed, linear, x.unit, _MIDDLE)
    summed = writer.node("Add", projected, x.name, name=f"{here}.attention")
    return _normalise(writer, f"{at}.output.LayerNorm", summed, _FEED_UNITS[number])


def _attention_steps(
    writer: _Writer, at: str, layer: LayerRanges, x: _Stream, score: float
) -> tuple[tuple[Float, Float], Float]:
    """The layer (d, 3 d) that makes queries, keys and values, and the steps (3 d,) these are rounded to.

    A query's step times its key's is `score` in every channel, so that their product needs no scale of its own.
    """
    parts = [writer.part(f"{at}.self.{name}") for name in ("query", "key", "value")]
    shrink = np.float32((writer.shape.width // writer.shape.heads) ** -0.5)
    weight = np.concatenate([parts[0][0] * shrink, parts[1][0], parts[2][0]], axis=1)
    bias = np.concatenate([parts[0][1] * shrink, parts[1][1], parts[2][1]]) + x.bias @ weight
    query_steps = np.sqrt(np.float32(score) * _room(layer.queries) / _room(layer.keys))
    steps = np.concatenate([query_steps, np.float32(score) / query_steps, _room(layer.values) / _REACH])
    return (weight, bias), steps.astype(np.float32)


def _score_unit(layer: LayerRanges, shape: Shape) -> float:
    """The least power of two that queries and keys of 127 steps reach as far as was measured with."""
    need = float((_room(layer.queries) * _room(layer.keys)).max()) / _REACH**2
    return float(2.0 ** np.ceil(np.log2(need)))


def _mix(writer: _Writer, here: str, three: tuple[str, str, str], score: float, shares: float) -> str:
    """Values mixed by shares: (t, h, w) each to (h, t, w), in steps of the values."""
    queries, keys, values = three
    last = writer.whole("axis.last", -1)
    scores = writer.graph.node(
        "FusedMatMul",
        queries,
        keys,
        name=f"{here}.scores",
        domain="com.microsoft",
        alpha=score,
        transB=1,
        transBatchA=1,
        transBatchB=1,
    )  # (h, t, t)
    greatest = writer.node("ReduceMax", scores, last, name=f"{here}.greatest", keepdims=1)
    below = writer.node("Sub", scores, greatest, name=f"{here}.below")
    share = writer.node("Exp", below, name=f"{here}.exp")
    share = writer.node(
        "QuantizeLinear", share, writer.number(shares), writer.byte(0), name=f"{here}.shares.bytes"
    )
    share = writer.node("Cast", share, name=f"{here}.shares", to=TensorProto.FLOAT)
    together = writer.node("ReduceSum", share, last, name=f"{here}.together", keepdims=1)
    mixed = writer.graph.node(
        "FusedMatMul", share, values, name=f"{here}.summed", domain="com.microsoft", transBatchB=1
    )
    return writer.node("Div", mixed, together, name=f"{here}.mixed")


def _feed(writer: _Writer, number: int, layer: LayerRanges, x: _Stream, gelu: GeluSteps) -> _Stream:
    """The two products around the curve, whose argument and value are bytes.

    A few channels reach three times as far as the others, on the two special tokens; their bytes stop at the end. So
    does what would be a hundred times as large as all else in what is added up next, and vectors are nearer to the
    float model's (cosine .9829 at least, against .9688 with these channels in full).
    """
    here, at = f"layer.{number}", f"encoder.layer.{number}"
    weight, bias = writer.part(f"{at}.intermediate.dense")
    step = _balanced_step(layer.feeding, weight)
    bytes_ = _to_bytes(writer, f"{here}.feeding", x, step)
    linear = _whole_linear(weight * step[:, None], bias + x.bias @ weight)
    into = np.full(weight.shape[1], 1 / gelu.step_in, np.float32)
    wide = _to_grid(writer, f"{here}.wide", bytes_, linear, into, gelu.zero_in)
    wide = writer.node(
        "DequantizeLinear",
        wide,
        writer.number(gelu.step_in),
        writer.byte(gelu.zero_in),
        name=f"{here}.wide.float",
    )
    wide = writer.node("Gelu", wide, name=f"{here}.gelu")
    wide = writer.node(
        "QuantizeLinear",
        wide,
        writer.number(gelu.step_out),
        writer.byte(gelu.zero_out),
        name=f"{here}.gelu.bytes",
    )
    weight, bias = writer.part(f"{at}.output.dense")
    linear = _whole_linear(weight * np.float32(gelu.step_out), bias + x.bias)
    narrow = _to_units(writer, f"{here}.narrow", wide, linear, x.unit, gelu.zero_out)
    summed = writer.node("Add", narrow, x.name, name=f"{here}.feed")
    last = number + 1 == writer.shape.layers
    unit = _POOL_UNIT if last else _ATTENTION_UNIT
    return _normalise(writer, f"{at}.output.LayerNorm", summed, unit, centre=True)


def _normalise(writer: _Writer, at: str, summed: str, unit: float, *, centre: bool = False) -> _Stream:
    """Whole numbers, less their mean where that is not nothing, over the root of their mean square, times weights.

    Not `SimplifiedLayerNormalization`, which is one pass less: onnxruntime's differs in last digits without AVX2.

    Args:
        unit: of what comes out.
    """
    last = writer.whole("axis.last", -1)
    rows = writer.node("Round", summed, name=f"{at}.whole")
    if centre:
        total = writer.node("ReduceSum", rows, last, name=f"{at}.total", keepdims=1)
        mean = writer.node("Mul", total, writer.number(1 / writer.shape.width), name=f"{at}.mean")
        mean = writer.node("Round", mean, name=f"{at}.mean.whole")
        rows = writer.node("Sub", rows, mean, name=f"{at}.centred")
    squares = writer.node("Mul", rows, rows, name=f"{at}.squares")
    square = writer.node("ReduceSum", squares, last, name=f"{at}.square", keepdims=1)
    length = writer.node("Sqrt", square, name=f"{at}.length")
    rows = writer.node("Div", rows, length, name=f"{at}.unit")
    scale = writer.weights[f"{at}.weight"] * np.float32(unit * writer.shape.width**0.5)
    name = writer.node("Mul", rows, writer.graph.constant(f"{at}.weight", scale), name=at)
    return _Stream(name, writer.weights[f"{at}.bias"], unit)


def _pool(writer: _Writer, x: _Stream) -> None:
    """The mean over all tokens, of length 1; squares are added up in float64, which holds them exactly."""
    rows = writer.node("Round", x.name, name="pool.whole")
    total = writer.node("ReduceSum", rows, writer.whole("axis.0", 0), name="pool.total", keepdims=1)  # (1, d)
    count = writer.node("Cast", "length", name="pool.count", to=TensorProto.FLOAT)
    mean = writer.node("Div", total, count, name="pool.mean")
    bias = writer.graph.constant("pool.bias", x.bias * np.float32(x.unit))
    mean = writer.node("Add", mean, bias, name="pool.biased")
    mean = writer.node("Mul", mean, writer.number(_POOL_FINE), name="pool.fine")
    mean = writer.node("Round", mean, name="pool.fine.whole")
    mean = writer.node("Cast", mean, name="pool.double", to=TensorProto.DOUBLE)
    square = writer.node(
        "ReduceSumSquare", mean, writer.whole("axis.last", -1), name="pool.square", keepdims=1
    )
    length = writer.node("Sqrt", square, name="pool.length")
    unit = writer.node("Div", mean, length, name="pool.unit")
    writer.node("Cast", unit, name="sentence_embedding", to=TensorProto.FLOAT)


def _to_bytes(writer: _Writer, name: str, x: _Stream, step: Float) -> str:
    """A token's numbers as bytes around the middle, each channel in its own steps."""
    per = writer.graph.constant(f"{name}.per", 1 / (step * np.float32(x.unit)))
    scaled = writer.node("Mul", x.name, per, name=f"{name}.scaled")
    return writer.node("QuantizeLinear", scaled, writer.number(1), writer.byte(_MIDDLE), name=f"{name}.bytes")


def _to_grid(writer: _Writer, name: str, bytes_: str, linear: _Linear, per: Float, zero: int) -> str:
    """The layer's result as bytes: `per` steps to one, `zero` standing for 0."""
    inputs = _gemm_inputs(writer, name, bytes_, linear, per, _MIDDLE)
    return writer.graph.node(
        "QGemm", *inputs, writer.number(1), writer.byte(zero), name=name, domain="com.microsoft"
    )


def _to_units(writer: _Writer, name: str, bytes_: str, linear: _Linear, unit: float, zero: int) -> str:
    """The layer's result, `unit` to one, each one product of a whole number; `zero` in its bytes stands for 0."""
    per = np.full(len(linear.scale), unit, np.float32)
    inputs = _gemm_inputs(writer, name, bytes_, linear, per, zero)
    return writer.graph.node("QGemm", *inputs, name=name, domain="com.microsoft")


def _gemm_inputs(
    writer: _Writer, name: str, bytes_: str, linear: _Linear, per: Float, zero: int
) -> tuple[str, ...]:
    constant = writer.graph.constant
    return (
        bytes_,
        writer.number(1),
        writer.byte(zero),
        constant(f"{name}.weight", linear.whole),
        constant(f"{name}.scale", linear.scale * per),
        constant(f"{name}.zero", np.zeros(len(linear.scale), np.int8)),
        constant(f"{name}.bias", linear.bias),
    )


def _whole_linear(weight: Float, bias: Float) -> _Linear:
    """Weights of eight bits, each column with the scale of least square error."""
    reach = np.abs(weight).max(axis=0)
    reach = np.where(reach == 0, 1, reach).astype(np.float32)
    scales = (reach / _FINEST[:, None]).astype(np.float32)  # (c, out)
    errors = np.stack([((weight - _steps(weight, scale) * scale) ** 2).sum(axis=0) for scale in scales])
    scale = scales[errors.argmin(axis=0), np.arange(weight.shape[1])]
    return _Linear(
        _steps(weight, scale).astype(np.int8),
        scale,
        np.rint(bias / scale.astype(np.float64)).astype(np.int32),
    )


def _steps(weight: Float, scale: Float) -> Float:
    """Whole weights, of which no two that follow each other have more than _LARGEST_PAIR together.

    A processor with AVX2 and without VNNI adds the products of such a pair in 16 bits, and would cut off what is more.
    Weights of seven bits would do as well (`quantise.dynamic_linear`), but half of most pairs is small: so a column's
    steps can be finer, and vectors are nearer to the float model's.
    """
    whole = np.clip(np.rint(weight / scale), -_REACH, _REACH)
    first, second = np.abs(whole[0::2]), np.abs(whole[1::2])
    excess = np.maximum(first + second - _LARGEST_PAIR, 0)
    cut = np.minimum(first, np.ceil(excess / 2))
    fitting: Float = np.empty_like(whole)
    fitting[0::2] = np.sign(whole[0::2]) * (first - cut)
    fitting[1::2] = np.sign(whole[1::2]) * (second - (excess - cut))
    return fitting


def _balanced_step(reach: Sequence[float], weight: Float) -> Float:
    """The steps (in,) of a layer's inputs, so that neither an input nor its weights (in, out) take all the range.

    Source:
        Xiao and others, "SmoothQuant" (ICML 2023), equation 4.
    """
    size = np.maximum(_room(reach), np.float32(1e-3))
    ratio = np.abs(weight).max(axis=1) ** (1 - _BALANCE) / size**_BALANCE
    step: Float = ((size * ratio).max() / (ratio * _REACH)).astype(np.float32)
    return step


def _room(reach: Sequence[float]) -> Float:
    return np.array(reach, np.float32) * np.float32(_ROOM)


def _centred(rows: Float) -> Float:
    """Rows less their means."""
    centred: Float = rows - rows.mean(axis=1, keepdims=True)
    return centred
