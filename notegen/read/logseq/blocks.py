"""An outline cut into its blocks: a bullet with the lines under it, up to the next bullet outside code.

A heading at the left edge is a block without a bullet, and so is text there that an empty line parts from the list
above; what is indented below is under it.
"""

import re
from bisect import bisect_right

from msgspec import Struct

from notegen.regex import regex

_BULLET = regex(r"(?P<indent>[ \t]*)-(?:[ \t]|$)")
_FENCE = regex(r"[ \t]*(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_BEGIN = regex(r"[ \t]*#\+BEGIN_(?P<kind>\w+)(?:[ \t].*)?", re.IGNORECASE)
_END = regex(r"[ \t]*#\+END_(?P<kind>\w+)[ \t]*", re.IGNORECASE)
_HEADING = regex(r"#{1,6}[ \t]+\S")
_ITEM = regex(r"[ \t]*(?:[*+]|\d{1,9}[.)])[ \t]")
_STEP = 2
"""Columns by which a block's text is further in than its bullet."""
_MAX_STEP = 5
"""Columns by which a list item may be further in than the one it is under; beyond, Markdown sees code."""


class Block(Struct):
    """One block's lines, to be changed in place of the text's from `first` on."""

    first: int
    """The index of its first line in the text."""
    bullet: str
    """Its indentation with the bullet, `\\t- `; empty for a block without one."""
    indents: list[str]
    """For each line, what stands before its text; the bullet's own line has none."""
    texts: list[str | None]
    """Each line without its indentation; None for a line that is taken out."""
    code: list[bool]
    """Which lines are fenced code, its fences included."""

    @property
    def level(self) -> int:
        """The column of the bullet; -1 without one."""
        return width(self.bullet.partition("-")[0]) if self.bullet else -1

    def is_text(self, index: int) -> bool:
        """Whether the line is there and no code."""
        return self.texts[index] is not None and not self.code[index]


def split_blocks(text: str) -> list[Block]:
    """The blocks in order; every line is in one."""
    blocks: list[Block] = []
    fence = ""
    column, container_end = 0, -1
    lines = text.split("\n")
    ends = _Containers(lines)
    for number, line in enumerate(lines):
        bullet = _BULLET.match(line) if number > container_end else None
        # Code holds lines like bullets; but one further out than the code's own block ends it, closed or not.
        if bullet and fence and (not blocks[-1].bullet or width(bullet["indent"]) >= column):
            bullet = None
        if bullet:
            fence = ""
            blocks.append(Block(number, f"{bullet['indent']}- ", [""], [line[bullet.end() :]], [False]))
            column = width(bullet["indent"]) + 2
        else:
            inside = bool(fence) or number <= container_end
            if not blocks or (not inside and _starts_block(line, blocks[-1])):
                blocks.append(Block(number, "", [], [], []))
                column = 0
            indent = _indent(line, column)
            blocks[-1].indents.append(indent)
            blocks[-1].texts.append(line[len(indent) :])
            blocks[-1].code.append(bool(fence))
        content = blocks[-1].texts[-1] or ""
        if mark := _FENCE.fullmatch(content):
            if not fence and not (mark["fence"][0] == "`" and "`" in mark["info"]):
                fence = mark["fence"]
                blocks[-1].code[-1] = True
            elif fence and mark["fence"].startswith(fence) and not mark["info"].strip():
                fence = ""
        elif (
            "#+" in content and not fence and number > container_end and (begin := _BEGIN.fullmatch(content))
        ):
            container_end = ends.after(number, begin["kind"].lower(), column)
    return blocks


class _Containers:
    """Finds where a `#+BEGIN_QUOTE` ends: bullets in it are its own, and no blocks of the outline."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._ends: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            if "#+" in line and (end := _END.fullmatch(line)):
                self._ends.setdefault(end["kind"].lower(), []).append(number)
        self._barrier = -1

    def after(self, start: int, kind: str, column: int) -> int:
        """The line of its end; -1 where there is none before a bullet that is further out than its block's text."""
        ends = self._ends.get(kind, [])
        place = bisect_right(ends, start)
        if place == len(ends) or start < self._barrier:
            return -1
        for number in range(start + 1, ends[place]):
            bullet = _BULLET.match(self._lines[number])
            if bullet and width(bullet["indent"]) < column:
                self._barrier = number  # to look again before it would take quadratic time
                return -1
        return ends[place]


def depths_of(blocks: list[Block]) -> list[int]:
    """How deep each block lies in its list, from 1; 0 for one without a bullet."""
    depths: list[int] = []
    above: list[int] = []
    for block in blocks:
        while above and above[-1] >= block.level:
            above.pop()
        above += [block.level] if block.bullet else []
        depths.append(len(above))
    return depths


def pull_out(blocks: list[Block]) -> None:
    """Moves each block as far to the left as it needs for Markdown to see the list that Logseq sees.

    The first bullet under a heading may be indented, and a child by more than one step; both would be code. Under a
    block with a list of its own a child begins where that list does, or Markdown would see it in the last item.
    """
    above: list[
        tuple[int, int, bool]
    ] = []  # columns as written and as they become, and whether there is such a list
    for block in blocks:
        level = block.level
        while above and above[-1][0] >= level:
            above.pop()
        if not block.bullet:
            continue
        step = level - above[-1][0] if above else 0
        with_tabs = not any(has_list for _, _, has_list in above)
        most = _STEP if above and above[-1][2] else _MAX_STEP
        column = above[-1][1] + (step if step <= most else min(4, most)) if above else 0
        above.append((level, column, _has_list(block)))
        _move(block, level - column, with_tabs=with_tabs)


def _has_list(block: Block) -> bool:
    return any(
        text and not code and _ITEM.match(text) for text, code in zip(block.texts, block.code, strict=True)
    )


def width(indent: str) -> int:
    """The columns that white space takes, tabs to every fourth."""
    return len(indent.expandtabs(4))


def _indent(line: str, column: int) -> str:
    """The line's white space, up to the column of its block's text."""
    end = 0
    while end < len(line) and line[end] in " \t" and width(line[:end]) < column:
        end += 1
    return line[:end]


def _starts_block(line: str, last: Block) -> bool:
    """Whether a line without a bullet is no part of the block before it."""
    if line[:1].isspace():
        return False
    if _HEADING.match(line):
        return True
    return bool(line and last.bullet and not (last.texts[-1] or "").strip() and len(last.texts) > 1)


def _move(block: Block, columns: int, *, with_tabs: bool) -> None:
    """Takes columns off the block's indentation."""
    if columns:
        indent, bullet, rest = block.bullet.partition("-")
        block.bullet = _narrowed(indent, columns, with_tabs=with_tabs) + bullet + rest
        block.indents[1:] = [_narrowed(one, columns, with_tabs=with_tabs) for one in block.indents[1:]]


def _narrowed(indent: str, columns: int, *, with_tabs: bool) -> str:
    tabs = "\t" * (columns // 4)
    if with_tabs and columns % 4 == 0 and indent.startswith(tabs):
        return indent[len(tabs) :]
    return " " * max(0, width(indent) - columns)
