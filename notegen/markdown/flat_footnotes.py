"""Takes definitions of footnotes out of one another.

The plugin takes the tokens between a definition's first and its next mark to the end of the text: of one that holds
another, what stands before that one is lost, and blocks are torn apart. An item that held nothing else, as in Logseq's
outlines, goes with it.
"""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_HOLDING = frozenset({"list_item_open", "bullet_list_open", "ordered_list_open"})


def flatten_footnotes(state: StateCore) -> None:
    """A core rule, before the footnotes move: puts each definition behind all that is none.

    Adds `footnote_definitions` to the environment: the label of each and its line, counted from 0.
    """
    if "footnotes" not in state.env:
        return
    rest: list[Token] = []
    definitions: list[Token] = []
    defined: list[tuple[str, int]] = state.env.setdefault("footnote_definitions", [])
    open_: list[list[Token]] = []  # the definitions that hold this place, each with its tokens so far
    left_empty = False  # whether what stands before this place has held nothing but definitions
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            open_.append([token])
            defined.append((token.meta["label"], token.map[0] if token.map else 0))
        elif token.type == "footnote_reference_close":
            definitions += [*open_.pop(), token]
            left_empty |= not open_ and _is_bare(rest[-1:])
        elif open_:
            open_[-1].append(token)
        elif left_empty and token.nesting == -1:
            rest.pop()
            left_empty = _is_bare(rest[-1:])
        else:
            rest.append(token)
            left_empty = False
    state.tokens = [*rest, *definitions]


def _is_bare(last: list[Token]) -> bool:
    """Whether an item or a list without an id has just begun."""
    return bool(last) and last[0].type in _HOLDING and "id" not in last[0].attrs
