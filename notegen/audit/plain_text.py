"""Renders a public note in the ways in which a page may show it: without its marks, words joined or apart."""

import re
from collections.abc import Iterator

from notegen.audit.readings import plain
from notegen.markdown.formula_words import latex_text
from notegen.regex import regex

_WIKI = regex(r"!?\[\[([^\[\]|]*?)(?:\\?\|([^\[\]]*))?\]\]")
_LINK = regex(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]]*\]|\{[^{}]*\})"
)
_HTML = regex(r"<[^<>]*>")
_FOOTNOTE = regex(r"\[\^[^\[\]]+\]|\^\[|(?<=\s)\^[\w-]+$", re.MULTILINE)
_FORMULA = regex(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)
_MARKS = regex(
    r"[*_~=`^\\\[\]{}]|\$\$?|^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?:\[.\][ \t]+)?|^[ \t>|]+", re.MULTILINE
)
_MACRO = regex(r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}", re.DOTALL)


def renditions(text: str) -> Iterator[str]:
    """The text with escapes undone, with links as their words, and without marks, joined and apart; formulas read.

    A formula is read by the code that the build has for it: that makes words of its source alone, as a drawing does.
    """
    unescaped = plain(text)
    yield unescaped
    worded = _with_links_as_words(unescaped)
    yield worded
    yield _LINK.sub(r"\1", _WIKI.sub(r"\1", unescaped))  # Dendron has a link's words first
    if "$" in text:  # before escapes are undone: `\bar` has none
        yield _FORMULA.sub(_formula_read, _with_links_as_words(text))
    bare = _MACRO.sub("", _FOOTNOTE.sub("", worded))
    yield _MARKS.sub("", _HTML.sub("", bare))
    yield _MARKS.sub("", _HTML.sub(" ", bare))
    yield _MARKS.sub(" ", bare)
    yield re.sub(r"[*_~=`^\\\[\]{}]", "", text)


def _with_links_as_words(text: str) -> str:
    return _LINK.sub(r"\1", _WIKI.sub(lambda link: link[2] if link[2] is not None else link[1], text))


def _formula_read(found: re.Match[str]) -> str:
    return latex_text((found[1] or found[2]).strip(), display=found[1] is not None)
