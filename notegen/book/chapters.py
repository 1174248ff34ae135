"""A note as a chapter: what its page shows, with links that lead within the book."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from notegen.book.contents import Place
from notegen.book.pictures import Pictures
from notegen.book.xhtml import Xhtml, XhtmlContext, anchor_link, direction_of_text, language_tag, to_xhtml
from notegen.model import Note, NoteId, Url
from notegen.regex import regex
from notegen.render.pages.notes import direction_in, filled_body, properties_of
from notegen.render.site import Site, address, link_to
from notegen.text.html_tags import plain_text_of

MAX_LINKING = 12
"""Notes that a chapter names as linking to it; further ones are counted, since a hub has thousands."""
MAX_LEVEL = 3
"""The deepest level of a chapter's heading, so that chapters of deep folders have headings of their own too."""
_SCHEME = regex(r"([a-zA-Z][a-zA-Z0-9+.-]*):|//")
_KEPT_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_UNQUOTED = regex(r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})")


class Chapter(Struct, frozen=True):
    """A chapter's content and what stands around it."""

    place: Place
    content: Xhtml
    language: str
    """Empty for the book's."""
    direction: str
    """`ltr` or `rtl`."""


class Link(Struct, frozen=True):
    """A link in a chapter."""

    href: str
    title: str


class Chapters:
    """Makes the chapters of a book."""

    def __init__(
        self, site: Site, places: Mapping[NoteId, Place], pictures: Pictures, file_of: Callable[[str], str]
    ) -> None:
        """Args: file_of: gives the name of the file that a chapter of a name lies in; empty where all lie in one."""
        self._site = site
        self._places = places
        self._pictures = pictures
        self._file_of = file_of
        self._notes = {site.garden.urls[id]: id for id in places}
        self._files = {url: path for path, url in site.garden.assets.items()}

    def make(self, place: Place, *, is_epub: bool) -> Chapter:
        """The chapter at a place; of a part that no note stands for its name."""
        note = self._site.garden.notes[place.entry.note] if place.entry.note else None
        page = self._site.garden.urls[note.id] if note else ""
        html = self._site.theme.render("book-chapter.html", self._names(note, place))
        direction = direction_in(note) if note else "auto"
        if direction == "auto":
            direction = direction_of_text(plain_text_of(html)) or self._site.language.direction
        context = XhtmlContext(
            name=place.name,
            level=min(place.depth + 1, MAX_LEVEL),
            direction=direction,
            link=partial(self.goal, page),
            picture=lambda written: self._pictures.address_of(self._files.get(_url_at(page, written), "")),
            is_epub=is_epub,
        )
        return Chapter(place, to_xhtml(html, context), language_tag(note.language if note else ""), direction)

    def _names(self, note: Note | None, place: Place) -> Mapping[str, object]:
        if note is None:
            return {"title": place.entry.title, "heading": None}
        site, day = self._site, note.dating.day
        heading, body = filled_body(site, note)
        linking = [*self._linking(note)]
        return {
            "title": place.entry.title,
            "heading": heading,
            "own_language": site.language.tag if note.language else "",
            "iso": note.dating.iso,
            "day": site.language.day(day) if day else "",
            "tags": note.tags,
            "properties": tuple(properties_of(site, note)),
            "lead": "" if body.strip() else note.description,
            "body": body,
            "linking": linking[:MAX_LINKING],
            "further": len(linking) - MAX_LINKING,
        }

    def _linking(self, note: Note) -> Iterator[Link]:
        """The other chapters that link to a note."""
        garden = self._site.garden
        for id in dict.fromkeys(backlink.note for backlink in garden.backlinks.get(note.id, ())):
            if id in self._places and id != note.id:
                href = link_to(garden.urls[note.id], garden.urls[id])
                yield Link(href, self._places[id].entry.title)

    def goal(self, page: Url, written: str) -> str:
        """Where a link of a page leads in the book; empty for nowhere.

        A note that is not in the book, and a file, are on the site, where that has an address.
        """
        if scheme := _SCHEME.match(written):
            return _far(written) if (scheme[1] or "https").lower() in _KEPT_SCHEMES else ""
        url, fragment = _url_at(page, written), written.partition("#")[2]
        if url in self._notes:
            id = self._notes[url]
            return self.to_chapter(id, unquote(fragment))
        base = self._site.config.base_url
        return address(base, url) + (f"#{fragment}" if fragment else "") if base else ""

    def to_chapter(self, id: NoteId, anchor: str = "") -> str:
        """What leads to a note, or to a heading or block in it."""
        name, note = self._places[id].name, self._site.garden.notes[id]
        file = self._file_of(name)
        if anchor and anchor in _anchors_of(note):
            return file + anchor_link(name, anchor)
        return file or f"#{name}"


def _anchors_of(note: Note) -> frozenset[str]:
    return frozenset((*(heading.anchor for heading in note.headings), *note.blocks.values(), *note.ids))


def _url_at(page: Url, written: str) -> Url:
    """The URL of the site that a relative address of a page leads to."""
    path = unquote(written.partition("#")[0])
    return normpath(join(dirname(page), path)) if path else page


def _far(written: str) -> str:
    """An address on the web as one that every reader of XML takes for one; empty for what is none."""
    quoted = _UNQUOTED.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), written)
    whole = f"https:{quoted}" if quoted.startswith("//") else quoted
    try:
        parts = urlsplit(whole)
        is_whole = bool(parts.hostname) if parts.scheme in ("http", "https") else True
        return whole if is_whole and (parts.port is None or parts.port) and whole.count("#") < 2 else ""
    except ValueError:  # `http://[`, a port that is no number
        return ""
