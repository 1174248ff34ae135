"""Fits the query table to a garden: what its words mean here, learned from its own sentences.

A general table knows what words mean to the encoder. In a garden more is known: a sentence was written in a passage,
and whoever asks with its words wants that passage. So the rows of the garden's tokens are moved, as little as
possible, until the sum of a sentence's rows points at its passage. That is a ridge regression; it needs no vector
that the build does not have already, and no other library.

`notes/log/2026-11-22-fitting.md` has the figures.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from notegen.model import Passage, QueryTable, Vectors

Float = NDArray[np.float32]

RELUCTANCE = 8.0
"""How hard it is to move a row, against one sentence: from 3 to 10 the labelled sets are within .003 nDCG@10."""

ROUNDS = 5
"""Of conjugate gradients; the rest is below .1 of the whole by then, and ten rank the same."""

MOST_TEXTS = 12_000
"""Sentences that are learned from, evenly taken; a garden of 750 long notes has 30,000."""

SHORTEST, LONGEST = 3, 40
"""Words of a sentence that is learned from; whole titles and headings are, whatever their length."""

LEAST = 0.2
"""A sum is asked to be at least so long, in parts of itself, towards the passage."""

_AT_ONCE = 2048

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A query table that knows the garden."""

    table: QueryTable
    usual: tuple[int, ...]
    """The token ids that the garden has, those it has most often first."""


@dataclass(frozen=True, slots=True, eq=False)
class Bags:
    """Texts as weighted bags of tokens: entry i says that text `texts[i]` has token `tokens[i]`."""

    tokens: NDArray[np.int64]  # (e,) columns
    texts: NDArray[np.int64]  # (e,) rows, ascending
    weights: Float  # (e,)


def fit_table(table: QueryTable, vectors: Vectors, tokenize: Callable[[str], Sequence[int]]) -> Fitted:
    """The table with its rows moved towards the garden.

    Args:
        table: of the vectors' encoder.
        vectors: of the garden's passages.
        tokenize: gives a text's token ids.
    """
    texts, aims = _sentences(vectors.passages)
    cut = [(ids, aim) for text, aim in zip(texts, aims, strict=True) if (ids := tokenize(text))]
    counts = Counter(id for ids, _ in cut for id in ids)
    usual = tuple(sorted(counts, key=lambda id: (-counts[id], id)))
    if not cut:
        return Fitted(table, usual)
    rows = _floats(table)
    bags = Bags(
        np.fromiter((id for ids, _ in cut for id in ids), np.int64),
        np.repeat(np.arange(len(cut)), [len(ids) for ids, _ in cut]),
        np.ones(sum(counts.values()), np.float32),
    )
    used, bags.tokens[:] = np.unique(bags.tokens, return_inverse=True)  # (u,)
    rows[used] += _moves(rows[used], bags, vectors.matrix[[aim for _, aim in cut]])
    return Fitted(_quantised(table, rows), usual)


def _moves(rows: Float, bags: Bags, targets: Float) -> Float:
    """By how much each row (u, D) is to move.

    A row may move in proportion to its own length, so that words that say little still do. With sums s of length |s|
    and targets t (n, D) the least of |(s + moves - (s·t) t) / |s||² + RELUCTANCE x |moves / length|² is looked for.
    """
    sums = _sum_texts(bags, rows, len(targets))  # (n, D)
    lengths = np.linalg.norm(sums, axis=1) + np.float32(1e-9)  # (n,)
    towards = np.maximum(np.einsum("nd,nd->n", sums, targets), LEAST * lengths)
    missing = (towards[:, None] * targets - sums) / lengths[:, None]
    freedom = np.linalg.norm(rows, axis=1)  # (u,)
    weighted = replace(bags, weights=freedom[bags.tokens] / lengths[bags.texts])
    moves: Float = freedom[:, None] * _solve(weighted, missing, len(rows))
    return moves


def _solve(bags: Bags, missing: Float, count: int) -> Float:
    """The ridge regression's solution (u, D) by conjugate gradients, all columns at once."""
    rest = _sum_tokens(bags, missing, count)
    found = np.zeros_like(rest)
    step = rest.copy()
    size = np.einsum("ud,ud->d", rest, rest)
    for _ in range(ROUNDS):
        applied = _sum_tokens(bags, _sum_texts(bags, step, len(missing)), count) + RELUCTANCE * step
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
            if (sentence and SHORTEST <= sentence.count(" ") + 1 <= LONGEST) or _is_unspaced(sentence):
                found[sentence, number] = None
    pairs = list(found)
    step = max(1, -(-len(pairs) // MOST_TEXTS))
    pairs = pairs[::step]
    return [text for text, _ in pairs], [number for _, number in pairs]


def _is_unspaced(sentence: str) -> bool:
    """A sentence of a script without spaces."""
    return not sentence.isascii() and " " not in sentence and 6 <= len(sentence) <= 120


def _sum_texts(bags: Bags, rows: Float, count: int) -> Float:
    """(n, D): for each text the weighted sum of its tokens' rows."""
    return _sum_runs(rows, bags.tokens, bags.weights, bags.texts, count)


def _sum_tokens(bags: Bags, texts: Float, count: int) -> Float:
    """(u, D): for each token the weighted sum of its texts' rows; the transpose of `_sum_texts`."""
    order = np.argsort(bags.tokens, kind="stable")
    return _sum_runs(texts, bags.texts[order], bags.weights[order], bags.tokens[order], count)


def _sum_runs(
    values: Float, places: NDArray[np.int64], weights: Float, into: NDArray[np.int64], count: int
) -> Float:
    """Sums of `weights x values[places]` by `into`, which ascends and has numbers below `count`."""
    sums = np.zeros((count, values.shape[1]), np.float32)
    lines, starts = np.unique(into, return_index=True)
    ends = np.append(starts[1:], len(into))
    first = 0
    while first < len(lines):  # some at a time, to spare memory
        last = max(first + 1, int(np.searchsorted(ends, starts[first] + _AT_ONCE, side="right")))
        some = slice(int(starts[first]), int(ends[last - 1]))
        weighted = values[places[some]]
        weighted *= weights[some, None]
        sums[lines[first:last]] = np.add.reduceat(weighted, starts[first:last] - starts[first], axis=0)
        first = last
    return sums


def _floats(table: QueryTable) -> Float:
    rows = table.rows * table.scales[:, None]
    return np.asarray(rows if table.rotation is None else rows @ table.rotation.T, np.float32)


def _quantised(table: QueryTable, rows: Float) -> QueryTable:
    """The rows in eight bits, in the encoder's own space."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9) / 127
    whole = np.round(rows / scales[:, None]).astype(np.int8)
    return QueryTable(table.tokens, whole, scales.astype(np.float32), None, table.encoder)
