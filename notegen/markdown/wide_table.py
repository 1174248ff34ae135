"""Each table in a box of its own, in which it scrolls where it is wider than the text.

The box scrolls and not the table: one that is made a block to scroll is no table to some screen readers.
"""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token


def wide_table_rule(md: MarkdownIt) -> None:
    """Writes the box around what Markdown makes a table."""
    md.add_render_rule("table_open", _open)
    md.add_render_rule("table_close", _close)


def _open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return f'<div class="wide">\n{self.renderToken(tokens, idx, options, env)}'


def _close(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return f"{self.renderToken(tokens, idx, options, env)}</div>\n"
