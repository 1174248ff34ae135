"""The text of a note with its holes filled: links, pictures, and the other files it shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape, unescape
from itertools import zip_longest
from posixpath import splitext
from urllib.parse import unquote, urlsplit

from notegen.i18n import Language
from notegen.model import (
    Link,
    Note,
    NoteId,
    Nowhere,
    Resolution,
    ToAsset,
    ToDay,
    ToHome,
    ToNote,
    ToTag,
    Url,
)
from notegen.paths import HOME, PICTURE_SUFFIXES, day_url, fold, href
from notegen.render.localize import localize_text
from notegen.render.site import Site, link_to

SOUNDS = frozenset({".flac", ".m4a", ".mp3", ".ogg", ".wav", ".3gp"})
MAX_EMBED_DEPTH = 5
"""Notes within notes that a page shows; Obsidian stops there too."""
FILMS = frozenset({".mkv", ".mov", ".mp4", ".ogv", ".webm"})

_ATTRIBUTES = r'(?:\s+[\w:-]+(?:="[^"]*")?)*?'
_HOLE = re.compile(
    rf'<(?P<tag>a|img)(?P<before>{_ATTRIBUTES})\s+(?:href|src)="notegen(?P<to_tag>-tag)?:(?P<name>[^"]*)"'
    rf"(?P<after>{_ATTRIBUTES})\s*/?>"
)
_PICTURE = re.compile(rf"(?P<link><a{_ATTRIBUTES}\s*>\s*)?<img(?P<attributes>{_ATTRIBUTES})\s*/?>")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_SIZE = re.compile(r"\s*(?P<width>\d{1,5}(?:%|em)?)(?:px)?(?:\s*[x×]\s*(?P<height>\d{1,5}))?(?:px)?\s*")
_SIZE_AT_END = re.compile(r"(?P<caption>.*\S)\s+(?P<width>\d{1,5})x(?P<height>\d{1,5})\s*")
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*?<img src=\"notegen:(?:(?!</?p>).)*)</p>", re.DOTALL)
_BREAKS_AROUND = re.compile(r"\A(?:\s|<br />)+|(?:\s|<br />)+\Z")
_ID = re.compile(r' id="[^"]*"')
_ANY_TAG = re.compile(r"<[^>]*>")
_TITLE_HEADING = re.compile(r'\s*<h([1-6])(?: id="([^"]*)")?[^>]*>(.*?)</h\1>\s*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class EmbedOptions:
    """How an embed asks to be shown: `![[a.png|A caption|640x480]]`."""

    caption: str
    width: str = ""
    """Pixels, or with `%` or `em`."""
    height: str = ""
    side: str = ""
    """`left`, `right`, `center`, or empty."""


@dataclass(frozen=True, slots=True)
class TitleHeading:
    """A note's title as its page shows it: HTML, and the anchor it had in the body."""

    html: str
    anchor: str = ""


def fill_links(note: Note, site: Site) -> str:
    """The note's body as its page holds it: every hole filled by what its link was resolved to.

    An embedded note stands in the page as a section of its own, and what it embeds in turn; one that comes to embed
    itself is named instead. A link that leads nowhere keeps its words and says no more, so that a private note is not
    given away.
    """
    html = _fill_holes(note.body, note, _EmbedContext(site, site.garden.urls[note.id], ((note.id, ""),)))
    # Code that scrolls sideways must be reachable by keyboard (WCAG 2.1.1); browsers differ in doing so by themselves.
    return html.replace("<pre><code", "<pre tabindex=0><code")


@dataclass(frozen=True, slots=True)
class _EmbedContext:
    """Where holes are being filled: on which page, and inside which embeds."""

    site: Site
    page: Url
    chain: tuple[tuple[NoteId, str], ...]
    """The notes, with anchors, that are being shown within each other, the page's own first."""


def _fill_holes(html: str, note: Note, place: _EmbedContext) -> str:
    """The HTML, a body or a piece of one, with the holes of the note's links filled."""
    language = place.site.language_of(note)
    resolutions = place.site.garden.resolutions[note.id]
    embeds = [
        str(number)
        for number, (link, goal) in enumerate(zip(note.links, resolutions, strict=True))
        if link.kind == "embed" and isinstance(goal, ToNote)
    ]
    if embeds:
        html = _lift(html, embeds)

    def fill(hole: re.Match[str]) -> str:
        attributes, name = hole["before"] + hole["after"], hole["name"]
        if hole["to_tag"]:
            url = place.site.tag_urls.get(fold(unquote(name)))
            return f'<a{attributes} href="{link_to(place.page, url)}">' if url else "<a>"
        if not name.isdecimal() or int(name) >= len(resolutions):  # a hole that raw HTML only pretends
            return _no_link(language) if hole["tag"] == "a" else ""
        link, resolution = note.links[int(name)], resolutions[int(name)]
        if hole["tag"] == "a":
            return _open_link(resolution, place, language)
        return _embed_html(link, resolution, place, language, attributes)

    return _HOLE.sub(fill, localize_text(language, _name_far_pictures(html, language)))


def _lift(html: str, numbers: Sequence[str]) -> str:
    """The HTML with the holes of embedded notes outside paragraphs, which may hold no sections."""
    hole = re.compile(rf'<img src="notegen:(?:{"|".join(numbers)})">')

    def lift(paragraph: re.Match[str]) -> str:
        texts, holes = hole.split(paragraph[1]), hole.findall(paragraph[1])
        texts = [_BREAKS_AROUND.sub("", text) for text in texts]
        parts = [f"<p>{text}</p>" if text else "" for text in texts]
        return "".join(part for pair in zip_longest(parts, holes, fillvalue="") for part in pair)

    return _PARAGRAPH.sub(lift, html)


def split_title(note: Note, body: str) -> tuple[TitleHeading, str]:
    """The title to show over the page, and the body without the heading that already says it."""
    found = _TITLE_HEADING.match(body) if note.has_title_heading else None
    if found is None:
        return TitleHeading(escape(note.title, quote=False)), body
    return TitleHeading(found[3], found[2] or ""), body[found.end() :]


def read_embed_options(text: str) -> EmbedOptions:
    """The text after an embed's `|`: its parts are a size, a side, or else the caption.

    `640`, `640x480` and Foam's `300px`, `50%`, `20em` are sizes, as is Quartz's at a caption's end, `alt 100x200`.
    """
    caption: list[str] = []
    width = height = side = ""
    for part in text.split("|"):
        size = _SIZE.fullmatch(part) or _SIZE_AT_END.fullmatch(part)
        if part.strip() in ("left", "right", "center") and width:
            side = part.strip()
        elif size:
            width, height = size["width"], size["height"] or ""
            caption += filter(None, [size.groupdict().get("caption", "").strip()])
        else:
            caption += filter(None, [part.strip()])
    return EmbedOptions("|".join(caption), width, height, side)


def _name_far_pictures(html: str, language: Language) -> str:
    """The HTML with a link for each picture on another host, since a page asks no other host for anything."""
    return _PICTURE.sub(partial(_far_picture, language), html) if "<img" in html else html


def _far_picture(language: Language, picture: re.Match[str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(picture["attributes"]))
    address = attributes.get("src", "")
    if not address.startswith(("http:", "https:", "//")):
        return picture[0]
    caption = escape(read_embed_options(unescape(attributes.get("alt", ""))).caption)  # without its size
    words = caption or escape(_picture_at(urlsplit(unescape(address)).hostname, language))
    if picture["link"]:  # a link holds no other link
        return f'{picture["link"]}<span class="picture">{words}</span>'
    return f'<a class="picture" href="{address}">{words}</a>'


def _picture_at(host: str | None, language: Language) -> str:
    return (
        language.translate("text.picture", host=host) if host else language.translate("text.picture_unknown")
    )


def _no_link(language: Language) -> str:
    """The same for a missing note as for one that is not published."""
    return f'<a class="missing" title="{escape(language.translate("text.missing"))}">'


def _open_link(resolution: Resolution, place: _EmbedContext, language: Language) -> str:
    page, garden = place.page, place.site.garden
    match resolution:
        case ToNote(note, anchor):
            return f'<a class="internal" href="{link_to(page, garden.urls[note], anchor)}">'
        case ToDay(day):
            return f'<a class="internal day" href="{link_to(page, day_url(day))}">'
        case ToAsset(path, fragment):
            return f'<a class="internal file" href="{link_to(page, garden.assets[path], fragment)}">'
        case ToTag(tag):
            return f'<a class="internal tag" href="{link_to(page, garden.tag_urls[tag])}">'
        case ToHome():
            return f'<a class="internal" href="{link_to(page, HOME)}">'
        case Nowhere():
            return _no_link(language)


def _embed_html(
    link: Link, resolution: Resolution, place: _EmbedContext, language: Language, attributes: str
) -> str:
    """Args: attributes: those of an `<img>` written as HTML, escaped, each after a space; empty for Markdown's."""
    garden = place.site.garden
    match resolution:
        case ToNote(note, anchor):
            show = _block_words if link.kind == "block" else _embed_note
            return show(garden.notes[note], anchor, place)
        case ToDay() | ToTag() | ToHome():
            return f"{_open_link(resolution, place, language)}{escape(link.text or link.target)}</a>"
        case ToAsset(path, fragment):
            address = link_to(place.page, garden.assets[path])
            return _file_html(path, read_embed_options(link.text), address, fragment, attributes)
        case Nowhere():
            stated = unescape(dict(_ATTRIBUTE.findall(attributes)).get("alt", ""))
            words = read_embed_options(link.text).caption or stated or link.target
            # No link element: the picture may stand inside one, as in `[![a](a.png)](b)`.
            title = escape(language.translate("text.missing"))
            return f'<span class="missing" title="{title}">{escape(words)}</span>'


def _embed_note(note: Note, anchor: str, place: _EmbedContext) -> str:
    """A note, or the section or block at an anchor, with a link to where it comes from."""
    heading = next((h.text for h in note.headings if h.anchor == anchor), "")
    name = escape(" › ".join(filter(None, (note.title, heading))))
    address = link_to(place.page, place.site.garden.urls[note.id], anchor)
    origin = f'<p class="embed-from"><a class="internal" href="{address}">{name}</a></p>'
    if (note.id, anchor) in place.chain or len(place.chain) > MAX_EMBED_DEPTH:
        chain = [place.site.garden.notes[id].title for id, _ in (*place.chain, (note.id, anchor))]
        return f'<div class="embed cycle">{origin}<p>{escape(f" {place.site.language.forth} ".join(chain))}</p></div>'
    inner = _EmbedContext(place.site, place.page, (*place.chain, (note.id, anchor)))
    piece = _ID.sub("", _fill_holes(_piece_at(note, anchor), note, inner))
    return f'<div class="embed">{origin}{piece}</div>'


def _block_words(note: Note, anchor: str, place: _EmbedContext) -> str:
    """A block's words as a link to it: Logseq's `((id))`."""
    start, end = note.spans.get(anchor, (0, 0))
    words = " ".join(_ANY_TAG.sub("", note.body[start:end]).split()) or escape(note.title)
    address = link_to(place.page, place.site.garden.urls[note.id], anchor)
    return f'<a class="internal block" href="{address}">{words}</a>'


def _piece_at(note: Note, anchor: str) -> str:
    """The HTML at an anchor: a heading's section or a block; the whole body, without its title, for no anchor."""
    if anchor not in note.spans:
        return split_title(note, note.body)[1]
    start, end = note.spans[anchor]
    piece = note.body[start:end]
    # A list item or a list's rest stands alone in its page.
    return f"<ul>{piece}</ul>" if piece.startswith("<li") else piece


def _file_html(path: str, shown: EmbedOptions, address: str, fragment: str, attributes: str) -> str:
    """The element that shows a file, chosen by its extension; a plain link for what a browser cannot show."""
    stem, suffix = splitext(path.rpartition("/")[2])
    name = escape(shown.caption or stem)
    size = _size_attributes(shown)
    match suffix.lower():
        case kind if kind in PICTURE_SUFFIXES:
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


def _size_attributes(shown: EmbedOptions) -> str:
    """The attributes that say how large and where."""
    if not shown.width.isdecimal() and shown.width:
        return f' style="width:{shown.width}"' + (f' class="{shown.side}"' if shown.side else "")
    attributes = (("width", shown.width), ("height", shown.height), ("class", shown.side))
    return "".join(f' {key}="{value}"' for key, value in attributes if value)


def _file_link(address: str, words: str) -> str:
    return f'<a class="internal file" href="{address}">{escape(words)}</a>'


def _pdf_place(fragment: str) -> str:
    """`#page=3&height=400`: a viewer's own words, whose `=` and `&` must stay as they are."""
    return escape(href("x", "x", fragment).replace("%3D", "=").replace("%26", "&")) if fragment else ""
