"""What a page shows of each note's embedding: its vector, and the notes nearest to it and farthest from it.

Which notes are related is decided passage by passage, in `related`; here a note is the mean of its passages, which is
what a reader who wants to see an embedding expects.
"""

from collections.abc import Mapping, Sequence

from notegen.model import EmbeddingCard, NoteId
from notegen.semantic.note_vectors import NoteVectors

MAX_LISTED = 3
"""Notes listed as nearest, and as farthest; in a garden of a few notes fewer, so that none is both."""


def make_embedding_cards(notes: NoteVectors, tokens: Sequence[int]) -> Mapping[NoteId, EmbeddingCard]:
    """A card for every note that has passages.

    Args:
        tokens: how many tokens each passage has, in the order of the passages.
    """
    count = min(MAX_LISTED, (len(notes.notes) - 1) // 2)
    spans = zip(notes.starts[:-1].tolist(), notes.starts[1:].tolist(), strict=True)
    return {
        note: EmbeddingCard(
            vector=notes.matrix[row],
            nearest=tuple(notes.notes[other] for other in notes.nearest[row, :count]),
            farthest=tuple(notes.notes[other] for other in notes.farthest[row, :count]),
            passages=end - start,
            tokens=sum(tokens[start:end]),
        )
        for row, (note, (start, end)) in enumerate(zip(notes.notes, spans, strict=True))
    }
