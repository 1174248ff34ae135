"""Logseq's `x^{2}` and `H_{2}O`: text that is raised or lowered, up to a brace on the same line (mldoc 1.5)."""

import re

from markdown_it.rules_inline import StateInline

_SCRIPT = re.compile(r"[\^_]\{(?P<words>[^{}\n]+)\}")


def read_script(state: StateInline, silent: bool) -> bool:
    """Adds `sup_open` or `sub_open` and its end; other tools show the braces."""
    src, start = state.src, state.pos
    if src[start + 1 : start + 2] != "{" or state.env.get("tool") != "logseq":
        return False
    match = _SCRIPT.match(src, start, state.posMax)
    if match is None:
        return False
    if not silent:
        element, stop = "sup" if src[start] == "^" else "sub", state.posMax
        state.push(f"{element}_open", element, 1)
        state.pos, state.posMax = match.span("words")
        state.md.inline.tokenize(state)
        state.posMax = stop
        state.push(f"{element}_close", element, -1)
    state.pos = match.end()
    return True
