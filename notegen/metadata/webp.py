"""WebP: a RIFF file of chunks; kept are those that draw the picture, colour it or move it.

Source: RFC 9649.
"""

from collections.abc import Iterator

from notegen.metadata.exif import KeptExif, read_exif

_DRAWING = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def clean_webp(content: bytes) -> bytes:
    """The picture without its metadata; total."""
    kept = KeptExif()
    chunks: list[tuple[bytes, bytes]] = []
    for kind, held in _chunks(content):
        if kind == b"EXIF":
            kept = kept or read_exif(held)
        elif kind in _DRAWING:
            chunks.append((kind, held))
    is_extended = bool(chunks) and chunks[0][0] == b"VP8X" and bool(chunks[0][1])
    if is_extended:
        held = chunks[0][1]
        flags = held[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if kept else 0)
        chunks[0] = b"VP8X", bytes((flags,)) + held[1:]
        if kept:
            chunks.append((b"EXIF", kept.tiff()))
    body = b"WEBP" + b"".join(
        kind + len(held).to_bytes(4, "little") + held + b"\0" * (len(held) % 2) for kind, held in chunks
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = min(len(content), 8 + int.from_bytes(content[4:8], "little"))
    position = 12
    while position + 8 <= end:
        size = int.from_bytes(content[position + 4 : position + 8], "little")
        yield content[position : position + 4], content[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
