"""`$formulas$` and `$$displays$$` as MathML, which browsers draw themselves: no script, no fonts, no request."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from threading import Thread, stack_size
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from math_core import LatexError, LatexToMathML
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

HOLE = "notegen-formula:"
"""`<img src="notegen-formula:3">` holds the place of `env["formulas"][3]` until raw HTML has been sanitised."""

_DISPLAY = {"math_inline": False, "math_inline_double": True, "math_block": True, "math_block_label": True}
_HOLE = re.compile(rf'<img src="{HOLE}(\d+)"[^>]*>')
_after_digit = math_inline_dollar(allow_space=False, allow_digits=True)

_CONVERTER = LatexToMathML(
    fancy_error=False,
    allow_unreliable_rendering=True,  # only \widetilde and its like, whose tilde may stay narrow
    macros={
        "dotsb": r"\cdots",
        "dotsc": r"\ldots",
        "dotsi": r"\cdots",
        "dotsm": r"\cdots",
        "dotso": r"\ldots",
        "mbox": r"\text{#1}",
        "pmb": r"\boldsymbol{#1}",
        "smallsetminus": r"\setminus",
        "substack": r"\begin{subarray}{c}#1\end{subarray}",
    },
)
# What note tools' own drawing programs read and math-core does not; none of them numbers equations in a note.
_SPELLINGS = (
    (re.compile(r"\\(begin|end)\{(equation|align|gather|multline)\}"), r"\\\1{\2*}"),
    (re.compile(r"\\(begin|end)\{(?:split|(?:fl)?align(?:ed)?\*(?=\}.*\\tag))\}", re.DOTALL), r"\\\1{aligned}"),
    (re.compile(r"\\begin\{(?:alignat\*?|alignedat)\}\{\d+\}"), r"\\begin{aligned}"),
    (re.compile(r"\\begin\{flalign\*?\}"), r"\\begin{aligned}"),
    (re.compile(r"\\end\{(?:alignat\*?|alignedat|flalign\*?)\}"), r"\\end{aligned}"),
    (re.compile(r"\\begin\{eqnarray\*?\}"), r"\\begin{array}{rcl}"),
    (re.compile(r"\\end\{eqnarray\*?\}"), r"\\end{array}"),
    (re.compile(r"\\(begin|end)\{smallmatrix\}"), r"\\\1{matrix}"),
    (re.compile(r"\\label\{[^{}]*\}"), ""),
    (re.compile(r"\\tag\*?\{([^{}]*)\}"), r"\\qquad\\text{(\1)}"),
    (re.compile(r"\\operatorname\{(?=[^{}]*[^a-zA-Z{}])([^{}]*)\}"), r"\\mathop{\\mathrm{\1}}"),
    (re.compile(r"\\\\\\\n"), "\\\\\\\\\n"),
)
_FORMULA_IN_TEXT = re.compile(r"\\(text\w*|mbox)\{([^{}$]*)\$([^{}$]*)\$")
_DEFINES = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let)\b")
_LONGEST = 20_000
_NESTING = re.compile(r"[{(\[]|\\[a-zA-Z]+")
_SAFE_NESTING = 100
_DEEP_STACK = 256 << 20


def formula_rule(md: MarkdownIt) -> None:
    """Reads formulas as mdit-py-plugins' dollarmath does, and draws them.

    A formula may not touch a digit, so that prices stay prices, unless it begins with a command: `10$\\mu s$`.
    """
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    md.inline.ruler.before("math_inline", "math_after_digit", _unit)
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


def _unit(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    if not src.startswith("$\\", pos) or not pos or not src[pos - 1].isdigit() or src.startswith("$\\$", pos):
        return False
    return _after_digit(state, silent)


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
    """MathML, or None for what math-core cannot read: it refuses what it does not know rather than draw it wrong."""
    # A definition could nest what it stands for deeper than the formula is long.
    if not latex or len(latex) > _LONGEST or _DEFINES.search(latex):
        return None
    for spelling, plain in _SPELLINGS:
        latex = spelling.sub(plain, latex)
    while _FORMULA_IN_TEXT.search(latex):
        latex = _FORMULA_IN_TEXT.sub(r"\\text{\2}\3\\\1{", latex)
    if sum(1 for _ in _NESTING.finditer(latex)) <= _SAFE_NESTING:
        return _convert(latex, display)
    return _convert_deep(latex, display)


def _convert(latex: str, display: bool) -> str | None:
    try:
        return _CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError:
        return None


def _convert_deep(latex: str, display: bool) -> str | None:
    """The same with room for the deepest nesting that a formula of the longest length can have.

    math-core is recursive: 3 kB of stack a level, measured, so that a few hundred levels end a process whose stack is
    1 MB, as on Windows.
    """
    drawn: list[str | None] = [None]

    def run() -> None:
        drawn[0] = _convert(latex, display)

    usual = stack_size(_DEEP_STACK)
    try:
        thread = Thread(target=run)
        thread.start()
    finally:
        stack_size(usual)
    thread.join()
    return drawn[0]
