"""Vectors as codes: how near they stay, and that the packed ones say the same."""

import numpy as np
import pytest

from notegen.model import QueryTable, Vectors
from notegen.ranking import codes as subject
from notegen.ranking.codes import (
    LEVELS,
    cosines,
    encode_rows,
    encode_vectors,
    make_space,
    note_bests,
    pack_levels,
    sum_rows,
)

rng = np.random.default_rng(7)


def unit(
    rows: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """The rows at length 1."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def table_of(rows: int, dimensions: int) -> QueryTable:
    """A table of random rows."""
    values = rng.integers(-127, 128, (rows, dimensions)).astype(np.int8)
    scales = rng.uniform(0.001, 0.01, rows).astype(np.float32)
    return QueryTable(tuple(f"t{n}" for n in range(rows)), values, scales, None, "random")


@pytest.mark.parametrize(("limit", "bits", "error"), [(10**9, 2, 0.06), (0, 1, 0.12)])
def test_codes_keep_cosines(monkeypatch: pytest.MonkeyPatch, limit: int, bits: int, error: float) -> None:
    """The mean error of random passages, at 2 bits and at 1."""
    monkeypatch.setattr(subject, "TWO_BIT_PASSAGES", limit)
    space = make_space(table_of(50, 64))
    matrix = unit(rng.standard_normal((200, 64)) + 0.7)
    query = unit(rng.standard_normal((1, 64)) + 0.7)[0]
    coded = encode_vectors(Vectors((), matrix, ""), space)
    assert coded.bits == bits
    assert set(np.unique(coded.levels)) == set(LEVELS[bits])
    near = cosines(coded, (query @ space.turn).astype(np.float64))
    assert float(np.abs(near - matrix @ query).mean()) < error


def test_a_table_of_many_dimensions_is_turned_to_its_leading_ones() -> None:
    """Rows that lie in a few dimensions lose nothing but their rounding."""
    few = rng.standard_normal((400, 20)) @ rng.standard_normal((20, 300))
    scales = (np.abs(few).max(axis=1) / 127).astype(np.float32)
    table = QueryTable(("t",) * 400, np.round(few / scales[:, None]).astype(np.int8), scales, None, "")
    space = make_space(table)
    assert space.dimensions == 256
    turned = few @ space.turn
    assert np.linalg.norm(turned, axis=1) == pytest.approx(np.linalg.norm(few, axis=1), rel=1e-3)


def test_rows_keep_their_directions_and_sizes() -> None:
    """What a query adds up is near the sum of the exact rows."""
    table = table_of(40, 128)
    space = make_space(table)
    exact = (table.rows * table.scales[:, None])[[3, 17, 17, 25]].sum(axis=0) @ space.turn
    vector = sum_rows(encode_rows(table, space), [3, 17, 17, 25])
    assert vector is not None
    assert np.linalg.norm(vector) == pytest.approx(1)
    assert float(vector @ exact / np.linalg.norm(exact)) > 0.98


def test_tokens_that_say_nothing_give_no_vector() -> None:
    """Neither none at all nor rows of zeros."""
    table = table_of(3, 8)
    table.rows[1] = 0
    rows = encode_rows(table, make_space(table))
    assert sum_rows(rows, []) is None
    assert sum_rows(rows, [1, 1]) is None


@pytest.mark.parametrize("bits", [1, 2])
def test_packed_levels_unpack_to_the_same(bits: int) -> None:
    """Dimension by dimension, as the page reads them; 13 dimensions leave a part of the last byte empty."""
    levels = rng.choice(np.array(LEVELS[bits], np.int8), (5, 13))
    packed = pack_levels(levels, bits)
    each = 8 // bits
    unpacked = [
        [LEVELS[bits][int(row[d // each]) >> (d % each * bits) & (1 << bits) - 1] for d in range(13)]
        for row in packed
    ]
    assert unpacked == levels.tolist()


def test_a_note_is_as_close_as_its_closest_passage() -> None:
    """For notes of 2, 1 and 3 passages."""
    values = np.array([0.1, 0.5, -0.2, 0.3, 0.9, 0.4])
    assert note_bests(values, [0, 2, 3, 6]).tolist() == [0.5, -0.2, 0.9]
    assert note_bests(np.array([]), [0]).tolist() == []
