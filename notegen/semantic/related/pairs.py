"""How close notes are: by their closest passages, by all they say, and by one naming the other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.semantic.related.nearest import nearest_passages
from notegen.semantic.related.tfidf import Counts, dot_pairs, merge_counts, run_lengths, weigh_words
from notegen.semantic.related.title_mentions import Namings

NEAREST = 20
"""Passages that are looked at for each; from twice as many no list of ten got better."""

NAMED = 0.2
"""Strength from which on a note is looked at because it is named, however far its passages are."""

NAMED_MOST = 20
"""Notes that a note names that are looked at for being named, the most strongly named first."""

SURROUNDINGS = 20
"""A note's best scores whose mean is its surroundings. With 10 there are half as many hubs again; with 50 the lists of
posts on few subjects suffer."""

# What each kind of evidence counts for, beside the cosine of two passages, which counts 1. Chosen on the links of three
# gardens; each can be a third larger or smaller at a cost of a hundredth.
_SAME_WORDS = 1.0  # the words of the two passages
_NAMED_HERE = 0.5  # the passage here says the other note's name
_NAMED_THERE = 0.25  # the passage there says this one's
_SAME_WORDS_OF_NOTES = 2.0  # all the words of the two notes
_SAME_DIRECTION = 0.5  # the cosine of the notes' mean vectors


_BLOCK = 8192  # pairs at once: 2 x 8,192 x 384 x 4 bytes = 25 MB


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of notes, by `here`, then `there`, each with the passages that are closest.

    All arrays are (e,); every pair is there both ways.
    """

    here: NDArray[np.intp]  # note
    there: NDArray[np.intp]  # note
    passage_here: NDArray[np.intp]
    passage_there: NDArray[np.intp]
    cosine: NDArray[np.float32]  # of the two passages
    named: NDArray[np.float32]  # how strongly either passage names the other note, 0 to 1
    same_words: NDArray[np.float32]  # of the two notes, 0 to 1
    same_direction: NDArray[np.float32]  # of the two notes, -1 to 1
    score: NDArray[np.float64]

    def part(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """The chosen pairs only."""
        return Pairs(
            *(getattr(self, name)[chosen] for name in Pairs.__dataclass_fields__)
        )  # fmt: skip


def pair_notes(
    matrix: NDArray[np.float32],
    notes: NDArray[np.intp],
    counts: Counts,
    namings: Namings,
    *,
    nearest: int = NEAREST,
) -> Pairs:
    """All pairs of notes that have passages near each other, or of which one names the other.

    Args:
        matrix: (n, d) unit rows, one a passage.
        notes: (n,) the note of each, ascending from 0, none left out.
        counts: the words of each.
        nearest: passages of other notes that are looked at for each.
    """
    left, right = _candidates(matrix, notes, namings, nearest)
    cosines = _cosines(matrix, left, right)
    closeness = cosines + _SAME_WORDS * dot_pairs(weigh_words(counts), left, right)
    # Both ways: what names a note is not named by it.
    here, there = np.concatenate([left, right]), np.concatenate([right, left])
    strengths = _strengths(namings, here, notes[there])
    named_there = np.roll(strengths, len(left))
    naming = np.maximum(_NAMED_HERE * strengths, _NAMED_THERE * named_there)
    total = np.tile(closeness, 2) + naming
    best = _first_of_each(notes[here], notes[there], total, here, there)
    here, there = here[best], there[best]
    words, direction = _alike(matrix, notes, counts, notes[here], notes[there])
    return Pairs(
        notes[here],
        notes[there],
        here,
        there,
        np.tile(cosines, 2)[best],
        np.maximum(strengths, named_there)[best],
        words,
        direction,
        total[best] + _SAME_WORDS_OF_NOTES * words + _SAME_DIRECTION * direction,
    )


def _alike(
    matrix: NDArray[np.float32],
    notes: NDArray[np.intp],
    counts: Counts,
    here: NDArray[np.intp],
    there: NDArray[np.intp],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How alike the words of two notes are, and their directions: (e,) each, worked out one way and read both."""
    one_way = here < there
    left, right = here[one_way], there[one_way]
    back = np.lexsort((here, there))  # where each pair stands the other way round
    both = []
    for alike in (
        dot_pairs(weigh_words(merge_counts(counts, notes)), left, right),
        _cosines(_mean_vectors(matrix, notes), left, right),
    ):
        whole = np.empty(len(here), np.float32)
        whole[one_way] = alike
        both.append(np.where(one_way, whole, whole[back]))
    words, direction = both
    return words, direction


def surroundings_of(pairs: Pairs, count: int) -> NDArray[np.float64]:
    """For each of `count` notes the mean of its SURROUNDINGS best scores; of a third of a smaller garden.

    A note with fewer pairs has its lowest score counted for those that are missing.
    """
    k = max(1, min(SURROUNDINGS, count // 3))
    order = np.lexsort((-pairs.score, pairs.here))
    here, score = pairs.here[order], pairs.score[order]
    starts = np.searchsorted(here, np.arange(count))
    sizes = np.searchsorted(here, np.arange(count), side="right") - starts
    best = np.arange(len(here)) - starts[here] < k
    sums = np.bincount(here[best], weights=score[best], minlength=count)
    lowest = np.zeros(count)
    lowest[sizes > 0] = score[(starts + sizes - 1)[sizes > 0]]
    surroundings: NDArray[np.float64] = (sums + np.maximum(0, k - sizes) * lowest) / k
    return surroundings


def _candidates(
    matrix: NDArray[np.float32], notes: NDArray[np.intp], namings: Namings, nearest: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of passages to weigh, each once, the lower number first, in order."""
    near = nearest_passages(matrix, notes, nearest)
    strong = namings.strengths >= NAMED
    passages, named = namings.passages[strong], namings.notes[strong]
    first = _first_of_each(notes[passages], named, namings.strengths[strong], passages)
    first = first[_best_of_each(notes[passages[first]], namings.strengths[strong][first], NAMED_MOST)]
    passages, named = passages[first], named[first]
    begins = np.searchsorted(notes, np.arange(notes[-1] + 2))
    closest = [
        begins[note] + int(np.argmax(matrix[begins[note] : begins[note + 1]] @ matrix[passage]))
        for passage, note in zip(passages, named, strict=True)
    ]
    one = np.concatenate([near.left, passages])
    other = np.concatenate([near.right, np.array(closest, np.intp)])
    keys, _ = run_lengths(np.minimum(one, other) * len(notes) + np.maximum(one, other))
    return keys // len(notes), keys % len(notes)


def _first_of_each(
    here: NDArray[np.intp], there: NDArray[np.intp], score: NDArray[np.floating], *ties: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Where the best of each pair of notes stands, by pair; equal scores by `ties`, the lowest first."""
    order = np.lexsort((*reversed(ties), -score, there, here))
    new = (np.diff(here[order], prepend=-1) != 0) | (np.diff(there[order], prepend=-1) != 0)
    first: NDArray[np.intp] = order[new]
    return first


def _best_of_each(here: NDArray[np.intp], score: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """Where the `count` best of each note stand, by note; equal scores in their order."""
    order = np.lexsort((-score, here))
    rank = np.arange(len(order)) - np.searchsorted(here[order], here[order])
    best: NDArray[np.intp] = order[rank < count]
    return best


def _strengths(
    namings: Namings, passages: NDArray[np.intp], notes: NDArray[np.intp]
) -> NDArray[np.float32]:  # fmt: skip
    """How strongly each passage names each note, 0 where it does not."""
    if not len(namings.passages):
        return np.zeros(len(passages), np.float32)
    width = int(max(namings.notes.max(), notes.max(initial=0))) + 1
    keys, wanted = namings.passages * width + namings.notes, passages * width + notes
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, namings.strengths[at], np.float32(0))


def _mean_vectors(matrix: NDArray[np.float32], notes: NDArray[np.intp]) -> NDArray[np.float32]:
    """The unit mean of each note's passages, (notes, d); a zero one where they cancel out."""
    sums = np.add.reduceat(matrix, np.flatnonzero(np.diff(notes, prepend=-1)), axis=0)
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    means: NDArray[np.float32] = np.divide(sums, length, out=np.zeros_like(sums), where=length > 1e-6)
    return means


def _cosines(
    rows: NDArray[np.float32], left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.float32]:  # fmt: skip
    """The dot product of each pair of rows, in blocks, so that memory stays flat."""
    dots = np.empty(len(left), np.float32)
    for start in range(0, len(left), _BLOCK):
        block = slice(start, start + _BLOCK)
        dots[block] = np.einsum("ij,ij->i", rows[left[block]], rows[right[block]])
    return dots
