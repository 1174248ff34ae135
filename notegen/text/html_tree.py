"""HTML as a tree of elements and texts, for what reads it as a whole; `html_tags` takes it apart."""

from collections.abc import Iterator, Mapping
from html import unescape

from msgspec import Struct, field

from notegen.text.html_tags import tags_of

MAX_DEPTH = 100
"""Levels of elements; what is deeper stands in the last of them, so that no reader of the tree goes too deep."""

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class HtmlElement(Struct):
    """An element with what is in it, in order; a text is as a reader has it, unescaped."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "list[HtmlElement | str]" = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The words of its attribute `class`."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def elements(self) -> "Iterator[HtmlElement]":
        """What is in it and no text."""
        return (child for child in self.children if isinstance(child, HtmlElement))

    def texts(self) -> Iterator[str]:
        """All texts in it, in order."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.texts()

    @property
    def text(self) -> str:
        """All that it says."""
        return "".join(self.texts())


def tree_of(html: str) -> HtmlElement:
    """The root of what the HTML holds, which has no name; an end without a beginning means nothing."""
    root = HtmlElement("")
    open_ = [root]
    position = 0
    for tag in tags_of(html):
        _add_text(open_[-1], html[position : tag.start])
        position = tag.end
        if tag.is_end:
            names = [element.name for element in open_]
            if tag.name in names[1:]:
                del open_[len(names) - 1 - names[::-1].index(tag.name) :]
            continue
        attributes = {name: unescape(value) for name, value in tag.attributes.items()}
        element = HtmlElement(tag.name, attributes)
        open_[-1].children.append(element)
        if tag.name not in _VOID and not tag.rest.endswith("/") and len(open_) < MAX_DEPTH:
            open_.append(element)
    _add_text(root if len(open_) == 1 else open_[-1], html[position:])
    return root


def _add_text(element: HtmlElement, written: str) -> None:
    if written:
        element.children.append(unescape(written))
