"""The notes that are close to one in meaning, a line each, and behind it the two passages that are."""

from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct

from notegen.model import Mention, Neighbour, NoteId, Passage, Url
from notegen.render.parts.excerpt import excerpt, mark_link, mark_words
from notegen.render.parts.lists import Entry, entry_of
from notegen.render.parts.path_links import quote_titles
from notegen.render.site import Site, link_to
from notegen.theme import safe

PASSAGE = 150
"""Characters shown of a passage that relates two notes."""


class SimilarNote(Struct, frozen=True):
    """A similar note with the reason: a passage of each side, as HTML with the shared words marked."""

    href: str
    title: str
    section: str
    section_href: str
    here: str
    there: str
    words: str
    mention: str
    """The sentence in which it says this note's name without a link, as HTML; empty for none."""
    near_duplicates: tuple[Entry, ...]
    """Further notes with nearly its text."""


def similar_on(
    site: Site,
    page: Url,
    neighbours: Sequence[Neighbour],
    mentions: Sequence[Mention],
    linking: Container[NoteId],
) -> Iterator[SimilarNote]:
    """The neighbours that no link leads to or comes from, closest first.

    What is linked is in the text, or among the notes that link here.

    Args:
        mentions: who says the name of the page's note without a link.
        linking: who links to it, which is in a list of its own.
    """
    said = {mention.note: mention for mention in mentions}
    for neighbour in neighbours:
        if not neighbour.linked:
            yield _similar(site, page, neighbour, said, linking)


def _similar(
    site: Site,
    page: Url,
    neighbour: Neighbour,
    said: Mapping[NoteId, Mention],
    linking: Container[NoteId],
) -> SimilarNote:
    note = site.garden.notes[neighbour.note]
    url = site.garden.urls[neighbour.note]
    reason = neighbour.reason
    section = reason.there.trail[-1] if reason.there.trail and reason.there.anchor else ""
    mention = said.get(neighbour.note)
    return SimilarNote(
        href=link_to(page, url),
        title=site.typeset_text(note.title, note),
        section=section if section != note.title else "",
        section_href=link_to(page, url, reason.there.anchor),
        here=_quoted(site, reason.here, reason.words),
        there=_quoted(site, reason.there, reason.words),
        words=site.language.list_words(reason.words),
        mention=safe(site.typeset(mark_link(mention.sentence, mention.words, size=PASSAGE), note))
        if mention
        else "",
        near_duplicates=tuple(
            entry_of(site, page, other) for other in neighbour.near_duplicates if other not in linking
        ),
    )


def _quoted(site: Site, passage: Passage, words: Sequence[str]) -> str:
    note = site.garden.notes[passage.note]
    text = quote_titles(passage.text, note, site)
    return safe(site.typeset(mark_words(excerpt(text, words, size=PASSAGE), words), note))
