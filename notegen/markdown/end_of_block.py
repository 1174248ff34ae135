"""kramdown's `^` alone on a line, which ends the block before it, so that a list behind it is another one."""

from markdown_it.rules_block import StateBlock


def read_end_of_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Takes the line, and adds nothing."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : state.eMarks[start]].strip() != "^" or state.sCount[start] - state.blkIndent > 3:
        return False
    if not silent:
        state.line = start + 1
    return True
