"""The words of inline tokens, as a reader hears them."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from notegen.markdown.formula import is_formula

# Obsidian's `![words|640x480](a.png)` and `![640](a.png)`: how large the picture is, which nobody says aloud.
_SIZES = re.compile(r"(?:\A|\|)\s*\d{1,5}(?:x\d{1,5})?\s*(?=\Z|\|)")


def plain_text(tokens: Sequence[Token] | None) -> str:
    """Text without marks: link texts, code, tags with their `#`, formulas as source, images by their caption."""
    return "".join(plain_piece(token) for token in tokens or ())


def plain_piece(token: Token) -> str:
    """The words of one inline token."""
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "wiki_link":
        text: str = token.meta["text"]
        return text if token.meta["kind"] == "wiki" else ""
    if token.type == "tag":
        return f"#{token.content}"
    if token.type == "image":
        return _SIZES.sub("", plain_text(token.children))
    return token.content if is_formula(token) else ""
