"""Headings that are underlined with hyphens or equals signs."""

from markdown_it.rules_block import StateBlock, lheading

_MAX_LINES = 20
"""How many lines are searched for a paragraph's end, which need not be a blank line."""


def read_underlined_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's rule, asked only where a line below may be an underline, since it asks all others at each line."""
    if _may_be_underlined(state, start, end) or state.is_code_block(start):
        return lheading(state, start, end, silent)
    state.parentType = "paragraph"  # as the library leaves it, by which lists in the text go
    return False


def _may_be_underlined(state: StateBlock, start: int, end: int) -> bool:
    for line in range(start + 1, min(end, start + _MAX_LINES)):
        begin = state.bMarks[line] + state.tShift[line]
        if begin >= state.eMarks[line]:
            return False
        if state.src[begin] in "-=" or state.sCount[line] < state.blkIndent:
            return True
    return end > start + _MAX_LINES
