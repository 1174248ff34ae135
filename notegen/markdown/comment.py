"""`%%comments%%` outside code, in a line or over many, as in Obsidian: gone before anything else sees them."""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline


def skip_block_comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Skips a comment over several lines; one that is never closed runs to the end of its block or note."""
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    first = state.src[begin:stop]
    if not first.startswith("%%") or "%%" in first[2:]:
        return False  # a comment within one line is the inline rule's
    if silent:
        return True
    line = start + 1
    while line < end and "%%" not in state.src[state.bMarks[line] : state.eMarks[line]]:
        line += 1
    state.line = min(line + 1, end)
    return True


def skip_inline_comment(state: StateInline, silent: bool) -> bool:
    """Skips a comment within a line; one that is never closed runs to the end of its block."""
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2, state.posMax)
    state.pos = state.posMax if end < 0 else end + 2
    return True
