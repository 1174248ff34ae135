"""Elements that say so hold Markdown, as in kramdown and PHP Markdown Extra: `<div markdown="1">`, `<td markdown="1">`.

Such a tag may stand under or behind others, `<tr><td markdown="1">`, and what follows it up to its end is read as
anywhere else. Without the attribute HTML stays HTML up to the next blank line, as in every Markdown.
"""

import re

from markdown_it.rules_block import StateBlock, html_block
from markdown_it.token import Token

from notegen.regex import regex

_VALUE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'<>]+)"
_SAYS = r"markdown(?:[ \t]*=[ \t]*(?:\"(?:1|block|span|true)\"|'(?:1|block|span|true)'|1|block|span))?"
_TAG = regex(
    rf"<(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[ \t]+[\w:@.-]+(?:={_VALUE})?)*)[ \t]*/?>[ \t]*"
)
_SAID = regex(rf"[ \t]+{_SAYS}(?=[ \t]|\Z)")
_CLOSING = regex(r"</(?P<name>[a-zA-Z][\w-]*)[ \t]*>(?P<rest>(?:[ \t]*</?[a-zA-Z][^<>\n]*>)*)[ \t]*")
_MAX_TAGS = 8
"""Before one that says so, on its line."""
_MAX_LINES = 100
"""How many lines of HTML may stand above an element that says so."""


def read_markdown_html(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Adds the HTML of tags that open such elements or close one, and the texts between two on one line."""
    if not _begins_with_tag(state, start_line) or state.is_code_block(start_line):
        return False
    if not _names_markdown(state):
        return False
    open_: list[str] = state.env.setdefault("markdown_html", [])
    line = _line(state, start_line)
    closing = _CLOSING.fullmatch(line) if open_ else None
    if closing and closing["name"].lower() == open_[-1] and "markdown" not in closing["rest"]:
        if not silent:
            open_.pop()
            _push(state, start_line, closing[0].strip())
            state.line = start_line + 1
        return True
    opening = _opening(line)
    if opening is None:
        return _read_html_above(state, start_line, end_line, silent)
    if not silent:
        _push_line(state, start_line, line, opening, open_)
        state.line = start_line + 1
    return True


def _names_markdown(state: StateBlock) -> bool:
    """Whether the text has the attribute's name anywhere; looked for once."""
    if "names_markdown" not in state.env:
        state.env["names_markdown"] = "markdown" in state.src
    return bool(state.env["names_markdown"])


def _push_line(
    state: StateBlock, number: int, line: str, opening: re.Match[str] | None, open_: list[str]
) -> None:
    """One after the other what opens on a line, is said and closes."""
    while opening is not None:
        name, rest = opening["name"], line[opening.end() :]
        attributes = _SAID.sub("", opening["attributes"])
        _push(state, number, f"{line[: opening.start()]}<{name.lower()}{attributes}>")
        words, slash, line = rest.partition(f"</{name}>")
        if words.strip():
            map_ = [number, number + 1]
            state.tokens.append(Token("inline", "", 0, content=words.strip(), children=[], map=map_))
        if not slash:
            open_.append(name.lower())
            return
        line = f"</{name.lower()}>{line}"
        opening = _opening(line)
    _push(state, number, line)


def _read_html_above(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Adds the lines of HTML above one that says so, which would be HTML with them."""
    for line in range(start_line + 1, min(end_line, start_line + _MAX_LINES)):
        if not _begins_with_tag(state, line):
            return False
        if _opening(_line(state, line)):
            break
    else:
        return False
    if silent or not html_block(state, start_line, end_line, True):
        return False
    _push(state, start_line, state.getLines(start_line, line, state.blkIndent, False), line)
    state.line = line
    return True


def _opening(line: str) -> re.Match[str] | None:
    """The first tag of a line that says so, with nothing but tags before it."""
    if "markdown" not in line:
        return None
    position = 0
    for _ in range(_MAX_TAGS):
        tag = _TAG.match(line, position)
        if tag is None or (not tag["slash"] and _SAID.search(tag["attributes"])):
            return tag
        position = tag.end()
    return None


def _begins_with_tag(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    return state.src.startswith("<", start) and state.sCount[line] >= state.blkIndent


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _push(state: StateBlock, line: int, html: str, end: int = 0) -> None:
    token = state.push("html_block", "", 0)
    token.map, token.content = [line, end or line + 1], f"{html}\n"
