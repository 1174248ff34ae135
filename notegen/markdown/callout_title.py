"""The line `[!type] Title` of a callout, over what would make a heading of it: a rule, or a bullet without words."""

from markdown_it.rules_block import StateBlock

from notegen.regex import regex

_TITLE = regex(r"\[![^\[\]\n]{1,120}\][+-]?(?:[ \t]|\Z)")
_NO_TEXT = regex(r"(?:-+|=+|[*+]|\d{1,9}[.)])[ \t]*")


def read_callout_title(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Takes the first line of a quote as a paragraph of its own, as Obsidian does, where the next is no text.

    CommonMark takes `-` under a line for the line's underline, and templates leave many such bullets.
    """
    if silent or state.parentType != "blockquote" or startLine + 1 >= endLine:
        return False
    if not state.tokens or state.tokens[-1].type != "blockquote_open":
        return False
    title, below = _line(state, startLine), _line(state, startLine + 1)
    if (
        not (_TITLE.match(title) and _NO_TEXT.fullmatch(below))
        or state.sCount[startLine + 1] < state.blkIndent
    ):
        return False
    state.line = startLine + 1
    lines = [startLine, state.line]
    state.push("paragraph_open", "p", 1).map = lines
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title, lines, []
    state.push("paragraph_close", "p", -1)
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
