"""Lists that run in another direction than their note: their bullets and numbers stand where their words begin."""

from collections.abc import Sequence
from unicodedata import bidirectional

from markdown_it.token import Token

from notegen.markdown.plain import source_text
from notegen.regex import regex

_RIGHT_TO_LEFT = regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LISTS = frozenset({"bullet_list", "ordered_list"})
_MAX_LETTERS = 500
"""Letters of a block in which the first with a direction is looked for."""


def direct_lists(tokens: Sequence[Token], text: str, direction: str) -> None:
    """Gives a list that runs otherwise than what it stands in its `dir`: that of its first letter that has one.

    Args:
        text: all that the tokens are of.
        direction: the note's, `ltr` or `rtl`; empty or `auto` where it is that of its first letter.
    """
    if direction != "rtl" and (text.isascii() or not _RIGHT_TO_LEFT.search(text)):
        return
    own: dict[int, str] = {}
    open_lists: list[int] = []
    for index, token in enumerate(tokens):
        kind, _, end = token.type.rpartition("_")
        if kind in _LISTS and end == "open":
            open_lists.append(index)
        elif kind in _LISTS and end == "close" and open_lists:
            open_lists.pop()
        elif token.type == "inline" and (unknown := [number for number in open_lists if number not in own]):
            way = _direction_of(token)
            own |= dict.fromkeys(unknown if way else (), way)
    around = [frozenset({direction}) if direction in ("ltr", "rtl") else _directions_of_note(tokens)]
    for index, token in enumerate(tokens):
        kind, _, end = token.type.rpartition("_")
        if kind in _LISTS and end == "open":
            way = own.get(index, "")
            if way and around[-1] != {way}:
                token.attrSet("dir", way)
            around.append(frozenset({way}) if way else around[-1])
        elif kind in _LISTS and end == "close" and len(around) > 1:
            around.pop()


def _directions_of_note(tokens: Sequence[Token]) -> frozenset[str]:
    """What the first letter says, and what it would say if the first heading were the title, and stood elsewhere."""
    blocks = [index for index, token in enumerate(tokens) if token.type == "inline"]
    is_title = bool(blocks) and blocks[0] > 0 and tokens[blocks[0] - 1].tag == "h1"
    return frozenset(
        next((way for index in each if (way := _direction_of(tokens[index]))), "ltr")
        for each in (blocks, blocks[is_title:])
    )


def _direction_of(inline: Token) -> str:
    """That of the first letter that has one."""
    for letter in source_text(inline.children)[:_MAX_LETTERS]:
        if (kind := bidirectional(letter)) in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""
