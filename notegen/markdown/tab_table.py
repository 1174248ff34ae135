"""Tables drawn with tabs, as spreadsheets paste them and handwriting readers give them: two lines or more of cells."""

from markdown_it.rules_block import StateBlock

_MIN_CELLS = 3
"""Cells in each line; with two, a tab is as likely to mean a wide space."""


def read_tab_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Makes a `table` of lines that hold tabs between their words and do not begin with one."""
    first = _cells(state, start)
    if len(first) < _MIN_CELLS or state.sCount[start] - state.blkIndent >= 4:
        return False
    rows = [first]
    line = start + 1
    while (
        line < end
        and state.sCount[line] >= state.blkIndent
        and len(cells := _cells(state, line)) >= _MIN_CELLS
    ):
        rows.append(cells)
        line += 1
    if len(rows) < 2:
        return False
    if silent:
        return True
    width = max(len(row) for row in rows)
    state.push("table_open", "table", 1).map = [start, line]
    state.push("tbody_open", "tbody", 1)
    for number, row in enumerate(rows):
        state.push("tr_open", "tr", 1)
        for cell in [*row, *[""] * (width - len(row))]:
            state.push("td_open", "td", 1)
            text = state.push("inline", "", 0)
            text.content, text.children, text.map = cell, [], [start + number, start + number + 1]
            state.push("td_close", "td", -1)
        state.push("tr_close", "tr", -1)
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = line
    return True


def _cells(state: StateBlock, line: int) -> list[str]:
    """The line's cells; none for a line without tabs or one whose tabs only indent it."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return [cell.strip() for cell in text.rstrip().split("\t")] if "\t" in text.strip() else []
