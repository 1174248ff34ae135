"""How close notes are: by their closest passages, by all they say, and by one mentioning the other."""

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.arrays import stable_order
from notegen.exact import WHOLE, Whole, whole_rows
from notegen.semantic.related.nearest import CandidatePairs, nearest_passages
from notegen.semantic.related.title_mentions import TitleMentions
from notegen.semantic.related.word_neighbours import nearest_by_words
from notegen.semantic.tfidf import Counts, dot_pairs, merge_counts, weigh_tfidf

MAX_NEAREST = 20
"""Passages of other notes that each passage is compared with; with twice as many no list of ten got better."""

MIN_MENTION = 0.2
"""Strength from which a mentioned note is a candidate, however far its passages are."""

MAX_MENTIONS = 20
"""Candidates that one note gets by mentioning them, the strongest mention first."""

CSLS_NEIGHBOURS = 20
"""A note's best scores, of which the mean is its CSLS radius. With 10 there are half as many hubs again; with 50 the
lists of posts on few subjects get worse."""

# Weights of the kinds of evidence, beside the cosine of two passages, which has weight 1. Chosen on the links of three
# gardens; each can be a third larger or smaller at a cost of a hundredth.
_PASSAGE_WORDS = 1.0  # TF-IDF cosine of the two passages
_MENTION_HERE = 0.5  # the passage here says the other note's name
_MENTION_THERE = 0.25  # the passage there says this one's
_NOTE_WORDS = 2.0  # TF-IDF cosine of the two notes
_NOTE_COSINE = 0.5  # cosine of the notes' mean vectors


FindNearest = Callable[[Whole, NDArray[np.intp], int], CandidatePairs]
"""As `nearest_passages`: whole rows, the note of each, how many."""

_BLOCK = 128  # pairs at once: 2 x 128 x 384 x 4 bytes = 400 kB stay near the processor; 1,024 take ten times as long


class Pairs(Struct, frozen=True, eq=False):
    """Pairs of notes, by `here`, then `there`, each with the passages that are closest.

    All arrays are (e,); every pair is there both ways.
    """

    here: NDArray[np.intp]  # note
    there: NDArray[np.intp]  # note
    passage_here: NDArray[np.intp]
    passage_there: NDArray[np.intp]
    cosine: NDArray[np.float32]  # of the two passages, as far as the encoder knows both notes
    mention: NDArray[np.float32]  # how strongly either passage mentions the other note, 0 to 1
    word_similarity: NDArray[np.float32]  # TF-IDF cosine of the two notes, 0 to 1
    score: NDArray[np.float64]

    def where(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """The chosen pairs only."""
        return Pairs(
            *(getattr(self, name)[chosen] for name in Pairs.__struct_fields__)
        )  # fmt: skip


def pair_notes(
    matrix: NDArray[np.float32],
    notes: NDArray[np.intp],
    means: NDArray[np.float32],
    counts: Counts,
    mentions: TitleMentions,
    *,
    trust: NDArray[np.float32] | None = None,
    find_nearest: FindNearest = nearest_passages,
    nearest: int = MAX_NEAREST,
) -> Pairs:
    """All pairs of notes that have passages near each other, or of which one mentions the other.

    Args:
        matrix: (n, d) unit rows, one a passage.
        notes: (n,) the note of each, ascending from 0, none left out.
        means: (m, d) the notes' own vectors.
        counts: the words of each.
        trust: (m,) how far the encoder is to be trusted with each note, 0 to 1; None for wholly. What it says counts
            so much less, by the lower of both.
        find_nearest: what finds the passages near each.
        nearest: passages of other notes that each is compared with.
    """
    whole = whole_rows(matrix)
    del matrix  # as large
    words = weigh_tfidf(counts)
    unknown = np.empty(0, np.intp) if trust is None else np.flatnonzero(trust[notes] < 1)
    left, right, cosines = _candidates(
        whole,
        notes,
        mentions,
        find_nearest(whole, notes, nearest),
        nearest_by_words(words, notes, unknown, nearest),
    )
    if trust is not None:
        cosines = cosines * np.minimum(trust[notes[left]], trust[notes[right]])
    closeness = cosines + _PASSAGE_WORDS * dot_pairs(words, left, right)
    # Both ways: a note that mentions another need not be mentioned by it.
    here, there = np.concatenate([left, right]), np.concatenate([right, left])
    strengths = _strengths(mentions, here, notes[there])
    strengths_back = np.roll(strengths, len(left))
    mention = np.maximum(_MENTION_HERE * strengths, _MENTION_THERE * strengths_back)
    total = np.tile(closeness, 2) + mention
    best = _first_of_each(notes[here], notes[there], total, here, there)
    here, there = here[best], there[best]
    similarities, note_cosines = _similarities(means, notes, counts, notes[here], notes[there])
    if trust is not None:
        note_cosines = note_cosines * np.minimum(trust[notes[here]], trust[notes[there]])
    return Pairs(
        notes[here],
        notes[there],
        here,
        there,
        np.tile(cosines, 2)[best],
        np.maximum(strengths, strengths_back)[best],
        similarities,
        total[best] + _NOTE_WORDS * similarities + _NOTE_COSINE * note_cosines,
    )


def _similarities(
    means: NDArray[np.float32],
    notes: NDArray[np.intp],
    counts: Counts,
    here: NDArray[np.intp],
    there: NDArray[np.intp],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """TF-IDF cosines and cosines of mean vectors of pairs of notes, (e,) each, computed for one order of each pair."""
    one_way = here < there
    left, right = here[one_way], there[one_way]
    back = stable_order(there * len(means) + here)  # the index of each pair in the other order
    both = []
    for half in (
        dot_pairs(weigh_tfidf(merge_counts(counts, notes)), left, right),
        _cosines(whole_rows(means), left, right),
    ):
        whole = np.empty(len(here), np.float32)
        whole[one_way] = half
        both.append(np.where(one_way, whole, whole[back]))
    words, note_cosines = both
    return words, note_cosines


def csls_radius(pairs: Pairs, count: int) -> NDArray[np.float64]:
    """For each of `count` notes the mean of its CSLS_NEIGHBOURS best scores; of a third of the notes in a small garden.

    Where a note has fewer pairs, its lowest score counts for the missing ones.
    """
    k = max(1, min(CSLS_NEIGHBOURS, count // 3))
    order = np.lexsort((-pairs.score, pairs.here))
    here, score = pairs.here[order], pairs.score[order]
    starts = np.searchsorted(here, np.arange(count))
    sizes = np.searchsorted(here, np.arange(count), side="right") - starts
    best = np.arange(len(here)) - starts[here] < k
    sums = np.bincount(here[best], weights=score[best], minlength=count)
    lowest = np.zeros(count)
    lowest[sizes > 0] = score[(starts + sizes - 1)[sizes > 0]]
    radius: NDArray[np.float64] = (sums + np.maximum(0, k - sizes) * lowest) / k
    return radius


def _candidates(
    matrix: Whole,
    notes: NDArray[np.intp],
    mentions: TitleMentions,
    candidates: CandidatePairs,
    by_words: tuple[NDArray[np.intp], NDArray[np.intp]],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Pairs of passages to weigh, each once, the lower number first, in order; and their cosines."""
    strong = mentions.strengths >= MIN_MENTION
    passages, mentioned = mentions.passages[strong], mentions.notes[strong]
    first = _first_of_each(notes[passages], mentioned, mentions.strengths[strong], passages)
    first = first[_best_of_each(notes[passages[first]], mentions.strengths[strong][first], MAX_MENTIONS)]
    passages, mentioned = passages[first], mentioned[first]
    closest = _closest(matrix, notes, passages, mentioned)
    one = np.concatenate([candidates.left, passages, by_words[0]])
    other = np.concatenate([candidates.right, closest, by_words[1]])
    keys = np.minimum(one, other) * len(notes) + np.maximum(one, other)
    # What was compared comes first, so that its cosine is that of its pair.
    order = stable_order(keys)
    order = order[np.diff(keys[order], prepend=-1) != 0]
    left, right = keys[order] // len(notes), keys[order] % len(notes)
    is_known = order < len(candidates.left)
    cosines = np.empty(len(order), np.float32)
    cosines[is_known] = candidates.cosines[order[is_known]]
    cosines[~is_known] = _cosines(matrix, left[~is_known], right[~is_known])
    return left, right, cosines


def _closest(
    matrix: Whole, notes: NDArray[np.intp], passages: NDArray[np.intp], others: NDArray[np.intp]
) -> NDArray[np.intp]:
    """For each passage (p,) the nearest one of another note (p,), the first of equals."""
    begins = np.searchsorted(notes, np.arange(notes[-1] + 2))
    sizes = begins[others + 1] - begins[others]
    pair_of = np.repeat(np.arange(len(passages)), sizes)
    right = np.arange(len(pair_of)) + (begins[others] - (np.cumsum(sizes) - sizes))[pair_of]
    cosines = _cosines(matrix, passages[pair_of], right)
    order = np.lexsort((right, -cosines, pair_of))
    nearest: NDArray[np.intp] = right[order[np.diff(pair_of[order], prepend=-1) != 0]]
    return nearest


def _first_of_each(
    here: NDArray[np.intp], there: NDArray[np.intp], score: NDArray[np.floating], *ties: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The index of the best of each pair of notes, by pair; equal scores by `ties`, the lowest first."""
    keys = here * (int(there.max(initial=0)) + 1) + there
    order = stable_order(keys)
    begins = np.flatnonzero(np.diff(keys[order], prepend=-1))
    best = np.maximum.reduceat(score[order], begins) if len(begins) else score
    order = order[score[order] == np.repeat(best, np.diff(begins, append=len(order)))]
    is_new = np.diff(keys[order], prepend=-1) != 0
    is_tied = ~(is_new & np.append(is_new[1:], True))  # few are
    tied = order[is_tied]
    order[is_tied] = tied[np.lexsort((*(tie[tied] for tie in reversed(ties)), keys[tied]))]
    first: NDArray[np.intp] = order[is_new]
    return first


def _best_of_each(here: NDArray[np.intp], score: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """The indices of the `count` best of each note, by note; equal scores in their order."""
    order = np.lexsort((-score, here))
    rank = np.arange(len(order)) - np.searchsorted(here[order], here[order])
    best: NDArray[np.intp] = order[rank < count]
    return best


def _strengths(
    mentions: TitleMentions, passages: NDArray[np.intp], notes: NDArray[np.intp]
) -> NDArray[np.float32]:  # fmt: skip
    """How strongly each passage mentions each note, 0 where it does not."""
    if not len(mentions.passages):
        return np.zeros(len(passages), np.float32)
    width = int(max(mentions.notes.max(), notes.max(initial=0))) + 1
    keys, wanted = mentions.passages * width + mentions.notes, passages * width + notes
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, mentions.strengths[at], np.float32(0))


def _cosines(
    rows: Whole, left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.float32]:  # fmt: skip
    """The cosine of each pair of rows, in blocks, so that memory stays flat."""
    dots = np.empty(len(left), np.float32)
    for start in range(0, len(left), _BLOCK):
        block = slice(start, start + _BLOCK)
        dots[block] = np.einsum("ij,ij->i", rows.take(left[block], axis=0), rows.take(right[block], axis=0))
    return dots * np.float32(1 / WHOLE**2)
