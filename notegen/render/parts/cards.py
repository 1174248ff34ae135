"""What is shown beside a link to a page: the picture that its note chose, else a card, which is a file of the site."""

from collections.abc import Iterator, Mapping

from notegen import colours
from notegen.cache import VectorCache, code_of
from notegen.drawing import icon, letters, lines, png, postscript, typeface
from notegen.drawing.typeface import NoTypefaceError
from notegen.errors.theme import typeface_unknown
from notegen.model import Note, OutputFile, Url
from notegen.render import social_cards
from notegen.render.parts.cover import cover_address
from notegen.render.site import Site, address
from notegen.render.social_cards import Face, draw_card, site_face
from notegen.text import characters, scripts

_KIND = "card"
_CODE = (characters, colours, icon, letters, lines, png, postscript, scripts, social_cards, typeface)
"""The modules that decide what a card looks like: all that one imports is among them (tests/test_cache_keys.py)."""
_AT_ONCE = 100


def picture_address(site: Site, note: Note) -> str:
    """The full address of the picture beside a link to the note; empty where there is none.

    Encrypted notes have no card.
    """
    if chosen := cover_address(site, note):
        return chosen
    face = _face_of(site, note)
    return address(site.config.base_url, site.card_style.url(face)) if site.card_style and face else ""


def faces_of(site: Site) -> Mapping[Url, Face]:
    """What each card of the site shows, by its address: that of the site, and those of notes without a picture."""
    if site.card_style is None:
        return {}
    notes = (
        note for id, note in site.garden.notes.items() if id != site.front and not cover_address(site, note)
    )
    faces = [
        site_face(site.card_style, site.title, site.config),
        *filter(None, (_face_of(site, note) for note in notes)),
    ]
    return {site.card_style.url(face): face for face in faces}


def card_files(site: Site, cache: VectorCache | None) -> Iterator[OutputFile]:
    """All cards; one that was drawn before is not drawn again.

    Raises:
        NotegenError: a letter of the typeface cannot be read.
    """
    code = code_of(*_CODE)
    faces = faces_of(site)
    urls = [*faces]
    for start in range(0, len(urls), _AT_ONCE):
        keys = {url: code + url.encode() for url in urls[start : start + _AT_ONCE]}
        known = cache.get_derived(_KIND, [*keys.values()]) if cache else {}
        drawn = {key: _drawn(site, faces[url]) for url, key in keys.items() if key not in known}
        if cache:
            cache.put_derived(_KIND, drawn)
        yield from (OutputFile(url, (known | drawn)[key]) for url, key in keys.items())


def card_file(site: Site, url: Url, faces: Mapping[Url, Face]) -> OutputFile | None:
    """The card at an address; None if the site has no such card.

    Raises:
        NotegenError: a letter of the typeface cannot be read.
    """
    return OutputFile(url, _drawn(site, faces[url])) if url in faces else None


def _face_of(site: Site, note: Note) -> Face | None:
    if site.card_style is None or (site.locked and note.id in site.locked.notes):
        return None
    day = note.dating.day
    said = site.language.day(day) if day else ""
    return site.card_style.face(site.title, note.title, said, other_foot=note.dating.iso)


def _drawn(site: Site, face: Face) -> bytes:
    assert site.card_style is not None
    try:
        return draw_card(site.card_style, face)
    except NoTypefaceError as error:
        raise typeface_unknown(site.config.social_cards.font) from error
