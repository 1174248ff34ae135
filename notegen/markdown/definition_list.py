"""Definition lists as Hugo, kramdown and Pandoc read them: a line, and under it `: what it means`."""

from types import SimpleNamespace
from typing import Any

from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin


def read_definition_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """As the plugin reads them, but for those of Pandoc's that begin with a tilde: `~ 20 minutes` is text."""
    if not silent:
        line = start_line + 1
        if line < end_line and state.isEmpty(line):
            line += 1
        if line >= end_line or not state.src.startswith(":", state.bMarks[line] + state.tShift[line]):
            return False
    return bool(_RULE(state, start_line, end_line, silent))


def _rule_of_plugin() -> Any:
    """The rule that the plugin would put into a parser, which it does not offer by itself."""
    given: list[Any] = []
    place = SimpleNamespace(before=lambda before, name, rule, options: given.append(rule))
    taker: Any = SimpleNamespace(block=SimpleNamespace(ruler=place))
    deflist_plugin(taker)
    return given[0]


_RULE = _rule_of_plugin()
