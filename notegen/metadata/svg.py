"""SVG: text with elements; kept is what draws the picture, and what it says to its reader, titles and descriptions.

Programs write beside it who drew it, under which path on whose disk, and often the whole drawing once more for
themselves. A photograph within it is cleaned as one by itself.

Source: SVG 2 (W3C, 2018); what Inkscape, Illustrator, draw.io and Excalidraw write was looked at in their files.
"""

import base64
import binascii
import re
from collections.abc import Callable

from notegen.regex import regex

STARTS = (b"<?xml", b"<svg", b"<!--", b"<!DOCTYPE svg")
BEFORE = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the first of these: a byte order mark and space."""

_IS_SVG = regex(
    rb"[\s\xef\xbb\xbf]*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<(?:svg:)?svg[\s>/]",
    re.DOTALL,
)
_PART = regex(
    rb"(?P<data><!\[CDATA\[.*?\]\]>)"
    rb"|<!--.*?(?:-->|\Z)"
    rb"|<\?(?!xml[\s-]).*?\?>"
    rb"|(?P<metadata><(?P<name>(?:\w+:)?metadata|sodipodi:namedview|i:pgf|i:aipgf\w*)\b(?>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)"
    rb"(?:(?<=/)>|>.*?</(?P=name)\s*>))"
    rb"|(?P<tag><[A-Za-z](?>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>)",
    re.DOTALL,
)
_OF_PROGRAMS = regex(
    rb"\s+(?:inkscape:export-[\w-]+|sodipodi:(?:docname|docbase|absref))\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
_SOURCE = regex(rb"(?<=[\s\"'])content\s*=\s*(?:\"[^\"]*\"|'[^']*')")
"""On the outermost element: draw.io's whole drawing, with what is hidden in it."""
_PICTURE = regex(rb"(?<=[\"'])(?P<start>\s*data:image/[\w.+-]+;base64,)(?P<code>[A-Za-z0-9+/=\s]+)")
_LICENCE = regex(rb"\blicense\b[^<>]*?\bresource\s*=\s*[\"'](https?://[^\"'<>&\s]+)[\"']", re.IGNORECASE)


def cleans_svg(without_metadata: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """What takes the metadata out of an SVG, given what does of a photograph within it; total."""

    def clean(content: bytes) -> bytes:
        if not _IS_SVG.match(content):
            return content
        return _PART.sub(lambda part: _kept(part, without_metadata), content)

    return clean


def _kept(part: re.Match[bytes], without_metadata: Callable[[bytes], bytes]) -> bytes:
    if part["data"]:
        return part["data"]
    if part["metadata"]:
        licence = _LICENCE.search(part["metadata"])
        return b"<metadata>" + licence[1] + b"</metadata>" if licence else _licence_again(part["metadata"])
    if not (tag := part["tag"] or b""):
        return b""
    tag = _OF_PROGRAMS.sub(b"", tag)
    if re.match(rb"<(?:svg:)?svg\s", tag):
        tag = _SOURCE.sub(b"", tag)
    return _PICTURE.sub(lambda one: _cleaned(one, without_metadata), tag)


def _licence_again(metadata: bytes) -> bytes:
    """What was left of metadata the last time."""
    return metadata if re.fullmatch(rb"<metadata>https?://[^\"'<>&\s]+</metadata>", metadata) else b""


def _cleaned(picture: re.Match[bytes], without_metadata: Callable[[bytes], bytes]) -> bytes:
    try:
        content = base64.b64decode(b"".join(picture["code"].split()), validate=True)
    except (binascii.Error, ValueError):
        return picture[0]
    made = without_metadata(content)
    return picture[0] if made == content else picture["start"] + base64.b64encode(made)
