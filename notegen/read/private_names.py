"""Collects the names that a private note gives itself, so that no link to it shows one."""

import re
from collections.abc import Iterator

from notegen.read.front_matter import FrontMatter
from notegen.regex import regex
from notegen.text.listed import listed_texts

_STATED = regex(
    r"^[ \t]*(?:\.\. )?(?P<key>title|alias(?:es)?|permalink|slug)[ \t]*(?:::?|=)[ \t]*(?P<value>.+)$",
    re.IGNORECASE | re.MULTILINE,
)
"""Nikola's lines begin with two dots."""
_MARKED = r"^ {0,3}#[ \t]+(?P<words>[^\n]+?)[ \t]*#*$"
_MARKED_HEADING = regex(_MARKED, re.MULTILINE)
_HEADING = regex(rf"{_MARKED}|^(?P<over>[^\n]+)\n=+[ \t]*$", re.MULTILINE)
_BLOCK_ID = regex(r"\bid::?[ \t]*([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})")
_MAX_NAMES = 200


def names_within(front: FrontMatter) -> tuple[str, ...]:
    """Titles, aliases, addresses, the first headings of level 1, and Logseq's ids of blocks."""
    return tuple(dict.fromkeys(name for name in _names(front) if name))[:_MAX_NAMES]


def _names(front: FrontMatter) -> Iterator[str]:
    for key in ("title", "aliases", "alias", "permalink", "slug"):
        for text in listed_texts(front.properties.get(key)):
            yield from _each(text)
    for text in (front.head if front.problems else "", front.body[:4000]):
        for stated in _STATED.finditer(text):
            yield from _each(stated["value"])
    # An underline is looked for only where there is one: for that every line is read to its end.
    if heading := (_HEADING if "\n=" in front.body else _MARKED_HEADING).search(front.body):
        yield (heading["words"] or heading["over"]).strip()
    for id in _BLOCK_ID.findall(front.body) if "id:" in front.body else ():
        yield f"(({id.lower()}))"


def _each(value: str) -> Iterator[str]:
    whole = value.strip(" []\"'")
    yield whole
    if "," in whole or "\n" in whole:
        yield from (part.strip(" []\"'") for part in re.split(r"[,\n]", whole))
