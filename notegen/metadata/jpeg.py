"""JPEG: a row of segments; kept are those that draw the picture, its colour profile, and how it is turned.

What lies behind the end of the picture goes too: telephones put a film, a second picture or a depth map there.

Source: ITU-T T.81, annex B; JFIF 1.02; ICC.1, annex B.4.
"""

from collections.abc import Iterator

from notegen.metadata.exif import KeptExif, read_exif
from notegen.regex import regex

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_DRAWING = frozenset((*range(0xC0, 0xD0), _SCAN, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF)) - {0xC8}
"""Tables, frames and scans."""
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
"""Markers without a length."""
_IN_SCAN = regex(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends the packed pixels: a marker that is neither a restart nor a byte 255 itself; more bytes 255 fill up."""
_JFIF = 0xE0
_JFIF_BYTES = 12
"""The bytes of its segment before the size of a small picture."""

_Segment = tuple[int, bytes, bytes]
"""Its marker, what it holds, and, of a scan, the packed pixels behind it."""


def clean_jpeg(content: bytes) -> bytes:
    """The picture without its metadata; total."""
    kept, first, drawn = KeptExif(), b"", bytearray()
    for marker, held, pixels in _segments(content):
        if marker == _JFIF and held.startswith(b"JFIF\0"):
            first = first or _segment(marker, held[:_JFIF_BYTES].ljust(_JFIF_BYTES, b"\0") + b"\0\0")
        elif marker == 0xE1 and held.startswith(b"Exif\0\0"):
            kept = kept or read_exif(held)
        elif marker in _DRAWING or _is_needed(marker, held):
            drawn += _segment(marker, held) + pixels
    turned = _segment(0xE1, b"Exif\0\0" + kept.tiff()) if kept else b""
    return b"".join((b"\xff\xd8", first, turned, bytes(drawn), b"\xff\xd9"))


def _is_needed(marker: int, held: bytes) -> bool:
    """Whether a segment beside the drawing says which colours are meant."""
    return (marker == 0xE2 and held.startswith(b"ICC_PROFILE\0")) or (
        marker == 0xEE and held.startswith(b"Adobe")
    )


def _segment(marker: int, held: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(held) + 2).to_bytes(2, "big") + held


def _segments(content: bytes) -> Iterator[_Segment]:
    """The segments up to the end of the picture; bytes between them that are none are passed over, as browsers do."""
    position = 2
    while (position := content.find(b"\xff", position)) >= 0 and position + 1 < len(content):
        marker = content[position + 1]
        position += 1
        if marker in (0x00, 0xFF, _START) or marker in _ALONE:
            continue
        if marker == _END:
            return
        start = position + 3
        end = position + 1 + max(2, int.from_bytes(content[position + 1 : start], "big"))
        pixels = b""
        position = end
        if marker == _SCAN:
            found = _IN_SCAN.search(content, end)
            position = found.start() if found else len(content)
            pixels = content[end:position].rstrip(b"\xff") if found else content[end:]
        yield marker, content[start:end], pixels
