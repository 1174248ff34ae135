"""The last look at a new site: tells the audit what the build knows to be public."""

from collections.abc import Iterator
from html import unescape
from itertools import chain
from pathlib import Path

from notegen.audit import Collection, Known, prepare_audit, with_past
from notegen.context import BuildContext
from notegen.free_memory import give_back_free_memory
from notegen.model import Audit, Garden, Note, Reading, Url
from notegen.render.title import with_title
from notegen.second_process import Search
from notegen.theme import find_theme


def audit(
    site: Path,
    context: BuildContext,
    reading: Reading,
    garden: Garden,
    *,
    skip: tuple[Path, ...] = (),
    past: Collection | None = None,
) -> Audit:
    """Searches a site for what is private among the notes.

    Args: as `prepared_audit` has them.
    """
    with context.clock.time("audit"):
        return prepared_audit(context, reading, garden, skip=skip, past=past)(site)


def prepared_audit(
    context: BuildContext,
    reading: Reading,
    garden: Garden,
    *,
    skip: tuple[Path, ...] = (),
    past: Collection | None = None,
) -> Search:
    """Looks through the notes for what is private; what is given searches a site for it.

    Args:
        past: what was private on the days that pages of history tell of, and what was public; None without such pages.
    """
    config = with_title(context.config, context.notes, garden)
    theme = find_theme(context.notes, config.theme)
    known = Known(
        settings=(config.title, config.description, config.author, config.base_url, *_said_by_links(garden)),
        shown=lambda notes: chain.from_iterable(
            _said_by(garden.notes[id], garden.urls[id]) for id in notes if id in garden.notes
        ),
        theme=theme,
        language=config.language,
    )
    skip = (*skip, *context.skip, *((theme,) if theme else ()))
    give_back_free_memory()  # of what made the site
    search = prepare_audit(context.notes, config, reading, known, skip=skip, cache=context.cache)
    if not past:
        return search
    return lambda site, elsewhere=None: with_past(
        search(site, elsewhere), site, past, known, tuple(garden.notes)
    )


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
