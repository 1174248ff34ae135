"""Which notes are close in meaning, and why.

Two notes are as close as their closest passages, so that one section of a mixed diary page finds its like. A plain
cosine favours hubs, passages that lie close to everything; CSLS takes each passage's own neighbourhood off it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.model import Neighbour, NoteId, Passage, Reason, Related, Vectors
from notegen.ranking.words import terms

NEIGHBOURHOOD = 10
"""Neighbours of a passage that are weighed, and whose mean cosine is its density; 10 is the CSLS authors' choice."""

CLOSE = 0.0
"""CSLS above which two passages belong together: they are closer to each other than to their surroundings."""

FLOOR = 0.3
"""Cosine under which nothing is related, however lonely both passages are: in a small garden everything is far.
MiniLM puts two sentences of different subjects at 0 to 0.2."""

_BLOCK = 512  # rows at once: 512 x 50,000 passages x 4 bytes = 100 MB
_SHORTEST = 5  # words; shorter passages (navigation, a lone date) are close to many and say nothing
_COMMON = 0.05  # share of passages above which a word explains nothing
_WORDS = 5


def relate_notes(vectors: Vectors, *, count: int) -> Related:
    """At most `count` neighbours a note, closest first, ties by id; none where nothing is close.

    A pair's score is the share of all related pairs of the garden that it is at least as close as: 0 to 1.
    It costs one product of all passages with all, in blocks: n² d operations, 100 MB.

    Source:
        Cross-domain similarity local scaling, Conneau et al., "Word Translation Without Parallel Data", ICLR 2018.
    """
    passages = _telling(vectors.passages)
    if count == 0 or len(passages) < 2:
        return Related()
    pairs = _closest_pairs([vectors.passages[i] for i in passages], vectors.matrix[passages])
    ranked = np.sort(np.array([pair.closeness for pair in pairs.values()], np.float32))
    words = _Words(vectors.passages)
    lists: dict[NoteId, list[tuple[float, NoteId, _Pair]]] = {}
    for (here, there), pair in pairs.items():
        lists.setdefault(here, []).append((-pair.closeness, there, pair))
    neighbours = {
        note: tuple(
            Neighbour(
                other,
                round(float(np.searchsorted(ranked, pair.closeness, side="right")) / len(ranked), 4),
                Reason(pair.here, pair.there, words.shared(pair.here, pair.there)),
            )
            for _, other, pair in sorted(found, key=lambda entry: entry[:2])[:count]
        )
        for note, found in sorted(lists.items())
    }
    return Related(neighbours)


@dataclass(frozen=True, slots=True)
class _Pair:
    here: Passage
    there: Passage
    closeness: float


def _telling(passages: Sequence[Passage]) -> NDArray[np.intp]:
    """Indices of the passages long enough to compare, or all of a note's when it has no such."""
    long = [len(passage.text.split()) >= _SHORTEST for passage in passages]
    rich = {passage.note for passage, is_long in zip(passages, long, strict=True) if is_long}
    return np.array(
        [i for i, passage in enumerate(passages) if long[i] or passage.note not in rich], dtype=np.intp
    )  # fmt: skip


def _closest_pairs(
    passages: Sequence[Passage], matrix: NDArray[np.float32]
) -> dict[tuple[NoteId, NoteId], _Pair]:  # fmt: skip
    """For each ordered pair of notes that are close, their closest passages."""
    near, cosines = _neighbourhoods(passages, matrix)
    density = cosines.mean(axis=1)  # (n,)
    closeness = 2 * cosines - density[:, None] - density[near]  # (n, k)
    pairs: dict[tuple[NoteId, NoteId], _Pair] = {}
    for i, k in zip(*np.nonzero((closeness > CLOSE) & (cosines > FLOOR)), strict=True):
        here, there, value = passages[i], passages[near[i, k]], float(closeness[i, k])
        for a, b in ((here, there), (there, here)):
            best = pairs.get((a.note, b.note))
            if best is None or value > best.closeness:
                pairs[a.note, b.note] = _Pair(a, b, value)
    return pairs


def _neighbourhoods(
    passages: Sequence[Passage], matrix: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Indices and cosines (n, k) of each passage's nearest passages of other notes, nearest first, ties by index."""
    own = list(_spans([passage.note for passage in passages]))
    k = min(NEIGHBOURHOOD, len(passages) - 1)
    near = np.empty((len(passages), k), np.intp)
    cosines = np.empty((len(passages), k), np.float32)
    for start in range(0, len(passages), _BLOCK):
        block = matrix[start : start + _BLOCK] @ matrix.T  # (b, n) = (b, d) @ (d, n)
        for row, (first, last) in enumerate(own[start : start + _BLOCK]):
            block[row, first:last] = -1
        top = np.sort(np.argpartition(-block, k - 1, axis=1)[:, :k], axis=1)
        values = np.take_along_axis(block, top, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        near[start : start + len(block)] = np.take_along_axis(top, order, axis=1)
        cosines[start : start + len(block)] = np.take_along_axis(values, order, axis=1)
    return near, cosines


def _spans(notes: Sequence[NoteId]) -> Iterator[tuple[int, int]]:
    """For each passage the range of its own note's passages, which are never its neighbours."""
    counts = Counter(notes)
    start = 0
    while start < len(notes):
        end = start + counts[notes[start]]
        for _ in range(start, end):
            yield start, end
        start = end


class _Words:
    """Which words two passages share that few others have."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._terms = {(p.note, p.number): frozenset(terms(_text_of(p))) for p in passages}
        self._spread = Counter(term for found in self._terms.values() for term in found)
        self._limit = max(2, int(len(passages) * _COMMON))

    def shared(self, here: Passage, there: Passage) -> tuple[str, ...]:
        """At most five, the rarest first, ties by alphabet."""
        both = self._terms[here.note, here.number] & self._terms[there.note, there.number]
        telling = [t for t in both if len(t) > 2 and not t.isdigit() and self._spread[t] <= self._limit]
        text = _text_of(here).lower()
        return tuple(_written(t, text) for t in sorted(telling, key=lambda t: (self._spread[t], t))[:_WORDS])


def _written(term: str, text: str) -> str:
    """The term as the text first writes it, `stories` for `story` aside; terms are folded and without plural s."""
    start = text.find(term)
    while start >= 0:
        end = start + len(term)
        while end < len(text) and text[end].isalnum():
            end += 1
        if end - start <= len(term) + 2 and not text[start - 1 : start].isalnum():
            return text[start:end]
        start = text.find(term, end)
    return term


def _text_of(passage: Passage) -> str:
    return f"{passage.title} {passage.text}"
