"""An outline cut into its blocks: a bullet with the lines under it, up to the next bullet outside code."""

import re
from dataclasses import dataclass

_BULLET = re.compile(r"(?P<indent>[ \t]*)-(?:[ \t]|$)")
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})(?P<info>.*)")


@dataclass(slots=True)
class Block:
    """One block's lines, to be changed in place of the text's from `first` on."""

    first: int
    """The index of its first line in the text."""
    bullet: str
    """Its indentation with the bullet, `\\t- `; empty for text before the first bullet."""
    indents: list[str]
    """Of each line what stands before its text; the bullet's own line has none."""
    texts: list[str | None]
    """Each line without its indentation; None for a line that is taken out."""
    code: list[bool]
    """Which lines are fenced code, its fences included."""

    @property
    def level(self) -> int:
        """The column of the bullet; -1 for text before the first bullet."""
        return width(self.bullet.partition("-")[0]) if self.bullet else -1

    def is_text(self, index: int) -> bool:
        """Whether the line is there and no code."""
        return self.texts[index] is not None and not self.code[index]


def split_blocks(text: str) -> list[Block]:
    """The blocks in order; every line is in one."""
    blocks: list[Block] = []
    fence = ""
    column = 0
    for number, line in enumerate(text.split("\n")):
        bullet = _BULLET.match(line)
        # Code holds lines like bullets; but one further out than the code's own block ends it, closed or not.
        if bullet and fence and (not blocks[-1].bullet or width(bullet["indent"]) >= column):
            bullet = None
        if bullet:
            fence = ""
            blocks.append(Block(number, f"{bullet['indent']}- ", [""], [line[bullet.end() :]], [False]))
            column = width(bullet["indent"]) + 2
        else:
            if not blocks:
                blocks.append(Block(number, "", [], [], []))
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
    return blocks


def width(indent: str) -> int:
    """The columns that white space takes, tabs to every fourth."""
    return len(indent.expandtabs(4))


def _indent(line: str, column: int) -> str:
    """The line's white space, up to the column of its block's text."""
    end = 0
    while end < len(line) and line[end] in " \t" and width(line[:end]) < column:
        end += 1
    return line[:end]
