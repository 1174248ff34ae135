"""The empty corner of a table: a cell of its head that names nothing is no header."""

from markdown_it.rules_core import StateCore


def demote_empty_headers(state: StateCore) -> None:
    """Makes a `td` of an empty `th`, which a screen reader would announce as the name of its column (WCAG 1.3.1)."""
    for opened, text, closed in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opened.type == "th_open" and not text.children:
            opened.tag = closed.tag = "td"
