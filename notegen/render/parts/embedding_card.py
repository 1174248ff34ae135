"""What a note's embedding looks like: a picture of the vector, its nearest and farthest notes, what was read for it."""

import base64
import struct
import zlib

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.model import EmbeddingCard, NoteId, Url
from notegen.render.parts.lists import Entry, entry_of
from notegen.render.site import Site

LEVELS = 7
"""Shades of each hue: with none in between, 15 colours, so that a square takes four bits."""

_BELOW, _ABOVE = (38, 110, 178), (196, 84, 26)  # blue and rust, apart for every kind of colour blindness
_COLOURS = b"".join(bytes(_BELOW if level < 0 else _ABOVE) for level in range(-LEVELS, LEVELS + 1))
_OPACITY = bytes(255 * abs(level) // LEVELS for level in range(-LEVELS, LEVELS + 1))


class CardView(Struct, frozen=True):
    """An embedding card as a page shows it."""

    picture: str
    """A data URL; empty where the setting `note.embedding_picture` is off."""
    width: int
    height: int
    words: str
    """What the picture shows."""
    size: str
    """How much the encoder read."""
    nearest: tuple[Entry, ...]
    farthest: tuple[Entry, ...]


def embedding_card(site: Site, page: Url, card: EmbeddingCard) -> CardView | None:
    """The embedding card for a note's page; None where it has neither a picture nor notes that are near or far."""
    vector = card.vector
    is_shown = site.config.note.embedding_picture
    if not (is_shown or card.nearest):
        return None
    width = max(1, round((1.5 * len(vector)) ** 0.5))
    height = -(-len(vector) // width)
    above = int((vector > 0).sum())
    return CardView(
        picture=_data_url(picture_of(vector, width, height)) if is_shown else "",
        width=width,
        height=height,
        words=site.translate(
            "embedding_card.picture", numbers=len(vector), width=width, above=above, below=len(vector) - above
        ),
        size=site.translate(
            "embedding_card.size",
            tokens=site.translate("count.tokens", count=card.tokens),
            passages=site.translate("count.passages", count=card.passages),
        ),
        nearest=_entries(site, page, card.nearest),
        farthest=_entries(site, page, card.farthest),
    )


def picture_of(vector: NDArray[np.float32], width: int, height: int) -> bytes:
    """A PNG of one pixel a number, row by row: blue below zero, rust above, the more opaque the farther from it.

    Opacity and not lightness, so that one picture is right on light and on dark paper.

    Source:
        Portable Network Graphics, third edition, W3C 2025: colour type 3 with four bits a pixel.
    """
    most = max(float(np.abs(vector).max(initial=0)), 1e-9)
    flat = np.zeros(width * height, np.int64)
    flat[: len(vector)] = np.rint(vector / most * LEVELS)
    levels = flat.reshape(height, width) + LEVELS  # (h, w)
    if width % 2:
        levels = np.pad(levels, ((0, 0), (0, 1)))
    pixels = (levels[:, ::2] << 4 | levels[:, 1::2]).astype(np.uint8)  # (h, w / 2) two a byte
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)),
            _chunk(b"PLTE", _COLOURS),
            _chunk(b"tRNS", _OPACITY),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _data_url(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def _entries(site: Site, page: Url, notes: tuple[NoteId, ...]) -> tuple[Entry, ...]:
    return tuple(entry_of(site, page, note) for note in notes)
