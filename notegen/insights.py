"""What follows from a garden's links, words and vectors, each derived once and in this order."""

from notegen.context import BuildContext
from notegen.free_memory import give_back_free_memory
from notegen.graph import graph_of
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import EmbeddedGarden, Insights
from notegen.note_memory import NoteMemory
from notegen.semantic.embed import count_tokens
from notegen.semantic.embedding_card import make_embedding_cards
from notegen.semantic.map import make_overview
from notegen.semantic.note_vectors import note_vectors_of
from notegen.semantic.related import relate_notes


def find_insights(embedded: EmbeddedGarden, context: BuildContext, memory: NoteMemory) -> Insights:
    """All that pages show beside the notes but the search, which `build` adds; without vectors only what links say.

    Args:
        memory: of the garden's notes.
    """
    garden, clock, config = embedded.garden, context.clock, context.config
    with clock.time("unlinked_mentions"):
        mentions = find_unlinked_mentions(garden, memory)
    with clock.time("graph"):
        graph = graph_of(garden, context.cache)
    if embedded.vectors is None or context.encoder is None:
        return Insights(mentions=mentions, graph=graph)
    with clock.time("note_vectors"):
        notes = note_vectors_of(embedded.vectors, embedded.familiarity)
        give_back_free_memory()
    with clock.time("related"):
        related = relate_notes(garden, notes, count=config.related.count, memory=memory, jobs=context.jobs)
        give_back_free_memory()
    with clock.time("map"):
        overview = make_overview(garden, notes, language=config.language, memory=memory)
    with clock.time("embedding_cards"):
        tokens = count_tokens(embedded.passages, context.encoder, context.cache)
        cards = make_embedding_cards(notes, tokens)
    return Insights(related, mentions, graph, overview, cards)
