"""The headings of a text, as far as they can be told without reading it as Markdown."""

import re

from notegen.regex import regex

_HEADING = regex(
    r"^[ \t>]*(?:[-*+][ \t]+)?#{1,6}[ \t]+(?P<words>[^\n]+?)[ \t]*#*$|^(?P<over>[^\n]+)\n(?:=+|-+)[ \t]*$",
    re.MULTILINE,
)


def headings_of(text: str) -> frozenset[str]:
    """The words of all of them; some of what is none, as in code, may be among them."""
    return frozenset(found["words"] or found["over"] for found in _HEADING.finditer(text))
