"""The translations of a note: links between them on their pages, and what search engines are told of them."""

from msgspec import Struct

from notegen.i18n import own_name_of
from notegen.model import NoteId, Url
from notegen.render.site import Site, address, link_to


class LanguageLink(Struct, frozen=True):
    """A link to the same note in a language: its BCP 47 tag, and what it calls itself."""

    tag: str
    name: str
    href: str


def languages_on(site: Site, page: Url, note: NoteId) -> tuple[LanguageLink, ...]:
    """The other languages that the note is there in, for its page."""
    return tuple(
        LanguageLink(tag, own_name_of(tag), link_to(page, site.garden.urls[other]))
        for tag, other in _tags_of(site, note)
        if other != note
    )


def alternates_of(site: Site, note: NoteId) -> tuple[LanguageLink, ...]:
    """All languages that it is there in, its own among them, by full address, as search engines want it.

    None where the site does not know its address. The site's own language is also for whoever speaks none of them.
    """
    base, found = site.config.base_url, _tags_of(site, note)
    if not base:
        return ()
    links = [LanguageLink(tag, "", address(base, site.garden.urls[other])) for tag, other in found]
    links += [LanguageLink("x-default", "", one.href) for one in links if one.tag == site.language.tag]
    return tuple(links)


def _tags_of(site: Site, note: NoteId) -> list[tuple[str, NoteId]]:
    """The note and its translations by language; one that states none is in the site's."""
    tags: dict[str, NoteId] = {}
    for other in site.garden.translations.get(note, ()):
        tags.setdefault(site.garden.notes[other].language or site.language.tag, other)
    return list(tags.items()) if len(tags) > 1 else []
