"""LaTeX to MathML: latex2mathml's tree, put right where browsers, which read MathML Core, would draw something else.

The tree is written out here and not by latex2mathml, which leaves `<` and `&` as they are: a formula's text must not
become a page's HTML.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

from notegen.markdown.latex import LEFT_BRACE, RIGHT_BRACE, plain_latex
from notegen.regex import regex

_GREEK_CAPITALS = dict(
    zip(
        "Alpha Beta Epsilon Zeta Eta Iota Kappa Mu Nu Omicron Rho Tau Chi".split(),
        "ABEZHIKMNOPTX",
        strict=True,
    )
)
_SETS = {
    "R": "R",
    "reals": "R",
    "Reals": "R",
    "N": "N",
    "natnums": "N",
    "Z": "Z",
    "Q": "Q",
    "C": "C",
    "Complex": "C",
}
_COMMANDS = {
    "arg": r"\operatorname{arg}",
    **{name: rf"\mathrm{{{letter}}}" for name, letter in _GREEK_CAPITALS.items()},
    **{name: rf"\mathbb{{{letter}}}" for name, letter in _SETS.items()},
}
"""What note tools know and latex2mathml does not."""

_SPELLINGS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (regex(r"(?<!\\)((?:\\\\)*)\\(?=\n)"), r"\1 "),
    (regex(r"\\(?:label|require)\{[^{}]*\}"), ""),
    (regex(r"\\(begin|end)\{(?:fl)?align(?:ed|at|edat)?\*?\}(?:\{\d+\})?"), r"\\\1{align*}"),
    (regex(r"\\(begin|end)\{(?:gather(?:ed)?|multline)\*?\}"), r"\\\1{matrix}"),
    (regex(r"\\begin\{eqnarray\*?\}"), r"\\begin{array}{rcl}"),
    (regex(r"\\end\{eqnarray\*?\}"), r"\\end{array}"),
    (regex(r"\\begin\{rcases\}"), r"\\left.\\begin{matrix}"),
    (regex(r"\\end\{rcases\}"), r"\\end{matrix}\\right\\}"),
    (regex(rf"\\({'|'.join(_COMMANDS)})(?![a-zA-Z])"), lambda match: _COMMANDS[match[1]]),
    (regex(r"\\(text\w*|mbox)\{([^{}$]*)\$([^{}$]*)\$([^{}$]*)\}"), r"\\\1{\2}\3\\\1{\4}"),
)

# The attributes that MathML Core knows and that cannot load or run anything.
_MATHML_ATTRIBUTES = frozenset(
    "accent accentunder columnspan depth display displaystyle fence form height largeop linethickness lspace mathcolor"
    " mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel separator stretchy symmetric voffset"
    " width".split()
)
_VALUE = regex(r"[#\w.%+-]*")
_LIMITS = frozenset("argmax argmin det gcd inf lim liminf limsup max min Pr sup".split())
_PARTS = {"msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_BELOW = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_BARS = ("|", "\N{DOUBLE VERTICAL LINE}")
_CELL = regex(r'<mtd style="')
_ESCAPED = regex(r"\\([#$%&_{}\s\xa0])")


def mathml(latex: str, *, display: bool) -> str | None:
    """The formula as a `<math>` element; None for what latex2mathml does not know or cannot read; total."""
    tree = formula_tree(latex, display=display)
    if tree is not None and any(element.get("linebreak") for element in tree.iter("mspace")):
        # No browser breaks a formula's line; rows of a table are lines.
        tree = formula_tree(rf"\begin{{matrix}}{latex}\end{{matrix}}", display=display)
    if tree is None or not is_known(tree):
        return None
    try:
        return _element_html(tree)
    except RecursionError:
        return None


@lru_cache(maxsize=512)
def formula_tree(latex: str, *, display: bool) -> Element | None:
    """The formula as a tree of MathML, not to be changed; None for what latex2mathml cannot read; total.

    It is remembered while its note is read, since its words are wanted beside its drawing.
    """
    return _tree(_as_converter_knows(latex), display)


def _as_converter_knows(latex: str) -> str:
    latex = plain_latex(latex)
    if "\\" not in latex:  # each of the spellings has a command
        return latex
    for spelling, plain in _SPELLINGS:
        latex = spelling.sub(plain, latex)
    return latex


@lru_cache(maxsize=64)  # a formula is drawn, and then read for its words
def _tree(latex: str, display: bool) -> Element | None:
    from latex2mathml.converter import (
        convert_to_element,
    )  # at first use: 25 ms, and most notes hold no formula

    try:
        return convert_to_element(latex, display="block" if display else "inline")
    except Exception:  # it raises many kinds, its own and not
        return None


def is_known(tree: Element) -> bool:
    """Whether no command and no `&` is left that latex2mathml took for a letter."""
    return not any(
        element.tag != "mtext"
        and element.text
        and ((element.text[0] == "\\" and len(element.text) > 1) or element.text == "&")
        for element in tree.iter()
    )


@lru_cache(maxsize=1024)
def without_entities(text: str) -> str:
    """What an element or an attribute says: latex2mathml writes most of the same few signs by their numbers."""
    return unescape(text)


def _element_html(element: Element, *, beside_table: bool = False) -> str:
    """The element as HTML, everything in it escaped."""
    holds_table = any(child.tag == "mtable" for child in element)
    children = [_element_html(child, beside_table=holds_table) for child in element]
    tag = element.tag
    if (
        tag in _PARTS and len(children) > _PARTS[tag]
    ):  # `\begin{bmatrix}…\end{bmatrix}_B`: what is before is one
        last = len(children) - _PARTS[tag] + 1
        children[:last] = [f"<mrow>{''.join(children[:last])}</mrow>"]
    attributes = {name: without_entities(value) for name, value in element.items()}
    if tag in _BELOW and len(element) and (element[0].text or "").strip() in _LIMITS:
        tag = _BELOW[tag]
        children[0] = children[0].replace("<mo>", '<mo movablelimits="true">', 1)
    if element.tag == "mtable" and attributes.get("columnspacing", "").startswith("0em"):
        children = [_closed_up(child) for child in children]
    shown = "".join(
        f' {name}="{escape(value)}"'
        for name, value in attributes.items()
        if name in _MATHML_ATTRIBUTES and _VALUE.fullmatch(value)
    )
    if tag == "mtd" and (side := attributes.get("columnalign")) in ("left", "right"):
        shown += f' style="text-align:{side}"'
    text = without_entities(element.text or "").replace(LEFT_BRACE, "{").replace(RIGHT_BRACE, "}")
    if tag == "mo" and text in _BARS and "stretchy" not in attributes and not beside_table:
        shown += (
            ' stretchy="false"'  # `\\lVert x \\rVert^2`: a script's base would not grow with what it closes
        )
    if tag == "mtext":
        text = _ESCAPED.sub(r"\1", text)
    return f"<{tag}{shown}>{escape(text, quote=False)}{''.join(children)}</{tag}>"


def _closed_up(row: str) -> str:
    """A row of aligned columns: no room within a pair, and some before the next."""
    pieces = _CELL.split(row)
    rooms = (
        "padding-inline:2em 0;" if n and n % 2 == 0 else "padding-inline:0;" for n in range(len(pieces) - 1)
    )
    return pieces[0] + "".join(
        f'<mtd style="{room}{piece}' for room, piece in zip(rooms, pieces[1:], strict=True)
    )
