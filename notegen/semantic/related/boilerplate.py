"""Which passages say something about their note, and which are furniture: a lone date, navigation, a filled-in form."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.model import NoteId, Passage

SHORTEST = 5
"""Words, numbers aside, under which a passage says nothing: navigation, a date, `see above`."""

REPEATED = 4
"""Notes that say the very same, numbers aside, from which on it is a template or a footer; a note may have a copy,
and a copy of that."""


def telling_passages(
    passages: Sequence[Passage], words: Sequence[Sequence[str]]
) -> NDArray[np.intp]:  # fmt: skip
    """Indices of the passages to compare, ascending; all of a note's when it has no better.

    Args:
        words: what each passage's text says, in order.
    """
    words = [[word for word in each if not word.isdigit()] for each in words]
    said: dict[tuple[str, ...], set[NoteId]] = defaultdict(set)
    for passage, its_words in zip(passages, words, strict=True):
        said[tuple(its_words)].add(passage.note)
    telling = [len(each) >= SHORTEST and len(said[tuple(each)]) < REPEATED for each in words]
    rich = Counter(passage.note for passage, tells in zip(passages, telling, strict=True) if tells)
    return np.array(
        [i for i, passage in enumerate(passages) if telling[i] or passage.note not in rich], np.intp
    )
