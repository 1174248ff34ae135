"""Pelican's addresses: `{filename}other.md`, `{static}/images/a.png`, `{attach}a.png`, and the older `|filename|`.

What stands in the braces says what Pelican does with the file, and nothing about where it is: an address behind them
is read as any other, from the top of the notes where it begins with a slash.
"""

import re

from notegen.read.code_spans import outside_code

_PLACE = re.compile(
    r"(?P<before>\]\([ \t]*<?|\b(?:src|href|poster)[ \t]*=[ \t]*[\"']?|^[ ]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]*<?)"
    r"(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)",
    re.MULTILINE | re.IGNORECASE,
)
_SIGN = re.compile(r"[{|](?:filename|static|attach)[}|]", re.IGNORECASE)


def without_places(text: str) -> str:
    """The text with plain addresses in the place of Pelican's. Total."""
    return outside_code(text, _plain_line) if _SIGN.search(text) else text


def _plain_line(line: str) -> str:
    return _PLACE.sub(r"\g<before>", line)
