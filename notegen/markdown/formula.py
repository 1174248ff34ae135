"""`$formulas$` and `$$displays$$` as MathML, which browsers draw themselves: no script, no fonts, no request.

mdit-py-plugins' dollarmath reads them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from notegen.markdown.mathml import mathml

HOLE = "notegen-formula:"
"""`<img src="notegen-formula:3">` holds the place of `env["formulas"][3]` until raw HTML has been sanitised."""

_DISPLAY = {"math_inline": False, "math_inline_double": True, "math_block": True, "math_block_label": True}
_MAX_FORMULA_LENGTH = 20_000
_HOLE = re.compile(rf'<img src="{HOLE}(\d+)"[^>]*>')
_after_digit = math_inline_dollar(allow_space=False, allow_digits=True)


def is_formula(token: Token) -> bool:
    """Whether dollarmath made the token."""
    return token.type in _DISPLAY


def is_valid(formula: Token) -> bool:
    """Whether the formula can be drawn."""
    return _drawn(formula.content.strip(), _DISPLAY[formula.type]) is not None


def fill_formulas(html: str, formulas: Sequence[str]) -> str:
    """The HTML with each formula in its place."""
    return _HOLE.sub(lambda match: formulas[int(match[1])], html) if formulas else html


def read_formula_after_digit(state: StateInline, silent: bool) -> bool:
    r"""Reads a formula right after a digit, where it begins with a command: `10$\mu s$`; prices stay prices."""
    src, pos = state.src, state.pos
    if not (pos and src[pos - 1].isdigit() and re.compile(r"\$\\[a-zA-Z]").match(src, pos)):
        return False
    return _after_digit(state, silent)


def render_formula(self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The place of a formula, which is drawn into `env["formulas"]`."""
    token = tokens[idx]
    latex, display = token.content.strip(), _DISPLAY[token.type]
    drawn = _drawn(latex, display)
    if drawn is None:
        drawn = f'<code class="formula invalid">{escape(latex)}</code>'
    env.setdefault("formulas", []).append(f'<span class="display">{drawn}</span>' if display else drawn)
    hole = f'<img src="{HOLE}{len(env["formulas"]) - 1}">'
    return hole if token.type.startswith("math_inline") else f"<p>{hole}</p>\n"


@lru_cache(maxsize=4096)
def _drawn(latex: str, display: bool) -> str | None:
    return mathml(latex, display=display) if latex and len(latex) <= _MAX_FORMULA_LENGTH else None
