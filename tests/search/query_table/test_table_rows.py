"""Rows of a query table that are made where they are asked for are those that are made all at once."""

import numpy as np
import pytest

from notegen.exact import exact_product
from notegen.model import QueryTable
from notegen.search.quantizer import fit_quantizer, quantize
from notegen.search.table_rows import TableRows, TurnedRows, float_rows

PLACES = (slice(None), slice(3, 9), slice(0, 12, 4), slice(11, 40), slice(5, 5))


def table(*, is_rotated: bool = False) -> QueryTable:
    """Twelve rows of six numbers, or of four that are turned into six."""
    chance = np.random.default_rng(1)
    width = 4 if is_rotated else 6
    return QueryTable(
        tokens=tuple("abcdefghijkl"),
        rows=chance.integers(-127, 128, (12, width)).astype(np.int8),
        scales=chance.random(12, np.float32),
        rotation=chance.normal(size=(6, 4)).astype(np.float32) if is_rotated else None,
    )


@pytest.mark.parametrize("is_rotated", [False, True])
@pytest.mark.parametrize("places", PLACES, ids=str)
def test_some_rows_are_those_of_all(places: slice, is_rotated: bool) -> None:
    """Those that were moved in their places, to the last bit."""
    numbers, moved = np.array([2, 7, 8]), np.arange(18, dtype=np.float32).reshape(3, 6)
    rows = TableRows(table(is_rotated=is_rotated), numbers, moved)
    whole = float_rows(table(is_rotated=is_rotated))
    whole[numbers] = moved
    assert len(rows) == 12
    assert (rows[places] == whole[places]).all()
    axes = np.linalg.qr(np.random.default_rng(2).normal(size=(6, 3)))[0].astype(np.float32)
    for step in (1, 3, 5):
        turned = TurnedRows(rows, axes, step)
        every = exact_product(whole[::step], axes)
        assert len(turned) == len(every)
        assert (turned[places] == every[places]).all()


def test_rows_are_quantized_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """As all at once."""
    whole = float_rows(table())
    rows = TableRows(table(), np.empty(0, np.int64), np.empty((0, 6), np.float32))
    quantizer = fit_quantizer(whole, bits=12)
    at_once = quantize(quantizer, whole)
    monkeypatch.setattr("notegen.search.quantizer._BLOCK_SIZE", 5)
    in_parts = quantize(quantizer, rows)
    assert (in_parts.levels == at_once.levels).all()
    assert (in_parts.scales == at_once.scales).all()
    assert fit_quantizer(rows, bits=12).bits.tolist() == quantizer.bits.tolist()
