"""The order of work, to be read first: a folder of notes in, a site out.

Every stage is a function from plain values to plain values; what touches the world (read, cache, encoder, write) is
called from here only. Nothing is written until everything before it has worked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path

from notegen.audit import Known, audit_site
from notegen.check.advice import without_ignored
from notegen.check.unreadable import unreadable_encrypted, unreadable_files
from notegen.config import titled
from notegen.context import BuildContext
from notegen.encrypt import ROUNDS, Vault, open_vault, salt_of
from notegen.errors import password_missing, would_leak
from notegen.insights import find_insights
from notegen.link import link_notes
from notegen.lock import lock_files, only_for_encrypted, with_addresses_of, with_locked_pages
from notegen.markdown.private_link import private_links
from notegen.model import (
    Audit,
    CanvasWords,
    EmbeddedGarden,
    Garden,
    LockedParts,
    Note,
    OutputFile,
    Problem,
    QueryTable,
    Reading,
    Report,
)
from notegen.parse import parse_notes
from notegen.read import read_sources, with_encrypted, without_assets
from notegen.render import OpenedSite, rendered_site
from notegen.render.site import DIAGRAM
from notegen.render.site_facts import site_facts
from notegen.search.cached_index import cached_vector_index
from notegen.search.query_table.choose import choose_table, table_source
from notegen.search.shards import make_search_index
from notegen.semantic.embed import embed_passages, embed_pieces
from notegen.semantic.passages import passages_of
from notegen.theme import Theme, canvas_words, find_theme, load_theme
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
    reading = read_notes(context, skip=(out,))
    check_notes(len(reading.sources) + len(reading.encrypted), context.notes, out)
    if reading.encrypted:
        made = make_locked_site(reading, context, theme, out)
    else:
        made = make_site(reading, link_sources(reading, context), context, theme)
    garden, embedded = made.embedded.garden, made.embedded
    facts = site_facts(embedded, made.search_facts)

    def inspect(new: Path) -> None:
        """The last look: refuses a site that shows what is private, whatever was overlooked before."""
        if leaks := audit(new, context, reading, garden, skip=(out,)).leaks:
            raise would_leak(leaks)

    with clock.time("write"):
        written = write_site(chain(made.files, [facts]), out, on_wait=context.on_wait, inspect=inspect)
    problems = (
        *made.problems,
        *unreadable_files(garden, written),
        *(context.cache.problems if context.cache else ()),
    )
    return Report(
        notes=len(garden.notes),
        passages=len(embedded.passages),
        withheld=len(reading.withheld) - len(reading.encrypted),
        problems=without_ignored(problems, config.check.ignore),
        written=written,
        seconds=clock.seconds(),
        semantic=embedded.vectors is not None,
        attachments=made.attachments,
        encrypted=len(reading.encrypted),
    )


@dataclass(frozen=True, slots=True)
class MadeSite:
    """A site that is ready to be rendered and written."""

    embedded: EmbeddedGarden
    opened: OpenedSite
    search_facts: Mapping[str, object]
    files: Iterator[OutputFile]
    """All but notegen.json."""
    problems: tuple[Problem, ...]
    attachments: frozenset[str]


def make_site(
    reading: Reading,
    garden: Garden,
    context: BuildContext,
    theme: Theme,
    locked: LockedParts | None = None,
) -> MadeSite:
    """One site of one garden: what its notes mean, what follows from that, its search index and its pages.

    Args:
        locked: what the pages tell of notes that are encrypted beside them.
    """
    clock, config = context.clock, titled(context.config, context.notes)
    embedded = embed_garden(garden, context)
    insights = find_insights(embedded, context)
    table = query_table(embedded, context)
    with clock.time("index"):
        vector_index = cached_vector_index(embedded.vectors, table, context.cache)
        index = make_search_index(garden, embedded.passages, vector_index, config)
    insights = replace(insights, search=index.manifest)
    with clock.time("render"):
        opened = rendered_site(garden, insights, theme, config, files=reading.assets, locked=locked)
    files = chain(clock.timed("render", opened.files), clock.timed("index", index.files))
    search = {"table": table_source(table, context.table), **index.facts}
    return MadeSite(embedded, opened, search, files, garden.problems, frozenset(garden.assets))


def make_locked_site(reading: Reading, context: BuildContext, theme: Theme, out: Path) -> MadeSite:
    """The site of the public notes, with what a reader has beside it who knows the password, encrypted.

    Raises:
        NotegenError: no password is given.
    """
    vault = ask_vault(context, out)
    encrypted = [source.id for source in reading.encrypted]
    everything = with_encrypted(reading)
    whole = link_sources(everything, context)
    hidden = only_for_encrypted(whole, encrypted)
    reading = without_assets(reading, hidden)
    public = link_sources(reading, context)
    whole = with_addresses_of(public, whole, vault)
    public = with_locked_pages(public, encrypted, whole.urls)
    depths = frozenset(
        url.count("/") for urls in (whole.urls, whole.tag_urls, whole.folder_urls) for url in urls.values()
    )
    diagrams = any(DIAGRAM in whole.notes[note].body for note in encrypted)
    parts = LockedParts(f"{vault.salt.hex()} {ROUNDS}", depths, diagrams)
    first = make_site(reading, public, context, theme, parts)
    second = make_site(everything, whole, context, theme, replace(parts, data=first.opened.data))
    files = lock_files(first.files, second.files, second.opened.data, vault, first.opened.locked_page)
    problems = (*second.problems, *unreadable_encrypted(everything, hidden))
    return replace(first, files=files, problems=problems, attachments=second.attachments)


def ask_vault(context: BuildContext, out: Path) -> Vault:
    """The keys of the site; whoever gives the password is told whether the site that is there has the same.

    Raises:
        NotegenError: there is no password.
    """
    config = titled(context.config, context.notes)
    salt = salt_of(config.base_url, config.title)
    if context.password is None:
        raise password_missing()
    return open_vault(context.password(lambda password: open_vault(password, salt).opens(out)), salt)


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
        notes = parse_notes(
            reading.sources,
            date_order=config.date_order,
            private_tags=config.private_tags,
            private=private_links(reading, words.private, words.locked),
            jobs=context.jobs,
            progress=partial(context.progress, "parse"),
        )
    with clock.time("link"):
        return link_notes(notes, reading, attachments=config.attachments)


def audit(
    site: Path, context: BuildContext, reading: Reading, garden: Garden, *, skip: tuple[Path, ...] = ()
) -> Audit:
    """Searches a site for what is private among the notes."""
    config = titled(context.config, context.notes)
    theme = find_theme(context.notes, config.theme)
    known = Known(
        settings=(config.title, config.description, config.author, config.base_url),
        shown=lambda notes: chain.from_iterable(
            _said_by(garden.notes[id]) for id in notes if id in garden.notes
        ),
        theme=theme,
        language=config.language,
    )
    skip = (*skip, *context.skip, *((theme,) if theme else ()))
    with context.clock.time("audit"):
        return audit_site(site, context.notes, config, reading, known, skip=skip)


def _said_by(note: Note) -> tuple[str, ...]:
    """What pages show of a note."""
    sections = (" ".join((*section.trail[-1:], *section.paragraphs)) for section in note.sections)
    stated = (f"{key} {value}" for key, value in note.properties)
    return (note.title, note.description, *note.aliases, *note.tags, *stated, *sections)


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
