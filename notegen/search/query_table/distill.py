"""Distills a query table from a model that came without one, from what it says of single words.

Three kinds of pieces get a row: the tokens that the garden's text has, whole words that it has more than once, and
the most frequent of the other tokens, for questions in other words than the notes'. `finetune.py` then moves the
garden's rows to where its sentences point.

`notes/log/2026-11-22-own-model.md` has the figures.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.encoder import Piece
from notegen.exact import exact_product, gram_matrix, principal_axes, whole_rows
from notegen.model import Passage, QueryTable
from notegen.text.wordpiece import split_words, wordpiece_tokenizer

MAX_OTHER_TOKENS = 30_000
"""Tokens that the garden does not have."""

MAX_WORDS = 20_000
"""Words of the garden that are no tokens."""

MAX_WORD_LENGTH = 40
"""Characters of such a word."""

SIF_A = 1e-3
"""Tokens with this share of the garden's text weigh half of those that it does not have.

Smooth inverse frequency: Arora, Liang and Ma, "A simple but tough-to-beat baseline for sentence embeddings", ICLR 2017.
"""


def distilled_table(
    vocabulary: Callable[[], tuple[Piece, ...]] | None,
    passages: Sequence[Passage],
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
) -> QueryTable | None:
    """The table for questions to these passages; None when there is nothing that it could be made from.

    Args:
        vocabulary: reads the encoder's pieces, from frequent to rare; None where they cannot be known.
        passages: of the garden.
        embed: gives what the encoder says of texts, unit vectors (n, D).
    """
    pieces = choose_pieces(vocabulary(), passages) if passages and vocabulary else ()
    return distill_table(pieces, embed([piece.text for piece in pieces]), passages) if pieces else None


def choose_pieces(vocabulary: Sequence[Piece], passages: Sequence[Passage]) -> tuple[Piece, ...]:
    """The pieces that are worth a row in this garden; no two have the same token.

    Args:
        vocabulary: of the model, from frequent to rare.
        passages: of the garden.
    """
    tokens = {piece.token for piece in vocabulary}
    tokenize = wordpiece_tokenizer([piece.token for piece in vocabulary])
    here = {id for text in _texts(passages) for id in tokenize(text)}
    others = [id for id in range(len(vocabulary)) if id not in here][:MAX_OTHER_TOKENS]
    words = [piece for piece in _words(passages) if piece.token not in tokens]
    return (*(vocabulary[id] for id in sorted(here)), *words[:MAX_WORDS], *(vocabulary[id] for id in others))


def distill_table(
    pieces: Sequence[Piece], vectors: NDArray[np.float32], passages: Sequence[Passage]
) -> QueryTable:
    """A table with a row for each piece.

    A model's vectors of single words all point about the same way, and differ in a few directions by little but how
    words look. So their mean is taken off and those directions are shrunk.

    Args:
        pieces: from `choose_pieces`.
        vectors: (v, D) what the model says of each piece's text alone.
        passages: of the garden, for the frequencies.
    """
    centred = vectors - vectors.mean(axis=0)  # (v, D)
    rows = _weights(pieces, passages)[:, None] * _whiten(centred)
    scales = np.maximum(np.abs(rows).max(axis=1, initial=0), 1e-9) / 127  # (v,)
    return QueryTable(
        tuple(piece.token for piece in pieces),
        np.round(rows / scales[:, None]).astype(np.int8),
        scales.astype(np.float32),
        None,
        is_distilled=True,
    )


def _whiten(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shrunk by the fourth root of what each direction's variance is of the widest's: half of the way to equal."""
    axes = principal_axes(gram_matrix(whole_rows(vectors)), vectors.shape[1]).astype(np.float32)  # (D, a)
    parts = exact_product(vectors, axes)  # (v, a)
    variances = (parts * parts).sum(axis=0, dtype=np.float64)
    # Two roots instead of a power, whose last digit depends on the processor.
    shrink = np.sqrt(np.sqrt(variances.max(initial=1e-12) / np.maximum(variances, 1e-12)))  # (a,)
    return exact_product(parts * shrink, axes.T)


def _weights(pieces: Sequence[Piece], passages: Sequence[Passage]) -> NDArray[np.float32]:
    """For each piece (v,) how much it says: 1 for one that the garden does not have, near 0 for a very common one."""
    tokenize = wordpiece_tokenizer([piece.token for piece in pieces])
    counts = np.zeros(len(pieces))
    for text in _texts(passages):
        np.add.at(counts, tokenize(text), 1)
    shares = counts / max(1.0, counts.sum())
    return np.asarray(SIF_A / (SIF_A + shares), np.float32)


def _words(passages: Iterable[Passage]) -> list[Piece]:
    """Words that the garden has more than once, most often first, each as it is spelt most often."""
    spellings = Counter(_bare(chunk) for text in _texts(passages) for chunk in text.split())
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for spelling, count in spellings.most_common():
        match split_words(spelling):
            case [word] if 1 < len(word) <= MAX_WORD_LENGTH and not word.isdigit():
                counts[word] += count
                spelt.setdefault(word, spelling)
    return [Piece(word, spelt[word]) for word, count in counts.most_common() if count > 1]


def _bare(chunk: str) -> str:
    """Without the signs around it; not by a word pattern, which takes vowel signs of Indic and Thai words for signs."""
    inner = [
        place for place, character in enumerate(chunk) if unicodedata.category(character)[0] not in "PSC"
    ]
    return chunk[inner[0] : inner[-1] + 1] if inner else ""


def _texts(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        yield "\n".join((passage.title, *passage.trail, passage.written))
