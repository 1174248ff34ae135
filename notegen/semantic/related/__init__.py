"""Which notes are close in meaning, and why.

    passages -> without boilerplate -> nearest by cosine -+-> pairs of notes -> CSLS -> lists
    words, titles, aliases -> title mentions -------------+

Two notes are as close as their closest passages, so that one section of a mixed diary page finds a similar one; what
the notes say as a whole, and that one mentions the other's name, counts beside it. CSLS then subtracts how close each
note is to its neighbours, since some notes are close to everything. Links are no evidence: those already there are
only marked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.model import Garden, Note, NoteId, Passage, Related
from notegen.note_memory import NoteMemory
from notegen.semantic.note_vectors import NoteVectors
from notegen.semantic.outliers import are_isolated
from notegen.semantic.related.boilerplate import bare_titles, informative_passages, silent_notes
from notegen.semantic.related.known_nearest import known_nearest_passages
from notegen.semantic.related.lists import RelatedPairs, list_neighbours
from notegen.semantic.related.note_words import PassageWords, forget_forms, forms_of
from notegen.semantic.related.pairs import Pairs, csls_radius, pair_notes
from notegen.semantic.related.title_mentions import TitleMentions, find_title_mentions
from notegen.semantic.tfidf import Counts

__all__ = ["relate_notes"]

MIN_CSLS = -0.35
"""CSLS from which notes are listed. Of the pairs below it one in thirty is linked, of those above 0 one in ten to two
in three."""

MIN_COSINE = 0.3
"""Cosine of passages under which nothing is related, in any garden; MiniLM gives two sentences of different subjects 0
to 0.2."""

STRONG_COSINE = 0.6
"""Cosine from which two passages are related even where one note is isolated, in any garden."""

MIN_WORD_SIMILARITY = 0.05
"""TF-IDF cosine of two notes from which they are related where the encoder does not know their words."""

STRONG_MENTION = 0.5
"""How strongly one note must mention the other to be related however far apart their passages are."""

MAX_NAMES = 8
"""Names of one note, its title and aliases, that are looked for in others."""


class _ComparedWords(Struct, frozen=True, eq=False):
    """What passages say, as far as that is compared."""

    compared: NDArray[np.intp]  # (n,) the numbers of those that are no boilerplate, ascending
    counts: Counts
    """The words of each of these."""
    silent: frozenset[NoteId]
    """Notes of which nothing is said but a day; they are related to none."""
    bare: Mapping[NoteId, bytes]
    """Notes of which only a title is known, to what it says; those that say the same are not related by that."""
    mentions: TitleMentions
    """Which of the compared passages say the names of which notes; notes by their place among all that have any."""


def _compare_words(garden: Garden, passages: Sequence[Passage], memory: NoteMemory | None) -> _ComparedWords:
    """Args: passages: of the garden, by note."""
    words = PassageWords(garden, passages, memory)
    said = words.said
    compared = informative_passages(passages, said)
    counts = words.counts(compared)
    number = {note: i for i, note in enumerate(dict.fromkeys(passage.note for passage in passages))}
    note_of = np.array([number[passage.note] for passage in passages], np.intp)[compared]
    names = [_names_as_forms(garden.notes[note]) for note in number]
    silent = silent_notes(passages, said, forms_of)
    forget_forms()
    return _ComparedWords(
        compared,
        counts,
        silent,
        bare_titles(passages, said),
        find_title_mentions(counts, note_of, names),
    )


def relate_notes(
    garden: Garden,
    notes: NoteVectors,
    *,
    count: int,
    memory: NoteMemory | None = None,
    jobs: int = 1,
) -> Related:
    """At most `count` neighbours a note that it has no link with, and as many that it has; ties by id.

    It costs a product of all passages with all up to `nearest.MAX_EXACT`, n log n above.

    Args:
        garden: the notes, for their names and links.
        memory: of the notes' words; None to count all anew.
        jobs: threads that compare passages, where nothing is known of most.

    Source:
        Cross-domain similarity local scaling, Conneau et al., "Word Translation Without Parallel Data", ICLR 2018.
    """
    ids, all_passages = notes.notes, notes.vectors.passages
    if count == 0 or len(ids) < 2:
        return Related()
    words = _compare_words(garden, all_passages, memory)
    compared, counts = words.compared, words.counts
    passages = [all_passages[i] for i in compared]
    note_of = np.repeat(np.arange(len(ids)), np.diff(notes.starts))[compared]
    pairs = pair_notes(
        notes.vectors.matrix[compared],
        note_of,
        notes.matrix,
        counts,
        words.mentions,
        trust=notes.trust,
        find_nearest=partial(
            known_nearest_passages, ids=ids, cache=memory.cache if memory else None, jobs=jobs
        ),
    )
    is_silent = np.array([id in words.silent for id in ids])
    pairs = pairs.where(~is_silent[pairs.here] & ~is_silent[pairs.there])
    says = _numbers([words.bare.get(id, id) for id in ids])
    pairs = pairs.where(says[pairs.here] != says[pairs.there])
    duplicates = _near_duplicates_by_note(notes)
    radius = csls_radius(pairs.where(~_are_among(pairs, duplicates)), len(ids))
    csls = 2 * pairs.score - radius[pairs.here] - radius[pairs.there]
    is_related = (
        (csls > MIN_CSLS)
        & ((pairs.cosine >= MIN_COSINE) | (pairs.mention >= STRONG_MENTION) | _share_words(notes, pairs))
        & ((pairs.cosine >= STRONG_COSINE) | ~_stand_alone(notes, pairs)[pairs.here])
    )
    related = RelatedPairs(ids, passages, counts, pairs.where(is_related), csls[is_related], duplicates)
    return Related(dict(list_neighbours(related, garden, count)))


def _numbers(things: Sequence[object]) -> NDArray[np.intp]:
    """A number for each, the same for equal ones: (n,)."""
    first: dict[object, int] = {}
    return np.array([first.setdefault(thing, len(first)) for thing in things], np.intp)


def _near_duplicates_by_note(notes: NoteVectors) -> Mapping[int, frozenset[int]]:
    """For each note that has some, its near-duplicates; notes by number."""
    number = {id: i for i, id in enumerate(notes.notes)}
    found: dict[int, set[int]] = defaultdict(set)
    for pair in notes.near_duplicates:
        one, other = number[pair.one], number[pair.other]
        found[one].add(other)
        found[other].add(one)
    return {note: frozenset(others) for note, others in found.items()}


def _are_among(pairs: Pairs, duplicates: Mapping[int, frozenset[int]]) -> NDArray[np.bool_]:
    """Which pairs are of near-duplicates: (e,)."""
    width = int(pairs.here.max(initial=0)) + 1
    keys = [note * width + other for note, others in duplicates.items() for other in others]
    return np.isin(pairs.here * width + pairs.there, keys)


def _stand_alone(notes: NoteVectors, pairs: Pairs) -> NDArray[np.bool_]:
    """Which notes are isolated and neither mention another note nor are mentioned: (n,)."""
    mention = np.zeros(len(notes.notes), np.float32)
    np.maximum.at(mention, pairs.here, pairs.mention)
    return are_isolated(notes) & (mention < STRONG_MENTION)


def _share_words(notes: NoteVectors, pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs have much the same words, where the encoder does not know one of the two notes: (n,)."""
    unknown: NDArray[np.bool_] = np.minimum(notes.trust[pairs.here], notes.trust[pairs.there]) < 1
    return unknown & (pairs.word_similarity >= MIN_WORD_SIMILARITY)


def _names_as_forms(note: Note) -> list[list[str]]:
    return [forms_of(name) for name in (note.title, *note.aliases)[:MAX_NAMES]]
