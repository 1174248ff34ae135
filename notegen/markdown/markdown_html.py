"""Elements that say so hold Markdown, as in kramdown and PHP Markdown Extra: `<div markdown="1">`; one tag a line.

The tags are HTML of one line each, and what stands between them is read as anywhere else. Without the attribute HTML
stays HTML up to the next blank line, as in every Markdown.
"""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_VALUE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'<>]+)"
_SAYS = r"markdown(?:[ \t]*=[ \t]*(?:\"(?:1|block|span|true)\"|'(?:1|block|span|true)'|1|block|span))?"
_OPENING = re.compile(
    rf"<(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[ \t]+[\w:@.-]+(?:={_VALUE})?)*)[ \t]*>(?P<rest>[^\n]*)"
)
_SAID = re.compile(rf"[ \t]+{_SAYS}(?=[ \t]|\Z)")
_CLOSING = re.compile(r"</(?P<name>[a-zA-Z][\w-]*)[ \t]*>[ \t]*")


def read_markdown_html(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Adds the HTML of a tag that opens such an element or closes one, and the text between two on one line."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<", start) or state.is_code_block(start_line):
        return False
    open_: list[str] = state.env.setdefault("markdown_html", [])
    closing = _CLOSING.fullmatch(state.src, start, state.eMarks[start_line]) if open_ else None
    if closing and closing["name"].lower() == open_[-1]:
        if not silent:
            open_.pop()
            _push(state, start_line, closing[0].strip())
            state.line = start_line + 1
        return True
    opening = _OPENING.fullmatch(state.src, start, state.eMarks[start_line])
    if opening is None or not _SAID.search(opening["attributes"]):
        return False
    if silent:
        return True
    name = opening["name"].lower()
    _push(state, start_line, f"<{name}{_SAID.sub('', opening['attributes'])}>")
    words, slash, after = opening["rest"].rpartition(f"</{opening['name']}>")
    if opening["rest"].strip() and not slash:
        words = opening["rest"]
    if words.strip():
        map_ = [start_line, start_line + 1]
        state.tokens.append(Token("inline", "", 0, content=words.strip(), children=[], map=map_))
    if slash:
        _push(state, start_line, f"</{name}>{after}")
    else:
        open_.append(name)
    state.line = start_line + 1
    return True


def _push(state: StateBlock, line: int, html: str) -> None:
    token = state.push("html_block", "", 0)
    token.map, token.content = [line, line + 1], f"{html}\n"
