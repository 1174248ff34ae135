"""Fits the query table to a garden: what its words mean here, learned from its own sentences.

A general table knows what words mean to the encoder. In a garden more is known: a sentence was written in a passage,
and whoever asks with its words wants that passage. So the rows of the garden's tokens are moved, as little as
possible, until the sum of a sentence's rows points at its passage. That is a ridge regression; it needs no vector
that the build does not have already, and no other library.

`notes/log/2026-11-22-fitting.md` has the figures.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from notegen.model import Passage, QueryTable, Vectors
from notegen.search.vector_index import float_rows
from notegen.text.scripts import has_no_space_script

Float = NDArray[np.float32]

RELUCTANCE = 8.0
"""How hard it is to move a row, against one sentence: from 3 to 10 the labelled sets are within .003 nDCG@10."""

ROUNDS = 5
"""Of conjugate gradients; the rest is below .1 of the whole by then, and ten rank the same."""

LEADING = 160
"""Axes along which rows are moved, those along which the passages differ most: all 384 take twice the time, and rank
.002 to .004 worse, since what a sentence says of the others is chance."""

MOST_TEXTS = 8_000
"""Sentences that are learned from, evenly taken; a garden of 750 long notes has 30,000. With half or with twice as many
such gardens rank within .003 nDCG@10."""

SHORTEST, LONGEST = 3, 40
"""Words of a sentence that is learned from; whole titles and headings are, whatever their length."""

LEAST = 0.2
"""A sum is asked to be at least so long, in parts of itself, towards the passage."""

PIECE = 32
"""Values of a piece of a sum: most texts are one piece, and common words are many."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A query table that knows the garden."""

    rows: Float  # (v, D) by token id, in the encoder's space
    tokens_by_frequency: tuple[int, ...]
    """The token ids that the garden has, those it has most often first."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Sums to make, cut into pieces of at most PIECE values, so that one addition serves all pieces."""

    picks: tuple[NDArray[np.int64], ...]
    """The values that are the first of a piece, the second, and so on; the longest pieces come first."""
    lines: NDArray[np.int64]  # (l,) numbers of the lines that are a sum of anything, ascending
    heads: NDArray[np.int64]  # (l,) where the first piece of each is
    long: NDArray[np.int64]  # (m,) those that have more than one piece
    parts: NDArray[np.int64]  # (p,) where all pieces of the long ones are, those of a line side by side
    starts: NDArray[np.int64]  # (m,) where in `parts` each long line begins
    count: int
    """Lines of the result."""


def fit_table(table: QueryTable, vectors: Vectors, tokenize: Callable[[str], Sequence[int]]) -> Fitted:
    """The table with its rows moved towards the garden.

    Args:
        table: of the vectors' encoder.
        vectors: of the garden's passages.
        tokenize: gives a text's token ids.
    """
    texts, aims = _sentences(vectors.passages)
    cut = [(ids, aim) for text, aim in zip(texts, aims, strict=True) if (ids := tokenize(text))]
    rows = float_rows(table)
    if not cut:
        return Fitted(rows, ())
    said = np.fromiter(chain.from_iterable(ids for ids, _ in cut), np.int64)  # (e,)
    used, tokens, counts = np.unique(said, return_inverse=True, return_counts=True)  # (u,), (e,), (u,)
    of = np.repeat(np.arange(len(cut)), [len(ids) for ids, _ in cut])  # (e,)
    by_text, by_token = runs_of(tokens, of, len(cut)), runs_of(of, tokens, len(used))
    targets = vectors.matrix[[aim for _, aim in cut]]  # (n, D)
    rows[used] += _moves(rows[used], by_text, by_token, targets, _leading_axes(vectors.matrix))
    return Fitted(rows, tuple(used[np.lexsort((used, -counts))].tolist()))


def _leading_axes(vectors: Float) -> Float:
    """Orthonormal columns (D, LEADING) along which vectors (n, D) differ most."""
    _, axes = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    return np.ascontiguousarray(axes[:, ::-1][:, :LEADING], np.float32)


def _moves(rows: Float, by_text: Runs, by_token: Runs, targets: Float, axes: Float) -> Float:
    """By how much each row (u, D) is to move.

    A row may move in proportion to its own length, so that words that say little still do. With sums s of length |s|
    and targets t (n, D) the least of |(s + moves - (s·t) t) / |s||² + RELUCTANCE x |moves / length|² is looked for.
    """
    sums = add_up(rows, by_text)  # (n, D)
    lengths = np.linalg.norm(sums, axis=1) + np.float32(1e-9)  # (n,)
    towards = np.maximum(np.einsum("nd,nd->n", sums, targets), LEAST * lengths)
    missing = ((towards[:, None] * targets - sums) / lengths[:, None]) @ axes  # (n, a)
    freedom = np.linalg.norm(rows, axis=1)  # (u,)
    moves: Float = (freedom[:, None] * solve(by_text, by_token, missing, freedom, 1 / lengths)) @ axes.T
    return moves


def solve(by_text: Runs, by_token: Runs, missing: Float, freedom: Float, shares: Float) -> Float:
    """The ridge regression's solution (u, a) by conjugate gradients, all columns at once.

    Of |A x - missing|² + RELUCTANCE x |x|² the least, A (n, u) being how often each text has each token, times the
    token's freedom (u,), times the text's share (n,).
    """

    def back(values: Float) -> Float:
        return add_up(shares[:, None] * values, by_token) * freedom[:, None]

    rest = back(missing)
    found = np.zeros_like(rest)
    step = rest.copy()
    size = np.einsum("ud,ud->d", rest, rest)
    for _ in range(ROUNDS):
        there = add_up(freedom[:, None] * step, by_text) * shares[:, None]
        applied = back(there) + RELUCTANCE * step
        share = size / np.maximum(np.einsum("ud,ud->d", step, applied), 1e-20)
        found += share * step
        rest -= share * applied
        before, size = size, np.einsum("ud,ud->d", rest, rest)
        step = rest + (size / np.maximum(before, 1e-20)) * step
    return found


def _sentences(passages: Sequence[Passage]) -> tuple[list[str], list[int]]:
    """Texts that someone might ask with, each with the passage that it comes from."""
    found: dict[tuple[str, int], None] = {}
    for number, passage in enumerate(passages):
        for text in (passage.title, *passage.trail):
            found[text, number] = None
        for sentence in _SENTENCE_END.split(passage.text):
            if (sentence and SHORTEST <= sentence.count(" ") + 1 <= LONGEST) or _is_sentence_without_spaces(
                sentence
            ):
                found[sentence, number] = None
    pairs = list(found)
    step = max(1, -(-len(pairs) // MOST_TEXTS))
    pairs = pairs[::step]
    return [text for text, _ in pairs], [number for _, number in pairs]


def _is_sentence_without_spaces(text: str) -> bool:
    return has_no_space_script(text) and " " not in text and 6 <= len(text) <= 120


def runs_of(places: NDArray[np.int64], lines: NDArray[np.int64], count: int) -> Runs:
    """Sums of the values at `places` (e,) by the numbers `lines` (e,), which are below `count`."""
    order = np.argsort(lines, kind="stable")
    places, lines = places[order], lines[order]
    found, starts, lengths = np.unique(lines, return_index=True, return_counts=True)
    within = np.arange(len(lines)) - np.repeat(starts, lengths)
    begins = np.flatnonzero(within % PIECE == 0)  # where each piece begins
    sizes = np.diff(np.append(begins, len(lines)))
    longest = np.argsort(-sizes, kind="stable")
    picks = tuple(
        places[begins[longest[: int((sizes > n).sum())]] + n] for n in range(int(sizes.max(initial=0)))
    )
    where = np.argsort(longest)  # of each piece among the longest
    pieces = -(-lengths // PIECE)  # of each line
    long = pieces > 1
    parts = where[np.repeat(long, pieces)]
    return Runs(
        picks,
        found,
        where[np.searchsorted(begins, starts)],
        found[long],
        parts,
        np.cumsum(pieces[long]) - pieces[long],
        count,
    )


def add_up(values: Float, runs: Runs) -> Float:
    """The sums (count, a) of values (m, a); lines without any are 0."""
    pieces = np.zeros((len(runs.picks[0]) if runs.picks else 0, values.shape[1]), np.float32)
    for picks in runs.picks:
        pieces[: len(picks)] += values[picks]
    sums = np.zeros((runs.count, values.shape[1]), np.float32)
    sums[runs.lines] = pieces[runs.heads]
    if len(runs.long):
        sums[runs.long] = np.add.reduceat(pieces[runs.parts], runs.starts, axis=0)
    return sums
