"""Texts as TF-IDF vectors: sparse unit rows, whose dot products are the cosines of their words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.arrays import run_lengths, stable_order
from notegen.exact import logarithms

MAX_WORDS = 512
"""Words kept of one text, the heaviest; a passage has fewer, and the lightest words of a long note do not matter."""

_TEXTS_AT_ONCE = 4096  # texts counted in one sort
_WORDS_AT_ONCE = (
    1 << 14
)  # of right rows whose products are made in one go; eight times as many take half as long again


class Counts(Struct, frozen=True, eq=False):
    """How often each word is in each text; words are numbered from 0 in order of first appearance."""

    vocabulary: tuple[str, ...]
    starts: NDArray[np.int64]  # (n + 1,) where the words of each text begin, and the end
    words: NDArray[np.int32]  # (w,) ascending within a text
    times: NDArray[np.float32]  # (w,)

    def of(self, text: int) -> NDArray[np.int32]:
        """The words of one text, ascending."""
        return self.words[self.starts[text] : self.starts[text + 1]]


class TfidfRows(Struct, frozen=True, eq=False):
    """Sparse unit rows; empty ones for texts without words."""

    starts: NDArray[np.int64]  # (n + 1,)
    words: NDArray[np.int32]  # (w,) ascending within a row
    weights: NDArray[np.float32]  # (w,)
    width: int
    """The size of the vocabulary."""


def count_words(texts: Iterable[Sequence[str]]) -> Counts:
    """The counts of texts, each given as its words."""
    numbers: dict[str, int] = {}
    sizes, words, times = [], [], []
    remaining = iter(texts)
    while some := list(islice(remaining, _TEXTS_AT_ONCE)):
        ids = [numbers.setdefault(word, len(numbers)) for text in some for word in text]
        text_of = np.repeat(np.arange(len(some)), [len(text) for text in some])
        width = max(1, len(numbers))
        found, often = run_lengths(text_of * width + np.array(ids, np.intp))
        sizes.append(np.bincount(found // width, minlength=len(some)))
        words.append((found % width).astype(np.int32))
        times.append(often.astype(np.float32))
    no_words, no_times = np.empty(0, np.int32), np.empty(0, np.float32)
    return Counts(
        tuple(numbers),
        np.cumsum(np.concatenate([np.zeros(1, np.int64), *sizes])),
        np.concatenate([no_words, *words]),
        np.concatenate([no_times, *times]),
    )


def merge_counts(counts: Counts, groups: NDArray[np.intp]) -> Counts:
    """The counts of groups of texts.

    Args:
        groups: which group each text is in, (n,) ascending from 0, none left out.
    """
    width = max(1, len(counts.vocabulary))
    all_keys = np.repeat(groups, np.diff(counts.starts)) * width + counts.words
    order = stable_order(all_keys)
    begins = np.diff(all_keys[order], prepend=-1) != 0
    keys = all_keys[order[begins]]
    times = np.bincount(np.cumsum(begins) - 1, weights=counts.times[order], minlength=len(keys)).astype(
        np.float32
    )
    sizes = np.bincount(keys // width, minlength=int(groups[-1]) + 1)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return Counts(counts.vocabulary, starts, (keys % width).astype(np.int32), times)


def document_frequency(counts: Counts) -> NDArray[np.intp]:
    """In how many texts each word occurs: (v,)."""
    return np.bincount(counts.words, minlength=len(counts.vocabulary))


def weigh_tfidf(counts: Counts) -> TfidfRows:
    """Each text as a unit vector of (1 + ln times) (1 + ln((1 + n) / (1 + frequency))), of its heaviest words only.

    Source:
        Sublinear tf and smoothed idf, as in Manning, Raghavan and Schütze, "Introduction to Information Retrieval",
        6.4.1, and in scikit-learn.
    """
    count = len(counts.starts) - 1
    idf = 1 + logarithms((1 + count) / (1 + document_frequency(counts)))
    often = 1 + logarithms(np.arange(1.0, 2 + counts.times.max(initial=0)))  # by times, less one
    weights = often[counts.times.astype(np.intp) - 1] * idf[counts.words]
    sizes = np.diff(counts.starts)
    text_of = np.repeat(np.arange(count), sizes)
    is_kept = np.ones(len(weights), np.bool_)
    long = np.flatnonzero((sizes > MAX_WORDS)[text_of])  # few texts are: only their words need be in order
    heaviest = long[np.lexsort((counts.words[long], -weights[long], text_of[long]))]
    is_kept[heaviest[long - counts.starts[text_of[long]] >= MAX_WORDS]] = False
    kept = np.flatnonzero(is_kept)
    weights, text_of = weights[kept], text_of[kept]
    length = np.sqrt(np.bincount(text_of, weights=weights**2, minlength=count))
    starts = np.concatenate([[0], np.cumsum(np.bincount(text_of, minlength=count))])
    return TfidfRows(
        starts, counts.words[kept], (weights / length[text_of]).astype(np.float32), len(counts.vocabulary)
    )


def dot_pairs(
    rows: TfidfRows, left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.float32]:  # fmt: skip
    """The dot product of each pair of rows, (p,): 0 for no word in common, 1 for the same words.

    Args:
        left: (p,) row numbers.
        right: (p,)
    """
    lengths = np.diff(rows.starts)
    is_longer = lengths[left] >= lengths[right]  # the words of the shorter are gone through
    left, right = np.where(is_longer, left, right), np.where(is_longer, right, left)
    order = stable_order(left)
    dots = np.empty(len(left), np.float32)
    dots[order] = _dot_runs(rows, left[order], right[order])
    return dots


def _dot_runs(
    rows: TfidfRows, left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.float32]:  # fmt: skip
    """The dot product of each pair of rows; pairs of one left row stand together, since each run costs a round."""
    dots = np.zeros(len(left), np.float32)
    dense = np.zeros(rows.width, np.float32)
    numbers = rows.words.astype(np.intp)  # once, as numpy would for each row that is read by them
    sizes = rows.starts[right + 1] - rows.starts[right]
    edges = np.flatnonzero(np.diff(left, prepend=-1, append=-1))
    for runs in _runs_at_once(edges, sizes):
        first, last = runs[0][0], runs[-1][1]
        pair_of = np.repeat(np.arange(last - first), sizes[first:last])
        ends = np.cumsum(sizes[first:last])
        at = np.arange(len(pair_of)) + (rows.starts[right[first:last]] - ends + sizes[first:last])[pair_of]
        words, products = numbers.take(at), np.empty(len(at), np.float32)
        begin = 0
        for start, end in runs:
            mine = slice(rows.starts[left[start]], rows.starts[left[start] + 1])
            there = slice(begin, begin := int(ends[end - 1 - first]))
            dense[numbers[mine]] = rows.weights[mine]
            products[there] = dense.take(words[there])
            dense[numbers[mine]] = 0
        products *= rows.weights.take(at)
        dots[first:last] = np.bincount(pair_of, weights=products, minlength=last - first)
    return dots


def _runs_at_once(edges: NDArray[np.intp], sizes: NDArray[np.int64]) -> Iterator[list[tuple[int, int]]]:
    """Runs of pairs with one left row, in groups of some words each, so that memory stays flat.

    Args:
        edges: where each run begins, and the end.
        sizes: (p,) words of each right row.
    """
    group: list[tuple[int, int]] = []
    words = 0
    totals = np.add.reduceat(sizes, edges[:-1]) if len(edges) > 1 else sizes
    for run, size in zip(pairwise(edges.tolist()), totals.tolist(), strict=True):
        if group and words + size > _WORDS_AT_ONCE:
            yield group
            group, words = [], 0
        group.append(run)
        words += size
    if group:
        yield group
