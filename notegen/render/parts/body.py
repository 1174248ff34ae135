"""The text of a note with its holes filled: links, pictures, and the other files it shows."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from itertools import count, zip_longest
from posixpath import splitext
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from notegen.i18n import Language
from notegen.model import (
    MAX_EMBED_DEPTH,
    Garden,
    Link,
    Note,
    NoteId,
    Nowhere,
    Resolution,
    ToAsset,
    ToDay,
    ToFolder,
    ToHome,
    ToLocked,
    ToNote,
    ToPeriod,
    ToTag,
    Url,
)
from notegen.paths import (
    DRAWING_SUFFIX,
    HOME,
    PICTURE_SUFFIXES,
    SAVED_SUFFIXES,
    TAGS,
    day_url,
    fold,
    month_url,
    year_url,
)
from notegen.regex import regex
from notegen.render.localize import localize_text
from notegen.render.parts.footnotes import has_footnotes, with_own_footnotes, without_id
from notegen.render.parts.path_links import fill_titles
from notegen.render.site import LOCKED_LINK, Site, link_to
from notegen.text.html_tags import HtmlTag, balanced, replace_tags, tags_of, text_of

SOUNDS = frozenset({".flac", ".m4a", ".mp3", ".ogg", ".wav", ".3gp"})
FILMS = frozenset({".mkv", ".mov", ".mp4", ".ogv", ".webm"})

_ADDRESS_OF = {"a": "href", "img": "src"}
_MEDIA = ("video", "audio", "source")
_FRAGMENT_SIGNS = "!$&'()*+,;=:@/?-._~"
"""What a fragment may hold beside letters and digits, as RFC 3986 has it."""
_SCHEME = regex(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
_WEB = regex(r"(?:https?:)?//", re.IGNORECASE)
_PICTURE_DATA = regex(r"data:image/(?:avif|gif|jpeg|png|webp)[;,]", re.IGNORECASE)
_SIZE = regex(r"\s*(?P<width>\d{1,5}(?:%|em)?)(?:px)?(?:\s*[x×]\s*(?P<height>\d{1,5}))?(?:px)?\s*")
_SIZE_AT_END = regex(r"(?P<caption>.*\S)\s+(?P<width>\d{1,5})x(?P<height>\d{1,5})\s*")
_BREAKS_AROUND = regex(r"\A(?:\s|<br(?: /)?>)+|(?:\s|<br(?: /)?>)+\Z")
_BELOW_BLOCK = regex(r"(?P<own><li\b.*?)<[uo]l\b|(?P<heading><h[1-6]\b.*?)</h[1-6]>", re.DOTALL)
_ORIGIN = regex(r'<p class="embed-source">.*?</p>')
_ONLY_TITLE = regex(r' title="[^"]*"')
"""The attributes that Markdown gives a picture among the notes: what else it has is in its link."""
_MAX_NESTED_BLOCKS = 8
_MAX_NESTED_LEVELS = 2
"""Of the words of blocks that the words of a block hold; more are an ellipsis."""
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


class EmbedOptions(Struct, frozen=True):
    """How an embed asks to be shown: `![[a.png|A caption|640x480]]`."""

    caption: str
    width: str = ""
    """Pixels, or with `%` or `em`."""
    height: str = ""
    side: str = ""
    """`left`, `right`, `center`, or empty."""


class TitleHeading(Struct, frozen=True):
    """A note's title as its page shows it: HTML, and the anchor it had in the body."""

    html: str
    anchor: str = ""


def fill_links(note: Note, site: Site) -> str:
    """The note's body as its page holds it: every hole filled by what its link was resolved to.

    An embedded note stands in the page as a section of its own, and what it embeds in turn; one that comes to embed
    itself is named instead. A link that leads nowhere keeps its words and says no more, so that a private note is not
    given away.
    """
    depth = site.garden.embed_depths.get(note.id, MAX_EMBED_DEPTH)
    place = _EmbedContext(site, site.garden.urls[note.id], ((note.id, ""),), depth)
    html = _fill_holes(note.body, note, place, is_text=True)
    # Code that scrolls sideways must be reachable by keyboard (WCAG 2.1.1); browsers differ in doing so by themselves.
    return html.replace("<pre><code", "<pre tabindex=0><code")


def fill_properties(note: Note, site: Site) -> Iterator[tuple[str, str]]:
    """The note's properties as its page holds them: each name, and its value as HTML with every hole filled."""
    place = _EmbedContext(site, site.garden.urls[note.id], ((note.id, ""),), 0)
    for name, html in note.properties:
        yield name, _fill_holes(html, note, place) if "notegen:" in html else html


class _EmbedContext(Struct, frozen=True):
    """Where holes are being filled: on which page, and inside which embeds."""

    site: Site
    page: Url
    chain: tuple[tuple[NoteId, str], ...]
    """The notes, with anchors, that are being shown within each other, the page's own first."""
    max_depth: int
    """How many levels of embeds the page shows."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """Numbers for the pieces on the page that have footnotes."""


def _fill_holes(html: str, note: Note, place: _EmbedContext, *, is_text: bool = False) -> str:
    """The HTML with the holes of the note's links filled.

    Args:
        is_text: whether it is the note's text, or a piece of it, whose quotes are set; not a property.
    """
    language = place.site.language_of(note)
    links, resolutions = note.links, place.site.garden.resolutions[note.id]
    html = fill_titles(html, note, place.site)
    if is_text:
        html = place.site.typeset(html, note)
    embeds = frozenset(
        f' src="notegen:{number}"'
        for number, (link, goal) in enumerate(zip(links, resolutions, strict=True))
        if link.kind == "embed" and isinstance(goal, ToNote)
    )
    if embeds:
        html = "".join(_lifted(html, embeds))

    def fill(tag: HtmlTag) -> str | None:
        if tag.name in _MEDIA and not tag.is_end:
            return _media_tag(tag, resolutions, place) if "notegen" in tag.rest else None
        scheme, _, name = tag.attributes.get(_ADDRESS_OF.get(tag.name, ""), "").partition(":")
        if tag.is_end or scheme not in ("notegen", "notegen-tag"):
            return None
        if scheme == "notegen-tag":
            url = place.site.tag_urls.get(fold(unquote(name)))
            return f'<a{tag.without("href")} href="{link_to(place.page, url)}">' if url else "<a>"
        if not name:
            return _no_link(language) if tag.name == "a" else ""
        link, resolution = links[int(name)], resolutions[int(name)]
        if tag.name == "a":
            return _open_link(
                resolution, place, language, is_name=link.kind == "wiki", is_tag=link.kind == "tag"
            )
        return _embed_html(link, resolution, place, language, tag.without("src"))

    shown = localize_text(language, _name_far_pictures(html, language))
    return replace_tags(shown, fill, *_ADDRESS_OF, *_MEDIA)


def _media_tag(tag: HtmlTag, resolutions: Sequence[Resolution], place: _EmbedContext) -> str:
    """A player's or source's tag with the addresses of its files; one that is no file is left out."""
    addresses = ""
    for attribute in ("src", "poster"):
        scheme, _, number = tag.attributes.get(attribute, "").partition(":")
        goal = resolutions[int(number)] if scheme == "notegen" and number else None
        if isinstance(goal, ToAsset):
            address = link_to(place.page, place.site.garden.assets[goal.path])
            addresses += f' {attribute}="{address}{_place_in_file(goal.fragment)}"'
        elif scheme not in ("notegen", "notegen-tag"):
            addresses += f' {attribute}="{tag.attributes[attribute]}"' if attribute in tag.attributes else ""
    return f"<{tag.name}{tag.without('src', 'poster')}{addresses}>"


def _lifted(html: str, embeds: frozenset[str]) -> Iterator[str]:
    """The HTML with the holes of embedded notes outside paragraphs, which may hold no sections.

    Args:
        embeds: what stands in the tags that are such holes.
    """
    position = start = end = 0
    texts: list[str] = []  # of the paragraph that is open, around its holes
    holes: list[str] = []
    for tag in tags_of(html, "p", "img"):
        if tag.name == "p" and not tag.is_end:
            start, end, texts, holes = tag.start, tag.end, [], []
        elif tag.name == "img" and tag.rest in embeds:
            texts.append(html[end : tag.start])
            holes.append(html[tag.start : tag.end])
            end = tag.end
        elif tag.name == "p":
            if holes and html.startswith("<p>", start):
                parts = [_BREAKS_AROUND.sub("", text) for text in (*texts, html[end : tag.start])]
                parts = [f"<p>{text}</p>" if text else "" for text in parts]
                yield html[position:start]
                yield from (part for pair in zip_longest(parts, holes, fillvalue="") for part in pair)
                position = tag.end
            texts, holes = [], []
    yield html[position:]


def split_title(note: Note, body: str) -> tuple[TitleHeading, str]:
    """The title to show over the page, and the body without the heading that already says it."""
    tags = tags_of(body, *_HEADINGS) if note.has_title_heading else iter(())
    first = next(tags, None)
    if first and not first.is_end and not text_of(body[: first.start]).strip():
        for tag in tags:
            if tag.is_end and tag.name == first.name:
                title = TitleHeading(body[first.end : tag.start], first.attributes.get("id", ""))
                return title, body[: first.start].lstrip() + body[tag.end :].lstrip()
    return TitleHeading(escape(note.title, quote=False)), body


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
    if "<img" not in html:
        return html
    linked = False

    def name(tag: HtmlTag) -> str | None:
        nonlocal linked
        if tag.name == "a":
            linked = not tag.is_end
        attributes = tag.attributes if tag.name == "img" else {}
        address = unescape(attributes.get("src", ""))
        if not _SCHEME.match(address) or address.startswith("notegen:") or _PICTURE_DATA.match(address):
            return None
        caption = escape(read_embed_options(unescape(attributes.get("alt", ""))).caption)  # without its size
        words = caption or escape(_picture_at(address, language))
        if linked or not _WEB.match(address):  # a link holds no other link
            return f'<span class="picture">{words}</span>'
        return f'<a class="picture" href="{escape(address)}">{words}</a>'

    return replace_tags(html, name, "a", "img")


def _picture_at(address: str, language: Language) -> str:
    try:
        host = urlsplit(address).hostname
    except ValueError:  # `http://[`
        host = None
    return (
        language.translate("text.picture", host=host) if host else language.translate("text.picture_unknown")
    )


def _no_link(language: Language) -> str:
    """The same for a missing note as for one that is not published."""
    return f'<a class="missing" title="{escape(language.translate("text.missing"))}">'


def _open_link(
    resolution: Resolution,
    place: _EmbedContext,
    language: Language,
    *,
    is_name: bool = False,
    is_tag: bool = False,
) -> str:
    """Args: is_name: whether it is written as the name of a page. is_tag: whether it is written as a tag."""
    page, garden = place.page, place.site.garden
    own = " tag" if is_tag else ""
    match resolution:
        case ToNote(note, anchor):
            return f'<a class="internal{own}" href="{link_to(page, garden.urls[note], anchor)}">'
        case ToDay(day):
            return f'<a class="internal day{own}" href="{link_to(page, day_url(day))}">'
        case ToPeriod(year, month):
            url = month_url(year, month) if month else year_url(year)
            return f'<a class="internal day{own}" href="{link_to(page, url)}">'
        case ToAsset(path, fragment):
            address = link_to(page, garden.assets[path]) + _place_in_file(fragment)
            return f'<a class="internal file" href="{address}"{_saving(path, address)}>'
        case ToTag(tag):
            own = "" if is_name else " tag"
            return f'<a class="internal{own}" href="{link_to(page, garden.tag_urls[tag] if tag else TAGS)}">'
        case ToHome():
            return f'<a class="internal" href="{link_to(page, HOME)}">'
        case ToFolder(folder):
            return f'<a class="internal" href="{link_to(page, garden.folder_urls[folder])}">'
        case ToLocked(note) if note in garden.locked_urls:
            return f'<a {LOCKED_LINK} href="{link_to(page, garden.locked_urls[note])}">'
        case Nowhere():
            return _no_link(language)


def _embed_html(
    link: Link, resolution: Resolution, place: _EmbedContext, language: Language, attributes: str
) -> str:
    """Args: attributes: those of an `<img>` written as HTML, escaped, each after a space; Markdown's is a title."""
    garden = place.site.garden
    match resolution:
        case ToNote(note, anchor) if link.kind == "block":
            return _block_words(garden.notes[note], anchor, place)
        case ToNote(note, missing=missing) if missing:
            return _embed_nothing(garden.notes[note], missing, place, language)
        case ToNote(note):
            shown = _embed_note(garden.notes[note], resolution, place)
            return _sized_picture(shown, read_embed_options(link.text)) if link.text else shown
        case ToDay() | ToPeriod() | ToTag() | ToHome() | ToFolder():
            words = read_embed_options(link.text).caption or link.target
            return f"{_open_link(resolution, place, language)}{escape(words)}</a>"
        case ToAsset(path, fragment):
            address = link_to(place.page, garden.assets[path]) + _place_in_file(fragment)
            return _file_html(path, read_embed_options(link.text), address, attributes)
        case ToLocked(note) if note in garden.locked_urls:
            words = read_embed_options(link.text).caption or language.translate("text.locked")
            return f"{_open_link(resolution, place, language)}{escape(words)}</a>"
        case Nowhere():
            stated = unescape(
                next((tag.attributes.get("alt", "") for tag in tags_of(f"<img{attributes}>")), "")
            )
            words = read_embed_options(link.text).caption or stated or link.target
            # No link element: the picture may stand inside one, as in `[![a](a.png)](b)`.
            title = escape(language.translate("text.missing"))
            return f'<span class="missing" title="{title}">{escape(words)}</span>'


def _embed_note(note: Note, goal: ToNote, place: _EmbedContext) -> str:
    """A note, or the piece of it that is asked for, with a link to where it comes from."""
    anchor = goal.anchor
    heading = next((h.text for h in note.headings if h.anchor == anchor), "")
    name = escape(" › ".join(filter(None, (note.title, heading))))
    address = link_to(place.page, place.site.garden.urls[note.id], anchor)
    origin = f'<p class="embed-source"><a class="internal" href="{address}">{name}</a></p>'
    if (note.id, anchor) in place.chain or len(place.chain) > place.max_depth:
        if place.max_depth < MAX_EMBED_DEPTH and (note.id, anchor) not in place.chain:
            return f'<div class="embed cycle">{origin}</div>'  # there may be thousands
        chain = [place.site.garden.notes[id].title for id, _ in (*place.chain, (note.id, anchor))]
        return f'<div class="embed cycle">{origin}<p>{escape(f" {place.site.language.forth} ".join(chain))}</p></div>'
    inner = replace(place, chain=(*place.chain, (note.id, anchor)))
    piece = _piece_at(note, goal)
    if has_footnotes(piece):
        own_page = link_to(place.page, place.site.garden.urls[note.id])
        prefix = f"e{next(place.numbers)}:"
        piece = with_own_footnotes(piece, note.body, prefix=prefix, page=own_page)
    else:
        piece = replace_tags(piece, without_id)
    return f'<div class="embed">{origin}{_fill_holes(piece, note, inner, is_text=True)}</div>'


def _sized_picture(embed: str, options: EmbedOptions) -> str:
    """An embedded note that is one picture and nothing else, such as a drawing, in the size that is asked for."""
    pictures = sum(1 for tag in tags_of(embed, "img"))
    if not options.width or pictures != 1 or text_of(_ORIGIN.sub("", embed, count=1)).strip():
        return embed
    size = _size_attributes(options)

    def sized(tag: HtmlTag) -> str | None:
        return f"<img{tag.without('width', 'height', 'style')}{size}>"

    return replace_tags(embed, sized, "img")


def _embed_nothing(note: Note, missing: str, place: _EmbedContext, language: Language) -> str:
    """What stands for a heading or block that the note does not have: its name and the note's, and nothing of it."""
    address = link_to(place.page, place.site.garden.urls[note.id])
    named = f'<a class="internal" href="{address}">{escape(note.title)}</a>'
    title = escape(language.translate("text.missing"))
    words = f'<span class="missing" title="{title}">{escape(missing)}</span>'
    return f'<div class="embed"><p class="embed-source">{named} › {words}</p></div>'


def _block_words(note: Note, anchor: str, place: _EmbedContext) -> str:
    """A block's own words, without those of the blocks under it, as a link to it: Logseq's `((id))`."""
    words = (len(place.chain) <= place.max_depth and block_text(note, anchor, place.site.garden)) or escape(
        note.title
    )
    address = link_to(place.page, place.site.garden.urls[note.id], anchor)
    return f'<a class="internal block" href="{address}">{words}</a>'


def block_text(note: Note, anchor: str, garden: Garden, within: tuple[tuple[NoteId, str], ...] = ()) -> str:
    """The words of a block without those of the blocks under it, escaped; empty where there are none.

    Of a picture its caption; of a block that it names in turn that one's words, two deep and a few in each.

    Args:
        within: the blocks whose words these are part of.
    """
    start, end = note.spans.get(anchor, (0, 0))
    shown = note.body[start:end]
    if below := _BELOW_BLOCK.match(shown):
        shown = shown[: below.end(below.lastgroup or 0)]
    chain = (*within, (note.id, anchor))
    left = iter(range(_MAX_NESTED_BLOCKS))

    def fill(tag: HtmlTag) -> str | None:
        scheme, _, number = tag.attributes.get("src", "").partition(":")
        if scheme != "notegen" or not number:
            return None
        link, goal = note.links[int(number)], garden.resolutions[note.id][int(number)]
        if link.kind != "block":
            return escape(read_embed_options(link.text).caption)
        if (
            not isinstance(goal, ToNote)
            or (goal.note, goal.anchor) in chain
            or len(chain) > _MAX_NESTED_LEVELS
        ):
            return "…"
        is_left = next(left, None) is not None
        return block_text(garden.notes[goal.note], goal.anchor, garden, chain) if is_left else "…"

    return " ".join(text_of(replace_tags(shown, fill, "img")).split())


def _piece_at(note: Note, goal: ToNote) -> str:
    """The HTML of a piece: a heading's section, a block, or several; the whole body, without its title, for none."""
    if not goal.anchor and not goal.until:
        return split_title(note, note.body)[1]
    start, end = note.piece_of(goal)
    piece = balanced(note.body[start:end])
    # A list item or a list's rest stands alone in its page.
    return f"<ul>{piece}</ul>" if piece.startswith("<li") else piece


def _file_html(path: str, shown: EmbedOptions, address: str, attributes: str) -> str:
    """The element that shows a file, chosen by its extension; a plain link for what a browser cannot show."""
    stem, suffix = splitext(path.rpartition("/")[2])
    if stem.lower().endswith(DRAWING_SUFFIX):
        stem = stem[: -len(DRAWING_SUFFIX)]
    name = escape(shown.caption or stem)
    size = _size_attributes(shown)
    match suffix.lower():
        case kind if kind in PICTURE_SUFFIXES:
            has_own = attributes and not _ONLY_TITLE.fullmatch(attributes)
            own = attributes if has_own else f' alt="{name}"{size}{attributes}'
            return f'<img src="{address}"{own} loading="lazy" decoding="async">'
        case kind if kind in SOUNDS:
            return f'<audio controls preload="none" src="{address}"{_width_style(shown)} aria-label="{name}"></audio>'
        case kind if kind in FILMS:
            return f'<video controls preload="metadata" src="{address}"{size} aria-label="{name}"></video>'
        case ".pdf":
            view = f'<object type="application/pdf" data="{address}"{size} aria-label="{name}"></object>'
            link = _file_link(path, address, shown.caption or stem + suffix)
            return f'<span class="pdf">{view}{link}</span>'
        case _:
            return _file_link(path, address, shown.caption or stem + suffix)


def _size_attributes(shown: EmbedOptions) -> str:
    """The attributes that say how large and where."""
    if not shown.width.isdecimal() and shown.width:
        return f' style="width:{shown.width}"' + (f' class="{shown.side}"' if shown.side else "")
    attributes = (("width", shown.width), ("height", shown.height), ("class", shown.side))
    return "".join(f' {key}="{value}"' for key, value in attributes if value)


def _width_style(shown: EmbedOptions) -> str:
    """For what has no attribute of its width."""
    pixels = f"{shown.width}px" if shown.width.isdecimal() else shown.width
    return f' style="width:{pixels}"' if pixels else ""


def _file_link(path: str, address: str, words: str) -> str:
    return f'<a class="internal file" href="{address}"{_saving(path, address)}>{escape(words)}</a>'


def _saving(path: str, address: str) -> str:
    """Makes a link save a file that a browser would open as a page, under the name that it has among the notes."""
    name = path.rpartition("/")[2]
    suffix = splitext(name)[1].lower()
    is_renamed = suffix != ".txt" and address.partition("#")[0].endswith(".txt")
    return f' download="{escape(name)}"' if is_renamed or suffix in SAVED_SUFFIXES else ""


def _place_in_file(fragment: str) -> str:
    """`#page=3&zoom=100`, `#t=1:30,1:45`: a viewer's or player's own words, whose signs must stay as they are."""
    return escape(f"#{quote(fragment, safe=_FRAGMENT_SIGNS)}") if fragment else ""
