"""Each table in a box of its own, in which it scrolls where it is wider than the text.

The box scrolls and not the table: one that is made a block to scroll is no table to some screen readers.
"""

from collections.abc import Sequence
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token


def render_table_open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The beginning of the box and of the table in it."""
    return f'<div class="table-wrapper">\n{self.renderToken(tokens, idx, options, env)}'


def render_table_close(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The end of the table and of its box."""
    return f"{self.renderToken(tokens, idx, options, env)}</div>\n"
