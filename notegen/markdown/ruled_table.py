"""Pandoc's tables without bars, as it writes those of Word's files: columns under rows of dashes, one for each.

A simple table ends with an empty line, or with dashes where it has no head. One of several lines a row has a line of
dashes over and under it all, and an empty line between its rows.
"""

import re
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from notegen.markdown.grid_table import Row, push_table
from notegen.regex import regex

_COLUMNS = regex(r"[ ]*-{2,}(?:[ ]+-{2,})+[ ]*")
_HINT = regex(r"^[ \t>]*-{2,} +-{2,}", re.MULTILINE)
_WHOLE = regex(r"[ ]*-{20,}[ ]*")
_MIN_DASHES = 10
_MAX_HEAD = 6
_MAX_LINES = 2000


def read_ruled_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Adds the table; what is no row of its columns is text."""
    if not _may_have_any(state):
        return False
    first = _line(state, start)
    if state.is_code_block(start) or not first.strip():
        return False
    whole = bool(_WHOLE.fullmatch(first))
    head = start + 1 if whole else start
    dashes = next(
        (number for number in range(head, min(end, head + _MAX_HEAD)) if _is_columns(_line(state, number))),
        -1,
    )
    if dashes < 0 or (not whole and dashes - head > 1):
        return False
    if any(state.isEmpty(number) for number in range(head, dashes)):
        return False
    has_end = whole or dashes == head
    last = _last_line(state, dashes + 1, end, has_end=has_end, spaced=whole)
    if last <= dashes + 1:
        return False
    groups = [found.start() for found in re.finditer(r"-+", _line(state, dashes))]
    rows: list[Row] = []
    if dashes > head:
        rows.append((True, head - start, _cells([_line(state, n) for n in range(head, dashes)], groups)))
    rows += _body(state, start, dashes + 1, last, groups, spaced=whole)
    if len(rows) < 2 - (dashes == head) or not all(any(cells) for _, _, cells in rows):
        return False
    if not silent:
        push_table(state, rows, start, last + has_end - start)
        state.line = last + has_end
    return True


def _may_have_any(state: StateBlock) -> bool:
    """Whether some line has dashes for two columns; looked for once in a text."""
    src, known = state.env.get("ruled_tables", (None, False))
    if src is not state.src:
        known = bool(_HINT.search(state.src))
        state.env["ruled_tables"] = (state.src, known)
    return bool(known)


def _line(state: StateBlock, number: int) -> str:
    """The line from where its block begins, with its indentation, by which columns are told."""
    return state.getLines(number, number + 1, state.blkIndent, False).rstrip()


def _is_columns(line: str) -> bool:
    return bool(_COLUMNS.fullmatch(line)) and line.count("-") >= _MIN_DASHES


def _last_line(state: StateBlock, first: int, end: int, *, has_end: bool, spaced: bool) -> int:
    """Where the rows end: at an empty line, or at the dashes under them; 0 for nowhere."""
    for number in range(first, min(end, first + _MAX_LINES)):
        line = _line(state, number)
        if has_end and (_WHOLE.fullmatch(line) if spaced else _is_columns(line)):
            return number
        if state.isEmpty(number) and not spaced:
            return 0 if has_end else number
    return 0 if has_end else min(end, first + _MAX_LINES)


def _body(
    state: StateBlock, start: int, first: int, last: int, groups: list[int], *, spaced: bool
) -> list[Row]:
    rows: list[Row] = []
    lines: list[str] = []
    for number in range(first, last + 1):
        line = _line(state, number) if number < last else ""
        if line and (spaced or not lines):
            lines.append(line)
        if lines and (not line or not spaced):
            rows.append((False, number - start, _cells(lines, groups)))
            lines = []
    return rows


def _cells(lines: list[str], groups: list[int]) -> list[str]:
    """The words of each column, which begins where its dashes do, the first at the line's beginning."""
    edges = [0, *groups[1:], None]
    return ["\n".join(line[left:right].strip() for line in lines).strip() for left, right in pairwise(edges)]
