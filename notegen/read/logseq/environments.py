r"""LaTeX between `\begin{align}` and `\end{align}`, which is a formula in Logseq without any dollars around it."""

import re

from notegen.read.logseq.blocks import Block
from notegen.regex import regex

_BEGIN = regex(r"[ \t]*\\begin\{(?P<name>[a-z]+\*?)\}", re.IGNORECASE)

_MAX_LINES = 200
"""How many lines are searched for an end: there may be as many beginnings as lines."""


def rewrite_environments(block: Block) -> None:
    """Puts dollars around each that begins and ends a line below the block's first and is in no formula yet."""
    is_formula = False
    index = 0
    while index < len(block.texts):
        text = block.texts[index] or ""
        if block.is_text(index):
            begin = _BEGIN.match(text) if index and not is_formula and "\\begin{" in text else None
            if begin and (end := _end_of(block, index, f"\\end{{{begin['name']}}}")):
                block.texts[index] = f"$${text.lstrip()}"
                block.texts[end] = f"{(block.texts[end] or '').rstrip()}$$"
                index = end
            elif text.count("$$") % 2:
                is_formula = not is_formula
        index += 1


def _end_of(block: Block, start: int, mark: str) -> int:
    """The line that ends with the mark before any empty one; 0 without."""
    for index in range(start, min(len(block.texts), start + _MAX_LINES)):
        text = block.texts[index]
        if text is not None and (not text.strip() or block.code[index]):
            return 0
        if (text or "").rstrip().endswith(mark):
            return index
    return 0
