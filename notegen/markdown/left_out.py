"""Removes ranges from a text so that the rest keeps its lines and columns and parses into the same blocks."""

from collections.abc import Iterable, Sequence

from notegen.model import REMOVED_LINE
from notegen.regex import regex

Range = tuple[int, int]
"""Where something begins in a text, and the place behind it."""

_BARE = regex(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]*(?:\[.\][ \t]*)?|#{1,6}[ \t]*|[=-]+[ \t]*)?")
"""What is left of a line of which nothing is left: a mark of an item or a heading says nothing alone."""
_ROW = regex(r"[ \t>]*\|")
_BAR = regex(r"(?<!\\)\|")
_QUOTE = regex(r"(?:[ \t]{0,3}>)+[ \t]?")
_ITEM = regex(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]")


def merged(ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order, with those that touch made one."""
    whole: list[Range] = []
    for low, high in sorted(ranges):
        if whole and low <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(high, whole[-1][1])
        else:
            whole.append((low, high))
    return whole


def without_ranges(text: str, ranges: Sequence[Range]) -> tuple[str, tuple[str, ...]]:
    """The text without the ranges, and its lines with spaces in their place; a line that is gone is `REMOVED_LINE`.

    Args:
        ranges: as `merged` gives them.
    """
    lines = text.split("\n")
    shown: list[str] = []
    masked: list[str] = []
    start = first = 0
    for line in lines:
        end = start + len(line)
        while first < len(ranges) and ranges[first][1] < start + bool(
            line
        ):  # an empty one goes with its line end
            first += 1
        last = first
        while last < len(ranges) and ranges[last][0] <= end:
            last += 1
        rest, mask = _without_in_line(text, line, start, ranges[first:last]) if last > first else (line, line)
        shown.append(rest)
        masked.append(mask)
        start = end + 1
    _part_paragraphs(lines, shown)
    return "\n".join(shown), tuple(masked)


def _without_in_line(text: str, line: str, start: int, ranges: Sequence[Range]) -> tuple[str, str]:
    """What is left of a line of the text, which begins at `start`, and the line with spaces for the rest."""
    pieces: list[str] = []
    mask: list[str] = []
    position = 0
    for begins, ends in ranges:
        low, high = max(begins - start, 0), min(ends - start, len(line))
        pieces.append(line[position:low])
        mask += (line[position:low], " " * (high - low))
        if _is_within_link(line, low, high):
            pieces.append("%%%%")  # an empty comment, which keeps the link from being one
        elif begins >= start and ends <= start + len(line) and _ROW.match(line):
            pieces += _BAR.findall(line, low, high)  # the row's other cells stay where they are
        position = high
    rest = "".join((*pieces, line[position:]))
    if _BARE.fullmatch(rest):
        return REMOVED_LINE, REMOVED_LINE
    if (opening := ranges[0][0]) < start:
        rest = _quote_of(line, text, opening, rest) + rest.lstrip()
    return rest, "".join((*mask, line[position:]))


def _is_within_link(line: str, low: int, high: int) -> bool:
    opening = line.rfind("[[", 0, low)
    return opening >= 0 and "]]" not in line[opening:low] and "]]" in line[high:]


def _quote_of(line: str, text: str, opening: int, rest: str) -> str:
    """The signs of the quote that a line is in, hidden with its start, where what hides them began in that quote."""
    signs = _QUOTE.match(line)
    above = _QUOTE.match(text, text.rfind("\n", 0, opening) + 1, opening)
    if not signs or not above or rest.lstrip().startswith(">"):
        return ""
    return signs[0] if signs[0].count(">") <= above[0].count(">") else ""


def _part_paragraphs(written: Sequence[str], shown: list[str]) -> None:
    """Makes an empty line of the first that is gone between two blocks, so that they stay two; not among items.

    Where all that is gone was in a quote, with what stands above it and below, the line is one of the quote.
    """
    number = 0
    while number < len(shown):
        if shown[number] != REMOVED_LINE or written[number] == REMOVED_LINE:
            number += 1
            continue
        end = number
        while end < len(shown) and shown[end] == REMOVED_LINE:
            end += 1
        above = shown[number - 1] if number else ""
        below = shown[end] if end < len(shown) else ""
        is_between = above.strip() and below.strip() and not _ITEM.match(above) and not _ITEM.match(below)
        if end - number > 1 and is_between:
            quotes = [_QUOTE.match(line) for line in (above, *written[number:end], below)]
            shown[number] = ">" * min(quote[0].count(">") if quote else 0 for quote in quotes)
        number = end
