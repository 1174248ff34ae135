"""The empty corner of a table: a cell of its head that names nothing is no header."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore


def header_cell_rule(md: MarkdownIt) -> None:
    """Makes a `td` of an empty `th`, which a screen reader would announce as the name of its column (WCAG 1.3.1)."""
    md.core.ruler.after("inline", "header_cell", _make_plain)


def _make_plain(state: StateCore) -> None:
    for opened, text, closed in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opened.type == "th_open" and not text.children:
            opened.tag = closed.tag = "td"
