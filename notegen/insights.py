"""What follows from a garden's links, words and vectors, each derived once and in this order."""

from collections.abc import Callable
from itertools import chain, pairwise

from msgspec.structs import replace

from notegen.cache import VectorCache
from notegen.context import BuildContext
from notegen.free_memory import give_back_free_memory
from notegen.graph import graph_of
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import EmbeddedGarden, Encoder, Garden, Insights, NoteId, Overview
from notegen.note_memory import NoteMemory
from notegen.packed import unpacker
from notegen.semantic.embed import count_tokens
from notegen.semantic.embedding_card import make_embedding_cards
from notegen.semantic.note_vectors import NoteVectors, note_vectors_of
from notegen.semantic.related import relate_notes
from notegen.workers.jobs import Elsewhere

_numbers = unpacker(tuple[int, ...])


def compare_notes(embedded: EmbeddedGarden, context: BuildContext) -> NoteVectors | None:
    """What the notes are as vectors, and which are near each other; None without vectors."""
    if embedded.vectors is None or context.encoder is None:
        return None
    with context.clock.time("note_vectors"):
        notes = note_vectors_of(embedded.vectors, embedded.familiarity)
        give_back_free_memory()
        return notes


def find_linked(
    garden: Garden, context: BuildContext, memory: NoteMemory, elsewhere: Elsewhere | None = None
) -> Insights:
    """What follows from links and titles, for which no vectors are needed.

    Args:
        memory: of the garden's notes.
        elsewhere: lays out the graph meanwhile; None to do it here.
    """
    with context.clock.time("graph"):
        graph = graph_of(garden, context.cache, elsewhere)
    with context.clock.time("unlinked_mentions"):
        mentions = find_unlinked_mentions(garden, memory)
    return Insights(mentions=mentions, graph=graph)


def find_insights(
    linked: Insights,
    embedded: EmbeddedGarden,
    notes: NoteVectors | None,
    overview: Callable[[], Overview | None],
    context: BuildContext,
    memory: NoteMemory,
) -> Insights:
    """All that pages show beside the notes but the search, which is added later; without vectors what links say.

    Args:
        linked: of `find_linked`.
        notes: of `compare_notes`.
        memory: of the garden's notes.
        overview: gives the map; asked for last, since another process may still be drawing it.
    """
    garden, clock, config = embedded.garden, context.clock, context.config
    if notes is None or context.encoder is None:
        return linked
    with clock.time("related"):
        count = config.related.count
        related = relate_notes(garden, notes, count=count, memory=memory, jobs=context.jobs)
        give_back_free_memory()
    with clock.time("embedding_cards"):
        tokens = _tokens_of(notes, context.encoder, context.cache, memory)
        cards = make_embedding_cards(notes, tokens)
    with clock.time("map"):
        described = overview()
    return replace(linked, related=related, overview=described, cards=cards)


def _tokens_of(
    notes: NoteVectors, encoder: Encoder, cache: VectorCache | None, memory: NoteMemory
) -> tuple[int, ...]:  # fmt: skip
    """How many tokens the encoder reads of each passage, in order."""
    of_note = dict(zip(notes.notes, pairwise(notes.starts.tolist()), strict=True))

    def derive(note: NoteId) -> tuple[int, ...]:
        return count_tokens(notes.vectors.passages[slice(*of_note[note])], encoder, cache)

    settings = (encoder.fingerprint,)
    counts = memory.values("token_counts", notes.notes, derive, _numbers, settings=settings)
    return tuple(chain.from_iterable(counts))
