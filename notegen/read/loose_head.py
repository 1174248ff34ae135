"""What somebody may have meant as front matter though no tool reads it: below a title, not closed, oddly fenced."""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from notegen.regex import regex
from notegen.text.looks import INVISIBLE

_MAX_LINES = 40
"""Lines of a block that is never closed."""
_MAX_HEADS = 4
_RUNS = r"(?<!-)-{3,}+|(?<!\+)\+{3,}+|(?<!;);{3,}+|(?<!—)—++-?+|(?<!–)–++-?+"
"""Of a sign, begun at its first: begun at each, a row of many would be gone through as often."""
_OPENING = regex(
    rf"[^\w\n`~#]*?(?:{_RUNS}|_{{3,}}+|(?<!\*)\*{{3,}}+|(?<!=)={{3,}}+)[ \t]*+(?>(?:[\w-]++[ \t]*+)?)"
)
_FENCE_SIGNS = regex(r"---|\+\+\+|;;;|___|\*\*\*|===|[—–]")
"""One of these stands in every line that `_OPENING` is."""
_CLOSING = regex(rf"[^\w\n]*?(?:{_RUNS}|(?<!\.)\.{{3,}}+)[ \t]*+")
_OTHER_CLOSINGS = ("}", "```", "~~~", "'''", '"""', "***")
_TITLE = regex(r"[ \t]{0,3}#{1,6}(?:[ \t].*)?")
_UNDERLINE = regex(r"[ \t]{0,3}(?:=+|-+)[ \t]*")
_KEY_LINE = regex(r"[\"']?[\w][\w .-]{0,40}[\"']?[ \t]*[:=：]")
_SETTING = regex(r"[ \t]*(?:[\"']?[\w][\w .-]{0,40}[\"']?[ \t]*[:=：]|-[ \t]|#)")
_CODE_OPENING = regex(
    r"[ \t]*(?:```|~~~|'''|\"\"\")[ \t]*(?:ya?ml|toml|json|front-?matter|---)?[ \t]*", re.IGNORECASE
)
_LINE_END = regex("[\n\x0b\x0c\x85\u2028\u2029]")
_COMMENTS = (("<!--", "-->"), ("%%", "%%"))
_TAG_LINE = regex(r"[ \t]*(?:#[\w/-]+[ \t]*)+")


class LooseHead(Struct, frozen=True):
    """A block of lines, and the number of its first in the text, from 0."""

    text: str
    line: int
    is_settings: bool = False
    """Whether it is closed by a fence and holds nothing but keys with values."""


def loose_heads(text: str, *, on_top: bool = True) -> tuple[LooseHead, ...]:
    """The blocks at the beginning of a text that look like settings, and those below that look like nothing else.

    Above the first kind stand only titles, comments, which may be settings too, and blank lines.

    Args:
        on_top: whether nothing stands above the text, so that a fence of code may have been meant as one of settings.
    """
    return _loose_heads(text, on_top)


@lru_cache(maxsize=4)  # several rules ask of the same note, one after the other
def _loose_heads(text: str, on_top: bool) -> tuple[LooseHead, ...]:
    return tuple(_find_heads(text, on_top))


def _find_heads(text: str, on_top: bool) -> Iterator[LooseHead]:
    lines = [
        line if line.isascii() else INVISIBLE.sub("", line).replace("\xa0", " ")
        for line in _LINE_END.split(text, 400)[:400]
    ]
    number = heads = 0
    while number < len(lines) and heads < _MAX_HEADS:
        line = lines[number]
        if not line.strip() or _TAG_LINE.fullmatch(line):
            number += 1
        elif end := _comment_end(lines, number):
            yield LooseHead("\n".join(lines[number:end]), number)
            number = end
        elif (
            _OPENING.fullmatch(line)
            or line.strip() == "{"
            or (on_top and not heads and _CODE_OPENING.fullmatch(line))
        ):
            end = _closing(lines, number + 1)
            is_settings = not _CODE_OPENING.fullmatch(line) and _is_closed(lines, number + 1, end)
            yield LooseHead("\n".join(lines[number + 1 : end]), number + 1, is_settings)
            if on_top and not number and end == min(len(lines), 1 + _MAX_LINES):  # on top, and never closed
                paragraph = lines[1 : _paragraph_end(lines, 1)]
                yield LooseHead("\n".join(paragraph), 1, all(map(_SETTING.match, paragraph)))
            number, heads = end + 1, heads + 1
        elif _TITLE.fullmatch(line):
            number += 1
        elif _KEY_LINE.match(line.lstrip("-*>+ _`:#")) or line.lstrip().startswith("{"):
            end = _paragraph_end(lines, number)
            yield LooseHead("\n".join(lines[number:end]), number)
            number, heads = end, heads + 1
        elif number + 1 < len(lines) and _UNDERLINE.fullmatch(lines[number + 1]):
            # A title and its underline, which may as well be the fence of what follows.
            number += 1
        else:
            break
    yield from _pure_heads(lines[: number + _MAX_LINES], number)


def _pure_heads(lines: list[str], start: int) -> Iterator[LooseHead]:
    """Blocks between two fences that hold nothing but keys with values, outside code."""
    code = False
    for number in range(start, len(lines)):
        line = lines[number]
        if line[:1].isalnum():  # most lines are prose, and neither of the two begins so
            continue
        if "```" in line or "~~~" in line:
            code ^= line.lstrip(" \t>").startswith(("```", "~~~"))
        if code or not _FENCE_SIGNS.search(line) or not _OPENING.fullmatch(line):
            continue
        end = _closing(lines, number + 1)
        if _is_closed(lines, number + 1, end):
            yield LooseHead("\n".join(lines[number + 1 : end]), number + 1, is_settings=True)


def _is_closed(lines: list[str], start: int, end: int) -> bool:
    """Whether a block ends before the text does, and each of its lines is a key with a value, or below one."""
    inner = [line for line in lines[start:end] if line.strip()]
    return end < len(lines) and bool(inner) and all(_SETTING.match(line) for line in inner)


def _comment_end(lines: list[str], start: int) -> int:
    """The line after a comment that begins with the line and ends with one; 0 where there is none."""
    for opening, closing in _COMMENTS:
        if lines[start].lstrip().startswith(opening):
            first = lines[start].lstrip()[len(opening) :]
            for number in range(start, len(lines)):
                if closing in (first if number == start else lines[number]):
                    return number + 1
    return 0


def _closing(lines: list[str], start: int) -> int:
    for number in range(start, min(len(lines), start + _MAX_LINES)):
        if _CLOSING.fullmatch(lines[number]) or lines[number].strip() in _OTHER_CLOSINGS:
            return number
    return min(len(lines), start + _MAX_LINES)


def _paragraph_end(lines: list[str], start: int) -> int:
    for number in range(start, len(lines)):
        if not lines[number].strip() or _CLOSING.fullmatch(lines[number]):
            return number
    return len(lines)
