"""Where forms stand, as the index counts it, from the postings that come of it."""

from collections.abc import Sequence

import numpy as np

from notegen.search.inverted_index import Posting
from notegen.search.occurrences import Occurrences
from notegen.search.varint import write_number


def as_occurrences(postings: Sequence[Sequence[Posting]]) -> Occurrences:
    """What comes to the postings of each form."""
    rows = [
        (form, one.note, passage + 1, one.count if place == 0 else 0)
        for form, them in enumerate(postings)
        for one in them
        for place, passage in enumerate(one.passages)
    ]
    return Occurrences(*np.array(rows, np.int64).reshape(-1, 4).T)


def write_postings(postings: Sequence[Posting]) -> str:
    """What `read_postings` reads."""
    parts: list[str] = []
    last = -1
    for posting in postings:
        parts += write_number(posting.note - last - 1), write_number(posting.count)
        last, before = posting.note, -1
        for passage in posting.passages:
            more = passage != posting.passages[-1]
            parts.append(write_number((passage - before - 1) * 2 + more))
            before = passage
    return "".join(parts)
