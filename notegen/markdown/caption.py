"""Captions as Pandoc has them: `: A tide table` or `Table: A tide table` at a table, and a picture alone, by its words.

A table's stands under it, right below or after a blank line; one that says `Table:` may stand above. A picture alone in
a paragraph is a figure with a caption where the notes are Quarto's, or its id says so, `{#fig-bay}`: elsewhere its
words are only read out.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.regex import regex

_UNDER = regex(r"(?:[Tt]able)?:[ \t]+(?=\S)")
_OVER = regex(r"[Tt]able:[ \t]+(?=\S)")
_OF_FIGURES = ("fig-", "fig:")
"""Quarto's, and that of pandoc-crossref."""


def read_captions(state: StateCore) -> None:
    """A core rule, after the inline text: puts captions into their tables, and makes figures of pictures."""
    tokens = state.tokens
    lines = state.env.get("text", state.src).split(
        "\n"
    )  # as numbered: `removed_line` has taken some out of `src`
    taken: set[int] = set()
    captions: dict[int, list[Token]] = {}
    for start, end in _tables(tokens):
        for first, last, pattern in (
            (_line_below(tokens, end, lines), end - 1, _UNDER),
            (end + 1, end + 4, _UNDER),
            (start - 3, start, _OVER),
        ):
            words = None if first < 0 or first in taken else _caption_in(tokens[first:last], pattern)
            if words:
                taken.update(range(first, last))
                captions[start] = _caption(words, "caption", tokens[start].level + 1)
                if id := tokens[first].meta.get("explicit_id"):
                    tokens[start].meta.setdefault("explicit_id", id)
                break
    if captions:
        kept = (index for index in range(len(tokens)) if index not in taken)
        tokens[:] = [part for index in kept for part in (tokens[index], *captions.get(index, ()))]
    if "![" in state.src and any(map(_is_picture, tokens)):
        tokens[:] = _with_figures(tokens, all_=bool(state.env.get("figures")))


def _tables(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where each begins and ends; none lies within another."""
    start = 0
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            start = index
        elif token.type == "table_close":
            yield start, index


def _line_below(tokens: Sequence[Token], end: int, lines: Sequence[str]) -> int:
    """Where the last row of a table begins, if it is a line without bars, which one right below is; -1 for none."""
    index = end - 1
    if tokens[index].type != "tbody_close":
        return -1
    while tokens[index].type != "tr_open":
        index -= 1
    map_ = tokens[index].map
    return index if map_ and "|" not in lines[map_[0]] else -1


def _caption_in(block: Sequence[Token], pattern: re.Pattern[str]) -> Token | None:
    """The words of a paragraph or row that is a caption, without what says so."""
    said = [token for token in block if token.type == "inline" and token.content]
    if block[:1] and block[0].type not in ("paragraph_open", "tr_open"):
        return None
    match = pattern.match(said[0].content) if len(said) == 1 else None
    children = said[0].children if match else None
    if match is None or not children or not children[0].content.startswith(match[0]):
        return None
    children[0].content = children[0].content[match.end() :]
    said[0].content = said[0].content[match.end() :]
    return said[0]


def _is_picture(token: Token) -> bool:
    """Whether a text is a picture with words and nothing else, but for its id."""
    children = token.children or []
    kinds = [child.type for child in children]
    return kinds[:1] == ["image"] and kinds[1:] in ([], ["place"]) and bool(children[0].content.strip())


def _with_figures(tokens: Sequence[Token], *, all_: bool) -> list[Token]:
    done: list[Token] = []
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.type != "paragraph_open" or before.hidden or not _is_picture(token):
            continue
        children = token.children or []
        if all_ or any(str(child.meta.get("id", "")).startswith(_OF_FIGURES) for child in children):
            before.tag = after.tag = "figure"
            words = Token("inline", "", 0, content=children[0].content, map=token.map)
            words.children = children[0].children
            words.meta["unwritten"] = True  # they are counted as the picture's
            token.meta["caption"] = _caption(words, "figcaption", token.level)
    for token in tokens:
        done += (token, *token.meta.pop("caption", ()))
    return done


def _caption(words: Token, tag: str, level: int) -> list[Token]:
    closing = Token(f"{tag}_close", tag, -1, level=level, block=True)
    return [Token(f"{tag}_open", tag, 1, level=level), words, closing]
