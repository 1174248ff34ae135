"""MP4, MOV, M4A, 3GP, HEIC and AVIF: boxes in boxes, from places in which much else leads; so nothing is moved.

What tells is made a box `free`, which every player passes over, and filled with zeros. So are the samples of a track
that is not seen, in which cameras write where they are while they film.

Source: ISO/IEC 14496-12 and 23008-12; QuickTime File Format (Apple).
"""

from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from notegen.metadata.exif import KeptExif

STARTS = frozenset((b"ftyp", b"moov", b"mdat", b"wide", b"pnot"))
"""What the first box of such a file may be called."""
_TELLING = frozenset((b"udta", b"meta", b"uuid"))
"""Boxes in a film, and in one of its tracks, that say something beside it."""
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_TOLD_TRACKS = frozenset((b"meta", b"camm"))
_NO_EXIF = bytes(4) + KeptExif().tiff()
"""What an item of Exif that says nothing is: before its TIFF stands where that begins."""
_MAX_HELD = 100_000_000
"""Bytes of a box in the file's own list that is read to see what it holds."""


class _Box(Struct, frozen=True):
    kind: bytes
    start: int
    inside: int
    """The place at which its content begins."""
    end: int


def tells_something(stream: BinaryIO) -> bool:
    """Whether a file may hold metadata, without reading the film itself."""
    size = stream.seek(0, 2)
    position = 0
    while position + 8 <= size:
        stream.seek(position)
        box = _box_at(stream.read(16), 0, size - position)
        if box.kind in (b"moov", b"meta", b"uuid", b"moof"):
            stream.seek(position)
            held = stream.read(min(box.end, _MAX_HELD))
            if clean_iso_media(held) != held or box.kind in (b"meta", b"uuid"):
                return True
        position += max(box.end, 8)
    return False


def clean_iso_media(content: bytes) -> bytes:
    """The film, sound or picture without its metadata; total."""
    made = bytearray(content)
    for box in _boxes(content, 0, len(content)):
        if box.kind == b"moov":
            _clean_film(content, box, made)
        elif box.kind == b"meta":
            _clean_items(content, box, made)
        elif box.kind == b"uuid" and content[box.inside : box.inside + 16] == _XMP:
            _free(box, made)
    return bytes(made)


def _clean_film(content: bytes, film: _Box, made: bytearray) -> None:
    for box in _boxes(content, film.inside, film.end):
        if box.kind in _TELLING:
            _free(box, made)
        elif box.kind == b"trak":
            if _handler_of(content, box) in _TOLD_TRACKS:
                for start, size in _samples(content, box):
                    _blank(start, size, made)
                _free(box, made)
            else:
                for inner in _boxes(content, box.inside, box.end):
                    if inner.kind in _TELLING:
                        _free(inner, made)


def _clean_items(content: bytes, meta: _Box, made: bytearray) -> None:
    """Of a picture: its Exif and XMP, which are items of their own."""
    within = {box.kind: box for box in _boxes(content, meta.inside + 4, meta.end)}
    if not {b"iinf", b"iloc"} <= within.keys():
        return
    telling = dict(_telling_items(content, within[b"iinf"]))
    base = within[b"idat"].inside if b"idat" in within else 0
    for item, starts_in_data, start, size in _item_places(content, within[b"iloc"]):
        if item in telling:
            start += base if starts_in_data else 0
            _blank(start, size, made)
            if telling[item] == b"Exif" and size >= len(_NO_EXIF) and start + size <= len(made):
                made[start : start + len(_NO_EXIF)] = _NO_EXIF


def _telling_items(content: bytes, info: _Box) -> Iterator[tuple[int, bytes]]:
    version = content[info.inside]
    entries = info.inside + 4 + (2 if version == 0 else 4)
    for entry in _boxes(content, entries, info.end):
        if entry.kind != b"infe":
            continue
        size = 4 if content[entry.inside] == 3 else 2
        kind = content[entry.inside + 6 + size : entry.inside + 10 + size]
        if kind in (b"Exif", b"mime", b"uri "):
            yield _number(content, entry.inside + 4, size), kind


def _item_places(content: bytes, places: _Box) -> Iterator[tuple[int, bool, int, int]]:
    """Of each part of each item its number, whether it lies in the box of data, its start and its size."""
    at = places.inside
    version = content[at]
    sizes = _number(content, at + 4, 2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version in (1, 2) else 0
    wide = 4 if version == 2 else 2
    count = _number(content, at + 6, wide)
    at += 6 + wide
    for _ in range(count):
        if at >= places.end:
            return
        item = _number(content, at, wide)
        at += wide
        method = 0
        if version in (1, 2):
            method = _number(content, at, 2) & 15
            at += 2
        base = _number(content, at + 2, base_size)
        parts = _number(content, at + 2 + base_size, 2)
        at += 4 + base_size
        for _ in range(parts):
            if at >= places.end:
                return
            at += index_size
            start = base + _number(content, at, offset_size)
            yield item, method == 1, start, _number(content, at + offset_size, length_size)
            at += offset_size + length_size


def _handler_of(content: bytes, track: _Box) -> bytes:
    """Which kind of track it is: `vide`, `soun`, `meta`."""
    for media in _boxes(content, track.inside, track.end):
        if media.kind == b"mdia":
            for box in _boxes(content, media.inside, media.end):
                if box.kind == b"hdlr":
                    return content[box.inside + 8 : box.inside + 12]
    return b""


def _samples(content: bytes, track: _Box) -> Iterator[tuple[int, int]]:
    """Where what a track holds lies: start and size of its chunks."""
    tables: dict[bytes, _Box] = {}
    _collect(content, track, tables)
    if b"stsz" not in tables or b"stsc" not in tables:
        return
    starts = [*_starts(content, tables)]
    sizes = tables[b"stsz"].inside
    same, samples = _number(content, sizes + 4, 4), _number(content, sizes + 8, 4)
    runs = tables[b"stsc"].inside
    firsts = [
        (_number(content, runs + 8 + 12 * run, 4), _number(content, runs + 12 + 12 * run, 4))
        for run in range(min(_number(content, runs + 4, 4), (tables[b"stsc"].end - runs) // 12))
    ]
    sample = run = 0
    for chunk, start in enumerate(starts, 1):
        while run + 1 < len(firsts) and firsts[run + 1][0] <= chunk:
            run += 1
        held = firsts[run][1] if firsts else 0
        last = min(sample + held, samples)
        size = (
            same * (last - sample)
            if same
            else sum(_number(content, sizes + 12 + 4 * each, 4) for each in range(sample, last))
        )
        yield start, size
        sample = last


def _starts(content: bytes, tables: dict[bytes, _Box]) -> Iterator[int]:
    for kind, size in ((b"stco", 4), (b"co64", 8)):
        if box := tables.get(kind):
            count = min(_number(content, box.inside + 4, 4), (box.end - box.inside) // size)
            yield from (_number(content, box.inside + 8 + size * each, size) for each in range(count))


def _collect(content: bytes, above: _Box, tables: dict[bytes, _Box]) -> None:
    for box in _boxes(content, above.inside, above.end):
        if box.kind in (b"mdia", b"minf", b"stbl"):
            _collect(content, box, tables)
        else:
            tables.setdefault(box.kind, box)


def _boxes(content: bytes, start: int, end: int) -> Iterator[_Box]:
    while start + 8 <= end:
        box = _box_at(content, start, end)
        yield box
        start = max(box.end, start + 8)


def _box_at(content: bytes, start: int, end: int) -> _Box:
    """The box that begins there; one that says it is larger than what it lies in ends with that."""
    size, inside = _number(content, start, 4), start + 8
    if size == 1:
        size, inside = _number(content, start + 8, 8), start + 16
    elif size == 0:
        size = end - start
    return _Box(content[start + 4 : start + 8], start, inside, min(start + max(size, 8), end))


def _number(content: bytes, start: int, size: int) -> int:
    return int.from_bytes(content[start : start + size], "big")


def _free(box: _Box, made: bytearray) -> None:
    made[box.start + 4 : box.start + 8] = b"free"
    _blank(box.inside, box.end - box.inside, made)


def _blank(start: int, size: int, made: bytearray) -> None:
    end = min(start + size, len(made))
    if start < end:
        made[start:end] = bytes(end - start)
