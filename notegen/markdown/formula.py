"""`$formulas$` and `$$displays$$` as MathML, which browsers draw themselves: no script, no fonts, no request.

mdit-py-plugins' dollarmath reads them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_block_dollar, math_inline_dollar

from notegen.markdown.latex import DEFINITIONS, Macros
from notegen.markdown.mathml import mathml
from notegen.regex import regex
from notegen.text.html_tags import HtmlTag, replace_tags

_DISPLAY = {"math_inline": False, "math_inline_double": True, "math_block": True, "math_block_label": True}
FORMULAS = frozenset(_DISPLAY)
"""The kinds of tokens that dollarmath makes."""
_MAX_FORMULA_LENGTH = 20_000
_AFTER_DIGIT = regex(
    r"\$(?P<latex>(?:(?P<command>\\[^\s\d])|(?=[^\W\d]|[\^_{(\[]|'+\$))(?:[^$\\]|\\[^\n]){0,2000}?)(?<![ \t\n])"
    r"\$(?(command)|(?!\d))"
)
"""A command, or a letter or sign that a formula may begin with where a number is before it, up to the next dollar."""
_TWO_DOLLARS = regex(r"(?<!\\)\$\$")
_LABEL = regex(r"\s*(?:\([^)$]+\)\s*)?")
_TICKS = regex("`+")
_math_inline = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)
_math_block = math_block_dollar(allow_labels=True, allow_blank_lines=True)
_PRICE_AT_END = regex(r"(?:\A|[\s,;:(/+\u2013\u2014-])\d[\d.,]*\Z")


def is_formula(token: Token) -> bool:
    """Whether dollarmath made the token."""
    return token.type in _DISPLAY


def is_valid(formula: Token) -> bool:
    """Whether the formula can be drawn, if only as nothing."""
    return _draws_nothing(formula) or _drawn(latex_of(formula), _DISPLAY[formula.type]) is not None


def expand_formulas(tokens: Sequence[Token], text: str) -> None:
    """Gives each formula its macros, those of the formulas before it in the text too, as MathJax does."""
    if not any(definition in text for definition in DEFINITIONS):
        return
    macros = Macros()
    for block in tokens:
        for formula in filter(is_formula, (block, *(block.children or ()))):
            formula.meta["latex"] = macros.expand(formula.content.strip()).strip()


def latex_of(formula: Token) -> str:
    """The formula's source with its macros expanded; empty for one that only defines some.

    GitHub's `` $`x`$ `` has code around it, so that no mark within means anything else.
    """
    latex = str(formula.meta.get("latex", formula.content.strip()))
    return latex[1:-1].strip() if latex[:1] == latex[-1:] == "`" else latex


def is_display(formula: Token) -> bool:
    """Whether the formula is drawn large, on a line of its own."""
    return _DISPLAY[formula.type]


def _draws_nothing(formula: Token) -> bool:
    """Whether it only defines macros, or nobody has filled it yet."""
    return not latex_of(formula)


def fill_formulas(html: str, formulas: Sequence[str], scheme: str) -> str:
    """The HTML with each formula in its place.

    Args:
        scheme: what the note cannot write, of the addresses of its holes.
    """

    def fill(tag: HtmlTag) -> str | None:
        hole, _, number = tag.attributes.get("src", "").partition(":")
        return formulas[int(number)] if hole == f"{scheme}-formula" else None

    return replace_tags(html, fill, "img") if formulas else html


def read_formula(state: StateInline, silent: bool) -> bool:
    """The library's rule, but for dollars of which one is in code and the other is not: `$20 for `$HOME``.

    What stands before the first letter is the last one to the library, which then takes `$x$ is 5` for a price.
    """
    if not state.pos:
        written, state.src = state.src, f"{state.src} "
        found = _read_formula(state, silent)
        state.src = written
        return found
    return _read_formula(state, silent)


def _read_formula(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if _math_inline(state, True) and not _parts_code(state, start, state.pos):
        if not silent:
            state.pos = start
            _math_inline(state, False)
        return True
    state.pos = start
    return False


def _parts_code(state: StateInline, start: int, end: int) -> bool:
    """Whether a span of code begins between the two places and ends behind them."""
    while opening := _TICKS.search(state.src, start, end):
        closing = re.compile(rf"(?<!`){opening[0]}(?!`)").search(state.src, opening.end(), state.posMax)
        if closing and closing.end() > end:
            return True
        start = closing.end() if closing else opening.end()
    return False


def read_formula_after_digit(state: StateInline, silent: bool) -> bool:
    r"""Reads a formula right after a digit, `20$^\circ$C`, `3$x$`; prices stay prices: `5$, or 7$`."""
    src, pos = state.src, state.pos
    if src[pos] != "$" or not (pos and src[pos - 1].isdigit()):
        return False
    found = _AFTER_DIGIT.match(src, pos, state.posMax)
    if found is None or (not found["command"] and _PRICE_AT_END.search(found["latex"])):
        return False
    if _parts_code(state, pos, found.end()):
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = found["latex"], "$"
    state.pos = found.end()
    return True


def read_math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's rule; a formula with blank lines in it also ends the paragraph before it, a list item's words too.

    One without is read with the paragraph's text, in which it stands as it does on its own; so are several on a line,
    and one with words behind it.
    """
    if not silent:
        return _closes_at_line_end(state, start, end) and _math_block(state, start, end, False)
    if _line(state, start) != "$$" or _is_within_formula(state, start):
        return False
    indent, has_blank = min(state.sCount[start], state.blkIndent), False
    for number in range(start + 1, end):
        if state.isEmpty(number):
            has_blank = True
        elif state.sCount[number] < indent:
            return False
        elif _line(state, number).endswith("$$"):
            return has_blank
    return False


def _closes_at_line_end(state: StateBlock, start: int, end: int) -> bool:
    """Whether the first two dollars behind those that open a block end their line, perhaps before its label."""
    line = _line(state, start)
    if not line.startswith("$$"):
        return False
    line = line[2:]
    for number in range(start + 1, end + 1):
        if closing := _TWO_DOLLARS.search(line):
            return bool(_LABEL.fullmatch(line, closing.end()))
        line = _line(state, number) if number < end else ""
    return False


def _is_within_formula(state: StateBlock, line: int) -> bool:
    """Whether two dollars on a line close what the paragraph above them, which begins at `state.line`, has opened."""
    begin, end = state.bMarks[state.line], state.bMarks[line]
    # The lines of a paragraph are asked one after the other: each goes on from what the one before it has counted.
    src, known_begin, known_end, count = state.env.get("two_dollars", (None, -1, 0, 0))
    if src is not state.src or begin != known_begin or end < known_end:
        known_end, count = begin, 0
    count += state.src.count("$$", known_end, end)
    state.env["two_dollars"] = (state.src, begin, end, count)
    return bool(count % 2)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def take_fences_of_math(tokens: Sequence[Token]) -> None:
    """Makes a formula of each fence of the language `math`, as GitHub, GitLab and HackMD have them."""
    for token in tokens:
        if token.type == "fence" and token.info.strip().lower() == "math":
            token.type, token.tag, token.markup, token.info = "math_block", "math", "$$", ""


def put_formulas_in_line(tokens: Sequence[Token]) -> None:
    """Shows `$$x$$` within its line, as kramdown does, which has no other sign for that, unless it is a paragraph."""
    for before, token in pairwise(tokens):
        children = token.children or []
        if token.type == "inline" and (len(children) > 1 or before.type != "paragraph_open"):
            for child in children:
                if child.type == "math_inline_double":
                    child.type = "math_inline"


def render_formula(self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The formula, or in a note with raw HTML its place: it is put there when that has been sanitised.

    `<img src="SCHEME-formula:3">` is the place of `env["formulas"][3]`.
    """
    token = tokens[idx]
    if _draws_nothing(token):
        return ""
    latex, display = latex_of(token), _DISPLAY[token.type]
    drawn = _drawn(latex, display)
    if drawn is None:
        drawn = f'<code class="formula invalid">{escape(token.content.strip())}</code>'
    shown = f'<span class="display">{drawn}</span>' if display else drawn
    if "formulas" in env:
        env["formulas"].append(shown)
        shown = f'<img src="{env["scheme"]}-formula:{len(env["formulas"]) - 1}">'
    return shown if token.type.startswith("math_inline") else f"<p>{shown}</p>\n"


@lru_cache(maxsize=4096)
def _drawn(latex: str, display: bool) -> str | None:
    return mathml(latex, display=display) if latex and len(latex) <= _MAX_FORMULA_LENGTH else None
