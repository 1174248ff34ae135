"""Abbreviations, as kramdown, Markdown Extra, MkDocs and Pandoc have them: `*[HTML]: Hyper Text Markup Language`.

Such a line shows nothing itself, wherever it stands: what it stands for is said of each `HTML` that the note writes as
a word of its own, but for code, formulas, bare addresses and what wiki-links show.
"""

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.regex import regex

_DEFINITION = regex(r" {0,3}\*\[(?P<short>[^\[\]\n]{1,100})\]:(?P<meaning>[^\n]*)")
_KEY = "abbreviations"


def is_definition(line: str) -> bool:
    """Whether a line of a paragraph says what an abbreviation stands for."""
    return _DEFINITION.fullmatch(line) is not None


def define(env: MutableMapping[str, Any], line: str) -> None:
    """Remember the definition that a line is; of two for one abbreviation the last counts, as in kramdown."""
    match = _DEFINITION.fullmatch(line)
    if match and (short := match["short"].strip()) and (meaning := match["meaning"].strip()):
        env.setdefault(_KEY, {})[short] = meaning


def mark_abbreviations(state: StateCore) -> None:
    """A core rule, after the inline text: puts `abbr` around each abbreviation that the note defines."""
    known: Mapping[str, str] = state.env.get(_KEY, {})
    if not known:
        return
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for token in state.tokens:
        if token.type == "inline" and token.children and pattern.search(token.content):
            token.children = [*_marked(token.children, pattern, known)]


def _marked(children: Sequence[Token], pattern: re.Pattern[str], known: Mapping[str, str]) -> Iterator[Token]:
    for before, token in pairwise((None, *children)):
        is_address = before is not None and before.type == "link_open" and before.info == "auto"
        if token is not None and (token.type != "text" or is_address):
            yield token
        elif token is not None:
            yield from _parts(token, pattern, known)


def _parts(token: Token, pattern: re.Pattern[str], known: Mapping[str, str]) -> Iterator[Token]:
    end = 0
    for match in pattern.finditer(token.content):
        if end < match.start():
            yield token.copy(content=token.content[end : match.start()])
        yield Token("abbr_open", "abbr", 1, {"title": known[match[0]]}, level=token.level)
        yield token.copy(content=match[0], level=token.level + 1)
        yield Token("abbr_close", "abbr", -1, level=token.level)
        end = match.end()
    if end < len(token.content):
        yield token.copy(content=token.content[end:])
