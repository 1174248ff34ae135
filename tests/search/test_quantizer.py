"""Vectors in a few bits a dimension: how near they stay, and that the packed ones say the same."""

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.search.quantizer import (
    LEVELS,
    Quantizer,
    dequantize,
    fit_quantizer,
    inner_products,
    pack,
    quantize,
    sum_direction,
    unit,
)


def vectors(count: int, dimensions: int) -> NDArray[np.float64]:
    """Of many lengths, some dimensions saying much more than others."""
    rng = np.random.default_rng((count, dimensions, 7))
    return (
        rng.standard_normal((count, dimensions))
        / np.arange(1, dimensions + 1)
        * rng.uniform(0.1, 3, (count, 1))
    )


def test_more_bits_lose_less() -> None:
    """The mean error of inner products with a query, for 24 vectors of 64 dimensions."""
    rows, query = vectors(24, 64), unit(vectors(1, 64)[0].tolist())
    assert query is not None
    errors = [
        float(
            np.abs(
                inner_products(quantize(fit_quantizer(rows, bits=bits), rows), query) - rows @ query
            ).mean()
        )
        for bits in (16, 48, 128)
    ]
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 0.05


def test_a_vector_has_its_own_length_along_itself() -> None:
    """What rounding lost makes no vector shorter: its product with itself comes out right."""
    rows = vectors(20, 32)
    quantized = quantize(fit_quantizer(rows, bits=64), rows)
    decoded = np.stack([dequantize(quantized, number) for number in range(20)])
    assert np.einsum("nd,nd->n", rows, decoded) == pytest.approx(
        np.einsum("nd,nd->n", rows, rows), rel=0.01, abs=1e-4
    )


def test_bits_go_where_they_save_most() -> None:
    """None to a dimension that is always 0, most to the widest; what an error is worth counts."""
    rng = np.random.default_rng(0)
    rows = np.stack([rng.standard_normal(500) * size for size in (8, 1, 1, 0)], axis=1)
    assert fit_quantizer(rows, bits=6).bits.tolist() == [4, 1, 1, 0]
    assert fit_quantizer(rows, bits=6, importance=np.array([1e-4, 1.0, 1.0, 1.0])).bits.tolist() == [
        0,
        3,
        3,
        0,
    ]
    assert fit_quantizer(rows, bits=99).bits.tolist() == [4, 4, 4, 0]


def test_products_are_those_of_decoded_vectors() -> None:
    """The way with tables of whole numbers, against the naive way; for all rows and for some."""
    rows, query = vectors(30, 20), unit(vectors(1, 20)[0].tolist())
    assert query is not None
    quantized = quantize(fit_quantizer(rows, bits=50), rows)
    naive = np.stack([dequantize(quantized, number) for number in range(30)]) @ query
    assert inner_products(quantized, query) == pytest.approx(naive, abs=1e-5)
    assert (
        inner_products(quantized, query, np.array([3, 17])).tolist()
        == inner_products(quantized, query)[[3, 17]].tolist()
    )


def test_a_sum_has_the_direction_of_the_exact_sum() -> None:
    """Near enough, and of length 1; nothing for no rows and for rows of zeros."""
    rows = vectors(40, 64)
    rows[1] = 0
    quantized = quantize(fit_quantizer(rows, bits=200), rows)
    exact = rows[[3, 17, 17, 25]].sum(axis=0)
    found = sum_direction(quantized, [3, 17, 17, 25])
    assert found is not None
    assert np.linalg.norm(found) == pytest.approx(1)
    assert float(found @ exact / np.linalg.norm(exact)) > 0.98
    assert sum_direction(quantized, []) is None
    assert sum_direction(quantized, [1, 1]) is None


def test_packed_levels_unpack_to_the_same() -> None:
    """Lowest bit first, dimension after dimension, as the page reads them; parts of the last byte are empty."""
    quantizer = Quantizer(np.array([4, 3, 0, 1, 2, 3, 4], np.uint8), np.ones(7, np.int64), 1.0)
    rng = np.random.default_rng(7)
    levels = np.array([[rng.integers(0, 1 << bits) for bits in quantizer.bits] for _ in range(5)], np.uint8)
    quantized = quantize(quantizer, vectors(5, 7))
    quantized = replace(quantized, levels=levels)
    packed = pack(quantized)
    assert packed.shape == (5, quantizer.width) == (5, 3)
    for row, wanted in zip(packed, levels, strict=True):
        number, found = int.from_bytes(row.tobytes(), "little"), []
        for bits in quantizer.bits.tolist():
            found.append(number & ((1 << bits) - 1))
            number >>= bits
        assert found == wanted.tolist()


def test_levels_are_symmetric_and_ascend() -> None:
    """So many as the bits can name."""
    for bits, levels in enumerate(LEVELS):
        assert len(levels) == (1 << bits if bits else 0)
        assert list(levels) == sorted(levels) == [-level for level in reversed(levels)]
