"""Which lines of a body speak of the note as a whole: its first block, and all that is neither heading nor code."""

import re
from collections.abc import Iterator

from notegen.regex import regex

_FENCE = regex(r"[ \t>*+-]*(?P<fence>`{3,}|~{3,})")
_HEADING = regex(r"[ \t>]*(?:[-*+][ \t]+)*#{1,6}[ \t]")
_ONLY_TAGS = regex(r"[ \t>]*(?:#[^\s#]+[ \t]*)+")
"""Above front matter, which then is no line under a heading, or alone in a paragraph above a rule."""
_UNDERLINE = regex(r"[ \t>]*(?:=+|-+)[ \t]*")


def first_block(text: str) -> Iterator[str]:
    """The lines up to the second bullet, or up to an empty line after some text."""
    bullets = 0
    seen = False
    for line in text.split("\n"):
        if re.match(r"[ \t]*[-*+][ \t]", line):
            bullets += 1
        if bullets > 1 or (seen and not line.strip()) or _FENCE.match(line):
            return
        seen = seen or (bool(line.strip()) and not _HEADING.match(line))
        yield line


def outside_headings(text: str) -> Iterator[str]:
    """The lines that are no heading and no fenced code; tags alone are none, whatever stands below them."""
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark["fence"].startswith(fence) else fence
        elif mark:
            fence = mark["fence"]
        elif _ONLY_TAGS.fullmatch(line) or not (
            _HEADING.match(line) or _UNDERLINE.fullmatch("".join(lines[number + 1 : number + 2]))
        ):
            yield line
