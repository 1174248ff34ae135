"""A link as somebody writes it into the settings: as in a note, `[[Name]]`, `[[Name|words]]` or `[words](goal)`."""

import re

from msgspec import Struct

from notegen.regex import regex

_WIKI = regex(r"\[\[(?P<goal>[^\[\]|]+)(?:\|(?P<text>[^\[\]]+))?\]\]")
_INLINE = regex(r"\[(?P<text>[^\[\]]+)\]\((?P<goal>[^()<>\s][^()<>]*)\)")
_OUTSIDE = regex(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_ANY_SCHEME = regex(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


class WrittenLink(Struct, frozen=True):
    """What it says, empty for the name of its goal, and where it leads: a note by its name, or an address."""

    text: str
    note: str = ""
    address: str = ""


def written_link(markdown: str) -> WrittenLink | None:
    """The link that the whole text is; None where it is none, or leads to what no page may lead to."""
    written = markdown.strip()
    if wiki := _WIKI.fullmatch(written):
        return WrittenLink((wiki["text"] or "").strip(), note=wiki["goal"].strip())
    inline = _INLINE.fullmatch(written)
    if not inline:
        return None
    text, goal = inline["text"].strip(), inline["goal"].strip()
    if _OUTSIDE.fullmatch(goal):
        return WrittenLink(text, address=goal)
    return None if _ANY_SCHEME.match(goal) or not text else WrittenLink(text, note=goal)
