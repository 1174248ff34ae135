"""Which query table a site has: the one that came with its encoder, else one distilled from the encoder itself."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.encoder import Piece
from notegen.model import Passage, QueryTable
from notegen.search.query_table.distill import choose_pieces, distill_table

DISTILLED_WEIGHT = 0.5
"""What a distilled table's meaning counts beside that of a trained one, which follows its encoder more closely. With
multilingual-e5-small nDCG@10 is .931 in Greek by words alone, .945 with a weight of .3 and .924 with one of .55; in
Thai .931, .943 and .856, in English .964, .966 and .949."""


def choose_table(
    trained: QueryTable | None,
    vocabulary: Callable[[], tuple[Piece, ...]] | None,
    passages: Sequence[Passage],
    *,
    encoder: str,
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
) -> QueryTable | None:
    """The table for questions to these passages; None when there is nothing that it could be made from.

    Args:
        trained: the one that came with the encoder; it is taken as it is.
        vocabulary: reads the encoder's pieces, from frequent to rare; None where they cannot be known.
        passages: of the garden.
        encoder: its fingerprint.
        embed: gives what the encoder says of texts, unit vectors (n, D); asked only where a table is distilled.
    """
    if trained or not passages or vocabulary is None:
        return trained
    pieces = choose_pieces(vocabulary(), passages)
    if not pieces:
        return None
    return distill_table(pieces, embed([piece.text for piece in pieces]), passages, encoder=encoder)


def weight_with(table: QueryTable | None, weight: float) -> float:
    """How much meaning counts for questions by this table, where it is to count `weight` for those by the encoder."""
    if table is None:
        return weight
    return weight * (DISTILLED_WEIGHT if table.is_distilled else table.weight)


def table_source(table: QueryTable | None, trained: QueryTable | None) -> str | None:
    """Where the table that `choose_table` chose comes from, for notegen.json; None for no table."""
    if table is None:
        return None
    return "drafted" if trained is None else "trained"
