"""Which notes are near-duplicates: the same text but for a few words, such as a copy or a second draft.

One definition for every page, list and command: two notes of twenty words or more whose vectors have a cosine of .95,
and that have 85 % of their words in common. A cosine alone also joins the parts of a series and the reports of
consecutive months; common words alone join short notes that differ in the one word that matters.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from notegen.model import NearDuplicate, NoteId, Passage
from notegen.text.tokens import singular_forms

MIN_COSINE = 0.95
"""Of the notes' vectors: the bundled model gives it to a text and its second draft."""

MIN_SHARED = 0.85
"""Of all words of two notes, those that are in both: drafts of one text have .86 and more, parts of a series .60."""

MIN_WORDS = 20
"""Of each note; shorter ones say too little to tell a copy from another note of the same form."""


def find_near_duplicates(
    passages: Sequence[Passage],
    notes: Sequence[NoteId],
    starts: NDArray[np.intp],
    nearest: NDArray[np.intp],
    cosines: NDArray[np.float32],
) -> tuple[NearDuplicate, ...]:
    """All pairs among each note's nearest, the highest cosine first, ties by id.

    Args:
        passages: of the notes, in their order.
        notes: by id.
        starts: (n + 1,) where the passages of each note begin, and the end.
        nearest: (n, k) the nearest notes of each; in a group of more than k copies not every pair is found.
        cosines: (n, k) of these.
    """

    @cache
    def words_of(note: int) -> Counter[str]:
        texts = (passage.text for passage in passages[starts[note] : starts[note + 1]])
        return Counter(term for text in texts for term in singular_forms(text))

    found = {}
    for row, place in zip(*np.nonzero(cosines >= MIN_COSINE), strict=True):
        one, other = sorted((int(row), int(nearest[row, place])))
        if share_words(words_of(one), words_of(other)):
            found[one, other] = min(1.0, round(float(cosines[row, place]), 4))
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(NearDuplicate(notes[one], notes[other], cosine) for (one, other), cosine in ordered)


def share_words(one: Counter[str], other: Counter[str]) -> bool:
    """Whether both have MIN_WORDS words, and MIN_SHARED of the words of the two are in both, as often as they are.

    Source:
        The coefficient of Dice, Ecology 26(3), 1945, of the two bags of words.
    """
    if min(one.total(), other.total()) < MIN_WORDS:
        return False
    return 2 * (one & other).total() >= MIN_SHARED * (one.total() + other.total())
