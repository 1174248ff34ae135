r"""A formula as TeX again, from the MathML that its page draws: `x^{2}`, `\frac{a}{b}`.

The source is not kept beside the drawing, and need not be: signs that TeX has commands for are what Unicode has for
them, which today's TeX and KaTeX read as well.
"""

from notegen.text.html_tree import HtmlElement

_SCRIPTS = {"msub": ("_",), "msup": ("^",), "msubsup": ("_", "^"), "munderover": ("_", "^")}
_ACCENTS = {"^": "hat", "ˆ": "hat", "~": "tilde", "¯": "bar", "‾": "bar", "→": "vec", "˙": "dot", "¨": "ddot"}
_SIGNS = {
    "\u2061": "",
    "\u2062": "",
    "\u2063": "",
    "\u200b": "",
    "\u2212": "-",
    "\u00a0": " ",
    "&": r"\&",
    "%": r"\%",
}
_LARGE = frozenset("∑∏∫∮⋃⋂⨁⨂")


def tex_of(element: HtmlElement | str) -> str:
    """The formula's source; what has no form of its own there is what it says."""
    if isinstance(element, str):
        return "".join(_SIGNS.get(sign, sign) for sign in element.strip())
    parts = [tex for child in element.children if (tex := tex_of(child))]
    name = element.name
    if name in _SCRIPTS:
        marks = _SCRIPTS[name]
        base, *scripts = [*map(tex_of, element.elements), *[""] * (len(marks) + 1)]
        return base + "".join(f"{mark}{{{tex}}}" for mark, tex in zip(marks, scripts, strict=False) if tex)
    if name in ("mover", "munder"):
        return _over_or_under(element)
    if name == "mfrac":
        above, below, *_ = [*map(tex_of, element.elements), "", ""]
        return rf"\frac{{{above}}}{{{below}}}"
    if name == "mroot":
        base, degree, *_ = [*map(tex_of, element.elements), "", ""]
        return rf"\sqrt[{degree}]{{{base}}}"
    if name == "mtext":
        return rf"\text{{{element.text}}}" if element.text.strip() else " "
    if name == "mtable":
        rows = " \\\\ ".join(" & ".join(map(tex_of, row.elements)) for row in element.elements)
        return rf"\begin{{matrix}} {rows} \end{{matrix}}"
    if name == "mspace":
        return " "
    if name == "mi" and len(element.text.strip()) > 1 and element.text.strip().isalpha():
        return rf"\operatorname{{{element.text.strip()}}}"
    inner = _joined(parts)
    return rf"\sqrt{{{inner}}}" if name == "msqrt" else inner


def _over_or_under(element: HtmlElement) -> str:
    base, other, *_ = [*map(tex_of, element.elements), "", ""]
    if element.name == "mover" and other in _ACCENTS:
        return rf"\{_ACCENTS[other]}{{{base}}}"
    if base in _LARGE or base.startswith(r"\operatorname"):
        return f"{base}{'^' if element.name == 'mover' else '_'}{{{other}}}"
    return rf"\{'overset' if element.name == 'mover' else 'underset'}{{{other}}}{{{base}}}"


def _joined(parts: list[str]) -> str:
    """One after another; a space where a command would run into a letter."""
    joined = ""
    for part in parts:
        is_command = joined.rpartition("\\")[2].isalpha() and "\\" in joined
        joined += f" {part}" if is_command and part[:1].isalpha() else part
    return joined
