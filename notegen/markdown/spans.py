"""Finds the section of each heading, each named block and each run of raw HTML within the HTML of a text.

So another note can embed a section or block, and search knows the words of raw HTML.

The places are marked in the tokens. The marks are found again in the HTML, whatever the renderer and the sanitiser did
to it, and removed. A note cannot forge a mark, since a mark holds a secret that is made from all of the note's text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from notegen.regex import regex
from notegen.text.html_tags import TAG

_DIGITS = "[0-9a-f]{32}"
_MARK = rf"(?P<secret>k{_DIGITS})(?P<side>[()])(?P<named>(?:[0-9a-f]{{2}})*);"
"""A mark of any secret, since making a pattern for each text takes longer than most texts do."""
_ANY_TAG = re.sub(r"\?P<\w+>", "?:", TAG)
_NO_SECRET = rf"(?>(?:k(?!{_DIGITS})|[^<>\"k])*)"
_NAME = rf"(?!k{_DIGITS})[a-zA-Z](?>(?:(?!k{_DIGITS})[\w:-])*)"
_TAG_WITHOUT = rf"</?{_NAME}{_NO_SECRET}(?>(?:\"(?>(?:k(?!{_DIGITS})|[^\"k]++)*)\"{_NO_SECRET})*)>"
_ONE_MARK = regex(rf"{_MARK}(?P<tag>)")
_MARK_OR_TAG = regex(
    rf"(?>(?:[^<k]++|k(?!{_DIGITS}[()](?>(?:[0-9a-f]{{2}})*);)|{_TAG_WITHOUT}|(?!{_ANY_TAG})<)*)"
    rf"(?:{_MARK}|(?P<tag>{_ANY_TAG})|\Z)"
)
"""All up to the end of the next mark, or of a tag that may hold one: those that do not are passed over within it."""


def mark_spans(tokens: list[Token], secret: str) -> list[Token]:
    """The tokens with a mark before and after each section and each block that has an id.

    Args:
        secret: letters and digits that the note cannot hold.
    """
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    sections: list[list[tuple[int, str]]] = [[]]  # the open ones of the text, and of each block within it
    open_: list[tuple[str, int]] = []
    last = len(tokens)
    html: list[int] = []
    for index, token in enumerate(tokens):
        name = str(token.attrs["id"]) if "id" in token.attrs else ""
        if token.type == "heading_open":
            headings, level = sections[-1], int(token.tag[1])
            while headings and headings[-1][0] >= level:
                ends.setdefault(index, []).append(headings.pop()[1])
            headings.append((level, name))
            starts.setdefault(index, []).append(name)
            name = ""
        if token.nesting == 1:
            open_.append((name, index))
            sections.append([])
            if token.type == "footnote_block_open":
                last = min(last, index)
        elif token.nesting == -1:
            if within := sections.pop():
                ends.setdefault(index, []).extend(name for _, name in reversed(within))
            name, start = open_.pop()
            if name:
                starts.setdefault(start, []).append(name)
                ends.setdefault(index + 1, []).append(name)
        elif name:
            starts.setdefault(index, []).append(name)
            ends.setdefault(index + 1, []).append(name)
        if token.type == "html_block" and "words" in token.meta:
            html.append(index)
    ends.setdefault(last, []).extend(name for _, name in reversed(sections[0]))
    for start in html:
        behind = (n for n in range(start, len(tokens)) if tokens[n].type != "html_block")
        starts.setdefault(start, []).append(tokens[start].meta["words"])
        ends.setdefault(next(behind, len(tokens)), []).append(tokens[start].meta["words"])
    marked: list[Token] = []
    before = 0
    for index in sorted({*starts, *ends}):
        marked += tokens[before:index]
        marked += (_mark(secret, ")", name) for name in ends.get(index, ()))
        marked += (_mark(secret, "(", name) for name in starts.get(index, ()))
        before = index
    marked += tokens[before:]
    return marked


def take_spans(
    html: str, secret: str, *, has_raw_html: bool = True
) -> tuple[str, dict[str, tuple[int, int]]]:
    """The HTML without marks, and each name's span in it.

    A mark within a tag, where HTML that was never closed has swallowed it, is taken out too and marks nothing: what is
    cut there would be no HTML.

    Args:
        has_raw_html: whether there may be such a tag; where none is, marks are found without a look at the tags.
    """
    pieces: list[str] = []
    starts: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    length = position = 0
    for match in _MARK_OR_TAG.finditer(html) if has_raw_html else _marks(html, secret):
        if match["secret"] == secret:
            start, left = match.start("secret"), ""
        elif match["tag"] and secret in match["tag"]:
            start, left = match.start("tag"), re.sub(_MARK.replace(f"k{_DIGITS}", secret), "", match["tag"])
        else:
            continue
        pieces += (html[position:start], left)
        length += start - position + len(left)
        position = match.end()
        if match["secret"] != secret:
            continue
        name = bytes.fromhex(match["named"]).decode("utf-8", "surrogatepass")
        if match["side"] == "(":
            starts[name] = length
        elif name in starts:
            spans[name] = (starts[name], length)
    pieces.append(html[position:])
    return "".join(pieces), spans


def _marks(html: str, secret: str) -> Iterator[re.Match[str]]:
    position = html.find(secret)
    while position >= 0:
        if match := _ONE_MARK.match(html, position):
            yield match
        position = html.find(secret, position + len(secret))


def render_span_mark(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The mark itself, which `take_spans` finds."""
    return tokens[idx].content


def _mark(secret: str, side: str, name: str) -> Token:
    return Token("span_mark", "", 0, content=f"{secret}{side}{name.encode('utf-8', 'surrogatepass').hex()};")
