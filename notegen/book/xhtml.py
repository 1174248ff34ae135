"""The HTML of a note's page as it stands in a book: XHTML, which reading systems parse as XML.

It is made from what the page shows, so that it says what the page says. What only a browser can do is laid flat: folds
are open, players and viewers are links, check boxes are signs.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from unicodedata import bidirectional
from urllib.parse import quote, unquote

from msgspec import Struct

from notegen.regex import regex
from notegen.render.parts.tex_text import tex_of
from notegen.text.html_tree import HtmlElement, tree_of
from notegen.theme import safe

_INLINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u "
    "var wbr".split()
)
_BLOCKS = frozenset(
    "article aside blockquote div dd dl dt figcaption figure footer header hr li ol p pre section ul table caption "
    "colgroup col tbody td tfoot th thead tr".split()
)
_INSTEAD = {
    "acronym": "abbr",
    "area": "",
    "center": "div",
    "details": "div",
    "hgroup": "div",
    "map": "span",
    "nav": "div",
    "rtc": "rt",
    "strike": "s",
    "summary": "p",
    "tt": "code",
}
"""What stands for elements that no book has."""
_BELONGS = {
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "figcaption": frozenset({"figure"}),
}
"""What stands only in these; elsewhere it is a block like any."""
_ONLY = {"ul": ("li",), "ol": ("li",), "dl": ("dd", "dt", "div")}
"""What these hold and nothing else, which is put into the first of them."""
_PHRASES = _INLINE - {"a", "del", "ins"} | {"p"}
"""What may hold no block; a paragraph that does is none."""
_HTML = (
    _INLINE
    | _BLOCKS
    | _INSTEAD.keys()
    | frozenset("audio video object source input h1 h2 h3 h4 h5 h6".split())
)
_ADDRESSES = frozenset({"id", "href", "xlink:href"})
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
_BOXES = "\u2610", "\u2611"
"""The boxes of tasks that are to be done, and done."""
_HEADING = regex(r"h[1-6]")
_OWN_ATTRIBUTES = {
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start", "type", "reversed"),
    "li": ("value",),
    "time": ("datetime",),
    "col": ("span",),
    "colgroup": ("span",),
}
_NUMBERS = frozenset({"colspan", "rowspan", "start", "value", "span"})
_ALIGNED = frozenset({"left", "right", "center", "justify"})
_TYPES = {
    "footnotes": (("epub:type", "footnotes"), ("role", "doc-endnotes")),
    "footnote-item": (("epub:type", "footnote"),),
}
"""What parts of a note are in the words of EPUB's structural semantics and of ARIA's for publishing, by class."""
_NOTEREF = (("epub:type", "noteref"), ("role", "doc-noteref"))
_BACKLINK = (("epub:type", "backlink"), ("role", "doc-backlink"))
_FOOTNOTE = regex(r"#(?:e\d+:)?fn\d+")
_NOT_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = regex(r"[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?", re.ASCII)
_MATHML = "http://www.w3.org/1998/Math/MathML"
_SCROLLING = frozenset({"table-wrapper", "display"})
_PICTURE_DATA = regex(r"data:image/(?:gif|jpeg|png|webp);base64,[A-Za-z0-9+/=]+")
_NUMBER = regex("[0-9]{1,5}")
_LANGUAGE_TAG = regex("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_WIDTH = regex(r"width:\s*\d{1,5}(?:%|em|px)")


_DIRECTED = frozenset("p h1 h2 h3 h4 h5 h6 blockquote td th dt dd figcaption caption".split())
_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


class XhtmlContext(Struct, frozen=True):
    """How the HTML of a page is set in a book."""

    name: str
    """What all its anchors begin with, so that none is there twice in the whole book."""
    level: int
    """The level of the chapter's own heading, 1 to 6."""
    direction: str
    """`ltr` or `rtl`."""
    link: Callable[[str], str]
    """Gives a link's address in the book from that in the page; empty for one that shall be words alone."""
    picture: Callable[[str], str]
    """Gives a picture's address in the book from that in the page; empty for one that cannot be shown."""
    is_epub: bool
    """Whether it may say what its parts are in EPUB's own attribute."""


class Xhtml(Struct, frozen=True):
    """A chapter's text, and what a package has to say of it."""

    text: str
    has_math: bool


def to_xhtml(html: str, context: XhtmlContext) -> Xhtml:
    """The HTML of a page as XHTML; well-formed whatever it holds."""
    tree = tree_of(html)
    text = _XhtmlWriter(context, tree).all(tree.children).strip()
    return Xhtml(safe(text), "<math" in text)


def direction_of_text(text: str) -> str:
    """Which way the first letter of a text runs that does, `ltr` or `rtl`; empty for one without."""
    return next(filter(None, (_DIRECTIONS.get(bidirectional(letter)) for letter in text)), "")


def language_tag(written: str) -> str:
    """A language as XML has it; empty for what cannot be one."""
    tag = written.replace("_", "-")
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""


def anchor_link(name: str, anchor: str) -> str:
    """What leads to an anchor of a chapter, within its file."""
    return f"#{quote(f'{name}-{anchor}', safe='')}"


def xml_text(text: str) -> str:
    """A text as XML has it, without the signs that XML has no way to write."""
    return escape(_NOT_XML.sub("", text))


class _XhtmlWriter:
    """Sets one page."""

    def __init__(self, context: XhtmlContext, tree: HtmlElement) -> None:
        self._context = context
        self._direction_here = context.direction
        self._is_in_link = False
        self._task = ""
        """What stands in the box of the item that began last."""
        self._anchors = frozenset(_anchors_in(tree))
        self._given: set[str] = set()
        """Those that an element has: one that is there twice belongs to the first."""

    def all(self, children: Iterable[HtmlElement | str], within: str = "") -> str:
        """Args: within: the element that has them."""
        return "".join(
            self._put_in(within, xml_text(one) if isinstance(one, str) else self._element(one, within))
            for one in children
        )

    def _put_in(self, within: str, written: str) -> str:
        """A piece of text as the element may hold it."""
        only = _ONLY.get(within, ())
        if not only or not written.strip() or written.startswith(tuple(f"<{name}" for name in only)):
            return written
        return f"<{only[0]}>{written}</{only[0]}>"

    def _element(self, element: HtmlElement, within: str) -> str:
        name = _INSTEAD.get(element.name, element.name)
        if within not in _BELONGS.get(name, within):
            name = "div"
        if name == "math":
            tex = tex_of(element)
            return _copied(element, [("xmlns", _MATHML), *([("alttext", tex)] if tex else [])])
        if name == "img":
            return self._picture(element)
        if name in ("audio", "video"):
            return self._player(element)
        if name == "input":
            sign = (
                _BOXES["checked" in element.attributes]
                if self._task in ("", " ", "x", "X")
                else f"[{self._task}]"
            )
            return (
                f'<span class="box">{xml_text(sign)}</span>'
                if element.attributes.get("type") == "checkbox"
                else ""
            )
        if name == "object":
            return ""  # a link to the file stands beside it
        if name == "a":
            return self._link(element)
        if name == "li":
            self._task = element.attributes.get("data-task", "")
        if _HEADING.fullmatch(name):
            return self._heading(element)
        if name not in _INLINE and name not in _BLOCKS:
            return self.all(element.children)
        if name in _PHRASES and _has_block(element.children):
            name = "div"
        types = [pair for known in sorted(element.classes & _TYPES.keys()) for pair in _TYPES[known]]
        return self._written(name, element, self._allowed(types))

    def _written(self, name: str, element: HtmlElement, more: Sequence[tuple[str, str]] = ()) -> str:
        kept = dict([*self._kept(name, element), *more])
        if name in _VOID:
            return f"<{name}{_attributes(kept.items())}/>"
        around, self._direction_here = self._direction_here, kept.get("dir", self._direction_here)
        written = f"<{name}{_attributes(kept.items())}>{self.all(element.children, name)}</{name}>"
        self._direction_here = around
        return written

    def _kept(self, name: str, element: HtmlElement) -> Iterator[tuple[str, str]]:
        given = element.attributes
        anchor = given.get("id") or (given.get("name", "") if element.name == "a" else "")
        if anchor and anchor not in self._given:
            self._given.add(anchor)
            yield "id", f"{self._context.name}-{anchor}"
        own = given.get("class") or (element.name if element.name in ("details", "summary") else "")
        if own:
            yield "class", own
        if language := language_tag(given.get("lang", "")):
            yield "lang", language
            if self._context.is_epub:
                yield "xml:lang", language
        if direction := self._direction(name, element):
            yield "dir", direction
        if (title := given.get("title")) and "missing" not in element.classes:  # which nobody can point at
            yield "title", title
        if not self._context.is_epub and element.classes & _SCROLLING:
            yield "tabindex", "0"  # what scrolls sideways must be reachable by keyboard (WCAG 2.1.1)
        for key in _OWN_ATTRIBUTES.get(name, ()):
            if key in given and (key not in _NUMBERS or _NUMBER.fullmatch(given[key])):
                yield key, given[key] or key
        side = given.get("align") or given.get("style", "").removeprefix("text-align:")
        if side in _ALIGNED and name != "img":
            yield "style", f"text-align:{side}"

    def _direction(self, name: str, element: HtmlElement) -> str:
        """Which way a block runs, where that is another than the chapter's; EPUB's CSS has no way to say it."""
        given = element.attributes.get("dir", "")
        if name == "pre":
            return "ltr"
        if given in ("ltr", "rtl"):
            return given
        if name not in _DIRECTED and "embed" not in element.classes:
            return ""
        found = direction_of_text(element.text)
        return "" if found == self._direction_here else found

    def _allowed(self, types: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        return [pair for pair in types if self._context.is_epub or ":" not in pair[0]]

    def _heading(self, element: HtmlElement) -> str:
        """A heading below the chapter's own, with a class by which it looks the same at any depth of the book."""
        level = int(element.name[1])
        deeper = min(level + self._context.level - 1, 6)
        classes = " ".join([f"level-{level}", element.attributes.get("class", "")]).strip()
        changed = {**element.attributes, "class": classes}
        return self._written(f"h{deeper}", HtmlElement("", changed, [*_as_phrases(element.children)]))

    def _link(self, element: HtmlElement) -> str:
        if "anchor" in element.classes:
            return ""
        address = element.attributes.get("href", "")
        if address.startswith("#"):
            anchor = unquote(address[1:])
            goal = anchor_link(self._context.name, anchor) if anchor in self._anchors else ""
        else:
            goal = self._context.link(address) if address else ""
        if not goal or self._is_in_link:  # a link holds no other
            return self._written("div" if _has_block(element.children) else "span", element)
        types = _NOTEREF if _FOOTNOTE.fullmatch(address) else ()
        types = _BACKLINK if "footnote-backref" in element.classes else types
        self._is_in_link = True
        written = self._written("a", element, [("href", goal), *self._allowed(types)])
        self._is_in_link = False
        return written

    def _picture(self, element: HtmlElement) -> str:
        given = element.attributes
        source, words = given.get("src", ""), given.get("alt", "")
        goal = source if _PICTURE_DATA.fullmatch(source) else source and self._context.picture(source)
        if not goal:
            return f'<span class="missing">{xml_text(words)}</span>' if words else ""
        size = [(key, given[key]) for key in ("width", "height") if _NUMBER.fullmatch(given.get(key, ""))]
        if _WIDTH.fullmatch(given.get("style", "")):
            size.append(("style", given["style"]))
        kept = [pair for pair in self._kept("img", element) if pair[0] != "style"]
        return f"<img{_attributes([*kept, ('src', goal), ('alt', words), *size])}/>"

    def _player(self, element: HtmlElement) -> str:
        """A link to what would be played, by its name."""
        sources = [element, *(one for one in element.elements if one.name == "source")]
        source = next(filter(None, (one.attributes.get("src", "") for one in sources)), "")
        name = element.attributes.get("aria-label") or unquote(source.partition("#")[0].rpartition("/")[2])
        goal = self._context.link(source) if source else ""
        if goal and not self._is_in_link:
            return f'<a class="file"{_attributes([("href", goal)])}>{xml_text(name)}</a>'
        return f'<span class="file">{xml_text(name)}</span>' if name else ""


def _copied(element: HtmlElement, more: Sequence[tuple[str, str]] = ()) -> str:
    """An element of MathML, but for what leads or is led to; HTML in it is its text."""
    kept = [
        pair for pair in element.attributes.items() if _NAME.fullmatch(pair[0]) and pair[0] not in _ADDRESSES
    ]
    inside = "".join(
        xml_text(one)
        if isinstance(one, str)
        else xml_text(one.text)
        if one.name in _HTML or not _NAME.fullmatch(one.name)
        else _copied(one)
        for one in element.children
    )
    return f"<{element.name}{_attributes([*more, *kept])}>{inside}</{element.name}>"


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {key}="{xml_text(value)}"' for key, value in dict(pairs).items())


def _anchors_in(element: HtmlElement) -> Iterator[str]:
    for child in element.elements:
        yield from (one for key in ("id", "name") if (one := child.attributes.get(key, "")))
        yield from _anchors_in(child)


def _as_phrases(children: Iterable[HtmlElement | str]) -> Iterator[HtmlElement | str]:
    """What a heading holds, which may be no block."""
    for child in children:
        if isinstance(child, HtmlElement) and child.name not in _INLINE and child.name != "math":
            yield HtmlElement("span", child.attributes, [*_as_phrases(child.children)])
        else:
            yield child


def _has_block(children: Iterable[HtmlElement | str]) -> bool:
    return any(
        _INSTEAD.get(child.name, child.name) in _BLOCKS
        or _HEADING.fullmatch(child.name)
        or child.name == "summary"
        or _has_block(child.children)
        for child in children
        if isinstance(child, HtmlElement) and child.name != "math"
    )
