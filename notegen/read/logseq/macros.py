"""A graph's own macros: `{{poem red, blue}}` becomes what config.edn says a poem is."""

import re
from collections.abc import Iterator, Mapping

from notegen.read.code_spans import outside_code, without_code
from notegen.read.logseq.blocks import Block
from notegen.regex import regex

# A macro ends at the last two of its closing braces; its text may hold single ones.
MACRO = regex(r"\{\{(?P<name>[a-zA-Z][\w-]*)(?P<text>(?:[ \t:(](?:(?!\{\{).)*?)?)\}\}(?!\})")

BUILT_IN = frozenset(
    "embed cloze query renderer cards function namespace youtube vimeo bilibili tweet twitter video img "
    "youtube-timestamp zotero-imported-file zotero-linked-file".split()
)
"""What Logseq itself means by a macro, whatever the graph says."""

_COMMA = regex(r"[,，](?![^\[\]]*\]\])")
_MAX_EXPANSION = 20_000
"""Letters that the macros of one line may come to: two that each hold the other twice would fill the disk."""


def expand_line(text: str, macros: Mapping[str, str]) -> str:
    """The line with the text of the graph's own macros in their place."""
    return outside_code(text, lambda words: _expand(words, macros)) if macros and "{{" in text else text


def expand_macros(block: Block, macros: Mapping[str, str]) -> None:
    """Puts the text of the graph's own macros in their place, and of those within it; no line is added."""
    for index, text in enumerate(block.texts):
        if text and block.is_text(index):
            block.texts[index] = expand_line(text, macros)


def unknown_macros(block: Block, macros: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The macros that neither Logseq nor the graph knows: the line in the block, counted from 0, and the name."""
    for index, text in enumerate(block.texts):
        if text and "{{" in text and block.is_text(index):
            for _, words in without_code(text):
                names = (macro["name"] for macro in MACRO.finditer(words))
                yield from (
                    (index, name) for name in names if name.lower() not in BUILT_IN and name not in macros
                )


def _expand(text: str, macros: Mapping[str, str]) -> str:
    """The text with its macros filled, inner ones first; one that never comes to an end stays as it is written."""
    expansion = _Expansion(macros)
    before = ""
    while text != before:
        before, text = text, MACRO.sub(expansion.fill, text)
    return text


class _EndlessError(Exception):
    pass


class _Expansion:
    """Fills the macros of one line."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        self._macros = macros
        self._room = _MAX_EXPANSION

    def fill(self, macro: re.Match[str]) -> str:
        try:
            return self._whole(macro, ())
        except _EndlessError:
            return macro[0]

    def _whole(self, macro: re.Match[str], above: tuple[str, ...]) -> str:
        """The macro's text with the macros in it. Args: above: the macros that this one stands in the text of."""
        name = macro["name"]
        if name not in self._macros or name.lower() in BUILT_IN:
            return macro[0]
        text = _fill_arguments(self._macros[name], macro["text"])
        self._room -= len(text)
        if name in above or self._room < 0:
            raise _EndlessError
        return MACRO.sub(lambda inner: self._whole(inner, (*above, name)), text)


def _fill_arguments(content: str, given: str) -> str:
    """The macro's text with what a use gives for `$1`, `$2`, …; a number that nothing is given for stays.

    Logseq reads a `[[page, with a comma]]` as one thing. A line's end is Hiccup's white space, else a break.
    """
    given = given[1:-1] if given[:1] == "(" and given[-1:] == ")" else given.strip()
    arguments = [argument.strip() for argument in _COMMA.split(given)] if given else []
    filled = re.sub(
        r"\$([1-9]\d?)", lambda m: arguments[int(m[1]) - 1] if int(m[1]) <= len(arguments) else m[0], content
    )
    return re.sub(r"\s*\n\s*", " " if filled.lstrip().startswith("[:") else "<br>", filled.strip())
