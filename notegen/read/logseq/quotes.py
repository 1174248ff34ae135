"""Quotes: a line behind `>` has all of its paragraph in the quote, a list or code right below it too."""

import re

from notegen.read.logseq.blocks import Block
from notegen.regex import regex

_NOT_QUOTED = regex(r"#{1,6}[ \t]|#\+(?:BEGIN|END)_|:\w+:", re.IGNORECASE)
_BEGINS = regex(r"[*+][ \t]|\d+\.[ \t]|\||<|[-*_]{3,}[ \t]*$")


def fill_quotes(block: Block) -> None:
    """Puts the sign of the quote before lines that would end it, and before those that follow them.

    An empty line ends a quote, and so do a heading, a container and a drawer.
    """
    if not any(text and ">" in text for text in block.texts):
        return
    in_quote = had_own = False
    for index, text in enumerate(block.texts):
        if text is None:
            continue
        line = text.lstrip(" \t")
        if line.startswith(">") and not block.code[index]:
            in_quote, had_own = True, False
        elif not line or not in_quote:
            in_quote = False
        elif block.code[index]:
            in_quote = had_own or _is_whole(block, index)
            had_own = in_quote
        elif _NOT_QUOTED.match(line):
            in_quote = False
        else:
            had_own = had_own or _BEGINS.match(line) is not None
        if in_quote and had_own and not line.startswith(">"):
            block.texts[index] = f"> {text}"


def _is_whole(block: Block, start: int) -> bool:
    """Whether the code that begins there has no empty line."""
    for text, code in zip(block.texts[start:], block.code[start:], strict=True):
        if not code:
            return True
        if not (text or "").strip():
            return False
    return True
