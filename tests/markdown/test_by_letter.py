"""Asking rules by letter gives what asking all of them gives."""

from collections.abc import MutableMapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

from notegen.markdown import inline
from notegen.markdown import parser as rules
from notegen.markdown.parser import parser
from notegen.markdown.renderer import Renderer

PIECES = st.sampled_from(
    "a b w www.a.example https://a.example/x me@a.example : @ * ** _ ~~ == ` `` ``` ~~~ $ $$ \\ & &amp; # ## #tag [ ]"
    " [a] (b) ![ [[ ]] [[a|b]] {#id} {.c} {w} ^ ^[ [^1] [^1]: [a]: < > <b> </b> <a@b.c> <div> <div|markdown=1> <!-- -->"
    " {++ ++} {-- --} {~~ ~> ~~} {>> <<} {== _{a} ^{b} ^ [a](file:b)"
    " ++a++ ++ctrl+b++ + \\(x^2\\) \\[ \\] a^b^ c~d~ +--+ |a :material-a: [a[[b]]](c)"
    ' %% | |-| --- === *** - + 1. 1) !!!|note ???|note ===|"t" [!note] \u00a0 \u2003 \u3000 é 潮 😀 \t'.split(
        " "
    )
)
SPACES = st.sampled_from(["", " ", "\n", "\n\n", "\n    ", "\n> ", "\n- ", "\t", "\u00a0", "\n\u00a0"])


@given(st.lists(st.tuples(PIECES, SPACES), max_size=25), st.booleans())
def test_the_tokens_are_those_of_asking_every_rule(pieces: list[tuple[str, str]], for_sites: bool) -> None:
    """Whatever stands at the beginning of a line or within one, also behind spaces that are none to the parser."""
    text = _written(pieces)
    by_letter = _tokens(parser(for_sites=for_sites), text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(inline, "is_plain", lambda text: False)
        assert by_letter == _tokens(_asking_every_rule(for_sites), text)


@given(st.lists(st.tuples(PIECES, SPACES), max_size=25))
def test_the_html_is_the_librarys(pieces: list[tuple[str, str]]) -> None:
    """Of each token that is written as its tag, whatever stands before and behind it."""
    md = parser()
    tokens = md.parse(_written(pieces), {"text": "", "scheme": "notegen", "tool": "logseq"})
    library = RendererHTML()
    for line in (tokens, *(token.children or () for token in tokens)):
        for place in range(len(line)):
            ours = Renderer().renderToken(line, place, md.options, {})
            assert ours == library.renderToken(line, place, md.options, {})


def _written(pieces: list[tuple[str, str]]) -> str:
    return "".join(piece.replace("|", " ", 1) if len(piece) > 4 else piece + space for piece, space in pieces)


def _tokens(md: MarkdownIt, text: str) -> list[MutableMapping[str, object]]:
    return [
        token.as_dict() for token in md.parse(text, {"text": text, "scheme": "notegen", "tool": "logseq"})
    ]


@cache
def _asking_every_rule(for_sites: bool) -> MarkdownIt:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rules, "BlockRules", lambda ruler, letters: ruler)
        patched.setattr(rules, "InlineRules", lambda ruler, letters: ruler)
        patched.setitem(rules.INLINE_RULES, "text", None)  # it stops at each sign that some plugin looks at
        return parser.__wrapped__(for_sites=for_sites)
