"""Lines that reading removed: left out before the blocks are read, their numbers put back after."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from notegen.model import REMOVED_LINE


def removed_line_rule(md: MarkdownIt) -> None:
    """Reads the text as if its lines of `REMOVED_LINE` were not there; an empty line would split or loosen a list."""
    md.core.ruler.before("block", "removed_line", _take_out)
    md.core.ruler.after("block", "line_numbers", _renumber)


def _take_out(state: StateCore) -> None:
    if REMOVED_LINE not in state.src:
        return
    lines = state.src.split("\n")
    remaining = [number for number, line in enumerate(lines) if line != REMOVED_LINE]
    state.src = "\n".join(lines[number] for number in remaining)
    state.env["remaining_lines"] = [*remaining, len(lines)]


def _renumber(state: StateCore) -> None:
    """A block ends before the line that follows its last one; what was taken out between counts to neither."""
    remaining: list[int] = state.env.pop("remaining_lines", [])
    for token in state.tokens if remaining else ():
        if token.map:
            start, end = token.map
            token.map = [remaining[start], remaining[end - 1] + 1 if end > start else remaining[start]]
