"""Pictures: the hole of one that lies among the notes, and the address of one elsewhere."""

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from notegen.markdown.plain import plain_text


def render_image(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """A picture; `render` makes a link of one on another host, and fills the hole of one among the notes."""
    token = tokens[idx]
    title = f' title="{escape(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
    if "hole" in token.meta:
        return f'<img src="{token.meta["hole"]}"{title}>'
    address, caption = escape(str(token.attrs["src"])), escape(plain_text(token.children))
    return f'<img src="{address}" alt="{caption}"{title} loading="lazy">'
