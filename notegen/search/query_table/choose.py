"""Which query table a site has: the one that came with its encoder, else one distilled from the encoder itself."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.encoder import Piece
from notegen.model import Passage, QueryTable
from notegen.search.query_table.distill import choose_pieces, distill_table


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


def table_source(table: QueryTable | None, trained: QueryTable | None) -> str | None:
    """Where the table that `choose_table` chose comes from, for notegen.json; None for no table."""
    if table is None:
        return None
    return "drafted" if trained is None else "trained"
