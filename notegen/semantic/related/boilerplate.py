"""Which passages say something about their note, and which are boilerplate: navigation, a date, a filled template."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.model import NoteId, Passage

MIN_WORDS = 5
"""Words, not counting numbers, under which a passage says nothing: navigation, a date, `see above`."""

MIN_REPEATS = 4
"""Notes with the very same passage, not counting numbers, from which it is a template or a footer; a note may have a
copy, and a copy of that."""


def informative_passages(
    passages: Sequence[Passage], words: Sequence[Sequence[str]]
) -> NDArray[np.intp]:  # fmt: skip
    """Indices of the passages to compare, ascending; all passages of a note that has only boilerplate.

    Args:
        words: the words of each passage's text, in order.
    """
    words = [[word for word in each if not word.isdigit()] for each in words]
    notes_with: dict[tuple[str, ...], set[NoteId]] = defaultdict(set)
    for passage, its_words in zip(passages, words, strict=True):
        notes_with[tuple(its_words)].add(passage.note)
    informative = [len(each) >= MIN_WORDS and len(notes_with[tuple(each)]) < MIN_REPEATS for each in words]
    with_content = {passage.note for passage, says in zip(passages, informative, strict=True) if says}
    return np.array(
        [i for i, passage in enumerate(passages) if informative[i] or passage.note not in with_content],
        np.intp,
    )
