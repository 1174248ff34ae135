"""What exporters write of a note below its text, or below its title, as lines of it.

    yarle, of Evernote's     indented, and last: `Created at: 2018-10-06T12:46:58+01:00`, `Where: 48.2,16.3`
    Simplenote               last: `Tags:`, and below it, indented by two spaces, `sea, moon`
    Zim                      below a title: `Created Wednesday 01 February 2023`

They become front matter, as they are everywhere else, and where a note was written is left out. Sources: the default
template of https://github.com/akosbalasko/yarle, `appendTags` of https://github.com/Automattic/simplenote-electron, and
Zim's template for new pages.
"""

import re

from msgspec.structs import replace

from notegen.model import Source
from notegen.regex import regex

_YARLE = regex(
    r"\n\n(?P<lines>(?: {4}|\t)(?:Created|Updated) at:[^\n]*"
    r"(?:\n(?: {4,6}|\t)(?:Updated at|Source URL|Source|Where|Notebook):?[ \t][^\n]*){0,4})\s*\Z"
)
_LINE = regex(r"\s*(?P<key>Created|Updated|Source|Notebook)(?: at| URL)?:?[ \t]+(?P<value>\S[^\n]*)")
_SIMPLENOTE = regex(r"\n\n(?P<lines>Tags:\n(?P<tags>  [^\n,]+(?:,[ \n]+[^\n,]+){0,200}))\s*\Z")
_ZIM = regex(
    r"\A# [^\n]+\n+(?P<lines>Created (?P<day>[^\W\d_]{5,12} \d{1,2} [^\W\d_]{3,12} \d{4})[ \t]*)(?=\n|\Z)"
)
_LENGTH_OF_END = 8000
_LENGTH_OF_TOP = 600


def with_exported_lines(source: Source) -> Source:
    """The source with such lines as front matter, where it has no other of theirs; lines keep their numbers. Total."""
    text = source.text
    start_of_end = max(0, len(text) - _LENGTH_OF_END)
    if " at:" in text[start_of_end:] and (found := _YARLE.search(text, start_of_end)):
        lines = filter(None, map(_LINE.fullmatch, found["lines"].split("\n")))
        return _without(source, found, {line["key"].lower(): line["value"].strip() for line in lines})
    if "\nTags:\n  " in text[start_of_end:] and (found := _SIMPLENOTE.search(text, start_of_end)):
        tags = [tag.strip() for tag in found["tags"].replace("\n", ",").split(",")]
        return (
            source
            if "tags" in source.properties
            else _without(source, found, {"tags": [*filter(None, tags)]})
        )
    if "\nCreated " in text[:_LENGTH_OF_TOP] and (found := _ZIM.match(text)):
        return _without(source, found, {"created": found["day"]})
    return source


def _without(source: Source, found: re.Match[str], stated: dict[str, object]) -> Source:
    """The source with what its lines state, which stay empty."""
    start, end = found.span("lines")
    written = found["lines"]
    # What may hide a part of the note is left to the rules for that.
    if "%%" in written or "<!--" in written or "-->" in written:
        return source
    number = source.first_line + source.text.count("\n", 0, start)
    return replace(
        source,
        text=source.text[:start] + "\n" * written.count("\n") + source.text[end:],
        properties={**stated, **source.properties},
        property_lines={**dict.fromkeys(stated, number), **source.property_lines},
    )
