"""Pixels are no text; all else in a picture's file is read."""

import zlib

from notegen.audit.readings import lines_of
from notegen.drawing.icon import draw_icon
from tests.support.png import png_chunk

SECRET = b"the quince hedge"


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
            picture[:pixels] + b"".join(png_chunk(b"IDAT", part) for part in parts) + png_chunk(b"IEND", b"")
        )


def test_all_else_in_a_picture_is_read() -> None:
    """What it says of itself, what stands behind its end, and what only says that it is pixels."""
    picture = draw_icon(16, "0b5d8f")
    pixels, end = picture.index(b"IDAT") - 4, picture.index(b"IEND") - 4
    head, drawn, tail = picture[:pixels], picture[pixels:end], picture[end:]
    assert says(head + png_chunk(b"tEXt", b"Comment\0" + SECRET) + drawn + tail)
    assert says(picture + SECRET)
    assert says(head + png_chunk(b"IDAT", SECRET) + tail)
    assert says(head + drawn[:-4] + SECRET + tail)
    assert says(head + png_chunk(b"IDAT", zlib.compress(b"", 0) + SECRET) + tail)
    assert says(head + png_chunk(b"IDAT", zlib.compress(SECRET, 0)[:-4]))
