r"""LaTeX's own signs for formulas, `\(x^2\)` in a line and `\[x^2\]` on its own, as chat programs write them.

To CommonMark they are brackets that mean nothing, `\[sic\]`, and many programs write those so. So they hold a formula
only if it looks like one: a command, a raised or lowered letter, or in a line a short name or an equation.

Where a site's script draws formulas, as with mdBook, Hugo and Jekyll, its Markdown would take the backslash away, so
people write `\\(x^2\\)`; what that Markdown takes for an escape within, `x\_1`, is one here too. Obsidian, Logseq and
Dendron show such signs as text.
"""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.regex import regex

_MAX_LENGTH = 4000
_MAX_LINES = 60
_COMMAND = regex(r"\\[a-zA-Z]{2,}|[\^_]\{|\w\^\w|[^\W\d_]_\w(?!\w\w)")
_EQUATION = regex(r"[^\s=]\s*(?:[=<>≈≤≥]|\\\\)\s*[^\s=]")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_NAME = regex(
    r"[^\W\d_]'*|[^\W\d_]\((?:[^\W\d_])(?:,\s*[^\W\d_])*\)|-?\d+(?:\.\d+)?|[\w\s]{1,20}[+*/=<>-][\w\s+*/=<>.-]{1,40}"
)


def read_bracket_formula(state: StateInline, silent: bool) -> bool:
    r"""Adds the formula between `\(` and `\)`, or `\[` and `\]`, or between such with two backslashes."""
    src, start = state.src, state.pos
    sign = _sign(state, start)
    begin = start + len(sign) + 1
    opening = src[begin - 1 : begin]
    if opening not in ("(", "[") or (sign != "\\" and src[start - 1 : start] == "\\"):
        return False
    is_display = opening == "["
    closing = f"{sign}{']' if is_display else ')'}"
    end = src.find(closing, begin, min(state.posMax, start + _MAX_LENGTH))
    if end < 0:
        return False
    latex = _without_escapes(src[begin:end], sign)
    begins_line = not src[src.rfind("\n", 0, start) + 1 : start].strip()
    if "`" in latex or f"\\{opening}" in latex or src.startswith("(", end + len(closing)):
        return False
    if not (_is_display(latex, on_its_own=begins_line) if is_display else _is_formula(latex)):
        return False
    if not silent:
        token = state.push("math_inline_double" if is_display else "math_inline", "math", 0)
        token.content, token.markup = latex.strip(), "$$" if is_display else "$"
    state.pos = end + len(closing)
    return True


def read_bracket_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Adds the formula from a line that begins with `\[` up to one that ends with `\]`, with no empty one between."""
    begin = state.bMarks[start] + state.tShift[start]
    sign = _sign(state, begin)
    opening, closing = f"{sign}[", f"{sign}]"
    if not state.src.startswith(opening, begin) or state.is_code_block(start):
        return False
    lines: list[str] = []
    for number in range(start, min(end, start + _MAX_LINES)):
        if state.isEmpty(number) or (number > start and state.sCount[number] < state.blkIndent):
            return False
        line = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
        lines.append(line)
        if closing in line:
            break
    written = "\n".join(lines)
    latex = _without_escapes(written[len(opening) : -len(closing)], sign)
    is_whole = written.find(closing) == len(written) - len(closing)
    if not is_whole or not _is_display(latex, on_its_own=True) or "`" in latex:
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.block, token.map, token.markup = True, [start, start + len(lines)], "$$"
        token.content = latex.strip()
        state.line = start + len(lines)
    return True


def _sign(state: StateInline | StateBlock, start: int) -> str:
    """The backslash that stands there, or two where that means the same."""
    may_be_two = state.env.get("tool") not in ("obsidian", "logseq", "dendron")
    return "\\\\" if may_be_two and state.src.startswith("\\\\", start) else "\\"


def _without_escapes(latex: str, sign: str) -> str:
    return latex if sign == "\\" else _ESCAPE.sub(r"\1", latex)


def _is_formula(latex: str) -> bool:
    return bool(_COMMAND.search(latex) or _EQUATION.search(latex) or _NAME.fullmatch(latex.strip()))


def _is_display(latex: str, *, on_its_own: bool) -> bool:
    return bool(_COMMAND.search(latex) or (on_its_own and _EQUATION.search(latex)))
