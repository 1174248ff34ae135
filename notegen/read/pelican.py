"""Pelican's addresses: `{filename}other.md`, `{static}/images/a.png`, `{attach}a.png`, and the older `|filename|`.

What stands in the braces says what Pelican does with the file, and nothing about where it is: an address behind them
is read as any other, from the top of the notes where it begins with a slash. `{tag}sea` and `{index}` are the pages of
a tag and of the site; there is none of a category or an author, so of a link to one the words stay.
Nikola's `link://slug/first` and `link://filename/posts/first.md` are addresses from the top too.
"""

import re

from notegen.read.code_spans import outside_code
from notegen.regex import regex

_PLACE = regex(
    r"(?P<before>\]\([ \t]*<?|\b(?:src|href|poster)[ \t]*=[ \t]*[\"']?|^[ ]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]*<?)"
    r"(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)",
    re.MULTILINE | re.IGNORECASE,
)
_PAGE = regex(
    r"(?<=\]\()(?:\{(?P<page>tag|index)\}|\|(?P<old>tag|index)\|)(?P<name>[^()\s]*)(?=\))", re.IGNORECASE
)
_NO_PAGE = regex(
    r"(?<!!)\[(?P<words>[^\[\]\n]+)\]\((?:\{(?:category|author)\}|\|(?:category|author)\|)[^()\n]*\)",
    re.IGNORECASE,
)
_OF_NIKOLA = regex(r"(?P<before>\]\(<?|\bhref=[\"']?)link://(?:slug|filename|root)/", re.IGNORECASE)
_SIGN = regex(r"[{|](?:filename|static|attach|tag|index|category|author)[}|]", re.IGNORECASE)


def without_places(text: str) -> str:
    """The text with plain addresses in the place of Pelican's and Nikola's. Total."""
    if "link://" in text:
        text = outside_code(text, lambda line: _OF_NIKOLA.sub(r"\g<before>/", line))
    return outside_code(text, _plain_line) if _SIGN.search(text) else text


def _plain_line(line: str) -> str:
    line = _NO_PAGE.sub(r"\g<words>", _PLACE.sub(r"\g<before>", line))
    return _PAGE.sub(lambda m: f"/tags/{m['name']}" if m["name"] else "/", line)
