"""Which notes are close in meaning, and why.

    passages -> telling (no furniture) -> nearest by cosine -+-> pairs of notes -> less their surroundings -> lists
    words, titles, aliases -> who names whom ----------------+

Two notes are as close as their closest passages, so that one section of a mixed diary page finds its like; what the
notes say as a whole, and that one names the other, counts beside it. CSLS then takes off each note's
surroundings, since some notes lie close to everything. Links are no evidence: those already there are only marked.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notegen.model import Garden, Note, NoteId, Related, ToNote, Vectors
from notegen.semantic.related.boilerplate import telling_passages
from notegen.semantic.related.lists import Close, list_neighbours
from notegen.semantic.related.near_duplicates import are_copies, copies_in
from notegen.semantic.related.pairs import Pairs, pair_notes, surroundings_of
from notegen.semantic.related.tfidf import count_words
from notegen.semantic.related.title_mentions import find_namings
from notegen.text.tokens import singular_forms

__all__ = ["relate_notes"]

CLOSE = -0.35
"""CSLS from which on notes are listed. Of the pairs under it one in thirty is linked, of those above 0 one in ten to
two in three."""

FLOOR = 0.3
"""Cosine under which nothing is related, in whatever garden; MiniLM puts two sentences of different subjects at 0 to
0.2."""

FENCE = 1.5
"""Interquartile ranges below the first quartile from which on a note stands apart: Tukey's fence."""

SURE = 0.6
"""Cosine from which on two passages have something to do with each other, in whatever garden."""

SAID = 0.5
"""How strongly one note must name the other to be related however far their passages are."""

NAMES = 8
"""Names of one note, its title and aliases, that others are searched for."""


def relate_notes(garden: Garden, vectors: Vectors, *, count: int) -> Related:
    """At most `count` neighbours a note that it has no link with, and as many that it has; ties by id.

    It costs a product of all passages with all up to `nearest.EXACT_MOST`, n log n from there on.

    Args:
        garden: the notes of the vectors, for their names and links.
        vectors: passages by note id, then number.

    Sources:
        Cross-domain similarity local scaling, Conneau et al., "Word Translation Without Parallel Data", ICLR 2018.
        The fence: Tukey, "Exploratory Data Analysis", 1977.
    """
    words = [_words(passage.text) for passage in vectors.passages]
    telling = telling_passages(vectors.passages, words)
    passages = [vectors.passages[i] for i in telling]
    ids = list(dict.fromkeys(passage.note for passage in passages))
    if count == 0 or len(ids) < 2:
        return Related()
    titles = {id: _words(garden.notes[id].title) for id in ids}
    counts = count_words([*titles[vectors.passages[i].note], *words[i]] for i in telling)
    number = {id: i for i, id in enumerate(ids)}
    notes = np.array([number[passage.note] for passage in passages], np.intp)
    namings = find_namings(counts, notes, [_names(garden.notes[id]) for id in ids])
    pairs = pair_notes(vectors.matrix[telling], notes, counts, namings)
    alike = are_copies(pairs)
    around = surroundings_of(pairs.part(~alike), len(ids))
    closeness = 2 * pairs.score - around[pairs.here] - around[pairs.there]
    near = (
        (closeness > CLOSE) & ((pairs.cosine >= FLOOR) | (pairs.named >= SAID)) & ~_apart(pairs)[pairs.here]
    )
    close = Close(ids, passages, counts, pairs.part(near), closeness[near], copies_in(pairs.part(alike)))
    return Related(dict(list_neighbours(close, linked_notes(garden), count)))


def linked_notes(garden: Garden) -> Mapping[NoteId, frozenset[NoteId]]:
    """For each note those that it links to or that link to it; none for a note without."""
    return {
        id: frozenset(
            [
                *(to.note for to in resolutions if isinstance(to, ToNote)),
                *(backlink.note for backlink in garden.backlinks.get(id, ())),
            ]
        )
        for id, resolutions in garden.resolutions.items()
    }


def _apart(pairs: Pairs) -> NDArray[np.bool_]:
    """Which notes are far from all others, as far as this garden goes, and name none; (notes,)."""
    count = int(pairs.here.max()) + 1
    best, named = np.full(count, -1, np.float32), np.zeros(count, np.float32)
    np.maximum.at(best, pairs.here, pairs.cosine)
    np.maximum.at(named, pairs.here, pairs.named)
    first, third = np.quantile(best, [0.25, 0.75])
    far: NDArray[np.bool_] = best < min(SURE, first - FENCE * (third - first))
    return far & (named < SAID)


def _words(text: str) -> list[str]:
    """The words of a text; no word runs over a space, and most of what stands between spaces has been seen before."""
    return [form for part in text.split() for form in _forms_of(part)]


@lru_cache(maxsize=1 << 17)
def _forms_of(part: str) -> tuple[str, ...]:
    return tuple(singular_forms(part))


def _names(note: Note) -> list[list[str]]:
    return [_words(name) for name in (note.title, *note.aliases)[:NAMES]]
