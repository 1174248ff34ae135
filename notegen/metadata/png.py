"""PNG: a row of chunks; kept are those that draw the picture, colour it or move it.

What programs write beside is text, Exif, the day, or the whole drawing that the picture was made of.

Source: PNG, third edition (W3C, 2025).
"""

import zlib
from collections.abc import Iterator

from notegen.metadata.exif import KeptExif, read_exif

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DRAWING = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs hIST sPLT acTL fcTL fdAT".split()
)
_RIGHTS = (b"Copyright\0", b"copyright\0")


def clean_png(content: bytes) -> bytes:
    """The picture without its metadata; total."""
    kept = KeptExif()
    chunks: list[bytes] = []
    for kind, held, whole in _chunks(content):
        if kind == b"eXIf":
            kept = KeptExif(read_exif(held).orientation)
        elif kind in _DRAWING or (kind == b"tEXt" and held.startswith(_RIGHTS)):
            chunks.append(whole)
    if kept and chunks:
        chunks.insert(1, _chunk(b"eXIf", kept.tiff()))
    return SIGNATURE + b"".join(chunks)


def _chunk(kind: bytes, held: bytes) -> bytes:
    return len(held).to_bytes(4, "big") + kind + held + zlib.crc32(kind + held).to_bytes(4, "big")


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The chunks up to the end of the picture: what each is called, what it holds, and the whole of it."""
    position = len(SIGNATURE)
    kind = b""
    while position + 8 <= len(content) and kind != b"IEND":
        size = int.from_bytes(content[position : position + 4], "big")
        kind = content[position + 4 : position + 8]
        end = position + 12 + size
        yield kind, content[position + 8 : position + 8 + size], content[position:end]
        position = end
