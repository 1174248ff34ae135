"""A page's own properties: those of its first block, beside what front matter says."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from notegen.dates import DATE_KEYS, day_in_value
from notegen.read.logseq.blocks import Block
from notegen.read.logseq.graph import LogseqGraph
from notegen.read.logseq.inline import label_pages
from notegen.read.logseq.macros import expand_line
from notegen.read.logseq.properties import (
    aliases_in,
    is_hidden,
    linked_value,
    names_in,
    plain_value,
    read_property,
)
from notegen.regex import regex

FLAGS = ("public", "publish", "published", "private", "draft", "encrypted", "encrypt")
"""The properties that say whether a page is published, and whether encrypted."""

# Read more freely than other properties: `public::false` lacks a space, and means what it says; `:public: false` is
# a line of a drawer, wherever that stands.
_FLAG = regex(rf"(?P<drawer>:)?(?P<key>{'|'.join(FLAGS)})(?(drawer):|::)(?P<value>.*)", re.IGNORECASE)
_LISTS = {"alias": "aliases", "aliases": "aliases", "tag": "tags", "tags": "tags"}


def first_block(blocks: list[Block]) -> Block:
    """The first block that holds anything; the very first of an empty page."""
    return next((block for block in blocks if any((text or "").strip() for text in block.texts)), blocks[0])


def take_page_properties(block: Block) -> dict[str, tuple[str, int]]:
    """Takes the page's properties out of its first block: each key's value and line, counted in the block from 0.

    They are the lines it begins with or, under a bullet, all of it: properties with text beside them are the block's.
    """
    found = {}
    for index, text in enumerate(block.texts):
        line = (text or "").strip()
        if property := read_property(line) if block.is_text(index) else None:
            found[property[0]] = (property[1], index)
        elif line and block.bullet:
            return {}
        elif line:
            break
    if block.bullet and all(is_hidden(key, ()) for key in found):
        return {}
    for index, text in enumerate(block.texts):
        line = (text or "").strip()
        if line and not read_property(line):
            break
        block.texts[index] = None if line else text
    return found


def flags_in(blocks: Iterable[Block]) -> dict[str, object]:
    """What the blocks say, wherever in them, about who may see the page."""
    flags: dict[str, object] = {}
    for block in blocks:
        for index, text in enumerate(block.texts):
            found = _FLAG.fullmatch((text or "").strip()) if block.is_text(index) else None
            if found and (value := found["value"].strip().lower()):
                flags[found["key"].lower()] = {"true": True, "false": False}.get(value, value)
    return flags


def merge_properties(
    front: Mapping[str, object], own: Mapping[str, str], graph: LogseqGraph
) -> dict[str, object]:
    """Front matter with the page's properties over it, in the words and types that notegen reads.

    Names are lists, times are days, and what only Logseq uses is left out.
    """
    merged: dict[str, object] = {
        key: _linked(key, value) if isinstance(value, str) and "[[" in value else value
        for key, value in front.items()
        if key not in (*_LISTS, "public")
    }
    for source in (front, own):
        for key, value in source.items():
            if name := _LISTS.get(key):
                had = merged.get(name, [])
                values = value if isinstance(value, list) else [value]
                names = aliases_in(values) if name == "aliases" else names_in(values)
                merged[name] = [*(had if isinstance(had, list) else []), *names]
    for key, value in own.items():
        hidden = is_hidden(key, graph.hidden_properties) or (key in FLAGS and key != "published")
        if key == "created-at":
            merged[key] = _day_or_text(value)
        elif value and key not in _LISTS and not hidden:
            merged[key] = _linked(key, value if key == "title" else expand_line(value, graph.macros))
    return merged


def _linked(key: str, value: str) -> str:
    """The value with its references as links: whoever makes words of it has to know first which pages are private."""
    plain, linked = plain_value(value), label_pages(linked_value(value))
    is_day = key in DATE_KEYS and day_in_value(linked) != day_in_value(plain)
    return plain if is_day else linked


def _day_or_text(value: str) -> str:
    """Milliseconds since 1970, as Logseq notes times, as a day, UTC; anything else as it is."""
    try:
        return datetime.fromtimestamp(int(value) / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return value
