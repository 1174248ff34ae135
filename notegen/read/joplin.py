"""Joplin's raw export: each note, folder, tag and file is a file of its own, called by 32 digits.

    Its title                       the first line

    Its text

    id: 0123456789abcdef…           the last lines: what Joplin knows of it
    latitude: 48.20000000
    is_conflict: 0
    type_: 1

These lines say where and by whom a note was written, so none of them is shown.
Source: https://joplinapp.org/help/dev/spec/ and what its program writes.
"""

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from notegen.read.front_matter import FrontMatter
from notegen.regex import regex

Kind = Literal["note", "tag", "note_tag", "other"]

ITEM_NAME = regex(r"[0-9a-f]{32}\.md", re.IGNORECASE)
_TAIL = regex(r"(?:\A|\n)(?P<tail>id: [0-9a-f]{32}\n(?:[a-z_]+: ?[^\n]*\n)*?type_: (?P<type>\d+))\s*\Z")
_KINDS: Mapping[str, Kind] = {"1": "note", "5": "tag", "6": "note_tag"}
_NOTHING = ("", "0")
_KEEPING_BACK = ("is_conflict", "deleted_time", "encryption_applied")
"""A copy that was in another's way, what is in the bin, what nobody can read."""
_SHOWN = {"user_created_time": "created", "user_updated_time": "updated"}


class Item(Struct, frozen=True):
    """One item of an export."""

    kind: Kind
    text: str
    """Without the last lines; as many lines as before stand above each that is left."""
    fields: Mapping[str, str]

    @property
    def title(self) -> str:
        """Its first line."""
        return self.text.strip().partition("\n")[0].strip()

    @property
    def is_kept_back(self) -> bool:
        """Whether it is no note, or one that Joplin does not show among the others."""
        return self.kind != "note" or any(self.fields.get(key, "") not in _NOTHING for key in _KEEPING_BACK)

    def as_note(self) -> FrontMatter:
        """The note as other tools write it: its title a heading, its days in front of it; nothing of another item.

        A file, a tag and a notebook are called as people call what is public: no link to them is to a private note.
        """
        if self.kind != "note":
            return FrontMatter("", {}, "", 1)
        properties = {name: self.fields[key] for key, name in _SHOWN.items() if self.fields.get(key)}
        title, _, body = self.text.partition("\n")
        return FrontMatter("", properties, f"# {title.strip()}\n{body}" if title.strip() else body, 1)


def read_item(text: str) -> Item | None:
    """The item that a file holds; None for any other text. Total."""
    end = text.rstrip()
    if "\ntype_: " not in end[-20:] or (found := _TAIL.search(end)) is None:
        return None
    pairs = (line.partition(":")[::2] for line in found["tail"].split("\n"))
    fields = {key: value.strip() for key, value in pairs}
    return Item(_KINDS.get(found["type"], "other"), end[: found.start()].rstrip(), fields)
