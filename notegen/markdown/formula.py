"""`$formulas$` and `$$displays$$` as MathML, which browsers draw themselves: no script, no fonts, no request."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

HOLE = "notegen-formula:"
"""`<img src="notegen-formula:3">` holds the place of `env["formulas"][3]` until raw HTML has been sanitised."""

_DISPLAY = {"math_inline": False, "math_inline_double": True, "math_block": True, "math_block_label": True}
_HOLE = re.compile(rf'<img src="{HOLE}(\d+)"[^>]*>')


def formula_rule(md: MarkdownIt) -> None:
    """Draws the tokens of mdit-py-plugins' dollarmath."""
    for kind in _DISPLAY:
        md.add_render_rule(kind, _render)


def is_formula(token: Token) -> bool:
    """Whether dollarmath made the token."""
    return token.type in _DISPLAY


def is_valid(formula: Token) -> bool:
    """Whether the formula can be drawn."""
    return _mathml(formula.content.strip(), _DISPLAY[formula.type]) is not None


def fill_formulas(html: str, formulas: Sequence[str]) -> str:
    """The HTML with each formula in its place."""
    return _HOLE.sub(lambda match: formulas[int(match[1])], html) if formulas else html


def _render(self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    token = tokens[idx]
    latex, display = token.content.strip(), _DISPLAY[token.type]
    drawn = _mathml(latex, display)
    if drawn is None:
        drawn = f'<code class="formula invalid">{escape(latex)}</code>'
    env.setdefault("formulas", []).append(f'<span class="display">{drawn}</span>' if display else drawn)
    hole = f'<img src="{HOLE}{len(env["formulas"]) - 1}">'
    return hole if token.type.startswith("math_inline") else f"<p>{hole}</p>\n"


@lru_cache(maxsize=4096)
def _mathml(latex: str, display: bool) -> str | None:
    """MathML, or None for what latex2mathml cannot read; it raises many kinds of exception, its own and not."""
    if not latex or len(latex) > 20_000:
        return None
    try:
        return convert(latex, display="block" if display else "inline")
    except Exception:
        return None
