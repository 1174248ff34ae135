"""Pictures of few colours as PNG files, packed here: https://www.w3.org/TR/png-3/, RFC 1950 and RFC 1951."""

import heapq
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_MIN_MATCH, _MAX_MATCH = 3, 258
_END = 256
"""The end of the block, among the codes of bytes and of lengths."""
_MAX_DISTANCE = 32_768
_ALIKE = 8
"""Bytes by which a place that begins alike is found."""
_SHORT = 32
"""Bytes from which on a repetition is long enough not to look for a longer one."""
_VALUES, _DISTANCES = 286, 30
"""How many codes there are: of bytes and lengths, of distances."""
_MAX_BITS, _MAX_BITS_OF_LENGTHS = 15, 7
"""The most bits of a code, and of a code in which the lengths of codes are written."""
_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
"""The order in which the lengths of those are written."""

Bits = tuple[int, int]
"""A number and how many bits it has; the lowest comes first."""


class _Coded(Struct, frozen=True):
    """A code, with the bits behind it that say which of the values it stands for is meant."""

    code: int
    rest: Bits = (0, 0)


_LITERALS = tuple(_Coded(value) for value in range(256))


def png_of(colours: NDArray[np.uint8], palette: bytes) -> bytes:
    """A picture from the number of each pixel's colour, (height, width), and the colours, three bytes each."""
    height, width = colours.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row after a 0 for unchanged
    rows[:, 1:] = colours
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    packed = deflated(rows.tobytes(), width + 1)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", packed), (b"IEND", b""))
    return SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG; None for what is none."""
    if not content.startswith(SIGNATURE) or content[12:16] != b"IHDR" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def deflated(content: bytes, row: int) -> bytes:
    """A zlib stream of rows of so many bytes: one block with codes of its own."""
    tokens = [*_tokens(content, row), (_Coded(_END), None)]
    values = _code_lengths((value.code for value, _ in tokens), _VALUES, _MAX_BITS)
    distances = _code_lengths((back.code for _, back in tokens if back), _DISTANCES, _MAX_BITS)
    value_codes, distance_codes = _codes(values), _codes(distances)
    bits = [(1, 1), (2, 2), *_written_lengths(values, distances)]  # the last block, with codes of its own
    for value, back in tokens:
        bits += (value_codes[value.code], value.rest)
        if back:
            bits += (distance_codes[back.code], back.rest)
    return b"\x78\x01" + _packed(bits) + struct.pack(">I", zlib.adler32(content))


def _tokens(content: bytes, row: int) -> list[tuple[_Coded, _Coded | None]]:
    """Each byte, or each repetition with how far back it is from.

    Most of a picture repeats what is just before or above. Where that is short, as at the edge of a letter, the last
    place that begins alike is looked at: there may be the same letter.
    """
    whole = np.frombuffer(content, np.uint8)
    before, above = _changes(whole, 1), _changes(whole, row if row <= _MAX_DISTANCE else len(content))
    known: dict[bytes, int] = {}
    tokens: list[tuple[_Coded, _Coded | None]] = []
    at = next_before = next_above = 0
    while at < len(content):
        while before[next_before] < at:
            next_before += 1
        while above[next_above] < at:
            next_above += 1
        back, length = 1, min(before[next_before] - at, _MAX_MATCH)
        length_above = min(above[next_above] - at, _MAX_MATCH)
        if length_above > length + 1:  # a long way back takes more bits
            back, length = row, length_above
        is_short = length < _SHORT
        if is_short:
            place = known.get(content[at : at + _ALIKE], -_MAX_DISTANCE)
            if 0 < at - place < _MAX_DISTANCE:
                found = _alike(content, place, at)
                back, length = (at - place, found) if found > length + 2 else (back, length)
        if length < _MIN_MATCH:
            length = 1
            tokens.append((_LITERALS[content[at]], None))
        else:
            tokens.append((_length_code(length), _distance_code(back)))
        if is_short:
            for one in range(at, at + length):
                known[content[one : one + _ALIKE]] = one
        at += length
    return tokens


def _alike(content: bytes, place: int, at: int) -> int:
    """How many bytes from the two places on are the same, where _ALIKE are."""
    least, most = _ALIKE, min(_MAX_MATCH, len(content) - at) + 1
    while most - least > 1:
        middle = (least + most) // 2
        if content[place : place + middle] == content[at : at + middle]:
            least = middle
        else:
            most = middle
    return min(least, len(content) - at)


def _changes(content: NDArray[np.uint8], back: int) -> list[int]:
    """The places of bytes that are not those that stand so far before them, and the end."""
    first = range(min(back, len(content)))
    return [*first, *(np.flatnonzero(content[back:] != content[:-back]) + back).tolist(), len(content)]


@lru_cache(maxsize=_MAX_MATCH)
def _length_code(length: int) -> _Coded:
    return _Coded(_VALUES - 1) if length == _MAX_MATCH else _coded(length, _MIN_MATCH, 4, _END + 1)


@lru_cache(maxsize=1 << 15)
def _distance_code(back: int) -> _Coded:
    return _coded(back, 1, 2, 0)


def _coded(value: int, least: int, at_once: int, first: int) -> _Coded:
    """The code of a length or a distance: some in a row stand for as many values each, then for twice as many."""
    code, base, extra = 0, least, 0
    while value >= base + (1 << extra):
        base += 1 << extra
        code += 1
        extra = max(0, code // at_once - 1)
    return _Coded(first + code, (value - base, extra))


def _code_lengths(used: Iterable[int], count: int, most: int) -> list[int]:
    """How many bits the code of each symbol has, 0 for those not used: Huffman's, of at most so many bits.

    At least two symbols have one, since a lone code is read in different ways.
    """
    counts = [0] * count
    for symbol in used:
        counts[symbol] += 1
    for symbol in (0, 1):
        if sum(map(bool, counts)) < 2:
            counts[symbol] = counts[symbol] or 1
    while max(lengths := _huffman(counts)) > most:
        counts = [(one + 1) // 2 for one in counts]
    return lengths


def _huffman(counts: Sequence[int]) -> list[int]:
    lengths = [0] * len(counts)
    heap = [(one, symbol, [symbol]) for symbol, one in enumerate(counts) if one]
    heapq.heapify(heap)
    while len(heap) > 1:
        first, second = heapq.heappop(heap), heapq.heappop(heap)
        joined = first[2] + second[2]
        for symbol in joined:
            lengths[symbol] += 1
        heapq.heappush(heap, (first[0] + second[0], min(first[1], second[1]), joined))
    return lengths


def _codes(lengths: Sequence[int]) -> list[Bits]:
    """The code of each symbol: of one length in the order of symbols, the shorter ones first."""
    codes, code, last = [(0, 0)] * len(lengths), 0, 0
    for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths) if length):
        code <<= length - last
        codes[symbol] = int(f"{code:0{length}b}"[::-1], 2), length  # the highest bit comes first
        code, last = code + 1, length
    return codes


def _written_lengths(values: Sequence[int], distances: Sequence[int]) -> Iterator[Bits]:
    """The bits that say how long the codes are."""
    value_count = max(_END + 1, _last(values))
    distance_count = max(1, _last(distances))
    tokens = [*_length_tokens([*values[:value_count], *distances[:distance_count]])]
    lengths = _code_lengths((token.code for token in tokens), len(_ORDER), _MAX_BITS_OF_LENGTHS)
    shown = max(4, _last([lengths[symbol] for symbol in _ORDER]))
    yield from ((value_count - _END - 1, 5), (distance_count - 1, 5), (shown - 4, 4))
    yield from ((lengths[symbol], 3) for symbol in _ORDER[:shown])
    codes = _codes(lengths)
    for token in tokens:
        yield from (codes[token.code], token.rest)


def _last(lengths: Sequence[int]) -> int:
    """How many there are up to the last that is used."""
    return max((number for number, length in enumerate(lengths, 1) if length), default=0)


def _length_tokens(lengths: Sequence[int]) -> Iterator[_Coded]:
    """Each length, runs of zeros as one."""
    at = 0
    while at < len(lengths):
        end = at
        while end < len(lengths) and not lengths[end] and end - at < 138:
            end += 1
        if end - at >= 11:
            yield _Coded(18, (end - at - 11, 7))
        elif end - at >= 3:
            yield _Coded(17, (end - at - 3, 3))
        else:
            yield _Coded(lengths[at])
            end = at + 1
        at = end


def _packed(bits: Sequence[Bits]) -> bytes:
    numbers = np.array([number for number, _ in bits], np.int64)
    counts = np.array([count for _, count in bits], np.int64)
    starts = np.cumsum(counts) - counts
    within = np.arange(int(counts.sum())) - np.repeat(starts, counts)
    return np.packbits(np.repeat(numbers, counts) >> within & 1, bitorder="little").tobytes()
