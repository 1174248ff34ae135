"""Lists and quotes nested deeper than the parser goes: what would lie deeper is text of the deepest, none is lost."""

from markdown_it.rules_block import StateBlock, blockquote, list_block

_SHALLOW = 20
"""Levels that no parser calls deep: these rules are asked at nearly every line."""


def read_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's rule, which leaves out what is nested deeper than it goes."""
    if state.level > _SHALLOW and _is_too_deep(state, start, levels=2):
        return False
    return list_block(state, start, end, silent)


def read_blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The same for quotes."""
    if state.level > _SHALLOW and _is_too_deep(state, start, levels=1):
        return False
    return blockquote(state, start, end, silent)


def _is_too_deep(state: StateBlock, line: int, *, levels: int) -> bool:
    """Whether what begins on the line within the block at hand would hold nothing; what lies further out ends it."""
    return state.level + levels >= state.md.options["maxNesting"] and state.sCount[line] >= state.blkIndent
