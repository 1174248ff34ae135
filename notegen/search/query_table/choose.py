"""What depends on whether a query table came with its encoder or was distilled from it."""

from notegen.model import QueryTable

DISTILLED_WEIGHT = 0.5
"""What a distilled table's meaning counts beside that of a trained one, which follows its encoder more closely. With
multilingual-e5-small nDCG@10 is .931 in Greek by words alone, .945 with a weight of .3 and .924 with one of .55; in
Thai .931, .943 and .856, in English .964, .966 and .949."""


def weight_with(table: QueryTable | None, weight: float) -> float:
    """How much meaning counts for questions by this table, where it is to count `weight` for those by the encoder."""
    if table is None:
        return weight
    return weight * (DISTILLED_WEIGHT if table.is_distilled else table.weight)


def table_source(table: QueryTable | None, trained: QueryTable | None) -> str | None:
    """Where the table comes from, for notegen.json; None for no table.

    Args: trained: the one that came with the encoder.
    """
    if table is None:
        return None
    return "drafted" if trained is None else "trained"
