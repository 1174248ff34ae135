"""The order of work, to be read first: a folder of notes in, a site out.

Every stage is a function from plain values to plain values; what touches the world (read, cache, encoder, write) is
called from here only. Nothing is written until everything before it has worked.
"""

from dataclasses import replace
from functools import cache, partial
from itertools import chain
from pathlib import Path

from notegen.check.advice import without_ignored
from notegen.check.unreadable import unreadable_files
from notegen.config import titled
from notegen.context import BuildContext
from notegen.insights import find_insights
from notegen.link import link_notes
from notegen.markdown.private_link import private_links
from notegen.model import EmbeddedGarden, Garden, QueryTable, Reading, Report
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.render import render_pages
from notegen.render.site_facts import site_facts
from notegen.search.cached_index import cached_vector_index
from notegen.search.query_table.choose import choose_table, table_source
from notegen.search.shards import make_search_index
from notegen.semantic.embed import embed_passages, embed_pieces
from notegen.semantic.passages import passages_of
from notegen.theme import canvas_words, find_theme, load_theme
from notegen.timing import Stopwatch
from notegen.write import check_notes, check_out, write_site


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
    check_notes(len(garden.notes), context.notes, out)
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
        written = write_site(files, out, on_wait=context.on_wait)
    problems = (
        *garden.problems,
        *unreadable_files(garden, written),
        *(context.cache.problems if context.cache else ()),
    )
    return Report(
        notes=len(garden.notes),
        passages=len(embedded.passages),
        withheld=len(reading.withheld),
        problems=without_ignored(problems, config.check.ignore),
        written=written,
        seconds=clock.seconds(),
        semantic=embedded.vectors is not None,
        attachments=frozenset(garden.assets),
    )


def load_garden(context: BuildContext, *, skip: tuple[Path, ...] = ()) -> tuple[Reading, Garden]:
    """Reads, parses and links: all that can be known without the encoder. A theme is no part of the notes."""
    clock, config = context.clock, context.config
    theme = find_theme(context.notes, config.theme)
    words = cache(partial(canvas_words, theme, config.language))
    with clock.time("read"):
        skip = (*skip, *context.skip, *((theme,) if theme else ()))
        reading = read_sources(context.notes, config, skip=skip, canvas_words=words)
    with clock.time("parse"):
        notes = parse_notes(
            reading.sources,
            date_order=config.date_order,
            private_tags=config.private_tags,
            private=private_links(
                reading, words().private if reading.withheld or reading.withheld_names else ""
            ),
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


def query_table(embedded: EmbeddedGarden, context: BuildContext) -> QueryTable | None:
    """The table for questions to the garden; None when there is no encoder, or nothing to make one from."""
    if context.table or context.encoder is None:
        return context.table
    with context.clock.time("draft"):
        progress = partial(context.progress, "draft")
        embed = partial(embed_pieces, encoder=context.encoder, cache=context.cache, progress=progress)
        fingerprint = context.encoder.fingerprint
        return choose_table(None, context.vocabulary, embedded.passages, encoder=fingerprint, embed=embed)
