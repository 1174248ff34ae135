"""Tunes the query table to a garden: what its words mean here, learned from its own sentences.

A general table knows what words mean to the encoder. In a garden more is known: a sentence was written in a passage,
and whoever asks with its words wants that passage. So the rows of the garden's tokens are moved, as little as
possible, until the sum of a sentence's rows points at its passage. That is a ridge regression; it needs no vector
that the build does not have already, and no other library.

`notes/log/2026-11-22-fitting.md` has the figures.
"""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.exact import exact_product, short_fine_product
from notegen.model import Passage, QueryTable, Vectors
from notegen.regex import regex
from notegen.search.table_rows import TableRows, float_rows
from notegen.text.scripts import has_no_space_script

Float = NDArray[np.float32]

RIDGE = 30.0
"""How hard it is to move a row, against one sentence, along an axis that has EVEN_SHARE. Eleven labelled sets have .778
nDCG@10 with 20 and with 40, .780 with 30."""

LOOSE_RIDGE = 8.0
"""The same for a table that follows its encoder less closely, such as a distilled or a multilingual one: it has more to
learn. Greek has .789 nDCG@10 by meaning alone, and .754 with 30; five sets with a distilled table .790 and .783."""

EVEN_SHARE = 1 / 160
"""Of what passages are, what one of as many axes as rows are moved along would have if all had the same."""

LEAST_SHARE = EVEN_SHARE / 50
"""Below which an axis is no harder to move along."""

ROUNDS = 5
"""Rounds of conjugate gradients; the residual is below .1 of the whole by then, and ten rank the same."""

MAX_AXES = 160
"""Axes along which rows are moved, those along which the passages differ most: all 384 take twice the time, and rank
.002 to .004 worse, since what a sentence says of the others is chance."""

MAX_SENTENCES = 8_000
"""Sentences that are learned from, evenly taken; a garden of 750 long notes has 30,000. With half or with twice as many
such gardens rank within .003 nDCG@10."""

MIN_SENTENCE_WORDS, MAX_SENTENCE_WORDS = 3, 40
"""Words of a sentence that is learned from; whole titles and headings are, whatever their length."""

MIN_SENTENCE_CHARACTERS, MAX_SENTENCE_CHARACTERS = 6, 120
"""Characters of a sentence that is learned from, in scripts without spaces."""

MIN_TARGET_LENGTH = 0.2
"""A sum is asked to be at least so long, in parts of itself, towards the passage."""

CHUNK_SIZE = 32
"""Values that are added up together: most sentences are one chunk, and common words are many."""

_SENTENCE_END = regex(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")


class FinetunedTable(Struct, frozen=True, eq=False):
    """A query table that knows the garden."""

    rows: TableRows  # (v, D) by token id, in the encoder's space
    tokens_by_frequency: tuple[int, ...]
    """The token ids that the garden has, those it has most often first."""


class SegmentSum(Struct, frozen=True, eq=False):
    """Which values to add up for each segment, in chunks of at most CHUNK_SIZE: one addition serves all chunks."""

    picks: tuple[NDArray[np.int64], ...]
    """The values that are the first of a chunk, the second, and so on; the longest chunks come first."""
    segments: NDArray[np.int64]  # (l,) numbers of the segments that have any value, ascending
    first_chunks: NDArray[np.int64]  # (l,) where the first chunk of each is
    long_segments: NDArray[np.int64]  # (m,) those that have more than one chunk
    long_chunks: NDArray[
        np.int64
    ]  # (p,) where all chunks of the long ones are, those of a segment side by side
    long_starts: NDArray[np.int64]  # (m,) where in `long_chunks` each long segment begins
    count: int
    """Segments of the result."""


def finetune_table(
    table: QueryTable, vectors: Vectors, axes: NDArray[np.float64], tokenize: Callable[[str], Sequence[int]]
) -> FinetunedTable:
    """The table with its rows moved towards the garden.

    Args:
        table: of the vectors' encoder.
        vectors: of the garden's passages.
        axes: (D, a) orthonormal, along whose first the passages differ most.
        tokenize: gives a text's token ids.
    """
    texts, passages = _sentences(vectors.passages)
    tokenized = [
        (ids, passage) for text, passage in zip(texts, passages, strict=True) if (ids := tokenize(text))
    ]
    if not tokenized:
        return FinetunedTable(_unmoved(table), ())
    all_ids = np.fromiter(chain.from_iterable(ids for ids, _ in tokenized), np.int64)  # (e,)
    used, tokens, counts = np.unique(all_ids, return_inverse=True, return_counts=True)  # (u,), (e,), (u,)
    sentences = np.repeat(np.arange(len(tokenized)), [len(ids) for ids, _ in tokenized])  # (e,)
    by_sentence = make_segment_sum(tokens, sentences, len(tokenized))
    by_token = make_segment_sum(sentences, tokens, len(used))
    leading = axes[:, :MAX_AXES].astype(np.float32)
    ridge = LOOSE_RIDGE if table.is_distilled or table.weight < 1 else RIDGE
    ridges = _ridges(vectors.matrix, leading, ridge)
    rows = float_rows(table, used)
    targets = [passage for _, passage in tokenized]  # (n,)
    missing, weights = _missing(rows, by_sentence, vectors.matrix, targets, leading)
    rows += _moves(rows, by_sentence, by_token, missing, weights, leading, ridges)
    return FinetunedTable(TableRows(table, used, rows), tuple(used[np.lexsort((used, -counts))].tolist()))


def _unmoved(table: QueryTable) -> TableRows:
    return TableRows(table, np.empty(0, np.int64), np.empty((0, 0), np.float32))


def _ridges(vectors: Float, axes: Float, ridge: float) -> Float:
    """How hard it is to move along each axis (a,): the less passages (n, D) differ along it, the harder.

    By the power of three quarters of what they differ by, which has .780 nDCG@10 on eleven labelled sets, where a half
    has .779 and the same for all axes .777.
    """
    shares = np.square(exact_product(vectors, axes), dtype=np.float64).sum(axis=0) / len(vectors)  # (a,)
    shares = np.maximum(shares, LEAST_SHARE) / EVEN_SHARE
    # Roots instead of a power, whose last digit depends on the processor.
    half = np.sqrt(shares)
    return np.asarray(ridge / (half * np.sqrt(half)), np.float32)


def _missing(
    rows: Float, by_sentence: SegmentSum, vectors: Float, passages: Sequence[int], axes: Float
) -> tuple[Float, Float]:
    """What sentences' sums of rows (u, D) lack of what they should be, along the axes (n, a), in parts of their length.

    And one over that length: (n,). With sums s of length |s| and their passages' vectors t it is ((s·t) t - s) / |s|.

    Args:
        passages: that of each sentence (n,).
    """
    sums = segment_sum(rows, by_sentence)  # (n, D)
    lengths = np.sqrt((sums * sums).sum(axis=1)) + np.float32(1e-9)  # (n,)
    lacking = vectors[passages]  # (n, D)
    towards = np.maximum((sums * lacking).sum(axis=1), MIN_TARGET_LENGTH * lengths)
    # In place: of a garden's sentences each such array is tens of megabytes.
    lacking *= towards[:, None]
    lacking -= sums
    del sums
    lacking /= lengths[:, None]
    return short_fine_product(lacking, axes), 1 / lengths


def _moves(
    rows: Float,
    by_sentence: SegmentSum,
    by_token: SegmentSum,
    missing: Float,
    weights: Float,
    axes: Float,
    ridges: Float,
) -> Float:
    """By how much each row (u, D) is to move.

    A row may move in proportion to its own length, so that words that say little still do. The smallest
    |moves / |s| - missing|² + ridges x |moves / length|² is looked for.

    Args:
        missing, weights: from `_missing`.
    """
    row_norms = np.sqrt((rows * rows).sum(axis=1))  # (u,)
    solution = solve_ridge(by_sentence, by_token, missing, row_norms, weights, ridges)
    solution *= row_norms[:, None]
    return short_fine_product(solution, axes.T)


def solve_ridge(
    by_sentence: SegmentSum,
    by_token: SegmentSum,
    missing: Float,
    row_norms: Float,
    weights: Float,
    ridges: Float,
) -> Float:
    """The ridge regression's solution (u, a) by conjugate gradients, all columns at once.

    For each column the smallest |A x - missing|² + ridge x |x|², A (n, u) being how often each sentence has each token,
    times the norm of the token's row (u,), times the sentence's weight (n,), and its ridge one of (a,).
    """

    def transposed(values: Float) -> Float:
        return segment_sum(weights[:, None] * values, by_token) * row_norms[:, None]

    residual = transposed(missing)
    solution = np.zeros_like(residual)
    step = residual.copy()
    size = (residual * residual).sum(axis=0)
    for _ in range(ROUNDS):
        there = segment_sum(row_norms[:, None] * step, by_sentence) * weights[:, None]
        applied = transposed(there) + ridges * step
        share = size / np.maximum((step * applied).sum(axis=0), 1e-20)
        solution += share * step
        residual -= share * applied
        before, size = size, (residual * residual).sum(axis=0)
        step = residual + (size / np.maximum(before, 1e-20)) * step
    return solution


def _sentences(passages: Sequence[Passage]) -> tuple[list[str], list[int]]:
    """Texts that someone might ask with, each with the number of the passage that it comes from."""
    found: dict[tuple[str, int], None] = {}
    for number, passage in enumerate(passages):
        for text in (passage.title, *passage.trail):
            found[text, number] = None
        for sentence in _SENTENCE_END.split(passage.written):
            if _is_learned_from(sentence):
                found[sentence, number] = None
    pairs = list(found)
    step = max(1, -(-len(pairs) // MAX_SENTENCES))
    pairs = pairs[::step]
    return [text for text, _ in pairs], [number for _, number in pairs]


def _is_learned_from(sentence: str) -> bool:
    """Whether it has enough words, and not too many; characters in scripts without spaces."""
    if has_no_space_script(sentence) and " " not in sentence:
        return MIN_SENTENCE_CHARACTERS <= len(sentence) <= MAX_SENTENCE_CHARACTERS
    return MIN_SENTENCE_WORDS <= sentence.count(" ") + 1 <= MAX_SENTENCE_WORDS


def make_segment_sum(places: NDArray[np.int64], segments: NDArray[np.int64], count: int) -> SegmentSum:
    """Sums of the values at `places` (e,) by the numbers `segments` (e,), which are below `count`."""
    order = np.argsort(segments, kind="stable")
    places, segments = places[order], segments[order]
    found, starts, lengths = np.unique(segments, return_index=True, return_counts=True)
    within = np.arange(len(segments)) - np.repeat(starts, lengths)
    begins = np.flatnonzero(within % CHUNK_SIZE == 0)  # where each chunk begins
    sizes = np.diff(np.append(begins, len(segments)))
    longest = np.argsort(-sizes, kind="stable")
    picks = tuple(
        places[begins[longest[: int((sizes > n).sum())]] + n] for n in range(int(sizes.max(initial=0)))
    )
    where = np.argsort(longest)  # of each chunk among the longest
    chunks = -(-lengths // CHUNK_SIZE)  # of each segment
    long = chunks > 1
    return SegmentSum(
        picks,
        found,
        where[np.searchsorted(begins, starts)],
        found[long],
        where[np.repeat(long, chunks)],
        np.cumsum(chunks[long]) - chunks[long],
        count,
    )


def segment_sum(values: Float, segments: SegmentSum) -> Float:
    """The sums (count, a) of values (m, a); segments without any are 0."""
    chunks = np.zeros((len(segments.picks[0]) if segments.picks else 0, values.shape[1]), np.float32)
    for picks in segments.picks:
        chunks[: len(picks)] += values[picks]
    sums = np.zeros((segments.count, values.shape[1]), np.float32)
    sums[segments.segments] = chunks[segments.first_chunks]
    if len(segments.long_segments):
        sums[segments.long_segments] = np.add.reduceat(
            chunks[segments.long_chunks], segments.long_starts, axis=0
        )
    return sums
