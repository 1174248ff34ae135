"""A typeface as a file holds it: which letters it has, how wide they are and how they are drawn.

Reads outlines of TrueType and of PostScript, in a file of one typeface or the first of a collection; of a variable one
the default. Hints for coarse screens are ignored: nothing here is drawn for one.

Source:
    https://learn.microsoft.com/typography/opentype/spec
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from notegen.bundled import bundled
from notegen.drawing.postscript import PostScript, read_postscript
from notegen.errors.theme import cannot_read_typeface, typeface_unknown

Curves = NDArray[np.int64]
"""(n, 3, 2) of curves: start, control point and end, x and y, in halves of the typeface's units, y upwards."""

BUNDLED = "fonts/NotoSerif-SemiBold.ttf"
"""Has all letters of Latin, Greek and Cyrillic. It comes with the browser code, since npm brings it."""

_MAX_DEPTH = 8
"""How deep letters may be made of letters."""
_ON_CURVE, _SHORT_X, _SHORT_Y, _REPEATED, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32
_WORDS, _OFFSETS, _SCALED, _MORE, _SCALED_TWICE, _MATRIX = 1, 2, 8, 32, 64, 128
_COLLECTION = b"ttcf"
_OF_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Tables of characters, by platform and encoding, the best first."""

_Point = tuple[int, int, bool]
"""x, y, and whether it is on the curve."""


class NoTypefaceError(ValueError):
    """The bytes are none that can be read here."""


class Typeface(Struct, frozen=True, eq=False):
    """What a file holds."""

    content: bytes
    tables: Mapping[bytes, int]
    """The place at which each table begins, by name."""
    units: int
    """How many units an em has."""
    ascent: int
    descent: int
    """Of a line over and under where letters stand, in these units; the second below 0."""
    digest: bytes
    postscript: PostScript | None
    """Draws the letters where the file has it."""
    glyphs: Mapping[int, int]
    """The number of the drawing of each character, by the character's number."""
    curves: dict[int, Curves] = field(default_factory=dict)
    """The drawings that were asked for, by number."""

    def has(self, character: str) -> bool:
        """Whether it has a drawing of it, which may be empty as that of a space is."""
        return ord(character) in self.glyphs

    def width(self, character: str) -> int:
        """How far the next character is, in units of the typeface."""
        count = _number(self.content, self.tables[b"hhea"] + 34)
        glyph = min(self.glyphs[ord(character)], count - 1)
        return _number(self.content, self.tables[b"hmtx"] + 4 * glyph)

    def drawing(self, character: str) -> Curves:
        """The curves around a character.

        Raises:
            NoTypefaceError: they cannot be read.
        """
        glyph = self.glyphs[ord(character)]
        if glyph not in self.curves:
            try:
                curves = self.postscript.curves(glyph) if self.postscript else [*self._curves(glyph, 0)]
            except (struct.error, IndexError, ValueError) as error:
                raise NoTypefaceError(character) from error
            self.curves[glyph] = np.array(curves, np.int64).reshape(-1, 3, 2)
        return self.curves[glyph]

    def _outline(self, glyph: int) -> bytes:
        is_long = _number(self.content, self.tables[b"head"] + 50)
        places = self.tables[b"loca"] + glyph * (4 if is_long else 2)
        start, end = struct.unpack_from(">II" if is_long else ">HH", self.content, places)
        unit, first = 1 if is_long else 2, self.tables[b"glyf"]
        return self.content[first + unit * start : first + unit * end]

    def _curves(self, glyph: int, depth: int) -> Iterator[Sequence[tuple[int, int]]]:
        outline = self._outline(glyph)
        if not outline or depth > _MAX_DEPTH:
            return
        (count,) = struct.unpack_from(">h", outline)
        if count < 0:
            yield from self._composite(outline, depth)
            return
        for contour in _contours(outline, count):
            yield from _curves_of(contour)

    def _composite(self, outline: bytes, depth: int) -> Iterator[Sequence[tuple[int, int]]]:
        at, more = 10, True
        while more:
            flags, glyph = struct.unpack_from(">HH", outline, at)
            more = bool(flags & _MORE)
            x, y = struct.unpack_from(">hh" if flags & _WORDS else ">bb", outline, at + 4)
            at += 8 if flags & _WORDS else 6
            count = 4 if flags & _MATRIX else 2 if flags & _SCALED_TWICE else 1 if flags & _SCALED else 0
            scale = struct.unpack_from(f">{count}h", outline, at)  # in parts of 1/16384
            at += 2 * count
            a, b, c, d = scale if count == 4 else (16384, 0, 0, 16384)
            if count in (1, 2):
                a, d = scale[0], scale[-1]
            if not flags & _OFFSETS:
                x = y = 0  # by points that are to meet, which no typeface of today does
            for curve in self._curves(glyph, depth + 1):
                yield [((a * u + c * v >> 14) + 2 * x, (b * u + d * v >> 14) + 2 * y) for u, v in curve]


def load_typeface(path: Path | None = None) -> Typeface:
    """The typeface in a file; the bundled one for None.

    Raises:
        NotegenError: there is no such file, or none that can be read.
    """
    try:
        return read_typeface((path or bundled("browser") / BUNDLED).read_bytes())
    except OSError as error:
        raise cannot_read_typeface(str(path or BUNDLED), error.strerror or str(error)) from error
    except NoTypefaceError as error:
        raise typeface_unknown(str(path or BUNDLED)) from error


@lru_cache(maxsize=2)
def read_typeface(content: bytes) -> Typeface:
    """The typeface in a file's bytes.

    Raises:
        NoTypefaceError: it is none, or has no outlines.
    """
    try:
        start = struct.unpack_from(">I", content, 12)[0] if content[:4] == _COLLECTION else 0
        tables = {
            content[at : at + 4]: int(struct.unpack_from(">I", content, at + 8)[0])
            for at in range(start + 12, start + 12 + 16 * _number(content, start + 4), 16)
        }
        head, line = (content[tables[name] :] for name in (b"head", b"hhea"))
        ascent, descent = struct.unpack_from(">hh", line, 4)
        outlines = {b"CFF "} if b"CFF " in tables else {b"glyf", b"loca"}
        if not {b"hmtx", *outlines} <= tables.keys() or not (units := _number(head, 18)):
            raise NoTypefaceError
        postscript = read_postscript(content[tables[b"CFF "] :]) if b"CFF " in tables else None
        glyphs = _characters(content[tables[b"cmap"] :])
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise NoTypefaceError from error
    digest = hashlib.blake2b(content, digest_size=16).digest()
    return Typeface(content, tables, units, ascent, descent, digest, postscript, glyphs)


def _number(content: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", content, at)[0])


def _characters(table: bytes) -> Mapping[int, int]:
    """The drawing of each character; those that stand for "there is none" are left out."""
    found = {}
    for at in range(4, 4 + 8 * _number(table, 2), 8):
        platform, encoding, start = struct.unpack_from(">HHI", table, at)
        if (kind := _number(table, start)) in (4, 12):
            found[platform, encoding] = table[start:], kind
    part, kind = next((found[one] for one in _OF_UNICODE if one in found), (b"", 0))
    pairs = _long_characters(part) if kind == 12 else _short_characters(part) if kind == 4 else ()
    return {character: glyph for character, glyph in pairs if glyph}


def _long_characters(part: bytes) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", part, 12)
    for first, last, glyph in struct.iter_unpack(">III", part[16 : 16 + 12 * count]):
        yield from zip(range(first, min(last, 0x10FFFF) + 1), range(glyph, 0x10000), strict=False)


def _short_characters(part: bytes) -> Iterator[tuple[int, int]]:
    count = _number(part, 6) // 2
    ends, starts, steps, places = (
        struct.unpack_from(f">{count}H", part, at)
        for at in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    )
    for number, (first, last, step, place) in enumerate(zip(starts, ends, steps, places, strict=True)):
        for character in range(first, min(last, 0xFFFE) + 1):
            glyph = character
            if place:
                at = 16 + 6 * count + 2 * number + place + 2 * (character - first)
                glyph = _number(part, at)
                if not glyph:
                    continue
            yield character, (glyph + step) & 0xFFFF


def _contours(outline: bytes, count: int) -> Iterator[list[_Point]]:
    """The points of each line around a letter."""
    ends = struct.unpack_from(f">{count}H", outline, 10)
    at = 10 + 2 * count
    at += 2 + _number(outline, at)
    total = ends[-1] + 1 if ends else 0
    flags: list[int] = []
    while len(flags) < total:
        flag = outline[at]
        at += 1
        times = 1
        if flag & _REPEATED:
            times += outline[at]
            at += 1
        flags += [flag] * times
    across, at = _coordinates(outline, at, flags[:total], _SHORT_X, _SAME_X)
    up, at = _coordinates(outline, at, flags[:total], _SHORT_Y, _SAME_Y)
    points = [(x, y, bool(flag & _ON_CURVE)) for x, y, flag in zip(across, up, flags, strict=False)]
    starts = (0, *(end + 1 for end in ends[:-1]))
    for start, end in zip(starts, ends, strict=True):
        yield points[start : end + 1]


def _coordinates(
    outline: bytes, at: int, flags: Sequence[int], short: int, same: int
) -> tuple[list[int], int]:
    """Each is told by how far it is from the one before."""
    found, value = [], 0
    for flag in flags:
        if flag & short:
            value += outline[at] if flag & same else -outline[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", outline, at)[0]
            at += 2
        found.append(value)
    return found, at


def _curves_of(contour: Sequence[_Point]) -> Iterator[Sequence[tuple[int, int]]]:
    """The curves of a closed line; between two control points there is a point halfway, a straight line is a curve too.

    In halves of units, so that what is halfway is a whole number.
    """
    full: list[_Point] = []
    for (x, y, on), (u, v, next_on) in zip(contour, [*contour[1:], *contour[:1]], strict=True):
        full.append((2 * x, 2 * y, on))
        if on == next_on:
            full.append((x + u, y + v, not on))
    first = next((number for number, point in enumerate(full) if point[2]), 0)
    turned = [point[:2] for point in (*full[first:], *full[: first + 1])]
    for start in range(0, len(turned) - 2, 2):
        yield turned[start : start + 3]
