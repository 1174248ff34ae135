"""From a folder of notes to a garden with its passages and vectors: what every command begins with."""

from dataclasses import replace
from functools import cache, partial
from itertools import chain
from pathlib import Path

from notegen.context import BuildContext
from notegen.link import link_notes
from notegen.markdown.private_link import private_links
from notegen.model import CanvasWords, EmbeddedGarden, Garden, QueryTable, Reading
from notegen.parse import cached_notes, parse_notes
from notegen.read import read_sources
from notegen.search.query_table.choose import choose_table
from notegen.semantic.embed import embed_passages, embed_pieces
from notegen.semantic.passages import passages_of
from notegen.theme import canvas_words, find_theme


def load_garden(context: BuildContext, *, skip: tuple[Path, ...] = ()) -> tuple[Reading, Garden]:
    """Reads, parses and links: all that can be known without the encoder, of the notes that are not encrypted."""
    reading = read_notes(context, skip=skip)
    return reading, link_sources(reading, context)


def read_notes(context: BuildContext, *, skip: tuple[Path, ...] = ()) -> Reading:
    """Reads the notes folder. A theme is no part of the notes."""
    theme = find_theme(context.notes, context.config.theme)
    words = cache(partial(canvas_words, theme, context.config.language))
    with context.clock.time("read"):
        skip = (*skip, *context.skip, *((theme,) if theme else ()))
        return read_sources(context.notes, context.config, skip=skip, canvas_words=words)


def link_sources(reading: Reading, context: BuildContext) -> Garden:
    """Parses what was read, and decides what links mean."""
    clock, config = context.clock, context.config
    words = CanvasWords()
    if reading.withheld or reading.withheld_names:
        words = canvas_words(find_theme(context.notes, config.theme), config.language)
    with clock.time("parse"):
        private = private_links(reading, words.private, words.locked)
        parse = partial(
            parse_notes,
            date_order=config.date_order,
            private_tags=config.private_tags,
            private=private,
            jobs=context.jobs,
            progress=partial(context.progress, "parse"),
        )
        settings = (config.date_order, config.private_tags, private)
        notes = cached_notes(reading.sources, parse, context.cache, settings=settings)
    with clock.time("link"):
        return link_notes(notes, reading, attachments=config.attachments)


def without_texts(reading: Reading) -> Reading:
    """What was read, without the notes' texts: once they are parsed nobody asks for them, and they fill memory."""
    return replace(reading, sources=tuple(replace(source, text="") for source in reading.sources))


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
