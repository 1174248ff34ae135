"""Where forms stand, as the index counts it, from the postings that come of it."""

from collections.abc import Sequence

import numpy as np

from notegen.search.inverted_index import Posting
from notegen.search.occurrences import Occurrences


def as_occurrences(postings: Sequence[Sequence[Posting]]) -> Occurrences:
    """What comes to the postings of each form."""
    rows = [
        (form, one.note, passage + 1, one.count if place == 0 else 0)
        for form, them in enumerate(postings)
        for one in them
        for place, passage in enumerate(one.passages)
    ]
    return Occurrences(*np.array(rows, np.int64).reshape(-1, 4).T)
