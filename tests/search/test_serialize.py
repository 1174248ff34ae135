"""What was learned of a garden, and where its passages are, as bytes."""

from typing import Any

import numpy as np
import pytest
from msgspec import Struct
from msgspec.structs import replace

from notegen.model import Passage, QueryTable, Vectors
from notegen.search import clusters
from notegen.search.serialize import (
    deserialize_space,
    joined_places,
    kept_places,
    places_key,
    serialize_space,
    space_key,
    tokens_key,
)
from notegen.search.vector_index import learn_clusters, learn_space, place_passages

rng = np.random.default_rng(7)
MATRIX = rng.standard_normal((300, 31)).astype(np.float32)
MATRIX /= np.linalg.norm(MATRIX, axis=1, keepdims=True)
VECTORS = Vectors(
    tuple(Passage("a.md", n, "A", ("B",), "b", f"text {n}") for n in range(300)), MATRIX, "made"
)
TABLE = QueryTable(
    ("a", "b", "é"), rng.integers(-9, 9, (3, 31)).astype(np.int8), np.ones(3, np.float32), None
)


def parts_of(value: Any) -> list[object]:
    """All numbers in a value, in order, with the kinds of arrays."""
    if isinstance(value, Struct):
        return [part for field in value.__struct_fields__ for part in parts_of(getattr(value, field))]
    return [value.dtype, value.tolist()] if isinstance(value, np.ndarray) else [value]


def test_both_are_read_as_they_were_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last bit, with several clusters and an odd number of dimensions."""
    monkeypatch.setattr(clusters, "MAX_UNCLUSTERED", 100)
    space = learn_space(learn_clusters(MATRIX, count=300), TABLE.rows.astype(np.float32), count=300)
    places = place_passages(MATRIX, space)
    assert len(space.rows.quantizer.bits) % 2 == 1
    assert len(space.centroids) > 2
    found, by_frequency = deserialize_space(serialize_space(space, (2, 0)))
    assert parts_of(found) == parts_of(space)
    assert by_frequency == (2, 0)
    parts = [place_passages(part, space) for part in (MATRIX[:90], MATRIX[90:])]
    assert parts_of(joined_places([*map(kept_places, parts)], space)) == parts_of(places)


def test_the_key_is_of_everything_that_counts() -> None:
    """The texts, the vectors, the table, the code and other facts; not where passages stand."""

    def key_of(
        vectors: Vectors = VECTORS, table: QueryTable = TABLE, code: bytes = b"1", fact: int = 1
    ) -> bytes:
        return space_key(vectors, table, facts=(fact,), code=code)

    first, *others = VECTORS.passages
    turned = MATRIX.copy()
    turned[5, 5] += 1e-6
    rows = TABLE.rows.copy()
    rows[1, 1] += 1
    assert key_of(replace(VECTORS, passages=(replace(first, note="b.md"), *others))) == key_of()
    changed = [
        key_of(code=b"2"),
        key_of(fact=2),
        key_of(replace(VECTORS, matrix=turned)),
        key_of(table=replace(TABLE, rows=rows)),
        key_of(table=replace(TABLE, tokens=("a", "b", "c"))),
        key_of(table=replace(TABLE, scales=np.full(3, 2, np.float32))),
        key_of(table=replace(TABLE, is_distilled=True)),
        key_of(table=replace(TABLE, weight=0.5)),
        *(
            key_of(replace(VECTORS, passages=(one, *others)))
            for one in (replace(first, text="x"), replace(first, title="x"), replace(first, trail=()))
        ),
    ]
    assert len({key_of(), *changed}) == 12
    places = [places_key(MATRIX, key) for key in (key_of(), *changed[:2])]
    assert len({*places, places_key(turned, key_of())}) == 4
    assert tokens_key(TABLE) == tokens_key(replace(TABLE, rows=rows))
    assert tokens_key(TABLE) != tokens_key(replace(TABLE, tokens=("a", "b", "c")))
