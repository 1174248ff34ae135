"""Pairs of related notes to the lists that readers see: closest first, near-duplicates folded, each with its reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.model import Garden, Neighbour, NoteId, Passage, Reason
from notegen.semantic.related.pairs import Pairs
from notegen.semantic.related.reasons import SharedWords
from notegen.semantic.tfidf import Counts
from notegen.text.stop_words import stop_words

_PASSAGES_AT_ONCE = 64  # whose texts are kept in small letters: the closest passages of a note recur


class RelatedPairs(Struct, frozen=True, eq=False):
    """The pairs of notes that are related, and what the numbers in them refer to."""

    ids: Sequence[NoteId]
    passages: Sequence[Passage]
    counts: Counts
    """The words of each passage."""
    pairs: Pairs
    csls: NDArray[np.float64]  # (e,) of each pair
    near_duplicates: Mapping[int, frozenset[int]]
    """For each note that has some, its near-duplicates."""


def list_neighbours(
    related: RelatedPairs, garden: Garden, count: int
) -> Iterator[tuple[NoteId, tuple[Neighbour, ...]]]:
    """The neighbours of each note that has some: at most `count` linked with it and as many not, closest first.

    A near-duplicate of a note before it in the list is folded into that one's entry. The score is the share of all
    related pairs that a pair is at least as close as.
    """
    shared = SharedWords(
        related.counts, stop_words({"en", *(note.language for note in garden.notes.values())})
    )
    small = lru_cache(_PASSAGES_AT_ONCE)(lambda number: _in_small_letters(related.passages[number]))
    pairs = related.pairs
    ranked = np.sort(related.csls)
    scores = np.searchsorted(ranked, related.csls, side="right") / max(1, len(ranked))
    order = np.lexsort((pairs.there, -related.csls, pairs.here))
    starts = np.flatnonzero(np.diff(pairs.here[order], prepend=-1))
    for run in np.split(order, starts[1:]) if len(order) else ():
        here = related.ids[pairs.here[run[0]]]
        chosen = _choose(related, run, garden.neighbours[here].either, count)
        yield (
            here,
            tuple(
                _neighbour(related, shared, small, place, round(float(scores[place]), 4), is_linked, folded)
                for place, is_linked, folded in chosen
            ),
        )


def _choose(
    related: RelatedPairs, run: NDArray[np.intp], linked: frozenset[NoteId], count: int
) -> list[tuple[int, bool, list[int]]]:
    """Which pairs of one note to list, whether they are linked, and the notes folded into each."""
    chosen: list[tuple[int, bool, list[int]]] = []
    entry_of: dict[int, list[int]] = {}
    room = {True: count, False: count}
    for place in run.tolist():
        there = int(related.pairs.there[place])
        if there in entry_of:
            entry_of[there].append(there)
            continue
        is_linked = related.ids[there] in linked
        if not room[is_linked]:
            continue
        room[is_linked] -= 1
        folded: list[int] = []
        chosen.append((place, is_linked, folded))
        entry_of |= dict.fromkeys(related.near_duplicates.get(there, frozenset()), folded)
    return chosen


def _neighbour(
    related: RelatedPairs,
    shared: SharedWords,
    small: Callable[[int], str],
    place: int,
    score: float,
    linked: bool,
    folded: Sequence[int],
) -> Neighbour:
    here, there = int(related.pairs.passage_here[place]), int(related.pairs.passage_there[place])
    words = shared.words(here, there, (small(here), small(there)))
    return Neighbour(
        related.ids[related.pairs.there[place]],
        score,
        Reason(related.passages[here], related.passages[there], words),
        linked=linked,
        near_duplicates=tuple(related.ids[other] for other in folded),
    )


def _in_small_letters(passage: Passage) -> str:
    return f"{passage.text} {passage.title}".lower()
