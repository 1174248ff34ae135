"""What is packed here any library unpacks."""

import random
import zlib

import pytest

from notegen.drawing.icon import draw_icon
from notegen.drawing.png import deflated, png_size

_RANDOM = random.Random(7)


def test_an_icon_is_the_same_picture_for_any_reader_of_pngs() -> None:
    """Rows of numbers of colours on the ground that was asked for."""
    size = 48
    picture = draw_icon(size, "0b5d8f")
    at = picture.index(b"IDAT")
    rows = zlib.decompress(picture[at + 4 : at + 4 + int.from_bytes(picture[at - 4 : at])])
    assert png_size(picture) == (size, size)
    assert len(rows) == size * (size + 1)
    assert rows[: size + 1] == bytes(size + 1)
    assert set(rows) == set(range(17)) & set(rows)
    assert 16 in rows
    assert picture[picture.index(b"PLTE") + 4 :][:3] == bytes.fromhex("0b5d8f")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a",
        bytes(range(256)) * 9,
        b"ab" * 700,
        b"\0" * 5000,
        b"abc" * 3 + b"xyz",
        bytes(258 * 4 + 1),
        _RANDOM.randbytes(3000),
        (_RANDOM.randbytes(40) + bytes(200)) * 300,
        _RANDOM.randbytes(600) + bytes(40_000) + _RANDOM.randbytes(10),
        (_RANDOM.randbytes(300) + bytes(39_700)) * 2,
        bytes(n for n in range(40) for _ in range(1 << min(n, 14))),
    ],
    ids=lambda content: f"{len(content)}",
)
def test_what_is_packed_is_unpacked(content: bytes) -> None:
    """Runs of any length, at any distance, few values and all of them, and counts that ask for the longest codes."""
    for row in (1, 2, 144, 513, 40_000):
        assert zlib.decompress(deflated(content, row)) == content


def test_letters_that_come_again_are_not_packed_twice() -> None:
    """What was seen at any place within reach costs a few bytes."""
    shape = _RANDOM.randbytes(200)
    once = len(deflated(shape + bytes(1000), 300))
    assert len(deflated((shape + bytes(1000)) * 8, 300)) < once + 120
