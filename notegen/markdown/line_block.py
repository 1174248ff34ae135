"""Pandoc's line blocks: lines behind bars, `| O tide`, of verse and addresses, which end where they do."""

from markdown_it.rules_block import StateBlock

_MIN_LINES = 2
_MAX_SHOWN_INDENT = 40


def read_line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Adds the lines as one paragraph; none of a table's, whose rows end with a bar, and no single one."""
    lines: list[str] = []
    for number in range(start, end):
        begin = state.bMarks[number] + state.tShift[number]
        line = state.src[begin : state.eMarks[number]].rstrip()
        if not line.startswith("|") or line[1:2].strip() or state.sCount[number] < state.blkIndent:
            break
        if "|" in line[1:].replace("\\|", ""):
            return False
        lines.append(line[2:])
    if len(lines) < _MIN_LINES or state.is_code_block(start) or not any(map(str.strip, lines)):
        return False
    if not silent:
        map_ = [start, start + len(lines)]
        state.push("paragraph_open", "p", 1).map = map_
        inline = state.push("inline", "", 0)
        inline.map, inline.children = map_, []
        inline.content = "\\\n".join(map(_indented, lines)).strip("\n")
        state.push("paragraph_close", "p", -1)
        state.line = start + len(lines)
    return True


def _indented(line: str) -> str:
    """The line with the spaces at its beginning as such that are shown."""
    words = line.lstrip(" ")
    return "\u00a0" * min(len(line) - len(words), _MAX_SHOWN_INDENT) + words
