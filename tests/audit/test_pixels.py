"""Pixels are no text; all else in a picture's file is read."""

import struct
import zlib

from notegen.audit.readings import lines_of
from notegen.drawing.icon import draw_icon

SECRET = b"the quince hedge"


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def says(content: bytes, word: str = "quince hedge") -> bool:
    """Whether an audit reads the word in the file."""
    return any(word in line for line in lines_of("notegen/a.png", content).written)


def test_packed_pixels_are_not_read() -> None:
    """Whatever they look like: a block that is stored as it is holds them letter by letter."""
    picture = draw_icon(16, "0b5d8f")
    pixels = picture.index(b"IDAT") - 4
    stored = zlib.compress(SECRET * 9, 0)
    assert SECRET in stored
    for parts in ([stored], [stored[:30], stored[30:]]):
        assert not says(
            picture[:pixels] + b"".join(chunk(b"IDAT", part) for part in parts) + chunk(b"IEND", b"")
        )


def test_all_else_in_a_picture_is_read() -> None:
    """What it says of itself, what stands behind its end, and what only says that it is pixels."""
    picture = draw_icon(16, "0b5d8f")
    pixels, end = picture.index(b"IDAT") - 4, picture.index(b"IEND") - 4
    head, drawn, tail = picture[:pixels], picture[pixels:end], picture[end:]
    assert says(head + chunk(b"tEXt", b"Comment\0" + SECRET) + drawn + tail)
    assert says(picture + SECRET)
    assert says(head + chunk(b"IDAT", SECRET) + tail)
    assert says(head + drawn[:-4] + SECRET + tail)
    assert says(head + chunk(b"IDAT", zlib.compress(b"", 0) + SECRET) + tail)
    assert says(head + chunk(b"IDAT", zlib.compress(SECRET, 0)[:-4]))
