"""Who links to a page, and who names it without a link, with the sentences that do."""

from collections.abc import Mapping, Sequence
from html import unescape

from msgspec import Struct

from notegen.model import BLOCK_PLACE, Backlink, Mention, NoteId, ToNote, Url
from notegen.render.parts.body import block_text
from notegen.render.parts.excerpt import mark_link
from notegen.render.parts.lists import Entry, entry_of
from notegen.render.parts.path_links import quote_titles
from notegen.render.site import Site, link_to
from notegen.theme import safe

MAX_OPEN_NOTES = 3
"""Notes that are shown at once under another one's text; the rest is behind a fold, unless it were one alone."""
MAX_QUOTED_NOTES = 40
"""Notes that are shown with their sentences; further ones by title only, since a hub has thousands."""
MAX_LISTED_NOTES = 400
"""Notes that are listed by title after those; what is left is counted."""
MAX_SENTENCES = 2
"""Sentences shown of one note."""
SENTENCE = 120
"""Characters shown of a sentence, around the link."""


class Quote(Struct, frozen=True):
    """A note that links here or names this one, and the sentences it does so in, each HTML with the words marked."""

    href: str
    title: str
    iso: str
    day: str
    sentences: tuple[str, ...]


class Backlinks(Struct, frozen=True):
    """The notes that link to a page, or that name it."""

    count: int
    quoted: tuple[Quote, ...]
    """The notes that are shown at once."""
    folded: tuple[Quote, ...]
    further: tuple[Entry, ...]
    """Those that come after the folded ones, behind the same fold."""
    unnamed: int

    @property
    def behind(self) -> int:
        """How many the fold shows."""
        return len(self.folded) + len(self.further)


def backlinks_on(
    site: Site,
    page: Url,
    backlinks: Sequence[Backlink],
    *,
    shown: int = MAX_OPEN_NOTES,
    size: int = SENTENCE,
) -> Backlinks | None:
    """The notes behind the backlinks, in their order, each once; None when there are none.

    Args:
        shown: how many are shown at once.
        size: characters shown of a sentence.
    """
    quotes: dict[NoteId, dict[str, str]] = {}
    for backlink in backlinks:
        sentences = quotes.setdefault(backlink.note, {})
        if backlink.link.sentence:
            source = site.garden.notes[backlink.note]
            words = quote_titles(backlink.link.text, source, site)
            sentence = quote_titles(backlink.link.sentence, source, site)
            if BLOCK_PLACE in sentence:
                words = _words_of_block(site, backlink)
                sentence = sentence.replace(BLOCK_PLACE, words or "…", 1)
            sentences[sentence] = words
    return _backlinks(site, page, quotes, shown, size)


def unlinked_mentions_on(site: Site, page: Url, mentions: Sequence[Mention]) -> Backlinks | None:
    """The notes that name the page's without a link, in their order; None when there are none."""
    notes = site.garden.notes
    quotes = {
        mention.note: {quote_titles(mention.sentence, notes[mention.note], site): mention.words}
        for mention in mentions
    }
    return _backlinks(site, page, quotes, MAX_QUOTED_NOTES, SENTENCE)


def _words_of_block(site: Site, backlink: Backlink) -> str:
    """What a link to a block shows in its sentence."""
    links = site.garden.notes[backlink.note].links
    goals = site.garden.resolutions[backlink.note]
    goal = next((goal for link, goal in zip(links, goals, strict=True) if link == backlink.link), None)
    if not isinstance(goal, ToNote):
        return ""
    return unescape(block_text(site.garden.notes[goal.note], goal.anchor, site.garden))


def _backlinks(
    site: Site, page: Url, quotes: Mapping[NoteId, Mapping[str, str]], shown: int, size: int
) -> Backlinks | None:
    """What each note says: its sentences, each with the words to mark in it."""
    if not quotes:
        return None
    notes = list(quotes)
    quoted = tuple(_quote(site, page, note, quotes[note], size) for note in notes[:MAX_QUOTED_NOTES])
    shown += len(notes) == shown + 1  # a fold would take the place of what it hides
    return Backlinks(
        count=len(notes),
        quoted=quoted[:shown],
        folded=quoted[shown:],
        further=tuple(
            entry_of(site, page, note)
            for note in notes[MAX_QUOTED_NOTES : MAX_QUOTED_NOTES + MAX_LISTED_NOTES]
        ),
        unnamed=max(0, len(notes) - MAX_QUOTED_NOTES - MAX_LISTED_NOTES),
    )


def _quote(site: Site, page: Url, note: NoteId, sentences: Mapping[str, str], size: int) -> Quote:
    parsed = site.garden.notes[note]
    return Quote(
        href=link_to(page, site.garden.urls[note]),
        title=site.typeset_text(parsed.title, parsed),
        iso=parsed.dating.iso,
        day=site.language.day(parsed.dating.day) if parsed.dating.day else "",
        sentences=tuple(
            safe(site.typeset(mark_link(sentence, text, size=size), parsed))
            for sentence, text in list(sentences.items())[:MAX_SENTENCES]
        ),
    )
