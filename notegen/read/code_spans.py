"""Text changed line by line, code left alone, so that line numbers stay true."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from html import escape

from notegen.regex import regex

_FENCE = regex(r"[ \t>*+-]*(?P<fence>`{3,}|~{3,})")
_HOLDER = regex(r" {0,3}(?:[-*+>]|\d{1,9}[.)]|\[\^[^\]\s]+\]:|:|!{3}|\?{3}|={3}|/{3})")
"""What lines that are indented may belong to: an item, a quote, a footnote, a definition, a box."""
_CODE_SPAN = regex(r"(`+)(?!`).*?(?<!`)\1(?!`)")

_ACTIVE = regex(r"[\[\]\\`$*_~^=!|#%(){}:/@]|(?<=www)\.", re.IGNORECASE)
"""The dot behind `www` begins an address."""


def as_text(words: str) -> str:
    """Words as HTML in which no sign means anything, and none pairs with one outside, as a backtick could."""
    return _ACTIVE.sub(lambda sign: f"&#{ord(sign[0])};", escape(words, quote=False))


def as_code(words: str) -> str:
    """Words as HTML that shows them as code, on one line."""
    return f"<code>{as_text(' '.join(words.split()))}</code>"


def outside_code(text: str, change: Callable[[str], str], *, indented: bool = False) -> str:
    """The text with every stretch that is not code changed; a change must not add or take line ends.

    Args:
        indented: whether lines that are indented by four spaces may be code, which what Liquid makes never is.
    """
    lines = text.split("\n")
    code = frozenset(indented_code(lines)) if indented else frozenset()
    for number in outside_fences(lines):
        if number not in code:
            lines[number] = _outside_spans(lines[number], change)
    return "\n".join(lines)


def without_code(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are no code, each with its number from 0 and without the code in it."""
    lines = text.split("\n")
    for number in outside_fences(lines):
        yield number, _CODE_SPAN.sub("", lines[number])


def code_ranges(text: str) -> list[tuple[int, int]]:
    """Where the code of a text lies, in order: lines of fences whole, and spans within other lines."""
    lines = text.split("\n")
    outside = set(outside_fences(lines))
    ranges: list[tuple[int, int]] = []
    start = 0
    for number, line in enumerate(lines):
        if number not in outside:
            ranges.append((start, start + len(line)))
        elif "`" in line:
            ranges += ((start + span.start(), start + span.end()) for span in _CODE_SPAN.finditer(line))
        start += len(line) + 1
    return ranges


def is_within(ranges: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether the position lies in one of the ranges, which are in order and apart."""
    number = bisect_right(ranges, (position, 1 << 62)) - 1
    return number >= 0 and ranges[number][0] <= position < ranges[number][1]


def outside_fences(lines: list[str]) -> Iterator[int]:
    """The numbers, from 0, of the lines that are in no fence of code, nor one; in a comment there is none."""
    fence = ""
    in_comment = False
    for number, line in enumerate(lines):
        if in_comment or (not fence and "<!--" in line and line.lstrip().startswith("<!--")):
            in_comment = "-->" not in line
            yield number
            continue
        match = _FENCE.match(line)
        rest = line[match.end() :] if match else ""
        if fence:
            if match and match["fence"].startswith(fence) and not rest.strip():
                fence = ""
        elif match and not (match["fence"][0] == "`" and "`" in rest):  # which is code within a line
            fence = match["fence"]
        else:
            yield number


def indented_code(lines: list[str]) -> Iterator[int]:
    """The numbers, from 0, of lines that are code since they are indented; in doubt a line is none."""
    is_held = is_code = False
    is_after_blank = True
    for number, line in enumerate(lines):
        if not line.strip():
            is_after_blank = True
            continue
        if not line.startswith(("    ", "\t")):
            is_held = bool(_HOLDER.match(line)) or (is_held and (not is_after_blank or line[0] == " "))
            is_code = False
        elif is_code or (is_after_blank and not is_held):
            is_code = True
            yield number
        is_after_blank = False


def _outside_spans(line: str, change: Callable[[str], str]) -> str:
    if "`" not in line:
        return change(line)
    pieces: list[str] = []
    position = 0
    for span in _CODE_SPAN.finditer(line):
        pieces += change(line[position : span.start()]), span[0]
        position = span.end()
    return "".join([*pieces, change(line[position:])])
