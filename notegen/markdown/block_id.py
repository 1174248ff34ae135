"""Block ids: `^id` at the end of a block, or alone after it, names the block and does not show.

A list item's id names the item with all under it, one in a callout's title the callout. Alone on a line it names the
quote it stands in, or the block before: a list, a quote, a table, a fence. Obsidian wants blank lines around such a
line and Foam does not; both do. Dendron's may hold underscores, and stand at the end of any line of a block.
"""

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.regex import regex

_LISTS = ("bullet_list_open", "ordered_list_open")
_ID = regex(r"(?:\A|(?P<gap>\n[ \t]*|[ \t]))\^(?P<id>[A-Za-z0-9-]+)[ \t]*\Z")
_DENDRON_ID = regex(r"(?:\A|(?P<gap>\n[ \t]*|[ \t]))\^(?P<id>[A-Za-z0-9_-]+)[ \t]*\Z")
_AT_END = regex(r"(?:\A|(?<=[ \t]))\^(?P<id>[A-Za-z0-9_-]+)\Z")


def name_blocks(state: StateCore) -> None:
    """Gives the block's opening token the attribute `id`, with its `^`, and takes the marker out of the text."""
    if "^" not in state.src:
        return
    tokens = state.tokens
    lines = state.env["text"].split("\n")  # as numbered; `removed_line` has taken some out of `state.src`
    in_dendron = state.env.get("tool") == "dendron"
    pattern = _DENDRON_ID if in_dendron else _ID
    open_: list[Token] = []
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            open_.append(token)
        elif token.nesting == -1:
            open_.pop()
        elif token.type == "inline" and open_:
            if token.content.startswith("[!") and "^" in token.content:
                _name_callout(token, open_)
            if "^" in token.content and (match := pattern.search(token.content)):
                _name_block(tokens, index, open_, match, lines)
            if in_dendron and "^" in token.content and "taken" not in token.meta:
                _take_ids_within(token, open_)
    state.tokens[:] = [token for token in tokens if "taken" not in token.meta]


def _name_block(
    tokens: list[Token], index: int, above: list[Token], match: re.Match[str], lines: list[str]
) -> None:
    text, block = tokens[index], above[-1]
    if block.type in ("td_open", "th_open"):
        _name_table(tokens, index, above, match)
        return
    own_line = (match["gap"] or "").startswith("\n")
    text.content = text.content[: match.start()]
    target: Token | None
    lazy = text.map is not None and not lines[text.map[1] - 1].lstrip().startswith(">")
    if lazy and [t.type for t in above[-3:-1]] == ["list_item_open", "blockquote_open"]:
        target = above[-3]  # the line is the item's, though the parser goes on with the quote
    elif len(above) > 1 and above[-2].type == "list_item_open":
        # Not indented, it stands after the list, as Foam writes it; the parser takes it for the last item's.
        after = own_line and text.map and lines[text.map[1] - 1].startswith("^")
        target = next(t for t in above if t.type in _LISTS) if after else above[-2]
    elif own_line and len(above) > 1 and above[-2].type == "blockquote_open":
        target = above[-2]
    elif match["gap"] is None:
        target = _before(tokens, index - 1)
    else:
        target = block
    if not text.content.strip():
        for token in tokens[index - 1 : index + 2]:
            token.meta["taken"] = True
    if target is not None and target.type == "heading_open":
        target.meta["block_id"] = match["id"]  # a heading keeps the anchor of its words
    elif target is not None and "id" not in target.attrs:
        target.attrSet("id", f"^{match['id']}")


def _name_callout(text: Token, above: list[Token]) -> None:
    """An id at the end of a callout's title names the callout, whatever stands below."""
    title, line_end, rest = text.content.partition("\n")
    match = _AT_END.search(title.rstrip())
    if match and len(above) > 1 and above[-2].type == "blockquote_open" and above[-2].level == text.level - 2:
        text.content = title[: match.start()].rstrip() + line_end + rest
        above[-2].attrSet("id", f"^{match['id']}")


def _take_ids_within(text: Token, above: list[Token]) -> None:
    """Those at the ends of further lines: all name the block, or the item, that the lines are in."""
    target = above[-2] if len(above) > 1 and above[-2].type == "list_item_open" else above[-1]
    lines = text.content.split("\n")
    for number, line in enumerate(lines):
        match = _AT_END.search(line.rstrip())
        if match is None:
            continue
        lines[number] = line[: match.start()].rstrip()
        if "id" in target.attrs or target.type == "heading_open":
            target.meta.setdefault("further_ids", []).append(match["id"])
        else:
            target.attrSet("id", f"^{match['id']}")
    text.content = "\n".join(lines)


def _name_table(tokens: list[Token], index: int, above: list[Token], match: re.Match[str]) -> None:
    """A line right under a table is its last row to the parser: one cell, the id, and empty ones."""
    row = next((n for n in range(index, -1, -1) if tokens[n].type == "tr_open"), 0)
    end = next((n for n in range(index, len(tokens)) if tokens[n].type == "tr_close"), 0)
    cells = [token.content for token in tokens[row:end] if token.type == "inline" and token.content]
    if match["gap"] is None and len(cells) == 1 and tokens[end + 1].type == "tbody_close":
        for token in tokens[row : end + 1]:
            token.meta["taken"] = True
        table = next(token for token in reversed(above) if token.type == "table_open")
        table.attrSet("id", f"^{match['id']}")


def _before(tokens: list[Token], index: int) -> Token | None:
    """The opening token of the block that ends right before `tokens[index]`."""
    if index == 0 or tokens[index - 1].nesting == 1:
        return None
    level, previous = tokens[index - 1].level, index - 1
    while tokens[previous].level != level or tokens[previous].nesting == -1:
        previous -= 1
    return tokens[previous]
