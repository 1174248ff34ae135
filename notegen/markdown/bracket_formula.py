r"""LaTeX's own signs for formulas, `\(x^2\)` in a line and `\[x^2\]` on its own, as chat programs write them.

To CommonMark they are brackets that mean nothing, `\[sic\]`, and many programs write those so. So they hold a formula
only if it looks like one: a command, a raised or lowered letter, or in a line a short name or an equation.
"""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_MAX_LENGTH = 4000
_MAX_LINES = 60
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}|[\^_]\{|\w\^\w|[^\W\d_]_\w(?!\w\w)")
_EQUATION = re.compile(r"[^\s=]\s*(?:[=<>≈≤≥]|\\\\)\s*[^\s=]")
_NAME = re.compile(
    r"[^\W\d_]'*|[^\W\d_]\((?:[^\W\d_])(?:,\s*[^\W\d_])*\)|-?\d+(?:\.\d+)?|[\w\s]{1,20}[+*/=<>-][\w\s+*/=<>.-]{1,40}"
)


def read_bracket_formula(state: StateInline, silent: bool) -> bool:
    r"""Adds the formula between `\(` and `\)`, or `\[` and `\]`."""
    src, start = state.src, state.pos
    opening = src[start + 1 : start + 2]
    if opening not in ("(", "["):
        return False
    is_display = opening == "["
    end = src.find("\\]" if is_display else "\\)", start + 2, min(state.posMax, start + _MAX_LENGTH))
    if end < 0:
        return False
    latex = src[start + 2 : end]
    begins_line = not src[src.rfind("\n", 0, start) + 1 : start].strip()
    if "`" in latex or f"\\{opening}" in latex or src.startswith("(", end + 2):
        return False
    if not (_is_display(latex, on_its_own=begins_line) if is_display else _is_formula(latex)):
        return False
    if not silent:
        token = state.push("math_inline_double" if is_display else "math_inline", "math", 0)
        token.content, token.markup = latex.strip(), "$$" if is_display else "$"
    state.pos = end + 2
    return True


def read_bracket_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Adds the formula from a line that begins with `\[` up to one that ends with `\]`, with no empty one between."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("\\[", begin) or state.is_code_block(start):
        return False
    lines: list[str] = []
    for number in range(start, min(end, start + _MAX_LINES)):
        if state.isEmpty(number) or (number > start and state.sCount[number] < state.blkIndent):
            return False
        line = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
        lines.append(line)
        if "\\]" in line:
            break
    latex = "\n".join(lines)
    if latex.find("\\]") != len(latex) - 2 or not _is_display(latex[2:-2], on_its_own=True) or "`" in latex:
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.block, token.map, token.markup = True, [start, start + len(lines)], "$$"
        token.content = latex[2:-2].strip()
        state.line = start + len(lines)
    return True


def _is_formula(latex: str) -> bool:
    return bool(_COMMAND.search(latex) or _EQUATION.search(latex) or _NAME.fullmatch(latex.strip()))


def _is_display(latex: str, *, on_its_own: bool) -> bool:
    return bool(_COMMAND.search(latex) or (on_its_own and _EQUATION.search(latex)))
