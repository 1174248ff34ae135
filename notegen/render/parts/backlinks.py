"""Who links to a page, and who names it without a link, with the sentences that do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notegen.model import Backlink, Mention, NoteId, Url
from notegen.render.parts.excerpt import mark_link
from notegen.render.parts.lists import Entry, entry_of
from notegen.render.site import Site, link_to
from notegen.theme import safe

MAX_QUOTED_NOTES = 40
"""Notes that are shown with their sentences; further ones by title only, since a hub has thousands."""
MAX_LISTED_NOTES = 400
"""Notes that are listed by title after those; what is left is counted."""
MAX_SENTENCES = 3
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
class Backlinks:
    """The notes that link to a page, or that name it."""

    count: int
    quoted: tuple[Quote, ...]
    further: tuple[Entry, ...]
    unnamed: int


def backlinks_on(site: Site, page: Url, backlinks: Sequence[Backlink]) -> Backlinks | None:
    """The notes behind the backlinks, in their order, each once; None when there are none."""
    quotes: dict[NoteId, dict[str, str]] = {}
    for backlink in backlinks:
        sentences = quotes.setdefault(backlink.note, {})
        if backlink.link.sentence:
            sentences[backlink.link.sentence] = backlink.link.text
    return _backlinks(site, page, quotes)


def unlinked_mentions_on(site: Site, page: Url, mentions: Sequence[Mention]) -> Backlinks | None:
    """The notes that name the page's without a link, in their order; None when there are none."""
    return _backlinks(site, page, {mention.note: {mention.sentence: mention.words} for mention in mentions})


def _backlinks(site: Site, page: Url, quotes: Mapping[NoteId, Mapping[str, str]]) -> Backlinks | None:
    """What each note says: its sentences, each with the words to mark in it."""
    if not quotes:
        return None
    notes = list(quotes)
    return Backlinks(
        count=len(notes),
        quoted=tuple(_quote(site, page, note, quotes[note]) for note in notes[:MAX_QUOTED_NOTES]),
        further=tuple(
            entry_of(site, page, note)
            for note in notes[MAX_QUOTED_NOTES : MAX_QUOTED_NOTES + MAX_LISTED_NOTES]
        ),
        unnamed=max(0, len(notes) - MAX_QUOTED_NOTES - MAX_LISTED_NOTES),
    )


def _quote(site: Site, page: Url, note: NoteId, sentences: Mapping[str, str]) -> Quote:
    parsed = site.garden.notes[note]
    return Quote(
        href=link_to(page, site.garden.urls[note]),
        title=parsed.title,
        iso=parsed.dating.day.isoformat(),
        day=site.language.day(parsed.dating.day),
        sentences=tuple(
            safe(mark_link(sentence, text)) for sentence, text in list(sentences.items())[:MAX_SENTENCES]
        ),
    )
