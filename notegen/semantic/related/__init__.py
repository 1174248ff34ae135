"""Which notes are close in meaning, and why.

    passages -> without boilerplate -> nearest by cosine -+-> pairs of notes -> CSLS -> lists
    words, titles, aliases -> title mentions -------------+

Two notes are as close as their closest passages, so that one section of a mixed diary page finds a similar one; what
the notes say as a whole, and that one mentions the other's name, counts beside it. CSLS then subtracts how close each
note is to its neighbours, since some notes are close to everything. Links are no evidence: those already there are
only marked.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notegen.model import Garden, Note, Related, Vectors
from notegen.semantic.related.boilerplate import informative_passages
from notegen.semantic.related.lists import RelatedPairs, list_neighbours
from notegen.semantic.related.near_duplicates import are_near_duplicates, near_duplicates_in
from notegen.semantic.related.pairs import Pairs, csls_radius, pair_notes
from notegen.semantic.related.tfidf import count_words
from notegen.semantic.related.title_mentions import find_title_mentions
from notegen.text.tokens import singular_forms

__all__ = ["relate_notes"]

MIN_CSLS = -0.35
"""CSLS from which notes are listed. Of the pairs below it one in thirty is linked, of those above 0 one in ten to two
in three."""

MIN_COSINE = 0.3
"""Cosine of passages under which nothing is related, in any garden; MiniLM gives two sentences of different subjects 0
to 0.2."""

OUTLIER_FENCE = 1.5
"""Interquartile ranges below the first quartile from which a note stands apart: Tukey's fence."""

SURE_COSINE = 0.6
"""Cosine from which two passages have something to do with each other, in any garden."""

SURE_MENTION = 0.5
"""How strongly one note must mention the other to be related however far apart their passages are."""

MAX_NAMES = 8
"""Names of one note, its title and aliases, that are looked for in others."""


def relate_notes(garden: Garden, vectors: Vectors, *, count: int) -> Related:
    """At most `count` neighbours a note that it has no link with, and as many that it has; ties by id.

    It costs a product of all passages with all up to `nearest.MAX_EXACT`, n log n above.

    Args:
        garden: the notes of the vectors, for their names and links.
        vectors: passages by note id, then number.

    Sources:
        Cross-domain similarity local scaling, Conneau et al., "Word Translation Without Parallel Data", ICLR 2018.
        The fence: Tukey, "Exploratory Data Analysis", 1977.
    """
    words = [_forms(passage.text) for passage in vectors.passages]
    compared = informative_passages(vectors.passages, words)
    passages = [vectors.passages[i] for i in compared]
    ids = list(dict.fromkeys(passage.note for passage in passages))
    if count == 0 or len(ids) < 2:
        return Related()
    titles = {id: _forms(garden.notes[id].title) for id in ids}
    counts = count_words([*titles[vectors.passages[i].note], *words[i]] for i in compared)
    number = {id: i for i, id in enumerate(ids)}
    notes = np.array([number[passage.note] for passage in passages], np.intp)
    mentions = find_title_mentions(counts, notes, [_names_as_forms(garden.notes[id]) for id in ids])
    pairs = pair_notes(vectors.matrix[compared], notes, counts, mentions)
    duplicate = are_near_duplicates(pairs)
    radius = csls_radius(pairs.where(~duplicate), len(ids))
    csls = 2 * pairs.score - radius[pairs.here] - radius[pairs.there]
    is_related = (
        (csls > MIN_CSLS)
        & ((pairs.cosine >= MIN_COSINE) | (pairs.mention >= SURE_MENTION))
        & ~_outliers(pairs)[pairs.here]
    )
    related = RelatedPairs(
        ids,
        passages,
        counts,
        pairs.where(is_related),
        csls[is_related],
        near_duplicates_in(pairs.where(duplicate)),
    )
    return Related(dict(list_neighbours(related, garden, count)))


def _outliers(pairs: Pairs) -> NDArray[np.bool_]:
    """Which notes are far from all others by the measure of this garden, and mention none: (notes,)."""
    count = int(pairs.here.max()) + 1
    best, mention = np.full(count, -1, np.float32), np.zeros(count, np.float32)
    np.maximum.at(best, pairs.here, pairs.cosine)
    np.maximum.at(mention, pairs.here, pairs.mention)
    first, third = np.quantile(best, [0.25, 0.75])
    far: NDArray[np.bool_] = best < min(SURE_COSINE, first - OUTLIER_FENCE * (third - first))
    return far & (mention < SURE_MENTION)


def _forms(text: str) -> list[str]:
    """The words of a text; no word contains a space, and most of what stands between spaces has been seen before."""
    return [form for part in text.split() for form in _forms_of_part(part)]


@lru_cache(maxsize=1 << 17)
def _forms_of_part(part: str) -> tuple[str, ...]:
    return tuple(singular_forms(part))


def _names_as_forms(note: Note) -> list[list[str]]:
    return [_forms(name) for name in (note.title, *note.aliases)[:MAX_NAMES]]
