"""Boxes, sections and spans whose kind says that nobody else shall see them, in the spelling of each tool.

    ::: private            Pandoc's, Quarto's and Docusaurus' containers, `::: {.hidden}`
    > [!private]           Obsidian's callouts
    !!! private            Material's admonitions, `??? private`, `/// private`
    ## Doubts {.private}   a heading with such a class: its section
    [so he said]{.hidden}  a span
    ```{r, echo=FALSE}     a cell of R Markdown's, Quarto's and MyST's that is not to be shown

Quarto's `.content-hidden` and `.content-visible` are hidden where they are in HTML.
Source: https://quarto.org/docs/authoring/conditional.html
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set

from notegen.regex import regex

_KINDS = r"(?:private|hidden|comment)"
_DIV = regex(r"[ \t>]*(?::{3,}|/{3,})[ \t]*(?P<kind>\S[^\n]*)")
_FENCE_OF_DIV = regex(r"[ \t>]*(?::{3,}|/{3,})[ \t]*(?P<opens>[^\s:/])?")
_NAMED = regex(rf"\{{?[ \t]*(?:{_KINDS})(?![\w-])|\{{[^{{}}]*\.{_KINDS}(?![\w-])", re.IGNORECASE)
_CONDITION = regex(r"\.content-(?P<kind>hidden|visible)(?![\w-])(?P<rest>[^{}]*)")
_FORMAT = regex(r"(?P<word>when|unless)-format\s*=\s*[\"']?(?P<format>\w+)")
_OTHER_CONDITION = regex(r"(?:when|unless)-(?:meta|profile)")
_BOX = regex(
    r"(?P<quote>(?:[ \t]{0,3}>)*)(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+(?:private|hidden)(?![\w-])",
    re.IGNORECASE,
)
_QUOTE = regex(r"(?:[ \t]{0,3}>)*")
_CALLOUT = regex(r"(?P<quote>[ \t>-]*>)[ \t]*\[!(?:private|hidden)[\]|]", re.IGNORECASE)
_HEADING = regex(r"[ \t>]{0,3}(?P<level>#{1,6})[ \t][^\n]*")
_CLASS = regex(r"\{[^{}\n]*\.(?:private|hidden)(?![\w-])[^{}\n]*\}[ \t]*#*[ \t]*$", re.IGNORECASE)
_SPAN = regex(
    rf"\[[^\[\]\n]*\]\{{(?P<kind>[^{{}}\n]*\.(?:{_KINDS}|content-hidden|content-visible)(?![\w-])[^{{}}\n]*)\}}",
    re.IGNORECASE,
)
_CELL = regex(
    r"(?P<before>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*\{+[ \t]*(?P<engine>[\w-]+)(?P<options>[^\n]*)"
)
_NOT_ECHOED = regex(r"\b(?:echo|include)[ \t]*=[ \t]*F(?:ALSE)?\b")
_CELL_OPTION = regex(r"[ \t>]*(?:#|//|--|%%?|;)\|[ \t]*(?P<key>[\w.-]+):[ \t]*(?P<value>[^\n]*)")
_REMOVED = regex(r"\bremove[-_](?:cell|input)\b")
_OPTION_OF_MYST = regex(r"[ \t>]*(?::[\w-]+:|---|tags:|[ \t]*-)")
_IN_CLASS = rf"\{{[^{{}}\n]*\.(?:{_KINDS}|content-)"
_HINTS = tuple(
    (sign, regex(pattern))
    for sign, pattern in (
        (":::", rf"(?m)^[ \t>]*:::[^\n]*(?:{_KINDS}|content-)"),
        ("///", rf"(?m)^[ \t>]*///[^\n]*(?:{_KINDS}|content-)"),
        ("[!private", r"\[!private"),
        ("[!hidden", r"\[!hidden"),
        ("!!!", r"!!![ \t]+(?:private|hidden)"),
        ("???", r"\?\?\?\+?[ \t]+(?:private|hidden)"),
        (".private", _IN_CLASS),
        (".hidden", _IN_CLASS),
        (".comment", _IN_CLASS),
        (".content-", _IN_CLASS),
        ("echo", r"echo[ \t]*[:=][ \t]*(?:f|no)"),
        ("include", r"include[ \t]*[:=][ \t]*(?:f|no)"),
        ("remove", r"remove[-_](?:cell|input)"),
    )
)
"""One of these patterns is found in every text that has such a box; each behind what is found in much less time."""

_ODD_LETTERS = "\u0130\u0131\u017f"
"""What a pattern that ignores case takes for an `i` or an `s`, and lower case does not."""

_Range = tuple[int, int]


def may_have_boxes(text: str) -> bool:
    """Whether a text needs to be looked through; most need not."""
    if not text.isascii() and any(letter in text for letter in _ODD_LETTERS):
        text = text.translate(str.maketrans(_ODD_LETTERS, "iis"))
    lower = text.lower()
    return any(sign in lower and pattern.search(lower) for sign, pattern in _HINTS)


def hidden_boxes(text: str, code: Set[int]) -> Iterator[_Range]:
    """Where such boxes, sections and spans begin and end; what is never closed reaches to the end.

    Args:
        code: the numbers of the lines that are code, from 0.
    """
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    cells_to = 0
    reached = [0] * len(_BOXES)  # a box of a kind that lies in another of that kind ends no later
    for number, line in enumerate(lines):
        if number in code:
            if number >= cells_to and (cells_to := _end_of_cell(lines, number)):
                yield starts[number], min(starts[cells_to] - 1, len(text))
            continue
        for kind, end_of in enumerate(_BOXES):
            if number >= reached[kind] and (end := end_of(lines, number, code)):
                reached[kind] = end
                yield starts[number], min(starts[end] - 1, len(text))
        yield from (
            (starts[number] + found.start(), starts[number] + found.end())
            for found in _SPAN.finditer(line)
            if _is_hidden(f"{{{found['kind']}")
        )


def _end_of_div(lines: Sequence[str], number: int, code: Set[int]) -> int:
    """The number of the line behind a container that begins here and is hidden; 0 for none. So of the others."""
    div = _DIV.match(lines[number])
    if not div or not _is_hidden(div["kind"]):
        return 0
    depth = 1
    for at in range(number + 1, len(lines)):
        if at not in code and (fence := _FENCE_OF_DIV.match(lines[at])):
            depth += 1 if fence["opens"] else -1
            if not depth:
                return at + 1
    return len(lines)


def _end_of_cell(lines: Sequence[str], number: int) -> int:
    """The number of the line behind a cell of code that begins here and is not to be shown; 0 for none."""
    cell = _CELL.match(lines[number])
    if not cell:
        return 0
    mark = cell["fence"]
    end = _first_below(lines, number, lambda at: lines[at].strip(" \t>").startswith(mark)) + 1
    within = lines[number + 1 : end]
    is_hidden = _NOT_ECHOED.search(cell["options"]) is not None
    for line in within:
        if option := _CELL_OPTION.match(line):
            is_off = option["value"].strip().lower() in ("false", "no")
            if option["key"] in ("echo", "include"):
                is_hidden = is_off or (is_hidden and option["key"] == "include")
        elif not (cell["engine"] == "code-cell" and _OPTION_OF_MYST.match(line)):
            break
        is_hidden = is_hidden or _REMOVED.search(line) is not None
    return min(end, len(lines)) if is_hidden else 0


def _end_of_admonition(lines: Sequence[str], number: int, code: Set[int]) -> int:
    box = _BOX.match(lines[number])
    if not box:
        return 0
    depth, deeper = box["quote"].count(">"), len(box["indent"].expandtabs(4)) + 4

    def ends(at: int) -> bool:
        quote = _QUOTE.match(lines[at])
        rest = lines[at][quote.end() :] if quote else ""
        return (quote[0].count(">") if quote else 0) < depth or (
            bool(rest.strip()) and _indent(rest) < deeper
        )

    return _first_below(lines, number, ends)


def _end_of_callout(lines: Sequence[str], number: int, code: Set[int]) -> int:
    if not _CALLOUT.match(lines[number]):
        return 0
    return _first_below(lines, number, lambda at: not lines[at].strip())


def _end_of_section(lines: Sequence[str], number: int, code: Set[int]) -> int:
    heading = _HEADING.match(lines[number])
    if not heading or not _CLASS.search(lines[number]):
        return 0
    level, is_quoted = len(heading["level"]), ">" in heading[0][: heading.start("level")]

    def ends(at: int) -> bool:
        is_over = is_quoted and not lines[at].lstrip().startswith(">")
        return is_over or (at not in code and 0 < _level(lines[at]) <= level)

    return _first_below(lines, number, ends)


_BOXES = (_end_of_div, _end_of_admonition, _end_of_callout, _end_of_section)


def _first_below(lines: Sequence[str], number: int, ends: Callable[[int], bool]) -> int:
    return next((at for at in range(number + 1, len(lines)) if ends(at)), len(lines))


def _is_hidden(kind: str) -> bool:
    if condition := _CONDITION.search(kind):
        asked = _FORMAT.search(condition["rest"])
        if not asked:
            return condition["kind"] == "hidden" or bool(_OTHER_CONDITION.search(condition["rest"]))
        applies = asked["format"].lower().startswith("html") is (asked["word"] == "when")
        return applies is (condition["kind"] == "hidden")
    return bool(_NAMED.match(kind))


def _level(line: str) -> int:
    """Of a heading; 0 for none."""
    heading = _HEADING.match(line)
    return len(heading["level"]) if heading else 0


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())
