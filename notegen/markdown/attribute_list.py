"""Attribute lists, as kramdown, Pandoc, Hugo and MkDocs have them: `{#id}`, `{.class key="value"}`, `{: .note}`.

An id becomes a place that links may name, and the width of a picture its size, as if it stood among its words,
`![A bay|300](bay.png)`. All else says how a block looks on another site, and is left out with the list. Obsidian and
Logseq know none but an id after a heading, which stands for nothing else anywhere.
"""

import re
from collections.abc import Callable, Container, Iterator, MutableMapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.markdown.abbreviation import define, is_definition
from notegen.regex import regex

_VALUE = r"(?:\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}'|[^\s\"'{}]{1,200})"
_ITEM = rf"(?:[#.][\w:.-]{{1,200}}|[\w:-]{{1,50}}={_VALUE})"
_PLAIN = rf"\{{[ \t]*(?:{_ITEM}|-)(?:[ \t]+{_ITEM})*[ \t]*\}}"
_COLON = (
    rf"\{{:(?:[\w-]{{1,50}}:)?[ \t]*(?:{_ITEM}|[\w-]{{1,50}})(?:[ \t]+(?:{_ITEM}|[\w-]{{1,50}}))*[ \t]*\}}"
)
_EXTENSION = r"\{:(?::options[^{}\n]{0,1000}/|/\w{0,20}|:nomarkdown[^{}\n]{0,1000})\}"
"""kramdown's own marks, which show nothing: options, and where it reads no Markdown."""
_LIST = regex(rf"{_COLON}|{_PLAIN}")
_LIST_OR_EXTENSION = regex(rf"(?P<list>{_LIST.pattern})|{_EXTENSION}")
_NAMED = rf"\{{[ \t]*[#.][A-Za-z_][\w:.-]{{0,200}}(?:[ \t]+{_ITEM})*[ \t]*\}}"
"""One that begins with an id or a class: alone on a line, `{x=1}` may be a set."""
_LINE = regex(rf"[ \t]*(?:{_COLON}|{_NAMED}|{_EXTENSION})[ \t]*")
_AT_START = regex(rf"(?P<list>{_COLON})[ \t]+(?=[^\s{{])")
_AT_END = regex(rf"(?P<gap>[ \t]?)(?P<list>{_COLON}|{_PLAIN})[ \t]*\Z")
_CLOSING = regex(rf"[ \t]+(?P<list>{_NAMED})[ \t]*\Z")
"""Behind the words of a paragraph, as markdown-it-attrs has it: `Mind the tide. {.note}`."""
_ID = regex(r"(?:(?<=[\s{:])#|(?<=[\s{:])id=[\"']?)(?P<id>[\w:.-]+)")
_SIZE = regex(
    r"(?<=[\s{:])(?P<side>width|height)=[\"']?[ \t]*(?P<value>\d{1,4}(?=(?:px)?[ \t\"'}])|\d{1,3}%)"
)
_CONTENTS = regex(r"\{:(?:[^\n{}]*[ \t])?toc[ \t}]")
_CONTENTS_MARK = regex(r"\[TOC\]|\[\[_?TOC_?\]\]|\{\{TOC\}\}", re.IGNORECASE)
_CLOSING_HASHES = regex(r"[ \t]+#+[ \t]*\Z")
_SPAN_ENDS = frozenset(
    {"link_close", "image", "code_inline", "html_inline", "math_inline", "math_inline_double", "wiki_link"}
)
_SPAN_SIGNS = frozenset({"*", "_", "~", "="})
_SPAN = regex(rf"\[(?P<words>[^\[\]\n]{{0,500}})\](?P<list>{_PLAIN})")
_CELLS = ("td_open", "th_open")


def read_heading_id(state: StateCore) -> None:
    """Takes a list with an id off the end of each heading, whose id it gives: `## Title {#mine}`."""
    if "}" in state.src:
        _read_headings(state.tokens, _has_id)


def read_attribute_lines(state: StateCore) -> None:
    """Takes out the lines that are lists, each of the block it touches, else of the next; `{:toc}` with its list."""
    if "{" not in state.src and "*[" not in state.src and not _CONTENTS_MARK.search(state.src):
        return
    tokens = state.tokens
    _read_headings(tokens, lambda list_: True)
    lists: list[int] = []  # where each of the open ones begins
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(index)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "html_block" and "{:" in token.content:
            token.content = "".join(_without_lists(token.content.splitlines(keepends=True)))
        elif token.type == "inline" and index and ("{" in token.content or "[" in token.content):
            if tokens[index - 1].type in _CELLS and tokens[index - 2].type == "tr_open":
                _read_row(tokens, index)
            elif tokens[index - 1].type == "paragraph_open":
                list_ = lists[-1] if lists else None
                if _read_paragraph(tokens, index, list_, state.env) and list_ is not None:
                    _take_list(tokens, list_)
    state.tokens[:] = [token for token in tokens if "taken" not in token.meta]


def read_attribute_list(state: StateInline, silent: bool) -> bool:
    """Skips a list right behind a link, a picture, code or emphasis; its id becomes a place there. Skips extensions."""
    match = _LIST_OR_EXTENSION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if match["list"] and (state.pending or not state.tokens or not _ends_span(state.tokens[-1])):
        return False
    if not silent:
        if match["list"] and state.tokens[-1].type == "image":
            _give_size(state.tokens[-1], match["list"])
        _push_place(state, match[0])
    state.pos = match.end()
    return True


def read_bracketed_span(state: StateInline, silent: bool) -> bool:
    """Pandoc's `[words]{.class}`: the words."""
    src, start = state.src, state.pos
    match = _SPAN.match(src, start, state.posMax) if src[start] == "[" else None
    if match is None or (start and src[start - 1] in "![\\"):
        return False
    if not silent:
        _push_place(state, match["list"])
        end, state.pos, state.posMax = state.posMax, match.start("words"), match.end("words")
        state.md.inline.tokenize(state)
        state.posMax = end
    state.pos = match.end()
    return True


def render_place(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """A place in a text that links may name, and nothing to see."""
    return f'<span id="{escape(str(tokens[idx].meta["id"]))}"></span>'


def _ends_span(token: Token) -> bool:
    return token.type in _SPAN_ENDS or (token.type == "text" and token.content[-1:] in _SPAN_SIGNS)


def _push_place(state: StateInline, list_: str) -> None:
    if id := _id_of(list_):
        state.push("place", "", 0).meta["id"] = id


def _give_size(image: Token, list_: str) -> None:
    """Tells a picture the width that the list states, and a height beside it, as they may stand among its words."""
    sides = {size["side"]: size["value"] for size in _SIZE.finditer(list_)}
    width, height = sides.get("width", ""), sides.get("height", "")
    if width:
        image.meta["size"] = f"|{width}x{height}" if width.isdecimal() and height.isdecimal() else f"|{width}"


def _id_of(list_: str) -> str:
    found = _ID.search(list_)
    return found["id"] if found else ""


def _may_end_heading(match: re.Match[str], content: str) -> bool:
    """Whether the list is the heading's own: after a blank, or after nothing that it could be of, as code is."""
    return bool(match["gap"]) or content[match.start("list") - 1 : match.start("list")] not in tuple("`)*_]")


def _read_headings(tokens: Sequence[Token], is_meant: Callable[[str], bool]) -> None:
    for heading, token in pairwise(tokens):
        if heading.type != "heading_open" or not token.content.endswith("}"):
            continue
        match = _AT_END.search(token.content)
        if match and _may_end_heading(match, token.content) and is_meant(match["list"]):
            heading.meta.setdefault("written", token.content)
            heading.meta["explicit_id"] = _id_of(match["list"])
            token.content = _CLOSING_HASHES.sub("", token.content[: match.start()]).rstrip()


def _has_id(list_: str) -> bool:
    return bool(_id_of(list_))


def _without_lists(lines: Sequence[str]) -> Iterator[str]:
    return (line for line in lines if not _LINE.fullmatch(line.rstrip("\n")))


def _read_paragraph(
    tokens: list[Token], index: int, list_: int | None, env: MutableMapping[str, Any]
) -> bool:
    """Takes the attributes, and what abbreviations mean, out of a paragraph; gives whether they ask for contents.

    Args:
        list_: where the list opens that the paragraph is in.
    """
    paragraph, text = tokens[index - 1], tokens[index]
    if _CONTENTS_MARK.fullmatch(text.content.strip()):
        _take(tokens, index)
        return False
    is_item = tokens[index - 2].type == "list_item_open"
    if is_item and (match := _AT_START.match(text.content)):
        # kramdown's `- {:.note} words`
        text.content = text.content[match.end() :]
        if id := _id_of(match["list"]):
            tokens[index - 2].meta.setdefault("explicit_id", id)
    if text.content.endswith("}") and (match := _CLOSING.search(text.content)) and match.start():
        text.content = text.content[: match.start()]
        if id := _id_of(match["list"]):
            (tokens[index - 2] if is_item else paragraph).meta.setdefault("explicit_id", id)
    lines = text.content.split("\n")
    found = {n: line for n, line in enumerate(lines) if _LINE.fullmatch(line) or is_definition(line)}
    if not found:
        return False
    for line in found.values():
        define(env, line)
    written = "\n".join(found.values())
    text.content = "\n".join(line for number, line in enumerate(lines) if number not in found)
    above = _block_above(tokens, index - 1)
    if not text.content.strip():
        _take(tokens, index)
        named = above or _block_below(tokens, index + 2)
    else:
        text.map = _lines_of_rest(text.map, lines, found)
        around = tokens[list_] if list_ is not None and paragraph.hidden else paragraph
        named = above if above and 0 in found else around
    if named and (id := _id_of(written)):
        named.meta.setdefault("explicit_id", id)
    return bool(_CONTENTS.search(written))


def _lines_of_rest(map: list[int] | None, lines: list[str], found: Container[int]) -> list[int] | None:
    """Where a paragraph begins without the lists on top of it."""
    above = next((number for number in range(len(lines)) if number not in found), 0)
    return [map[0] + above, map[1]] if map else map


def _block_above(tokens: list[Token], index: int) -> Token | None:
    """The opening of the block that ends on the line right above the paragraph that opens at `index`."""
    if not index or tokens[index - 1].nesting == 1:
        return None
    level, previous = tokens[index].level, index - 1
    while tokens[previous].level != level or tokens[previous].nesting == -1:
        previous -= 1
    above, here = tokens[previous].map, tokens[index].map
    return tokens[previous] if above and here and above[1] == here[0] else None


def _block_below(tokens: list[Token], index: int) -> Token | None:
    return tokens[index] if index < len(tokens) and tokens[index].nesting != -1 else None


def _read_row(tokens: list[Token], index: int) -> None:
    """A line right under a table is its last row to the parser: one cell, the list, and empty ones."""
    if not _LINE.fullmatch(tokens[index].content):
        return
    row, end = index, index
    while tokens[row].type != "tr_open":
        row -= 1
    while tokens[end].type != "tr_close":
        end += 1
    if sum(bool(token.content) for token in tokens[row:end] if token.type == "inline") == 1:
        for token in tokens[row : end + 1]:
            token.meta["taken"] = True


def _take(tokens: list[Token], index: int) -> None:
    for token in tokens[index - 1 : index + 2]:
        token.meta["taken"] = True


def _take_list(tokens: list[Token], start: int) -> None:
    """Takes the list whose opening is at `start`, with all in it."""
    depth = 0
    for token in tokens[start:] if "taken" not in tokens[start].meta else ():
        token.meta["taken"] = True
        depth += token.nesting
        if not depth:
            return
