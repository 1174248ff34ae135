"""The text of a note with its holes filled: links, pictures, and the other files it shows."""

import re
from dataclasses import dataclass
from html import escape, unescape
from posixpath import splitext
from urllib.parse import unquote, urlsplit

from notegen.model import Garden, Link, Note, Nowhere, Resolution, ToAsset, ToDay, ToNote, Url
from notegen.paths import day_url, fold, href
from notegen.render.site import Site, link_to

IMAGES = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
SOUNDS = frozenset({".flac", ".m4a", ".mp3", ".ogg", ".wav", ".3gp"})
FILMS = frozenset({".mkv", ".mov", ".mp4", ".ogv", ".webm"})

NOT_HERE = "There is no page for this"
"""What a link that leads nowhere says of itself: the same for a missing note as for one that is not published."""

_ATTRIBUTES = r'(?:\s+[\w:-]+(?:="[^"]*")?)*?'
_HOLE = re.compile(
    rf'<(?P<tag>a|img)(?P<before>{_ATTRIBUTES})\s+(?:href|src)="notegen(?P<to_tag>-tag)?:(?P<name>[^"]*)"'
    rf"(?P<after>{_ATTRIBUTES})\s*/?>"
)
_PICTURE = re.compile(rf"(?P<link><a{_ATTRIBUTES}\s*>\s*)?<img(?P<attributes>{_ATTRIBUTES})\s*/?>")
_NO_LINK = f'<a class="missing" title="{NOT_HERE}">'
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_SIZE = re.compile(r"\s*(\d{1,5})(?:\s*[x×]\s*(\d{1,5}))?(?:px)?\s*")
_TITLE_HEADING = re.compile(r'\s*<h([1-6])(?: id="([^"]*)")?[^>]*>(.*?)</h\1>\s*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """How an embed asks to be shown: `![[a.png|A caption|640x480]]`."""

    caption: str
    width: str = ""
    height: str = ""


@dataclass(frozen=True, slots=True)
class TitleHeading:
    """A note's title as its page shows it: HTML, and the anchor it had in the body."""

    html: str
    anchor: str = ""


def fill_links(note: Note, site: Site) -> str:
    """The note's body as its page holds it: every hole filled by what its link was resolved to, as phrasing content.

    A link that leads nowhere keeps its words and says no more, so that a private note is not given away.
    """
    page = site.garden.urls[note.id]
    resolutions = site.garden.resolutions[note.id]

    def fill(hole: re.Match[str]) -> str:
        attributes, name = hole["before"] + hole["after"], hole["name"]
        if hole["to_tag"]:
            url = site.tag_urls.get(fold(unquote(name)))
            return f'<a{attributes} href="{link_to(page, url)}">' if url else "<a>"
        if not name.isdecimal() or int(name) >= len(resolutions):  # a hole that raw HTML only pretends
            return _NO_LINK if hole["tag"] == "a" else ""
        link, resolution = note.links[int(name)], resolutions[int(name)]
        if hole["tag"] == "a":
            return _open_link(resolution, page, site.garden)
        return _embed(link, resolution, page, site.garden, attributes)

    # Code that scrolls sideways must be reachable by keyboard (WCAG 2.1.1); browsers differ in doing so by themselves.
    return _HOLE.sub(fill, _name_far_pictures(note.body)).replace("<pre><code", "<pre tabindex=0><code")


def split_title(note: Note, body: str) -> tuple[TitleHeading, str]:
    """The title to show over the page, and the body without the heading that already says it."""
    found = _TITLE_HEADING.match(body) if note.has_title_heading else None
    if found is None:
        return TitleHeading(escape(note.title, quote=False)), body
    return TitleHeading(found[3], found[2] or ""), body[found.end() :]


def read_shown(text: str) -> Shown:
    """The text after an embed's `|`: the last part is a size when it is numbers, the rest is a caption."""
    caption, bar, last = text.rpartition("|")
    size = _SIZE.fullmatch(last)
    if size is None:
        return Shown(text.strip())
    return Shown(caption.strip() if bar else "", size[1], size[2] or "")


def _name_far_pictures(html: str) -> str:
    """The HTML with a link for each picture on another host, since a page asks no other host for anything."""
    return _PICTURE.sub(_far_picture, html) if "<img" in html else html


def _far_picture(picture: re.Match[str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(picture["attributes"]))
    address = attributes.get("src", "")
    if not address.startswith(("http:", "https:", "//")):
        return picture[0]
    words = attributes.get("alt") or f"Picture at {urlsplit(unescape(address)).hostname or 'another host'}"
    if picture["link"]:  # a link holds no other link
        return f'{picture["link"]}<span class="picture">{words}</span>'
    return f'<a class="picture" href="{address}">{words}</a>'


def _open_link(resolution: Resolution, page: Url, garden: Garden) -> str:
    match resolution:
        case ToNote(note, anchor):
            return f'<a class="internal" href="{link_to(page, garden.urls[note], anchor)}">'
        case ToDay(day):
            return f'<a class="internal day" href="{link_to(page, day_url(day))}">'
        case ToAsset(path, fragment):
            return f'<a class="internal file" href="{link_to(page, garden.assets[path], fragment)}">'
        case Nowhere():
            return _NO_LINK


def _embed(link: Link, resolution: Resolution, page: Url, garden: Garden, attributes: str) -> str:
    """Args: attributes: those of an `<img>` written as HTML, escaped, each after a space; empty for Markdown's."""
    match resolution:
        case ToNote(note, anchor):
            return _card(garden.notes[note], link_to(page, garden.urls[note], anchor), link.fragment)
        case ToDay():
            return f"{_open_link(resolution, page, garden)}{escape(link.text or link.target)}</a>"
        case ToAsset(path, fragment):
            return _file(
                path, read_shown(link.text), link_to(page, garden.assets[path]), fragment, attributes
            )
        case Nowhere():
            words = read_shown(link.text).caption or link.target
            return f"{_NO_LINK}{escape(words)}</a>"


def _card(note: Note, address: str, fragment: str) -> str:
    section = (
        f" › {escape(fragment.replace('#', ' › '))}" if fragment and not fragment.startswith("^") else ""
    )
    about = f"<span>{escape(note.description)}</span>" if note.description else ""
    return f'<a class="internal card" href="{address}"><b>{escape(note.title)}{section}</b>{about}</a>'


def _file(path: str, shown: Shown, address: str, fragment: str, attributes: str) -> str:
    """The element that shows a file, chosen by its extension; a plain link for what a browser cannot show."""
    stem, suffix = splitext(path.rpartition("/")[2])
    name = escape(shown.caption or stem)
    size = "".join(
        f' {key}="{value}"' for key, value in (("width", shown.width), ("height", shown.height)) if value
    )
    match suffix.lower():
        case kind if kind in IMAGES:
            own = attributes or f' alt="{name}"{size}'
            return f'<img src="{address}"{own} loading="lazy" decoding="async">'
        case kind if kind in SOUNDS:
            return f'<audio controls preload="none" src="{address}" aria-label="{name}"></audio>'
        case kind if kind in FILMS:
            return f'<video controls preload="metadata" src="{address}"{size} aria-label="{name}"></video>'
        case ".pdf":
            at = _pdf_place(fragment)
            view = f'<object type="application/pdf" data="{address}{at}"{size} aria-label="{name}"></object>'
            return (
                f'<span class="pdf">{view}{_file_link(address + at, shown.caption or stem + suffix)}</span>'
            )
        case _:
            return _file_link(address, shown.caption or stem + suffix)


def _file_link(address: str, words: str) -> str:
    return f'<a class="internal file" href="{address}">{escape(words)}</a>'


def _pdf_place(fragment: str) -> str:
    """`#page=3&height=400`: a viewer's own words, whose `=` and `&` must stay as they are."""
    return escape(href("x", "x", fragment).replace("%3D", "=").replace("%26", "&")) if fragment else ""
