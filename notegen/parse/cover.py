"""The picture that front matter chooses to stand for its note where a link to it is shown."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import Struct

from notegen.model import Link, Place, Source
from notegen.paths import PICTURE_SUFFIXES
from notegen.regex import regex

COVER_KEYS = ("image", "cover", "banner", "banner_image", "featured_image")
"""Obsidian Publish's two, which mean the same; Jekyll, Hugo and Emanote know the first too. Then that of Obsidian's
plugin Banners, and what themes call it."""

_WIKI_LINK = regex(r"!?\[\[(?P<target>[^\[\]|#]+)(?:[|#][^\[\]]*)?\]\]")
_MARKDOWN_LINK = regex(r"!?\[[^\[\]]*\]\(<?(?P<target>[^()<>]+)>?\)")


class Cover(Struct, frozen=True):
    """A note's picture: the property that names it, and either an address elsewhere or a link to be resolved."""

    key: str = ""
    """Empty where there is none."""
    address: str = ""
    """What `Note.picture` holds."""
    links: tuple[Link, ...] = ()


def read_cover(source: Source, number: int) -> Cover:
    """The first of the properties that names a picture, as a path, a link in quotes, or an address elsewhere; total.

    Args:
        number: what the link will be in the note's links.
    """
    for key in COVER_KEYS:
        written = _written_address(source.properties.get(key))
        if written.startswith(("https://", "http://")):
            return Cover(key, written)
        if written and PurePosixPath(written).suffix.lower() in PICTURE_SUFFIXES:
            line = source.property_lines.get(key, 1) if source.first_line else 0
            link = Link("embed", written, "", "", "", Place(source.id, line))
            return Cover(key, f"notegen:{number}", (link,))
    return Cover()


def _written_address(value: object) -> str:
    """The path or address in a value; empty for what is none. YAML makes lists of `[[a.png]]` without quotes."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, Mapping):  # jekyll-seo-tag's `image: {path: …}`
        value = value.get("path")
    if not isinstance(value, str) or "\n" in value.strip():
        return ""
    text = value.strip()
    if wiki := _WIKI_LINK.fullmatch(text):
        return wiki["target"].strip()
    markdown = _MARKDOWN_LINK.fullmatch(text)
    return unquote(markdown["target"].strip()) if markdown else text
