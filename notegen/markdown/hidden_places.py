"""Headings and blocks that public notes hide, so that no link to one shows what it is called."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from notegen.markdown.hidden import leave_out_hidden
from notegen.markdown.parser import parser
from notegen.model import Source
from notegen.paths import slug
from notegen.regex import regex
from notegen.text.tags import composed_tag

_PLACE = regex(
    r"^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?#{1,6}[ \t]+(?P<heading>[^\n]+)$"
    r"|^[ \t>]*(?P<over>[^\s#>`|][^\n]*)\n[ \t>]*(?:=+|-+)[ \t]*$"
    r"|(?:^|[ \t])\^(?P<block>[\w-]+)[ \t]*$",
    re.MULTILINE,
)
_TAGS = regex(r"(?<!\S)#(?:\[\[[^\[\]\n]*\]\]|\S+)|\{#[^{}\n]*\}")
_SIGNS = (
    "%%",
    "<!--",
    "{::comment",
    "comment >}}",
    "comment %}}",
    "{%",
    "/*",
    "{#",
    "<%",
    "<template",
    "hidden",
    "display:",
)
"""One of these stands in a text that hides a place in another way than by a tag on a heading."""


def may_hide(source: Source, private_tags: Sequence[str]) -> bool:
    """Whether a note says anything by which something may be hidden, which most do not."""
    folded = composed_tag(source.text).casefold() if "#" in source.text else ""
    tags = [composed_tag(tag).casefold().strip("#/ ") for tag in private_tags]
    tagged = any(f"#{tag}" in folded or f"#[[{tag}" in folded for tag in tags)
    return tagged or any(sign in source.text for sign in _SIGNS)


def hidden_in(source: Source, private_tags: Sequence[str]) -> frozenset[str]:
    """The headings and blocks that a note hides and shows nowhere, as `place_names` writes them."""
    if not may_hide(source, private_tags) or not _PLACE.search(source.text):
        return frozenset()
    md = parser(for_pandoc=source.figures, for_outlines=source.tool == "logseq", is_flat=True)
    shown = leave_out_hidden(md, source.text, path=source.id, private_tags=private_tags)
    if shown.text == source.text:
        return frozenset()
    return frozenset(_places_in(source.text)) - frozenset(_places_in(shown.text))


def place_names(fragment: str) -> Iterator[str]:
    """What stands behind a link's `#` in the form in which places are compared."""
    for piece in filter(None, map(str.strip, unquote(fragment).split("#"))):
        yield f"^{piece[1:].lower()}" if piece.startswith("^") else slug(piece)


def _places_in(text: str) -> Iterator[str]:
    for found in _PLACE.finditer(text):
        if found["block"]:
            yield f"^{found['block'].lower()}"
            continue
        words = found["heading"] or found["over"]
        yield from {slug(words), slug(_TAGS.sub(" ", words))} - {slug("")}
