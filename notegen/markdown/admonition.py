"""Python-Markdown's and MkDocs' blocks that hold what is indented under them: admonitions, and tabs.

`!!! note "Title"` is a callout, `??? note` one that folds, `???+ note` one that is open; `=== "Title"` begins one of
several tabs, which a page shows one under the other, each under its title.
"""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from notegen.markdown.callout import callout_class, callout_title
from notegen.regex import regex

_HEAD = regex(
    r"(?P<mark>!!!|\?\?\?\+?)[ \t]+(?P<type>[\w-]{1,60})(?P<classes>(?:[ \t]+[\w-]+){0,9})"
    r"(?:[ \t]+\"(?P<title>[^\n]*)\")?[ \t]*"
)
_TAB = regex(r"===[!+]{0,2}[ \t]+\"(?P<title>[^\"\n]+)\"[ \t]*")
_INDENT = 4


def read_admonition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Adds a callout with what is indented under its first line."""
    match = _match(_HEAD, state, start_line)
    if match is None or silent:
        return match is not None
    name = match["type"].lower()
    tag, title_tag = ("details", "summary") if match["mark"][0] == "?" else ("div", "p")
    opening = state.push("callout_open", tag, 1)
    opening.attrs = {"class": callout_class(name), "data-callout": name}
    if match["mark"] == "???+":
        opening.attrs["open"] = ""
    title = match["title"]
    if title is None or title.strip() or tag == "details":  # `!!! note ""` has none
        state.tokens += callout_title((title or "").strip(), name, title_tag, [start_line, start_line + 1])
    opening.map = [start_line, _read_indented(state, start_line, end_line)]
    state.push("callout_close", tag, -1)
    return True


def read_content_tab(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Adds the title of a tab in bold, and then what is indented under it."""
    match = _match(_TAB, state, start_line)
    if match is None or silent:
        return match is not None
    map_ = [start_line, start_line + 1]
    state.push("paragraph_open", "p", 1).map = map_
    state.tokens.append(
        Token("inline", "", 0, content=f"**{match['title'].strip()}**", children=[], map=map_)
    )
    state.push("paragraph_close", "p", -1)
    _read_indented(state, start_line, end_line)
    return True


def _match(head: re.Pattern[str], state: StateBlock, line: int) -> re.Match[str] | None:
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(("!!!", "???", "==="), start) or state.is_code_block(line):
        return None
    return head.fullmatch(state.src, start, state.eMarks[line])


def _read_indented(state: StateBlock, start_line: int, end_line: int) -> int:
    """Reads the lines below that are indented or blank as blocks of their own; gives the line after them."""
    indent = state.sCount[start_line] + _INDENT
    line = last = start_line + 1
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
        last = line if not state.isEmpty(line - 1) else last
    saved = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = indent, last, "admonition"
    if last > start_line + 1:
        state.level += 1
        state.md.block.tokenize(state, start_line + 1, last)
        state.level -= 1
    state.blkIndent, state.lineMax, state.parentType = saved
    state.line = last
    return last
