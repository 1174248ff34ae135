"""Lines that reading removed: left out before the blocks are read, their numbers put back after."""

from markdown_it.rules_core import StateCore

from notegen.model import REMOVED_LINE


def leave_out_removed_lines(state: StateCore) -> None:
    """Leaves out lines that are `REMOVED_LINE`; an empty line in their place would split or loosen a list."""
    if REMOVED_LINE not in state.src:
        return
    lines = state.src.split("\n")
    remaining = [number for number, line in enumerate(lines) if line != REMOVED_LINE]
    state.src = "\n".join(lines[number] for number in remaining)
    state.env["remaining_lines"] = [*remaining, len(lines)]


def restore_line_numbers(state: StateCore) -> None:
    """Gives every block the numbers of its lines in the whole text.

    A block ends before the line that follows its last one; what was left out between counts to neither.
    """
    remaining: list[int] = state.env.pop("remaining_lines", [])
    for token in state.tokens if remaining else ():
        if token.map:
            start, end = token.map
            token.map = [remaining[start], remaining[end - 1] + 1 if end > start else remaining[start]]
