"""A name as its reader sees it: what hides a note has to find it also where a letter only looks like the one meant.

Keyboards, copies and disks write `private` with full-width letters, a Turkish `İ` or `ı`, a letter that takes no room,
a ligature, a Cyrillic `р`.
"""

import re
from unicodedata import normalize

from notegen.regex import regex

INVISIBLE = regex("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Letters that take no room, which an editor or a paste leaves in a text."""
LOOK_LATIN = str.maketrans("аеіјкмнорстухѕһԁԛԝαεικνορτυχ", "aeijkmhopctyxshdqwaeikvoptux")
"""Letters of other scripts that cannot be told from Latin ones; one key of a keyboard often has both."""
_I = str.maketrans({"\u0130": "i", "\u0131": "i"})
_TAG = regex(r"#(?:\[\[[^\[\]\n]*\]\]|\S+)")


def look_of(name: str) -> str:
    """The name in small letters, each in the form that it looks like; as it is but for case where all is ASCII."""
    if name.isascii():
        return name.lower()
    plain = INVISIBLE.sub("", normalize("NFKC", name.translate(_I))).casefold().replace("i\u0307", "i")
    return plain.translate(LOOK_LATIN) if re.search("[a-z]", plain) else plain


def with_looks_of_tags(text: str) -> str:
    """The text with each of its tags as `look_of` has it, where not all letters are ASCII."""
    if text.isascii() or "#" not in text:
        return text
    return _TAG.sub(lambda tag: tag[0] if tag[0].isascii() else look_of(tag[0]), text)
