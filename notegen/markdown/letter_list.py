"""Pandoc's lists by letters and Roman numerals: `a.`, `B)`, `(ii)`.

Before the blocks are read, such a mark becomes a number as wide as it is, so that the library reads the list, and what
stands in an item begins where it did; after that the list is given its type, and where no list came of it, the text its
letters. A point becomes a bracket and the other way round, so that a list by letters is none with one by numbers above.

As in Pandoc, a list begins behind an empty line or in an item, and a capital before a point wants two spaces behind it,
since `B. Russell` is a name.
"""

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from msgspec import Struct

from notegen.read.code_spans import outside_fences
from notegen.regex import regex

_MARK = regex(
    r"(?P<before>(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    r"(?P<mark>(?P<open>\()?(?P<label>[a-zA-Z]|[ivxlcdm]{2,8}|[IVXLCDM]{2,8})(?P<end>(?(open)\)|[.)])))"
    r"(?P<after>[ \t]+)\S"
)
_ITEM = regex(r"(?:[ \t]*>)*[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_INDENT = regex(r"[ \t>]*")
_NUMBER = regex(r"\d{1,9}(?P<end>[.)])[ \t]+\S")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_TWO_SPACES = 2


class _Mark(Struct, frozen=True):
    """What stands on a line in the place of a number."""

    line: str
    """The line as it is written."""
    kind: str
    """The list's type in HTML: `a`, `A`, `i` or `I`; `1` for one that is counted by numbers."""
    value: int
    sign: str
    """What stands behind the letters."""
    end: str
    """What stands behind the number in its place: another sign than in a list of another type right above."""


def number_letters(state: StateCore) -> None:
    """A core rule, before the blocks: makes numbers of marks, which `env["letters"]` holds by their lines."""
    lines = state.src.split("\n")
    state.env["letters"] = marks = dict(_marks(lines))
    for number, mark in marks.items():
        found = _MARK.match(lines[number])
        assert found
        width = len(found["mark"]) - 1
        digits = f" {'1':0>{width - 1}}" if found["open"] else f"{'1':0>{width}}"
        lines[number] = f"{found['before']}{digits}{mark.end}{mark.line[found.end('mark') :]}"
    if marks:
        state.src = "\n".join(lines)


def letter_lists(state: StateCore) -> None:
    """A core rule, after the blocks: gives each list its letters, and each line that is in none its own."""
    marks: dict[int, _Mark] = state.env.pop("letters", {})
    if not marks:
        return
    items: dict[int, Token] = {}
    for token in state.tokens:
        if token.type == "list_item_open" and token.info and token.map and token.map[0] in marks:
            items[token.map[0]] = token
    for token in state.tokens:
        if not token.map:
            continue
        if token.type == "ordered_list_open" and token.map[0] in items:
            mark = marks[token.map[0]]
            token.attrs["type"] = mark.kind
            if mark.value > 1:
                token.attrs["start"] = mark.value
        elif token.content:
            _restore(token, {n: marks[n] for n in range(*token.map) if n in marks and n not in items})


def _restore(token: Token, marks: dict[int, _Mark]) -> None:
    """The text of a block with its lines as they are written; each has at least as many letters there."""
    lines = token.content.split("\n")
    first = token.map[0] + (token.type == "fence") if token.map else 0
    for number, mark in marks.items():
        if 0 <= number - first < len(lines) and (length := len(lines[number - first])):
            lines[number - first] = (
                mark.line.rstrip()[-length:] if token.type == "inline" else mark.line[-length:]
            )
    if marks:
        token.content = "\n".join(lines)


def _marks(lines: list[str]) -> Iterator[tuple[int, _Mark]]:
    open_: dict[int, _Mark] = {}  # the last of each list that may go on, by how far in it stands
    outside = frozenset(outside_fences(lines))
    for number, line in enumerate(lines):
        indent = _INDENT.match(line)
        inner = line[indent.end() :] if indent else line
        if not inner:
            continue
        width = len(line) - len(inner)
        is_behind_gap = not number or not lines[number - 1].strip(" \t>")
        found = _MARK.match(line) if number in outside else None
        if found:
            width = len(found["before"])
        for other in [
            place for place in open_ if place > width or (place == width and is_behind_gap and not found)
        ]:
            del open_[other]
        if counted := _NUMBER.match(inner):
            open_[width] = _Mark(line, "1", 0, counted["end"], counted["end"])
        if not found or not _is_mark(found):
            continue
        is_in_item = not is_behind_gap and bool(_ITEM.match(lines[number - 1]))
        before = open_.get(width)
        goes_on = before is not None and before.kind != "1"
        if not (goes_on or is_behind_gap or is_in_item or found["before"].strip(" \t>")):
            continue
        kind, value = _kind(found["label"], before)
        end = ")" if found["end"] == "." else "."
        if before and (kind, found["end"]) == (before.kind, before.sign):
            end = before.end
        elif before and end == before.end:
            end = found["end"]
        open_[width] = _Mark(line, kind, value, found["end"], end)
        yield number, open_[width]


def _is_mark(found: re.Match[str]) -> bool:
    is_capital = len(found["label"]) == 1 and found["label"].isupper() and found["end"] == "."
    return (not is_capital or len(found["after"].expandtabs(4)) >= _TWO_SPACES) and (
        len(found["label"]) == 1 or _roman(found["label"]) > 0
    )


def _kind(label: str, before: _Mark | None) -> tuple[str, int]:
    """The list's type and the item's number: one more than the item's before, else a Roman one from `i` on."""
    letter, roman = ("A", "I") if label.isupper() else ("a", "i")
    by_letter = ord(label.lower()) - ord("a") + 1 if len(label) == 1 else 0
    if before and (before.kind, before.value + 1) == (letter, by_letter):
        return letter, by_letter
    if (
        len(label) > 1
        or label in "iI"
        or (before and (before.kind, before.value + 1) == (roman, _roman(label)))
    ):
        return roman, _roman(label)
    return letter, by_letter


def _roman(label: str) -> int:
    """The number that Roman numerals mean, 0 for none; in the usual writing alone, so that `mild` is a word."""
    total, digits = 0, [_ROMAN[sign] for sign in label.lower() if sign in _ROMAN]
    for digit, following in zip(digits, [*digits[1:], 0], strict=False):
        total += -digit if digit < following else digit
    return total if len(digits) == len(label) and _written(total) == label.lower() else 0


def _written(number: int) -> str:
    pieces = []
    for value, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        pieces.append(sign * (number // value))
        number %= value
    return "".join(pieces)
