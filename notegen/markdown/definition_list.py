"""Definition lists as Hugo, kramdown and Pandoc read them: a line or more, and under it `: what it means`."""

import re
from types import SimpleNamespace
from typing import Any

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from notegen.regex import regex

_OTHER = regex(r"[*+-][ \t]|\d+[.)][ \t]|#{1,6}[ \t]|[>|<]|```|~~~")
"""What begins a block of another kind."""
_COLON = regex(r"^[ \t>]*:[ \t]", re.MULTILINE)


def read_definition_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """As the plugin reads them, with several terms, and without Pandoc's that begin with a tilde: `~ so` is text."""
    if silent:
        return bool(_RULE(state, start_line, end_line, silent))
    if "has_definitions" not in state.env:  # found once, not at each line
        state.env["has_definitions"] = _COLON.search(state.src) is not None
    if not state.env["has_definitions"]:
        return False
    line = start_line + 1
    if line < end_line and state.isEmpty(line):
        line += 1
    elif line < end_line and not _begins_meaning(state, line):
        line = _end_of_terms(state, line, end_line)
    if line >= end_line or not _begins_meaning(state, line):
        return False
    last = line - 2 if state.isEmpty(line - 1) else line - 1
    count = len(state.tokens)
    if not _RULE(state, last, end_line, silent):
        return False
    state.tokens[count + 1 : count + 1] = _terms(state, start_line, last, state.tokens[count + 1].level)
    state.tokens[count].map = [start_line, state.line]
    return True


def _begins_meaning(state: StateBlock, line: int) -> bool:
    return state.src.startswith(":", state.bMarks[line] + state.tShift[line])


def _end_of_terms(state: StateBlock, line: int, end: int) -> int:
    """The line that may begin with a colon below further terms; the end of the text where something else is first."""
    while line < end and not _begins_meaning(state, line):
        if state.isEmpty(line):
            return line + 1
        if state.sCount[line] < state.blkIndent or state.is_code_block(line):
            return end
        if _OTHER.match(state.src, state.bMarks[line] + state.tShift[line]):
            return end
        line += 1
    return line


def _terms(state: StateBlock, start: int, end: int, level: int) -> list[Token]:
    tokens: list[Token] = []
    for line in range(start, end):
        words = state.getLines(line, line + 1, state.blkIndent, False).strip()
        tokens += (
            Token("dt_open", "dt", 1, map=[line, line], level=level, block=True),
            Token("inline", "", 0, map=[line, line], level=level + 1, content=words, children=[], block=True),
            Token("dt_close", "dt", -1, level=level, block=True),
        )
    return tokens


def _rule_of_plugin() -> Any:
    """The rule that the plugin would put into a parser, which it does not offer by itself."""
    given: list[Any] = []
    place = SimpleNamespace(before=lambda before, name, rule, options: given.append(rule))
    taker: Any = SimpleNamespace(block=SimpleNamespace(ruler=place))
    deflist_plugin(taker)
    return given[0]


_RULE = _rule_of_plugin()
