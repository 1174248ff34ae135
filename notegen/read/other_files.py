"""What files that are no notes say of who may see them, each in the way of its kind.

    # private: true    // draft: true    % publish: no    among the first lines, as a remark of whatever language
    :draft: true       .. status: private    :page-published: false    fields of reStructuredText and AsciiDoc
    CLASS:PRIVATE      of an event or a person, anywhere in a calendar or address book

Source: https://www.rfc-editor.org/rfc/rfc5545#section-3.8.1.3
"""

import re
from pathlib import PurePosixPath

from notegen.read.visibility import seems_encrypted, seems_private
from notegen.regex import regex

CALENDAR_SUFFIXES = frozenset({".ics", ".ifb", ".ical", ".vcf", ".vcard"})
"""Files that are read as a whole, since each of their entries has a class of its own."""
_CLASS = regex(
    r"^CLASS(?:;[^:\r\n]*)?:[ \t]*(?:PRIVATE|CONFIDENTIAL)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
_REMARK = regex(r"[ \t]*(?:#|//|--|%|;|'|/\*|\*|<!--|\{-|\(\*|REM\b|NOTE\b)", re.IGNORECASE)
_FIELD = regex(r"(?:\.\. |:(?=[^\W\d_]))")
_MAX_LINES = 12


def says_private_in_its_own_way(text: str, path: str) -> bool:
    """Whether a file's beginning keeps it back, of a calendar or address book whatever it says of any entry."""
    if PurePosixPath(path).suffix.lower() in CALENDAR_SUFFIXES and _CLASS.search(text):
        return True
    remarks, fields = _stated_in(text)
    return seems_private(remarks, in_prose=True) or seems_private(fields)


def says_encrypted_in_its_own_way(text: str) -> bool:
    """Whether a file's beginning encrypts it, `# encrypt: true`."""
    remarks, fields = _stated_in(text)
    return seems_encrypted(remarks, in_prose=True) or seems_encrypted(fields)


def _stated_in(text: str) -> tuple[str, str]:
    """The remarks among a text's first lines, and the fields."""
    lines = text.split("\n", _MAX_LINES)[:_MAX_LINES]
    return "\n".join(filter(_REMARK.match, lines)), "\n".join(filter(_FIELD.match, lines))
