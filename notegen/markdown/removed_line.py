"""Lines that are no lines: taken out before the blocks are read, their numbers put back after."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from notegen.model import NO_LINE


def no_line_rule(md: MarkdownIt) -> None:
    """Reads the text as if its lines of `NO_LINE` were not there; an empty line would part or loosen a list."""
    md.core.ruler.before("block", "no_line", _take_out)
    md.core.ruler.after("block", "line_numbers", _renumber)


def _take_out(state: StateCore) -> None:
    if NO_LINE not in state.src:
        return
    lines = state.src.split("\n")
    kept = [number for number, line in enumerate(lines) if line != NO_LINE]
    state.src = "\n".join(lines[number] for number in kept)
    state.env["kept_lines"] = [*kept, len(lines)]


def _renumber(state: StateCore) -> None:
    """A block ends before the line that follows its last one; what was taken out between counts to neither."""
    kept: list[int] = state.env.pop("kept_lines", [])
    for token in state.tokens if kept else ():
        if token.map:
            start, end = token.map
            token.map = [kept[start], kept[end - 1] + 1 if end > start else kept[start]]
