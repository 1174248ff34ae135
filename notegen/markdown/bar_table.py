"""Logseq's tables: each line between two bars is a row, with or without a line of dashes below the head."""

from markdown_it.rules_block import StateBlock

from notegen.markdown.table import cells_of, read_table
from notegen.regex import regex

_DIVIDER = regex(r"[|:+-][\s|:+-]*-[\s|:+-]*")


def read_bar_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The usual rule up to the last line between bars; without dashes the first row is the head."""
    if _DIVIDER.fullmatch(_line(state, start)):  # to look below each of many would take quadratic time
        return False
    last = start
    while last < end and state.sCount[last] >= state.blkIndent and _is_row(_line(state, last)):
        last += 1
    if last - start < 2:
        return read_table(state, start, end, silent)
    if read_table(state, start, last, silent):
        return True
    rows = [(line, text) for line in range(start, last) if not _DIVIDER.fullmatch(text := _line(state, line))]
    if len(rows) < 2:
        return False
    if not silent:
        push_table(state, [(line, cells_of(text)) for line, text in rows], last)
    return True


def push_table(state: StateBlock, rows: list[tuple[int, list[str]]], end: int, *, heads: int = 1) -> None:
    """Adds a table of rows, each with its line's number, that ends before the line `end`.

    Args:
        heads: how many rows are its head.
    """
    width = max(len(cells) for _, cells in rows)
    state.push("table_open", "table", 1).map = [state.line, end]
    if heads:
        _push_rows(state, "thead", "th", rows[:heads], width)
    _push_rows(state, "tbody", "td", rows[heads:], width)
    state.push("table_close", "table", -1)
    state.line = end


def _push_rows(
    state: StateBlock, part: str, cell: str, rows: list[tuple[int, list[str]]], width: int
) -> None:
    state.push(f"{part}_open", part, 1)
    for line, cells in rows:
        state.push("tr_open", "tr", 1).map = [line, line + 1]
        for words in [*cells, *[""] * (width - len(cells))]:
            state.push(f"{cell}_open", cell, 1)
            text = state.push("inline", "", 0)
            text.content, text.children, text.map = words, [], [line, line + 1]
            state.push(f"{cell}_close", cell, -1)
        state.push("tr_close", "tr", -1)
    state.push(f"{part}_close", part, -1)


def _is_row(text: str) -> bool:
    return len(text) > 2 and text[0] == text[-1] == "|"


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
