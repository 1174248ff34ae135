r"""What MathJax knows and latex2mathml does not, in LaTeX that it knows: macros, large brackets, sets, colours, `\ce`.

Total and bounded: what cannot be read is left as it is, and is reported as a formula that cannot be drawn.
"""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from notegen.regex import regex

MAX_EXPANDED_LETTERS = 20_000
"""The longest formula, its macros expanded."""
MAX_EXPANSIONS = 10_000
"""Macros that are expanded in a note, those within others counted too."""
MAX_NESTED = 3
"""Sets within sets, chemistry within chemistry."""
LEFT_BRACE, RIGHT_BRACE = "\ue000", "\ue001"
r"""Stand for `\{` and `\}` where latex2mathml takes but one letter."""

DEFINITIONS = ("\\newcommand", "\\renewcommand", "\\providecommand", "\\DeclareMathOperator", "\\def")
"""What defines a macro."""
_DEFINITION = regex(
    r"\\(?P<how>newcommand|renewcommand|providecommand|DeclareMathOperator|def)(?P<star>\*?)\s{0,9}"
    r"(?:\{\s{0,9}\\(?P<braced>[a-zA-Z]+)\s{0,9}\}|\\(?P<bare>[a-zA-Z]+))\s{0,9}"
    r"(?:\[(?P<count>\d)\])?(?:\[(?P<default>[^\[\]]*)\])?(?P<parameters>(?:#\d)*)\s{0,9}(?=\{)"
)
_COMMAND = regex(r"\\([a-zA-Z]+)")
_BRACES = regex(r"\\.|[{}]", re.DOTALL)
_STATED = regex(r"\s*\[([^\[\]]*)\]")
_BIG = regex(r"\\(?P<size>[bB]igg?[lrm]?)\s*\\(?P<bracket>[a-zA-Z]+|[{}|])")
_BRACKETS = {
    "{": LEFT_BRACE, "}": RIGHT_BRACE, "lbrace": LEFT_BRACE, "rbrace": RIGHT_BRACE, "|": "‖", "Vert": "‖",
    "lVert": "‖", "rVert": "‖", "vert": "|", "lvert": "|", "rvert": "|", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "lbrack": "[", "rbrack": "]",
}  # fmt: skip
_SYMBOLS = {
    "textbullet": r"\bullet", "textdegree": r"{}^{\circ}", "degree": r"{}^{\circ}", "celsius": r"{}^{\circ}\mathrm{C}",
    "textmu": r"\mu", "texttimes": r"\times", "textpm": r"\pm",
}  # fmt: skip
_SYMBOL = regex(rf"\\({'|'.join(_SYMBOLS)})(?![a-zA-Z])")
_ONE_ARGUMENT = regex(r"\\(?P<name>[sS]et|ce|pu)(?![a-zA-Z])\s*(?=\{)")
_OPERATOR = regex(
    r"\\operatorname(?P<star>\*?)\s*\{(?P<name>(?:[^{}\\]|\\[,;:! ]|\\(?:mathrm|mathsf|text)\s*\{[^{}\\]*\})*)\}"
)
_NAME_SIGNS = regex(r"\\(?:mathrm|mathsf|text)\s*|[{}]|\\!|(?P<space>\\[,;: ]|~)|[ \t\n]")
_COLOR = regex(r"\\color\s*(?P<color>\{[^{}]*\})\s*")
_CELL_END = regex(r"&|\\\\|\\end(?![a-zA-Z])|\\right(?![a-zA-Z])|[{}]")


class Macro(Struct, frozen=True):
    r"""A command that a note defines: `\newcommand{\R}[1][x]{…#1…}`."""

    body: str
    parameters: int = 0
    default: str | None = None


class Macros:
    """The macros of a note, by name, as its formulas define them one after the other."""

    def __init__(self) -> None:
        self._known: dict[str, Macro] = {}
        self._left = MAX_EXPANSIONS

    def expand(self, latex: str) -> str:
        """The formula with its macros expanded, without what it defines; as far as the bounds allow."""
        if len(latex) > MAX_EXPANDED_LETTERS:
            return latex
        latex = self._without_definitions(latex)
        pieces: list[str] = []
        letters = 0
        while self._known and (found := next(self._uses(latex), None)):
            rest = self._expanded(self._known[found[1]], latex, found.end())
            letters += found.start()
            if rest is None or self._left < 1 or letters + len(rest) > MAX_EXPANDED_LETTERS:
                break
            self._left -= 1
            pieces.append(latex[: found.start()])
            latex = rest
        return "".join([*pieces, latex])

    def _without_definitions(self, latex: str) -> str:
        pieces: list[str] = []
        position = 0
        for found in _DEFINITION.finditer(latex):
            if found.start() < position:
                continue
            body = argument_at(latex, found.end())
            if body is None:
                break  # a brace that nothing closes
            count = int(found["count"] or 0) or len(found["parameters"]) // 2
            text = body[0]
            if found["how"] == "DeclareMathOperator":
                text = rf"\operatorname{found['star']}{{{text}}}"
            self._known[found["braced"] or found["bare"]] = Macro(text, count, found["default"])
            pieces.append(latex[position : found.start()])
            position = body[1]
        return "".join([*pieces, latex[position:]])

    def _uses(self, latex: str) -> Iterator[re.Match[str]]:
        return (command for command in _COMMAND.finditer(latex) if command[1] in self._known)

    def _expanded(self, macro: Macro, latex: str, end: int) -> str | None:
        """What stands from the macro on, it expanded once; None for more than a formula may have."""
        values: list[str] = []
        if macro.parameters and macro.default is not None:
            stated = _STATED.match(latex, end)
            values.append(stated[1] if stated else macro.default)
            end = stated.end() if stated else end
        while len(values) < macro.parameters:
            value, end = argument_at(latex, end) or ("", end)
            values.append(value)
        if len(macro.body) + macro.body.count("#") * max(map(len, values), default=0) > MAX_EXPANDED_LETTERS:
            return None
        body = re.sub(
            r"#(\d)", lambda number: "".join(values[int(number[1]) - 1 : int(number[1])]), macro.body
        )
        apart = " " if body[-1:].isalpha() and latex[end : end + 1].isalpha() else ""
        return f"{body}{apart}{latex[end:]}"


def plain_latex(latex: str) -> str:
    """The formula in the commands that latex2mathml knows."""
    if "\\" not in latex:
        return latex
    latex = _SYMBOL.sub(lambda symbol: _SYMBOLS[symbol[1]], latex)
    if "\\operatorname" in latex:
        latex = _OPERATOR.sub(_operator, latex)
    latex = _BIG.sub(_big, latex)
    for _ in range(MAX_NESTED):
        if _ONE_ARGUMENT.search(latex):
            latex = _with_arguments(_ONE_ARGUMENT, latex, _one_argument)
    return _with_colors(latex) if "\\color" in latex else latex


def _operator(operator: re.Match[str]) -> str:
    r"""`\operatorname*{arg\,max}` with a name of letters: spaces in it are hard ones."""
    name = _NAME_SIGNS.sub(lambda sign: "\u00a0" if sign["space"] else "", operator["name"])
    return rf"\operatorname{operator['star']}{{{name}}}"


def argument_at(latex: str, start: int) -> tuple[str, int] | None:
    """The argument of a command at `start`: a group without its braces, a command or a letter; and where it ends."""
    while start < len(latex) and latex[start].isspace():
        start += 1
    if start >= len(latex) or latex[start] == "}":
        return None
    if latex[start] != "{":
        end = (
            command.end() if (command := _COMMAND.match(latex, start)) else start + 1 + (latex[start] == "\\")
        )
        return latex[start:end], end
    depth = 0
    for sign in _BRACES.finditer(latex, start):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if not depth:
            return latex[start + 1 : sign.start()], sign.end()
    return None


def _big(found: re.Match[str]) -> str:
    bracket = _BRACKETS.get(found["bracket"])
    return rf"\{found['size']}{bracket}" if bracket else found[0]


def _with_arguments(pattern: re.Pattern[str], latex: str, change: Callable[[str, str], str]) -> str:
    pieces: list[str] = []
    position = 0
    for found in pattern.finditer(latex):
        if found.start() < position:
            continue
        argument = argument_at(latex, found.end())
        if argument is None:
            break  # a brace that nothing closes
        pieces += latex[position : found.start()], change(found["name"], argument[0])
        position = argument[1]
    return "".join([*pieces, latex[position:]])


def _one_argument(name: str, argument: str) -> str:
    match name:
        case "ce":
            return chemistry(argument)
        case "pu":
            return rf"\mathrm{{{argument.replace(' ', '~')}}}"
        case "set":
            return rf"\{{\, {argument.replace('|', chr(92) + 'mid ', 1)} \,\}}"
        case _:
            before, bar, after = argument.partition("|")
            middle = rf"\; \middle| \; {after}" if bar else ""
            return rf"\left\{{\, {before}{middle} \,\right\}}"


def _with_colors(latex: str) -> str:
    r"""The formula with `\color{blue}{a}` and `\color{blue} a` as `\textcolor`: in a cell, no further than its end."""
    pieces: list[str] = []
    position = 0
    for found in _COLOR.finditer(latex):
        if found.start() < position:
            continue
        has_group = latex.startswith("{", found.end())
        group = argument_at(latex, found.end()) if has_group else None
        if has_group and group is None:
            break
        if group is None:
            ends = _CELL_END.search(latex, found.end())
            end = ends.start() if ends and ends[0] != "{" else len(latex)
            if ends and ends[0] == "{":
                continue  # as latex2mathml has it
            group = latex[found.end() : end], end
        pieces += latex[position : found.start()], rf"\textcolor{found['color']}{{{group[0]}}}"
        position = group[1]
    return "".join([*pieces, latex[position:]])


_ARROWS = {
    "<=>>": r"\rightleftharpoons", "<<=>": r"\rightleftharpoons", "<=>": r"\rightleftharpoons",
    "<-->": r"\rightleftarrows", "<->": r"\leftrightarrow", "->": r"\rightarrow", "<-": r"\leftarrow",
}  # fmt: skip
_CHEMISTRY = regex(
    r"(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-)(?:\[(?P<above>[^\[\]]*)\])?(?:\[(?P<below>[^\[\]]*)\])?"
    r"|(?P<math>\$[^$]*\$)|(?P<command>\\[a-zA-Z]+|\\.)"
    r"|(?P<gas>(?<=\s)[\^v](?=\s|\Z))"
    r"|\^(?P<up>\{[^{}]*\}|[\d.+-]+|\w)|_(?P<down>\{[^{}]*\}|\w+)"
    r"|(?P<charge>(?<=[A-Za-z\d)\]}])\d*[+-](?=\s|\Z|[)\]}]))"
    r"|(?P<count>(?<=[A-Za-z)\]}])[\d.]*\d)|(?P<number>\d+(?:[./]\d+)?)"
    r"|(?P<letters>[A-Za-z]+)|(?P<dot>[*.\u00b7])|(?P<bond>[=#-])|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)


def chemistry(source: str) -> str:
    r"""The `\ce` of mhchem, as far as notes have it: formulas, charges, isotopes, states, bonds and arrows, upright."""
    written = "".join(_chemical(found) for found in _CHEMISTRY.finditer(source))
    return rf"{{{written}}}" if argument_at(f"{{{written}}}", 0) else source


def _chemical(found: re.Match[str]) -> str:
    text = found[0]
    match found.lastgroup:
        case "arrow" | "above" | "below":
            above, below = found["above"], found["below"]
            if not above and not below:
                return rf" {_ARROWS[found['arrow']]} "
            under = f"[{chemistry(below)}]" if below else ""
            return rf"\xrightarrow{under}{{{chemistry(above or '')}}}"
        case "math":
            return text[1:-1]
        case "gas":
            return r"\uparrow " if text == "^" else r"\downarrow "
        case "up":
            alone = "{}" if not found.start() or found.string[found.start() - 1] in " +" else ""
            return f"{alone}^{{{text[1:].strip('{}')}}}"
        case "down":
            return f"_{{{text[1:].strip('{}')}}}"
        case "charge":
            count, sign = text[:-1], text[-1]
            return f"_{{{count}}}^{{{sign}}}" if count else f"^{{{sign}}}"
        case "count":
            return f"_{{{text}}}"
        case "number":
            return rf"\frac{{{text.partition('/')[0]}}}{{{text.partition('/')[2]}}}" if "/" in text else text
        case "letters":
            return rf"\text{{{text}}}"
        case "dot":
            return r"\cdot "
        case "bond":
            return {"=": "{=}", "#": r"{\equiv}", "-": "{-}"}[text]
        case "space":
            return " "
        case _:
            return text + (" " if found["command"] else "")
