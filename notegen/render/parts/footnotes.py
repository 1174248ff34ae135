"""The footnotes of a piece of a note that another page shows: they stay with the piece, under names of their own.

Each page numbers its footnotes from one, so that a mark which came along as it was would lead to the page's own.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from notegen.regex import regex
from notegen.text.html_tags import HtmlTag, replace_tags, tags_of

FOOTNOTE_LETTERS = 2_000
"""The letters of HTML that footnotes may add to a piece; with more, their marks lead to the note's page."""

_LIST = '<ol class="footnotes-list">'
_NAME = regex(r"fn(?:ref)?\d+(?::\d+)?")


def has_footnotes(piece: str) -> bool:
    """Whether the piece has marks of footnotes, or footnotes."""
    return 'href="#fn' in piece


def with_own_footnotes(piece: str, body: str, *, prefix: str, page: str) -> str:
    """The piece without ids but those of its footnotes, which begin with `prefix`.

    A piece that ends before the note's footnotes gets those that it has marks of.

    Args:
        body: the whole note's, as HTML.
        prefix: what no other piece on the page has.
        page: the address of the note's own page, for marks whose footnotes are too long to come along.
    """
    if _LIST not in piece:
        piece += _list_of(piece, _footnotes_of(body))
    ids = _ids_in(piece)

    def renamed(tag: HtmlTag) -> str | None:
        id, address = tag.attributes.get("id", ""), tag.attributes.get("href", "")
        if not (id or address.startswith("#fn")) or tag.is_end:
            return None
        rest = tag.without("id", "href")
        if address.startswith("#"):
            where = f"#{prefix}" if address[1:] in ids else f"{page}#"
            rest += f' href="{where}{address[1:]}"'
        elif address:
            rest += f' href="{address}"'
        if _NAME.fullmatch(id):
            rest += f' id="{prefix}{id}"'
        return f"<{tag.name}{rest}>"

    return replace_tags(piece, renamed)


def without_id(tag: HtmlTag) -> str | None:
    """The tag without its id, where it has one: the anchors of an embedded note are its own page's."""
    return f"<{tag.name}{tag.without('id')}>" if "id" in tag.attributes else None


def _list_of(piece: str, footnotes: Mapping[str, str]) -> str:
    """The footnotes that the piece has marks of, and those that these have, as a list; none where it is too long."""
    found: dict[str, str] = {}
    texts = [piece]
    while texts:
        for name in _marks_in(texts.pop()):
            if name in footnotes and name not in found:
                found[name] = footnotes[name]
                texts.append(footnotes[name])
    shown = sorted(found, key=lambda name: int(name.removeprefix("fn")))
    # What a footnote embeds would be counted by nobody.
    if not found or sum(map(len, found.values())) > len(piece) + FOOTNOTE_LETTERS or "<img" in str(found):
        return ""
    marks = _ids_in(piece + "".join(found.values()))
    items = "".join(
        _without_ways_back(f'<li value="{name.removeprefix("fn")}"{found[name].removeprefix("<li")}', marks)
        for name in shown
    )
    return f'<hr class="footnotes-sep" />\n<section class="footnotes">\n{_LIST}\n{items}</ol>\n</section>\n'


def _ids_in(html: str) -> set[str]:
    return {tag.attributes["id"] for tag in tags_of(html) if "id" in tag.attributes}


def _marks_in(html: str) -> Iterator[str]:
    """The names of the footnotes that the HTML has marks of."""
    for tag in tags_of(html, "a"):
        address = tag.attributes.get("href", "")
        if _NAME.fullmatch(address[1:]) and address.startswith("#"):
            yield address[1:]


def _without_ways_back(footnote: str, marks: set[str]) -> str:
    """The footnote without the arrows that lead to marks which are not in the piece."""
    return re.sub(
        r' <a href="#(?P<mark>[\w:]+)" class="footnote-backref">[^<]*</a>',
        lambda back: back[0] if back["mark"] in marks else "",
        footnote,
    )


@lru_cache(maxsize=64)
def _footnotes_of(body: str) -> Mapping[str, str]:
    """Each footnote of a note by its id, as its list item."""
    listed = body[body.rfind(_LIST) :] if _LIST in body else ""
    found: dict[str, str] = {}
    start = depth = 0
    name = ""
    for tag in tags_of(listed, "li"):
        if not tag.is_end and not depth:
            name, start = tag.attributes.get("id", ""), tag.start
        depth += -1 if tag.is_end else 1
        if tag.is_end and not depth:
            found[name] = f"{listed[start : tag.end]}\n"
    return MappingProxyType(found)
