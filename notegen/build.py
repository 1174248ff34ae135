"""The order of work, to be read first: a folder of notes in, a site out.

Every stage is a function from plain values to plain values; what touches the world (read, cache, encoder, write) is
called from here only. Nothing is written until everything before it has worked.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from notegen.check.advice import without_ignored
from notegen.config import titled
from notegen.context import BuildContext
from notegen.graph import graph_of
from notegen.link import link_notes
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import (
    EmbeddedGarden,
    EmbeddingCard,
    Garden,
    Insights,
    NoteId,
    QueryTable,
    Reading,
    Related,
    Report,
)
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.render import render_pages
from notegen.render.site_facts import site_facts
from notegen.search.cached_index import cached_vector_index
from notegen.search.query_table.choose import choose_table, table_source
from notegen.search.shards import make_search_index
from notegen.semantic.embed import count_tokens, embed_passages, embed_pieces
from notegen.semantic.embedding_card import make_embedding_cards
from notegen.semantic.map import make_overview
from notegen.semantic.note_vectors import NoteVectors, note_vectors_of
from notegen.semantic.passages import passages_of
from notegen.semantic.related import relate_notes
from notegen.theme import canvas_words, find_theme, load_theme
from notegen.timing import Stopwatch
from notegen.write import check_out, write_site


def build(context: BuildContext, out: Path) -> Report:
    """Makes the site at `out` from the notes, whole or not at all.

    Raises:
        NotegenError: the world refuses; the old site is as it was.
    """
    context = replace(context, clock=Stopwatch())
    clock, config = context.clock, context.config
    check_out(out, context.notes)
    theme = load_theme(find_theme(context.notes, config.theme), language=config.language)
    reading, garden = load_garden(context, skip=(out,))
    embedded = embed_garden(garden, context)
    insights = find_insights(embedded, context)
    table = query_table(embedded, context)
    with clock.time("index"):
        vector_index = cached_vector_index(embedded.vectors, table, context.cache)
        index = make_search_index(garden, embedded.passages, vector_index, config)
    insights = replace(insights, search=index.manifest)
    pages = render_pages(garden, insights, theme, titled(config, context.notes), files=reading.assets)
    facts = site_facts(embedded, {"table": table_source(table, context.table), **index.facts})
    files = chain(clock.timed("render", pages), clock.timed("index", index.files), [facts])
    with clock.time("write"):
        written = write_site(files, out)
    problems = (*garden.problems, *(context.cache.problems if context.cache else ()))
    return Report(
        notes=len(garden.notes),
        passages=len(embedded.passages),
        withheld=len(reading.withheld),
        problems=without_ignored(problems, config.check.ignore),
        written=written,
        seconds=clock.seconds(),
        semantic=embedded.vectors is not None,
    )


def load_garden(context: BuildContext, *, skip: tuple[Path, ...] = ()) -> tuple[Reading, Garden]:
    """Reads, parses and links: all that can be known without the encoder. A theme is no part of the notes."""
    clock, config = context.clock, context.config
    theme = find_theme(context.notes, config.theme)
    skip = (*skip, theme) if theme else skip
    with clock.time("read"):
        words = partial(canvas_words, theme, config.language)
        reading = read_sources(context.notes, config, skip=skip, canvas_words=words)
    with clock.time("parse"):
        notes = parse_notes(
            reading.sources,
            date_order=config.date_order,
            jobs=context.jobs,
            progress=partial(context.progress, "parse"),
        )
    with clock.time("link"):
        return reading, link_notes(notes, reading, attachments=config.attachments)


def embed_garden(garden: Garden, context: BuildContext) -> EmbeddedGarden:
    """Cuts the garden's notes into passages and gives each its vector."""
    with context.clock.time("passages"):
        passages = tuple(chain.from_iterable(map(passages_of, garden.notes.values())))
    if context.encoder is None:
        return EmbeddedGarden(garden, passages, None)
    with context.clock.time("embed"):
        progress = partial(context.progress, "embed")
        vectors = embed_passages(passages, context.encoder, context.cache, progress=progress)
    return EmbeddedGarden(garden, passages, vectors)


def find_insights(embedded: EmbeddedGarden, context: BuildContext) -> Insights:
    """What follows from links and from meaning; all but the search, which `build` adds."""
    garden, vectors = embedded.garden, embedded.vectors
    clock, config = context.clock, context.config
    with clock.time("note_vectors"):
        notes = note_vectors_of(vectors) if vectors else None
    with clock.time("related"):
        related = relate_notes(garden, notes, count=config.related.count) if notes else Related()
    with clock.time("unlinked_mentions"):
        mentions = find_unlinked_mentions(garden)
    with clock.time("graph"):
        graph = graph_of(garden)
    with clock.time("map"):
        overview = make_overview(garden, notes, language=config.language)
    with clock.time("embedding_cards"):
        cards = embedding_cards(notes, context)
    return Insights(related, mentions, graph, overview, cards)


def embedding_cards(notes: NoteVectors | None, context: BuildContext) -> Mapping[NoteId, EmbeddingCard]:
    """What the embedding of each note looks like; nothing without an encoder."""
    if notes is None or context.encoder is None:
        return {}
    return make_embedding_cards(notes, count_tokens(notes.vectors.passages, context.encoder, context.cache))


def query_table(embedded: EmbeddedGarden, context: BuildContext) -> QueryTable | None:
    """The table for questions to the garden; None when there is no encoder, or nothing to make one from."""
    if context.table or context.encoder is None:
        return context.table
    with context.clock.time("draft"):
        encoder, cache, progress = context.encoder, context.cache, partial(context.progress, "draft")
        embed = partial(embed_pieces, encoder=encoder, cache=cache, progress=progress)
        return choose_table(
            context.table, context.vocabulary, embedded.passages, encoder=encoder.fingerprint, embed=embed
        )
