"""A formula as a line of text, for where nothing else can be shown: `x²`, `a/b`, `α → β`, never its source."""

from collections.abc import Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, fromstring

from markdown_it.token import Token

from notegen.markdown.formula import is_display, latex_of
from notegen.markdown.latex import LEFT_BRACE, RIGHT_BRACE
from notegen.markdown.mathml import formula_tree, is_known, without_entities
from notegen.regex import regex

UNREADABLE = "…"
"""Stands for what no line can hold, or what cannot be read."""

_MAX_LENGTH = 60
_MAX_SOURCE = 20_000
_ENVIRONMENT = regex(r"\\(?:begin|end)\s*\{[^{}]*\}")
_COMMAND = regex(r"\\([a-zA-Z]+)")
_MARKS = regex(r"\\.?|[{}&~]")
_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW'′*∗⊤",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ′′**ᵀ",
)
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "¯": "\u0304",
    "→": "\u20d7",
    "―": "\u0305",
    "˙": "\u0307",
    "¨": "\u0308",
}
_APART = frozenset("=<>≤≥≠≈≡∼≃≅≜→←↔⇒⇐⇔⟹⟸⟺↦∈∉∋⊂⊆⊃⊇⊢⊨∧∨∪∩+−×÷±∣|")
"""Signs with a space on either side, where something stands there."""
_LIMITS = frozenset({"munder", "munderover"})
_SCRIPTS = frozenset({"msub", "msup", "msubsup"})
_LARGE = frozenset("∑∏∫∬∭∮⋃⋂")
_FENCES = frozenset("|∣")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉"}


def formula_words(formula: Token) -> str:
    """The formula in Unicode's own signs; `…` for one that is long, has rows, or cannot be read."""
    latex, display = latex_of(formula), is_display(formula)
    if not latex:
        return ""
    tree = formula_tree(latex, display=display) if len(latex) <= 20 * _MAX_LENGTH else None
    if tree is None or not is_known(tree) or tree.find(".//mtable") is not None:
        return UNREADABLE
    text = _line(latex, display)
    return text if text and len(text) <= _MAX_LENGTH and "\\" not in text else UNREADABLE


def formula_text(formula: Token) -> str:
    """The whole formula in Unicode's own signs; total: what cannot be read is what is left of it without its marks."""
    return latex_text(latex_of(formula), display=is_display(formula))


def latex_text(latex: str, *, display: bool) -> str:
    """The same of a formula's source alone."""
    return (_line(latex, display) or _without_marks(latex)) if latex else ""


def text_of_mathml(drawn: str) -> str:
    """The formula that a `<math>` element draws, as `formula_text` has it; empty where it is not well-formed."""
    try:
        return _in_line(fromstring(drawn))
    except ParseError:
        return ""


@lru_cache(maxsize=4096)
def _line(latex: str, display: bool) -> str:
    """The formula in one line; empty for what cannot be read."""
    tree = formula_tree(latex, display=display) if len(latex) <= _MAX_SOURCE else None
    return _in_line(tree) if tree is not None else ""


def _in_line(tree: Element) -> str:
    try:
        text = " ".join(_text(tree).split())
    except RecursionError:
        return ""
    return text.replace(LEFT_BRACE, "{").replace(RIGHT_BRACE, "}")


def _without_marks(latex: str) -> str:
    """The words and signs of a source: commands without their backslash, no braces, no columns."""
    plain = _MARKS.sub(" ", _COMMAND.sub(r" \1 ", _ENVIRONMENT.sub(" ", latex)))
    return " ".join(plain.split())


def _text(element: Element) -> str:
    parts = [_text(child) for child in element]
    match element.tag:
        case "mspace":
            return " "
        case "mtr":
            # Columns of equations meet at their sign; those of a matrix and of cases are told apart.
            return "\0".join(parts)
        case "mtable":
            is_aligned = element.get("columnspacing", "").startswith("0em")
            rows = (_row_of_cells(part.split("\0"), is_aligned=is_aligned) for part in parts)
            return "; ".join(filter(None, rows))
        case "mo":
            return without_entities(element.text or "")
        case "msup" | "mover" if len(parts) >= 2:
            return "".join(parts[:-2]) + _with_raised(parts[-2], parts[-1])
        case "msub" | "munder" if len(parts) >= 2:
            return "".join(parts[:-1]) + _script(parts[-1], _LOWERED, "_")
        case "msubsup" | "munderover" if len(parts) >= 3:
            return "".join(parts[:-2]) + _script(parts[-2], _LOWERED, "_") + _script(parts[-1], _RAISED, "^")
        case "mfrac" if len(parts) == 2 and element.get("linethickness") == "0":
            return f"C({parts[0]}, {parts[1]})"
        case "mfrac" if len(parts) == 2:
            return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
        case "msqrt":
            return f"√{_grouped(_row(element, parts))}"
        case "mroot" if len(parts) == 2:
            return f"{_script(parts[1], _RAISED, '')}√{_grouped(parts[0])}"
    text = without_entities(element.text or "")
    if text.startswith("\\") and element.tag != "mtext":  # a command that latex2mathml does not know
        text = f" {text[1:]} "
    return text + _row(element, parts)


def _row_of_cells(cells: Sequence[str], *, is_aligned: bool) -> str:
    """The cells in a line: equations with the sign at which their columns meet, others told apart."""
    if not is_aligned:
        return ", ".join(cells).strip(" ,")
    return " ".join(f"{cell[0]} {cell[1:]}" if cell[:1] in _APART else cell for cell in cells)


def _row(element: Element, parts: list[str]) -> str:
    """The parts of a row, with room around signs that stand between two of them."""
    written = ""
    for number, (child, part) in enumerate(zip(element, parts, strict=True)):
        between = written.strip() and number + 1 < len(parts) and written[-1] not in "([{⟨⌊⌈,"
        is_apart = child.tag == "mo" and part in _APART and between
        if is_apart and part in _FENCES and sum(one in _FENCES for one in parts) > 1:
            is_apart = False  # |x|
        is_name = child.tag in ("mi", "mo") and len(part) > 1 and part.isalpha()  # `log`
        written += (
            f" {part} "
            if is_apart or is_name
            else f"{part} "
            if part == "," or child.tag in _LIMITS or _is_operator(child)
            else part
        )
    return written


def _is_operator(element: Element) -> bool:
    """Whether it is a sum, an integral or a named function with what stands below or above it."""
    base = without_entities(element[0].text or "").strip() if element.tag in _SCRIPTS and len(element) else ""
    return base in _LARGE or (len(base) > 1 and base.isalpha())


def _with_raised(base: str, above: str) -> str:
    if accent := _ACCENTS.get(above):
        return f"{base}{accent}" if len(base) == 1 else base
    return base + _script(above, _RAISED, "^")


def _script(text: str, signs: dict[int, int], mark: str) -> str:
    """Raised or lowered, where all of it can be, or behind a mark."""
    plain = "".join(text.split())
    if plain and all(ord(letter) in signs for letter in plain):
        return plain.translate(signs)
    return f"{mark}{plain if len(plain) == 1 else f'({text.strip()})'}" if plain else ""


def _grouped(text: str) -> str:
    """In brackets, unless it is one thing."""
    text = text.strip()
    is_closed = text[:1] in _BRACKETS and text.find(_BRACKETS[text[:1]]) == len(text) - 1
    return text if text.isalnum() or len(text) == 1 or is_closed else f"({text})"
