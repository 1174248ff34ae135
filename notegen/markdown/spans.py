"""Where in a text's HTML each heading's section and each named block lies, so that another note can embed it.

The places are marked in the tokens, found again in the HTML whatever the renderer and the sanitiser did to it, and
the marks taken out. They are Unicode noncharacters, which no text has: reading drops them.
"""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(rf"{_OPEN}([()])([^{_CLOSE}]*){_CLOSE}")


def mark_spans(tokens: list[Token]) -> list[Token]:
    """The tokens with a mark before and after each section and each block that has an id."""
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    headings: list[tuple[int, str]] = []
    open_: list[tuple[str, int]] = []
    last = next((n for n, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    for index, token in enumerate(tokens):
        name = str(token.attrs.get("id", ""))
        if token.type == "heading_open" and token.level == 0:
            level = int(token.tag[1])
            while headings and headings[-1][0] >= level:
                ends.setdefault(index, []).append(headings.pop()[1])
            headings.append((level, name))
            starts.setdefault(index, []).append(name)
        if token.nesting == 1:
            open_.append((name if name.startswith("^") else "", index))
        elif token.nesting == -1:
            name, start = open_.pop()
            if name:
                starts.setdefault(start, []).append(name)
                ends.setdefault(index + 1, []).append(name)
        elif name.startswith("^"):
            starts.setdefault(index, []).append(name)
            ends.setdefault(index + 1, []).append(name)
    ends.setdefault(last, []).extend(name for _, name in reversed(headings))
    marked: list[Token] = []
    for index in range(len(tokens) + 1):
        marked += (_mark(")", name) for name in ends.get(index, ()))
        marked += (_mark("(", name) for name in starts.get(index, ()))
        marked += tokens[index : index + 1]
    return marked


def take_spans(html: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The HTML without marks, and each name's span in it."""
    pieces: list[str] = []
    starts: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    length = position = 0
    for match in _MARK.finditer(html):
        pieces.append(html[position : match.start()])
        length += match.start() - position
        position = match.end()
        if match[1] == "(":
            starts[match[2]] = length
        elif match[2] in starts:
            spans[match[2]] = (starts[match[2]], length)
    pieces.append(html[position:])
    return "".join(pieces), spans


def render_span_mark(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The mark itself, which `take_spans` finds."""
    return tokens[idx].content


def _mark(side: str, name: str) -> Token:
    return Token("span_mark", "", 0, content=f"{_OPEN}{side}{name}{_CLOSE}")
