"""Which query table a site has, and what hangs on where it comes from."""

from collections.abc import Sequence

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.encoder import Piece
from notegen.model import Passage, QueryTable
from notegen.search.query_table.choose import DISTILLED_WEIGHT, table_source, weight_with
from notegen.search.query_table.distill import distilled_table

TRAINED = QueryTable(("sea",), np.ones((1, 3), np.int8), np.ones(1, np.float32), None)
PASSAGES = (Passage("a.md", 0, "", (), "", "moon and sea"),)


def pieces() -> tuple[Piece, ...]:
    """What an encoder's vocabulary holds."""
    return tuple(Piece(token, token) for token in ("sea", "moon", "sun"))


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """A direction each."""
    return np.eye(len(texts), 3, dtype=np.float32)


def not_asked(*_: object) -> None:
    """What is not needed is not made."""
    pytest.fail("asked")


def test_a_table_that_came_with_the_encoder_counts_in_full() -> None:
    """Its meaning as much as the encoder's own."""
    assert table_source(TRAINED, TRAINED) == "trained"
    assert weight_with(TRAINED, 0.5) == 0.5


def test_a_trained_table_says_what_its_meaning_counts() -> None:
    """Beside that of the encoder."""
    assert weight_with(replace(TRAINED, weight=0.5), 0.6) == 0.3


def test_without_one_a_table_is_distilled_from_the_vocabulary() -> None:
    """A row for each piece, the garden's first."""
    table = distilled_table(pieces, PASSAGES, embed)
    assert table is not None
    assert table.tokens == ("sea", "moon", "sun")
    assert table_source(table, None) == "drafted"
    assert weight_with(table, 0.5) == 0.5 * DISTILLED_WEIGHT


@pytest.mark.parametrize(("vocabulary", "passages"), [(None, PASSAGES), (pieces, ()), (lambda: (), PASSAGES)])
def test_from_nothing_no_table_is_made(vocabulary: object, passages: tuple[Passage, ...]) -> None:
    """No vocabulary, an empty garden, a vocabulary without pieces."""
    table = distilled_table(vocabulary, passages, not_asked)  # type: ignore[arg-type]  # asks not
    assert table is None
    assert table_source(table, None) is None
    assert weight_with(table, 0.5) == 0.5
