"""Callouts: a quote whose first line is `[!type]`, foldable with `+` (open) or `-` (closed) right after the bracket."""

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.regex import regex
from notegen.text.callout_kinds import CALLOUT_KINDS

_HEAD = regex(
    r"\[!(?P<type>[^\[\]\n|]{1,60})(?:\|[^\[\]\n]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)(?:\n|\Z)"
)


def make_callouts(state: StateCore) -> None:
    """Turns such quotes into `div`, or into `details` where they fold, so that they need no script."""
    tokens = state.tokens
    if "[!" not in state.src or not any(token.type == "blockquote_open" for token in tokens):
        return
    closings = dict(_quote_spans(tokens))
    made: list[Token] = []
    for index, token in enumerate(tokens):
        made.append(token)
        if token.type == "blockquote_open" and (head := _head_of(tokens, index)):
            made += _make_callout(tokens[index : index + 4], tokens[closings[index]], head)
    state.tokens[:] = [token for token in made if "taken" not in token.meta]


def _quote_spans(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """The index of each quote's opening with that of its closing."""
    open_: list[int] = []
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            open_.append(index)
        elif token.type == "blockquote_close":
            yield open_.pop(), index


def _head_of(tokens: list[Token], index: int) -> re.Match[str] | None:
    """The match of `[!type]`, when the quote begins with it."""
    first = tokens[index + 1 : index + 3]
    if [token.type for token in first] != ["paragraph_open", "inline"]:
        return None
    return _HEAD.match(first[1].content)


def _make_callout(opening: list[Token], closing: Token, head: re.Match[str]) -> list[Token]:
    """Makes a callout of the quote; gives the tokens of its title, which come right after its opening.

    Args:
        opening: the quote's first four tokens; the last three are its first paragraph.
    """
    quote, _, text, _ = opening
    name = head["type"].strip().lower()
    tag, title_tag = ("details", "summary") if head["fold"] else ("div", "p")
    quote.tag = closing.tag = tag
    # Its id, if a line after it gave it one, stays.
    quote.attrs = {**quote.attrs, "class": callout_class(name), "data-callout": name}
    if head["fold"] == "+":
        quote.attrs["open"] = ""
    title_lines = text.map
    text.content = text.content[head.end() :]
    if not text.content.strip():
        for token in opening[1:]:
            token.meta["taken"] = True
    elif text.map:
        text.map = [text.map[0] + 1, text.map[1]]
    return callout_title(head["title"].strip(), name, title_tag, title_lines)


def callout_title(words: str, name: str, tag: str, map: list[int] | None) -> list[Token]:
    """The tokens of a callout's title; without words of its own it is the kind's name, which nobody wrote.

    Args:
        map: the lines of the title.
    """
    title = Token("inline", "", 0, content=words or _kind_title(name), children=[], map=map)
    title.meta["unwritten"] = not words
    return [
        Token("callout_title_open", tag, 1, attrs={"class": "callout-title"}, block=True),
        title,
        Token("callout_title_close", tag, -1, block=True),
    ]


def is_callout(name: str) -> bool:
    """Whether there is a kind of callouts of that name."""
    return name in CALLOUT_KINDS


def callout_class(name: str) -> str:
    """The classes of a callout of that type."""
    return f"callout {CALLOUT_KINDS.get(name, 'note')}"


def _kind_title(name: str) -> str:
    return name.replace("-", " ").capitalize()
