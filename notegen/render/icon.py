"""The icon of a site on a device: a sheet on the site's colour, drawn here, as the one in a browser's tab is.

The picture is packed here too. Libraries of one name pack the same bytes in different ways, and the same notes are to
give the same site on every machine.
"""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_GRID = 16.0
"""The sheet is drawn on a square of this many units, as in templates/head.html."""
_SCALE = 0.68
"""Of the icon's width: what systems cut off of a square leaves four fifths."""
_SAMPLES = 4
"""In each direction of a pixel, for soft edges."""
_SHADES = _SAMPLES**2
_MIN_MATCH, _MAX_MATCH = 3, 258
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def draw_icon(size: int, colour: str) -> bytes:
    """A PNG of so many pixels each way, on six hexadecimal digits of colour."""
    steps = (np.arange(size * _SAMPLES) + 0.5) / (size * _SAMPLES)
    units = (steps - 0.5) / _SCALE * _GRID + _GRID / 2
    x, y = units[None, :], units[:, None]
    sheet = (x >= 3) & (x <= 13) & (y >= 1) & (y <= 15) & (x - 10 <= y - 1)
    lines = (x >= 5.5) & (x <= 10.5) & ((np.abs(y - 7) <= 0.5) | (np.abs(y - 10) <= 0.5))
    samples = (sheet & ~lines).reshape(size, _SAMPLES, size, _SAMPLES)
    ground = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    palette = bytes(
        (part * (_SHADES - shade) + 255 * shade) // _SHADES for shade in range(_SHADES + 1) for part in ground
    )
    return _png(samples.sum(axis=(1, 3)).astype(np.uint8), palette)


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG; None for what is none."""
    if not content.startswith(_SIGNATURE) or content[12:16] != b"IHDR" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _png(shades: NDArray[np.uint8], palette: bytes) -> bytes:
    """As https://www.w3.org/TR/png-3/ has it: rows of numbers of colours, each after a 0 for unchanged."""
    height, width = shades.shape
    rows = b"".join(b"\0" + row.tobytes() for row in shades)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    packed = _deflated(rows, width + 1)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", packed), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _deflated(content: bytes, row: int) -> bytes:
    """A zlib stream: one block of fixed codes, in which bytes are repeated from just before or from the row above.

    Source:
        RFC 1950 and RFC 1951.
    """
    bits = [(1, 1), (1, 2), *_codes(content, row), (0, 7)]  # the last block, of fixed codes; …; its end
    number = place = 0
    for value, count in bits:
        number |= value << place
        place += count
    packed = number.to_bytes((place + 7) // 8, "little")
    return b"\x78\x01" + packed + struct.pack(">I", zlib.adler32(content))


def _codes(content: bytes, row: int) -> Iterator[tuple[int, int]]:
    """The bits of each byte or repetition, the first bit the lowest, with their number."""
    at = 0
    while at < len(content):
        distance = max((row, 1), key=lambda back: _repeated(content, at, back))
        length = _repeated(content, at, distance)
        if length < _MIN_MATCH:
            yield _reversed(0x30 + content[at], 8)  # all numbers of colours are below 144
            at += 1
            continue
        yield from _coded(length, _MIN_MATCH, 4, 257)
        yield from _coded(distance, 1, 2, None)
        at += length


def _repeated(content: bytes, at: int, back: int) -> int:
    """How many bytes from here on are those that stand so far before them."""
    if back > at:
        return 0
    end = min(len(content), at + _MAX_MATCH)
    length = 0
    while at + length < end and content[at + length] == content[at + length - back]:
        length += 1
    return length


def _coded(value: int, least: int, at_once: int, first: int | None) -> Iterator[tuple[int, int]]:
    """A length, or a distance (whose codes have five bits and begin with 0), as its code and the bits behind it."""
    if first is not None and value == _MAX_MATCH:
        yield _reversed(0xC0 + 285 - 280, 8)
        return
    code, base, extra = 0, least, 0
    while value >= base + (1 << extra):
        base += 1 << extra
        code += 1
        extra = max(0, code // at_once - 1)
    if first is None:
        yield _reversed(code, 5)
    elif first + code < 280:
        yield _reversed(first + code - 256, 7)
    else:
        yield _reversed(0xC0 + first + code - 280, 8)
    if extra:
        yield value - base, extra


def _reversed(code: int, count: int) -> tuple[int, int]:
    """A code, which stands with its highest bit first."""
    return int(f"{code:0{count}b}"[::-1], 2), count
