r"""Tables as GitHub has them, in whose cells the bar of a `[[link|with words]]` is part of the link.

Obsidian wants it written `[[link\|with words]]` there; who writes it without the backslash means no two halves of a
link in two cells.
"""

from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit

from notegen.regex import regex

_LINK = regex(r"(?<=\[\[)(?P<target>[^\[\]\n|]*[^\[\]\n|\\])\|(?P<words>[^\[\]\n]*)(?=\]\])")
_DIVIDER_BEGINS = ("|", "-", ":")
_BAR = "\0"
"""Stands for a bar that ends no cell: the parser has replaced every one that the text had."""


def read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's rule, on the text with such bars hidden from it."""
    below = state.bMarks[start + 1] + state.tShift[start + 1] if start + 1 < end else 0
    if not below or state.src[below : below + 1] not in _DIVIDER_BEGINS:  # as at nearly every line
        return False
    masked = state.env.get("without_bars", ("", ""))
    if masked[0] is not state.src:
        masked = state.env["without_bars"] = (state.src, _without_bars(state.src))
    if masked[1] is state.src:
        return table(state, start, end, silent)
    written, count = state.src, len(state.tokens)
    state.src = masked[1]
    try:
        return table(state, start, end, silent)
    finally:
        state.src = written
        for token in state.tokens[count:]:
            if token.type == "inline":
                token.content = token.content.replace(_BAR, "|")


def _without_bars(src: str) -> str:
    if "[[" not in src or "|" not in src:
        return src
    hidden = _LINK.sub(lambda link: f"{link['target']}{_BAR}{link['words'].replace('|', _BAR)}", src)
    return hidden if hidden != src else src


def cells_of(line: str) -> list[str]:
    """The cells between the bars of a table's line."""
    cells = escapedSplit(_without_bars(line.strip()))
    cells = cells[not cells[0].strip() : len(cells) - (not cells[-1].strip())]
    return [cell.strip().replace(_BAR, "|") for cell in cells]
