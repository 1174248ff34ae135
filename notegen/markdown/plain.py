"""The words of inline tokens, as a reader sees them."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from markdown_it.token import Token

from notegen.markdown.formula import FORMULAS, is_formula
from notegen.markdown.formula_words import formula_text
from notegen.regex import regex

WITH_SOURCE = FORMULAS | {"emoji"}
"""Kinds of tokens that are written in other words than they are read in."""
LITERAL = FORMULAS | {"code_inline"}
"""Kinds that stand in a text as they are written."""
_PLAIN = frozenset({"text", "code_inline", "text_special", "emoji"})
_WORD = regex(r"\S+")
_PARTING = regex(
    r"</?(?:br|hr|p|div|center|blockquote|pre|h[1-6]|[uod]l|li|d[td]|table|caption|t[rdh]|details|summary|figcaption)\b",
    re.IGNORECASE,
)
"""Tags between which words are not one."""
# Obsidian's `![words|640x480](a.png)` and `![640](a.png)`: how large the picture is, which nobody says aloud.
_SIZES = regex(r"(?:\A|\|)\s*\d{1,5}(?:x\d{1,5})?\s*(?=\Z|\|)")


def plain_text(tokens: Sequence[Token] | None) -> str:
    """Text without marks: link texts, code, tags with their `#`, formulas in Unicode, images by their caption."""
    return "".join(map(plain_piece, tokens or ()))


def source_text(tokens: Sequence[Token] | None) -> str:
    """The same with formulas and codes of emoji as written, which names, addresses and vectors are made of."""
    return "".join(map(_source_piece, tokens or ()))


def literal_spans(tokens: Sequence[Token] | None) -> tuple[tuple[int, int], ...]:
    """Where in the text of the tokens, one space between words, code and formulas stand."""
    pieces = [*map(plain_piece, tokens or ())]
    ends = [*accumulate(map(len, pieces))]
    spans = [
        (end - len(piece), end)
        for token, piece, end in zip(tokens or (), pieces, ends, strict=True)
        if token.type in LITERAL
    ]
    return tuple(_without_wide_spaces("".join(pieces), spans)) if spans else ()


def _without_wide_spaces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans as they are when words are one space apart, each word by itself."""
    if " ".join(text.split()) == text:  # as most texts are
        for start, end in spans:
            yield from (word.span() for word in _WORD.finditer(text, start, end))
        return
    position = first = 0
    for word in _WORD.finditer(text):
        while first < len(spans) and spans[first][1] <= word.start():
            first += 1
        number = first
        while number < len(spans) and spans[number][0] < word.end():
            low, high = max(spans[number][0], word.start()), min(spans[number][1], word.end())
            yield position + low - word.start(), position + high - word.start()
            number += 1
        position += len(word[0]) + 1


def plain_piece(token: Token) -> str:
    """The words of one inline token."""
    if token.type in _PLAIN:
        return token.content
    if token.type in ("softbreak", "hardbreak") or (
        token.type == "html_inline" and _PARTING.match(token.content)
    ):
        return " "
    if token.type == "wiki_link":
        text: str = token.meta["text"]
        return text if token.meta["kind"] == "wiki" else ""
    if token.type == "tag":
        return f"#{token.content}"
    if token.type == "image":
        return _SIZES.sub("", plain_text(token.children))
    return formula_text(token) if is_formula(token) else ""


def _source_piece(token: Token) -> str:
    if token.type == "image":
        return _SIZES.sub("", source_text(token.children))
    if token.type == "emoji":
        return token.markup
    return token.content if is_formula(token) else plain_piece(token)
