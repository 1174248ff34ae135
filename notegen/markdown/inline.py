"""The text of blocks, read with the inline rules: a very long one in pieces.

Some rules look at all of a block's text for each sign that may open or close something, so that their time grows with
the square of its length. No paragraph that somebody wrote is as long as a piece; a link or a word in bold that lies
across the end of one is not read as such.
"""

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.markdown.text import is_plain
from notegen.regex import regex

MAX_INLINE_LETTERS = 10_000
"""How much of a block's text is read together."""

# The last of the best kind in a piece's second half: a line's end, a sentence's, a word's.
_ENDS = tuple(regex(end, re.DOTALL) for end in (r".*\n", r".*(?:[.!?]\s|[。！？])", r".*\s"))


def parse_inline(state: StateCore) -> None:
    """Gives each block's text its tokens."""
    for token in state.tokens:
        if token.type == "inline":
            children: list[Token] = token.children or []
            for piece in pieces_of(token.content):
                if piece and is_plain(piece):
                    children.append(Token("text", "", 0, content=piece))
                else:
                    children += state.md.inline.parse(piece, state.md, state.env, [])
            token.children = children


def pieces_of(text: str) -> Iterator[str]:
    """The text in pieces of at most `MAX_INLINE_LETTERS`, most texts in one."""
    start = 0
    while len(text) - start > MAX_INLINE_LETTERS:
        half = text[start + MAX_INLINE_LETTERS // 2 : start + MAX_INLINE_LETTERS]
        ends = (pattern.match(half) for pattern in _ENDS)
        end = next((match.end() for match in ends if match), len(half))
        yield text[start : start + MAX_INLINE_LETTERS // 2 + end]
        start += MAX_INLINE_LETTERS // 2 + end
    yield text[start:]
