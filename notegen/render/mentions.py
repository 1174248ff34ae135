"""Who links to a page, with the sentences that do."""

from collections.abc import Sequence
from dataclasses import dataclass

from notegen.model import Backlink, NoteId, Url
from notegen.render.excerpt import mark_link
from notegen.render.lists import Entry, entry_of
from notegen.render.site import Site, link_to
from notegen.render.words import day_words
from notegen.theme import safe

QUOTED = 40
"""Notes that are shown with their sentences; further ones by title only, since a hub has thousands."""
LISTED = 400
"""Notes that are listed by title after those; what is left is counted."""
SENTENCES = 3
"""Sentences shown of one note."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A note that links here, and the sentences it does so in, each HTML with the link's text marked."""

    href: str
    title: str
    iso: str
    day: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """The notes that link to a page."""

    count: int
    quoted: tuple[Quote, ...]
    further: tuple[Entry, ...]
    unnamed: int


def mentions_on(site: Site, page: Url, backlinks: Sequence[Backlink]) -> Mentions | None:
    """The notes behind the backlinks, in their order, each once; None when there are none."""
    if not backlinks:
        return None
    by_note: dict[NoteId, list[Backlink]] = {}
    for backlink in backlinks:
        by_note.setdefault(backlink.note, []).append(backlink)
    notes = list(by_note)
    return Mentions(
        count=len(notes),
        quoted=tuple(_quote(site, page, note, by_note[note]) for note in notes[:QUOTED]),
        further=tuple(entry_of(site, page, note) for note in notes[QUOTED : QUOTED + LISTED]),
        unnamed=max(0, len(notes) - QUOTED - LISTED),
    )


def _quote(site: Site, page: Url, note: NoteId, backlinks: Sequence[Backlink]) -> Quote:
    parsed = site.garden.notes[note]
    said = {link.link.sentence: link.link.text for link in backlinks if link.link.sentence}
    return Quote(
        href=link_to(page, site.garden.urls[note]),
        title=parsed.title,
        iso=parsed.dating.day.isoformat(),
        day=day_words(parsed.dating.day),
        sentences=tuple(safe(mark_link(sentence, text)) for sentence, text in list(said.items())[:SENTENCES]),
    )
