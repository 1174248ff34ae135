"""Takes definitions of footnotes out of one another.

The plugin takes the tokens between a definition's first and its next mark to the end of the text: of one that holds
another, what stands before that one is lost, and blocks are torn apart.
"""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def flatten_footnotes(state: StateCore) -> None:
    """A core rule, before the footnotes move: puts each definition before the one that holds it.

    Adds `footnote_definitions` to the environment: the label of each and its line, counted from 0.
    """
    if "footnotes" not in state.env:
        return
    flat: list[Token] = []
    defined: list[tuple[str, int]] = state.env.setdefault("footnote_definitions", [])
    open_: list[list[Token]] = []  # the definitions that hold this place, each with its tokens so far
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            open_.append([token])
            defined.append((token.meta["label"], token.map[0] if token.map else 0))
        elif token.type == "footnote_reference_close":
            flat += [*open_.pop(), token]
        else:
            (open_[-1] if open_ else flat).append(token)
    state.tokens = flat
