"""Notes as the directions of their words, for those whose words the encoder does not know.

A word's direction is a row of signs that follows from its letters alone. The directions of two words have hardly
anything in common, so that the cosine of two notes is about that of their TF-IDF vectors.

Source:
    Random signs: Achlioptas, "Database-friendly random projections", JCSS 66(4), 2003.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from notegen.exact import round_rows, whole_rows
from notegen.model import Passage
from notegen.semantic.tfidf import count_words, document_frequency, weigh_tfidf
from notegen.text.tokens import singular_forms

DIMENSIONS = 512
"""Signs of a word: cosines are within .04 of those of TF-IDF, and a note takes 2 kB more."""

MAX_COMMON_SHARE = 0.2
"""Of the notes; a word that more of them have, as one that only one has, says nothing of which belong together."""


def with_words(
    matrix: NDArray[np.float32],
    passages: Sequence[Passage],
    starts: NDArray[np.intp],
    trust: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Rows (n, d + DIMENSIONS), whose product is the encoder's cosine as far as both notes are known, else of words.

    They are of length 1, and shorter for a note that is not known and shares no word: it is far from all.

    Args:
        matrix: (n, d) unit rows, what the encoder says of the notes.
        passages: of the notes, in their order.
        starts: (n + 1,) where the passages of each note begin, and the end.
        trust: (n,) from 0 to 1.
    """
    texts = (
        [
            form
            for passage in passages[start:end]
            for form in singular_forms(f"{passage.title} {passage.text}")
        ]
        for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    )
    rows = weigh_tfidf(counts := count_words(texts))
    often = document_frequency(counts)
    telling = (often > 1) & (often <= max(2, len(matrix) * MAX_COMMON_SHARE))
    signs = np.array([_signs(word) for word in counts.vocabulary], np.float32).reshape(-1, DIMENSIONS)
    words = np.zeros((len(matrix), DIMENSIONS))
    weights = whole_rows(rows.weights) * telling[rows.words]
    for note, (start, end) in enumerate(
        zip(rows.starts[:-1].tolist(), rows.starts[1:].tolist(), strict=True)
    ):
        # Whole numbers, so that their sum is the same in any order.
        words[note] = (signs[rows.words[start:end]] * weights[start:end, None]).sum(axis=0, dtype=np.float64)
    lengths = np.sqrt((words * words).sum(axis=1, keepdims=True))
    words = np.divide(words, lengths, out=np.zeros_like(words), where=lengths > 0)
    share = trust[:, None].astype(np.float64)
    return round_rows(np.concatenate([matrix * np.sqrt(share), words * np.sqrt(1 - share)], axis=1))


def _signs(word: str) -> NDArray[np.float32]:
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=DIMENSIONS // 8).digest()
    return np.unpackbits(np.frombuffer(digest, np.uint8)).astype(np.float32) * 2 - 1
