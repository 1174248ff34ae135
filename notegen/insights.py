"""What follows from a garden's links, words and vectors, each derived once and in this order."""

from collections.abc import Callable, Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from notegen.cache import VectorCache
from notegen.context import BuildContext
from notegen.free_memory import give_back_free_memory
from notegen.graph import graph_of
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import EmbeddedGarden, Encoder, Garden, Insights, NoteId, Passage
from notegen.note_memory import NoteMemory
from notegen.packed import unpacker
from notegen.semantic.embed import count_tokens
from notegen.semantic.embedding_card import make_embedding_cards
from notegen.semantic.map import DrawnMap, describe_map
from notegen.semantic.note_vectors import NoteVectors, note_vectors_of
from notegen.semantic.related import ComparedWords, compare_words, relate_notes
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


def plain_insights(
    garden: Garden, context: BuildContext, memory: NoteMemory, elsewhere: Elsewhere | None = None
) -> Insights:
    """What links and words say without vectors.

    Args:
        elsewhere: lays out the graph meanwhile; None to do it here.
    """
    with context.clock.time("graph"):
        graph = graph_of(garden, context.cache, elsewhere)
    with context.clock.time("unlinked_mentions"):
        mentions = find_unlinked_mentions(garden, memory)
    return Insights(mentions=mentions, graph=graph)


def words_to_compare(
    garden: Garden, passages: Sequence[Passage], context: BuildContext, memory: NoteMemory
) -> ComparedWords | None:
    """What related notes need of words; None where notes are not related."""
    if context.encoder is None or not context.config.related.count:
        return None
    with context.clock.time("related"):
        return compare_words(garden, passages, memory)


def find_insights(
    plain: Insights,
    embedded: EmbeddedGarden,
    notes: NoteVectors | None,
    drawn: Callable[[], DrawnMap | None],
    context: BuildContext,
    memory: NoteMemory,
    words: ComparedWords | None = None,
) -> Insights:
    """All that pages show beside the notes but the search, which `build` adds; without vectors only what links say.

    Args:
        plain: of `plain_insights`.
        notes: of `compare_notes`.
        memory: of the garden's notes.
        words: of `words_to_compare`; None to count them here.
        drawn: gives the map; asked for last, since another process may still be drawing it.
    """
    garden, clock, config = embedded.garden, context.clock, context.config
    if notes is None or context.encoder is None:
        return plain
    with clock.time("related"):
        related = relate_notes(
            garden, notes, count=config.related.count, memory=memory, jobs=context.jobs, words=words
        )
        give_back_free_memory()
    with clock.time("embedding_cards"):
        tokens = _tokens_of(notes, context.encoder, context.cache, memory)
        cards = make_embedding_cards(notes, tokens)
    with clock.time("map"):
        overview = describe_map(garden, notes, drawn(), language=config.language, memory=memory)
    return replace(plain, related=related, overview=overview, cards=cards)


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
