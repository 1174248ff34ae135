"""Runs the audit on a new site, before it takes the place of the old one, with what the build knows to be public."""

from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from itertools import chain
from pathlib import Path

from notegen.audit import Collected, Collection, Known, collect_needles, prepare_audit, with_past
from notegen.context import BuildContext
from notegen.free_memory import give_back_free_memory
from notegen.model import Audit, Garden, Note, Reading, Source, Url
from notegen.render.title import with_title
from notegen.theme_folder import find_theme
from notegen.workers.jobs import Elsewhere, forking
from notegen.workers.second import MIN_NOTES, NO_DIGESTS, Search


def audit(
    site: Path,
    context: BuildContext,
    reading: Reading,
    garden: Garden,
    *,
    skip: tuple[Path, ...] = (),
    past: Collection | None = None,
) -> Audit:
    """Searches a site for what is private among the notes, a half of it in another process where that pays.

    Args: as `prepared_audit` has them.
    """
    pays = context.jobs > 1 and len(garden.notes) >= MIN_NOTES
    with context.clock.time("audit"):
        search = prepared_audit(context, reading, garden, skip=skip, past=past)
        return search(site, forking(context.cache, context.clock, "audit", is_wanted=pays))


def prepared_audit(
    context: BuildContext,
    reading: Reading,
    garden: Garden,
    *,
    skip: tuple[Path, ...] = (),
    past: Collection | None = None,
    begun: Callable[[], Collected] | None = None,
) -> Search:
    """Looks through the notes for what is private, and returns a function that searches a site for it.

    Args:
        past: what was private on the days that pages of history tell of, and what was public; None without such pages.
        begun: of `begin_audit`; None to look through the notes now.
    """
    config = with_title(context.config, context.notes, garden)
    known = Known(
        settings=(config.title, config.description, config.author, config.base_url, *_said_by_links(garden)),
        shown=lambda notes: chain.from_iterable(
            _said_by(garden.notes[id], garden.urls[id]) for id in notes if id in garden.notes
        ),
        theme=find_theme(context.notes, config.theme),
        language=config.language,
    )
    give_back_free_memory()  # of what made the site
    search = prepare_audit(
        context.notes,
        config,
        reading,
        known,
        skip=_skipped(context, skip),
        cache=context.cache,
        collected=begun() if begun else None,
    )
    if not past:
        return search
    return lambda site, elsewhere=None, digests=NO_DIGESTS: with_past(
        search(site, elsewhere, digests), site, past, known, tuple(garden.notes)
    )


def begin_audit(
    context: BuildContext, reading: Reading, elsewhere: Elsewhere, *, skip: tuple[Path, ...] = ()
) -> Callable[[], Collected]:
    """Has another process look through the notes for what is private; the function returned waits for the result.

    Args: skip: as `prepared_audit` has it.
    """
    bare = tuple(Source(one.id, "", 0, {}, "", one.modified, tool=one.tool) for one in reading.sources)
    told = Reading(bare, {}, reading.withheld, withheld_names=reading.withheld_names)
    look = partial(collect_needles, context.notes, context.config, told, skip=_skipped(context, skip))
    return elsewhere(look)


def _skipped(context: BuildContext, skip: tuple[Path, ...]) -> tuple[Path, ...]:
    theme = find_theme(context.notes, context.config.theme)
    return (*skip, *context.skip, *((theme,) if theme else ()))


def _said_by_links(garden: Garden) -> Iterator[str]:
    """What the settings have every page say of where its links lead."""
    for link in chain.from_iterable(garden.site_links.values()):
        yield from (link.text, link.address)


def _said_by(note: Note, url: Url) -> tuple[str, ...]:
    """What pages show of a note, its address and its parts' too; excerpts join what stands in several paragraphs."""
    sections = (" ".join((*section.trail[-1:], *section.paragraphs)) for section in note.sections)
    stated = (f"{key} {value}" for key, value in note.properties)
    whole = " ".join(paragraph for section in note.sections for paragraph in section.paragraphs)
    excerpts = [section.excerpt for section in note.sections]
    parts = (f"{url}#{heading.anchor}" for heading in note.headings)
    named = (note.title, note.description, *note.aliases, *note.tags)
    return (
        *named,
        *stated,
        *sections,
        whole,
        *excerpts,
        " ".join(excerpts),
        url,
        *parts,
        unescape(note.body),
    )
