"""Ends every block that footnotes within footnotes tear apart.

The plugin takes the tokens between a definition's first and its next mark to the end of the text; of definitions in
definitions that leaves beginnings in one place and ends in the other.
"""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def pair_footnote_blocks(state: StateCore) -> None:
    """A core rule, after the footnotes have moved: drops ends without a beginning, ends what has none."""
    if "footnotes" not in state.env:
        return
    paired: list[Token] = []
    open_: list[Token] = []
    for token in state.tokens:
        if token.nesting == 1:
            open_.append(token)
        elif token.nesting == -1:
            begin = token.type.removesuffix("_close") + "_open"
            if not any(one.type == begin for one in open_):
                continue
            while open_[-1].type != begin:
                paired.append(_end_of(open_.pop()))
            open_.pop()
        paired.append(token)
    paired += (_end_of(token) for token in reversed(open_))
    state.tokens = paired


def _end_of(token: Token) -> Token:
    return Token(
        token.type.removesuffix("_open") + "_close", token.tag, -1, block=True, hidden=token.hidden,
        level=token.level, markup=token.markup,
    )  # fmt: skip
