"""Pairs of close notes to the lists that readers see: closest first, copies folded, each with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.model import Neighbour, NoteId, Passage, Reason
from notegen.semantic.related.pairs import Pairs
from notegen.semantic.related.reasons import Shared
from notegen.semantic.related.tfidf import Counts


@dataclass(frozen=True, slots=True, eq=False)
class Close:
    """The pairs of notes that are related, and what the numbers in them stand for."""

    ids: Sequence[NoteId]
    passages: Sequence[Passage]
    counts: Counts
    """The words of each passage."""
    pairs: Pairs
    closeness: NDArray[np.float64]  # (e,) of each pair
    copies: Mapping[int, frozenset[int]]
    """For each note those that are nearly the same text."""


def list_neighbours(
    close: Close, linked: Mapping[NoteId, frozenset[NoteId]], count: int
) -> Iterator[tuple[NoteId, tuple[Neighbour, ...]]]:
    """The neighbours of each note that has some: at most `count` linked with it and as many not, closest first.

    A note that is nearly the same text as one before it in a list is named with that one. The score is the share of
    all related pairs that a pair is at least as close as.
    """
    shared = Shared(close.counts)
    pairs = close.pairs
    ranked = np.sort(close.closeness)
    scores = np.searchsorted(ranked, close.closeness, side="right") / max(1, len(ranked))
    order = np.lexsort((pairs.there, -close.closeness, pairs.here))
    starts = np.flatnonzero(np.diff(pairs.here[order], prepend=-1))
    for run in np.split(order, starts[1:]) if len(order) else ():
        here = close.ids[pairs.here[run[0]]]
        chosen = _choose(close, run, linked.get(here, frozenset()), count)
        yield (
            here,
            tuple(
                _neighbour(close, shared, place, round(float(scores[place]), 4), is_linked, folded)
                for place, is_linked, folded in chosen
            ),
        )


def _choose(
    close: Close, run: NDArray[np.intp], linked: frozenset[NoteId], count: int
) -> list[tuple[int, bool, list[int]]]:
    """Which pairs of one note to list, whether they are linked, and the notes folded into each."""
    chosen: list[tuple[int, bool, list[int]]] = []
    head_of: dict[int, list[int]] = {}
    room = {True: count, False: count}
    for place in run.tolist():
        there = int(close.pairs.there[place])
        if there in head_of:
            head_of[there].append(there)
            continue
        is_linked = close.ids[there] in linked
        if not room[is_linked]:
            continue
        room[is_linked] -= 1
        folded: list[int] = []
        chosen.append((place, is_linked, folded))
        head_of |= dict.fromkeys(close.copies.get(there, frozenset()), folded)
    return chosen


def _neighbour(
    close: Close, shared: Shared, place: int, score: float, linked: bool, folded: Sequence[int]
) -> Neighbour:
    here, there = int(close.pairs.passage_here[place]), int(close.pairs.passage_there[place])
    passage = close.passages[here]
    words = shared.words(here, there, f"{passage.text} {passage.title}")
    return Neighbour(
        close.ids[close.pairs.there[place]],
        score,
        Reason(passage, close.passages[there], words),
        linked=linked,
        copies=tuple(close.ids[copy] for copy in folded),
    )
