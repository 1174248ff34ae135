"""Lines that a reader of a note tool removed or added: blocks are parsed as if they were not there or had always been.

Afterwards the numbers of lines are put right, so that places in messages are those of the file.
"""

from markdown_it.rules_core import StateCore

from notegen.model import LINE_BREAK, REMOVED_LINE


def leave_out_removed_lines(state: StateCore) -> None:
    """Leaves out lines that are `REMOVED_LINE`, and takes those with a `LINE_BREAK` apart.

    An empty line in the place of one that was removed would split or loosen a list.
    """
    if REMOVED_LINE not in state.src and LINE_BREAK not in state.src:
        return
    lines = state.src.split("\n")
    remaining = [
        (number, part)
        for number, line in enumerate(lines)
        if line != REMOVED_LINE
        for part in line.split(LINE_BREAK)
    ]
    state.src = "\n".join(part for _, part in remaining)
    state.env["remaining_lines"] = [*(number for number, _ in remaining), len(lines)]


def restore_line_numbers(state: StateCore) -> None:
    """Gives every block the numbers of its lines in the whole text.

    A block ends before the line that follows its last one; what was left out between counts to neither.
    """
    remaining: list[int] = state.env.pop("remaining_lines", [])
    for token in state.tokens if remaining else ():
        if token.map:
            start, end = token.map
            token.map = [remaining[start], remaining[end - 1] + 1 if end > start else remaining[start]]
