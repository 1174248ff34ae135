"""Who links to a page, and who names it without a link, with the sentences that do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notegen.model import Backlink, Mention, NoteId, Url
from notegen.render.parts.excerpt import mark_link
from notegen.render.parts.lists import Entry, entry_of
from notegen.render.site import Site, link_to
from notegen.theme import safe

QUOTED = 40
"""Notes that are shown with their sentences; further ones by title only, since a hub has thousands."""
LISTED = 400
"""Notes that are listed by title after those; what is left is counted."""
SENTENCES = 3
"""Sentences shown of one note."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A note that links here or names this one, and the sentences it does so in, each HTML with the words marked."""

    href: str
    title: str
    iso: str
    day: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """The notes that link to a page, or that name it."""

    count: int
    quoted: tuple[Quote, ...]
    further: tuple[Entry, ...]
    unnamed: int


def mentions_on(site: Site, page: Url, backlinks: Sequence[Backlink]) -> Mentions | None:
    """The notes behind the backlinks, in their order, each once; None when there are none."""
    said: dict[NoteId, dict[str, str]] = {}
    for backlink in backlinks:
        sentences = said.setdefault(backlink.note, {})
        if backlink.link.sentence:
            sentences[backlink.link.sentence] = backlink.link.text
    return _mentions(site, page, said)


def unlinked_on(site: Site, page: Url, mentions: Sequence[Mention]) -> Mentions | None:
    """The notes that name the page's without a link, in their order; None when there are none."""
    return _mentions(site, page, {mention.note: {mention.sentence: mention.words} for mention in mentions})


def _mentions(site: Site, page: Url, said: Mapping[NoteId, Mapping[str, str]]) -> Mentions | None:
    """What each note says: its sentences, each with the words to mark in it."""
    if not said:
        return None
    notes = list(said)
    return Mentions(
        count=len(notes),
        quoted=tuple(_quote(site, page, note, said[note]) for note in notes[:QUOTED]),
        further=tuple(entry_of(site, page, note) for note in notes[QUOTED : QUOTED + LISTED]),
        unnamed=max(0, len(notes) - QUOTED - LISTED),
    )


def _quote(site: Site, page: Url, note: NoteId, said: Mapping[str, str]) -> Quote:
    parsed = site.garden.notes[note]
    return Quote(
        href=link_to(page, site.garden.urls[note]),
        title=parsed.title,
        iso=parsed.dating.day.isoformat(),
        day=site.language.day(parsed.dating.day),
        sentences=tuple(safe(mark_link(sentence, text)) for sentence, text in list(said.items())[:SENTENCES]),
    )
