"""A garden's vectors as bytes."""

from dataclasses import replace

import numpy as np
import pytest

from notegen.model import Passage, QueryTable, Vectors
from notegen.search import clusters
from notegen.search.serialize import deserialize_index, index_key, serialize_index
from notegen.search.vector_index import make_vector_index

rng = np.random.default_rng(7)
MATRIX = rng.standard_normal((300, 31)).astype(np.float32)
MATRIX /= np.linalg.norm(MATRIX, axis=1, keepdims=True)
VECTORS = Vectors(
    tuple(Passage("a.md", n, "A", ("B",), "b", f"text {n}") for n in range(300)), MATRIX, "made"
)
TABLE = QueryTable(
    ("a", "b", "é"), rng.integers(-9, 9, (3, 31)).astype(np.int8), np.ones(3, np.float32), None, "made"
)


def test_an_index_is_read_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last bit, with several clusters and an odd number of dimensions."""
    monkeypatch.setattr(clusters, "MAX_UNCLUSTERED", 100)
    index = make_vector_index(VECTORS, TABLE.tokens, TABLE.rows.astype(np.float32), (2, 0))
    found = deserialize_index(serialize_index(index), TABLE.tokens)
    assert len(index.rows.quantizer.bits) % 2 == 1
    assert len(index.centroids) > 2
    assert (found.tokens, found.tokens_by_frequency) == (index.tokens, index.tokens_by_frequency)
    assert found.centroid_norms.tobytes() == index.centroid_norms.tobytes()
    assert found.clusters.tobytes() == index.clusters.tobytes()
    for name in ("rows", "centroids", "residuals"):
        one, other = getattr(index, name), getattr(found, name)
        assert (one.max_scale, one.quantizer.max_step) == (other.max_scale, other.quantizer.max_step)
        for a, b in (
            (one.levels, other.levels),
            (one.scales, other.scales),
            (one.quantizer.bits, other.quantizer.bits),
        ):
            assert (a == b).all()
            assert a.dtype == b.dtype
        assert (one.quantizer.steps == other.quantizer.steps).all()


def test_the_key_is_of_everything_that_counts() -> None:
    """The texts, the vectors, the table and the code; not where passages stand."""
    key = index_key(VECTORS, TABLE, code=b"1")
    first, *others = VECTORS.passages
    turned = MATRIX.copy()
    turned[5, 5] += 1e-6
    rows = TABLE.rows.copy()
    rows[1, 1] += 1
    assert (
        index_key(replace(VECTORS, passages=(replace(first, note="b.md"), *others)), TABLE, code=b"1") == key
    )
    changed = [
        index_key(VECTORS, TABLE, code=b"2"),
        index_key(replace(VECTORS, matrix=turned), TABLE, code=b"1"),
        index_key(VECTORS, replace(TABLE, rows=rows), code=b"1"),
        index_key(VECTORS, replace(TABLE, tokens=("a", "b", "c")), code=b"1"),
        index_key(VECTORS, replace(TABLE, scales=np.full(3, 2, np.float32)), code=b"1"),
        *(
            index_key(replace(VECTORS, passages=(one, *others)), TABLE, code=b"1")
            for one in (replace(first, text="x"), replace(first, title="x"), replace(first, trail=()))
        ),
    ]
    assert len({key, *changed}) == 9
