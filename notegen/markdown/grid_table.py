"""Pandoc's grid tables, drawn with `+---+` between rows and `+===+` under the head, with broken lines in cells."""

from markdown_it.rules_block import StateBlock

from notegen.regex import regex

_RULE = regex(r"\+(?:[-=:]+\+)+")
_MAX_LINES = 2000


def read_grid_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Adds the table, each cell with the words of its lines; what does not fit its columns is text."""
    first = _line(state, start)
    if not _RULE.fullmatch(first) or state.is_code_block(start):
        return False
    edges = [place for place, sign in enumerate(first) if sign == "+"]
    lines = [first]
    for number in range(start + 1, min(end, start + _MAX_LINES)):
        line = _line(state, number)
        if not line.startswith(("|", "+")) or state.sCount[number] < state.blkIndent:
            break
        lines.append(line)
    while lines and not _RULE.fullmatch(lines[-1]):
        lines.pop()
    rows = _rows(lines, edges)
    if not rows:
        return False
    if not silent:
        push_table(state, rows, start, len(lines))
        state.line = start + len(lines)
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


Row = tuple[bool, int, list[str]]
"""Whether it is of the head, the line that it begins on, and its cells."""


def _rows(lines: list[str], edges: list[int]) -> list[Row]:
    """Each row of the table; none at all where a line has no bar at a column's edge."""
    rows: list[Row] = []
    cells: list[list[str]] = [[] for _ in edges[1:]]
    begin = 1
    for number, line in enumerate(lines[1:], start=1):
        if _RULE.fullmatch(line):
            rows.append((False, begin, ["\n".join(cell).strip("\n") for cell in cells]))
            if "=" in line and not any(is_head for is_head, _, _ in rows):
                rows = [(True, at, words) for _, at, words in rows]
            cells, begin = [[] for _ in edges[1:]], number + 1
            continue
        if len(line) != edges[-1] + 1 or any(line[edge] != "|" for edge in edges):
            return []
        for cell, left, right in zip(cells, edges, edges[1:], strict=False):
            cell.append(line[left + 1 : right].strip())
    return rows


def push_table(state: StateBlock, rows: list[Row], start: int, length: int) -> None:
    """Adds the tokens of a table of that many lines."""
    state.push("table_open", "table", 1).map = [start, start + length]
    for is_head in (True, False):
        part = [row for row in rows if row[0] == is_head]
        if not part:
            continue
        name = "thead" if is_head else "tbody"
        state.push(f"{name}_open", name, 1)
        for _, at, cells in part:
            state.push("tr_open", "tr", 1).map = [start + at, start + at + 1]
            for words in cells:
                tag = "th" if is_head else "td"
                state.push(f"{tag}_open", tag, 1)
                inline = state.push("inline", "", 0)
                inline.content, inline.children = words, []
                inline.map = [start + at, start + at + max(1, words.count("\n") + 1)]
                state.push(f"{tag}_close", tag, -1)
            state.push("tr_close", "tr", -1)
        state.push(f"{name}_close", name, -1)
    state.push("table_close", "table", -1)
