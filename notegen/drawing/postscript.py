"""Outlines of PostScript in a typeface's file, as most `.otf` and the large typefaces of East Asia have them.

Source:
    Adobe's Technical Notes 5176, The Compact Font Format Specification, and 5177, The Type 2 Charstring Format.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

Point = tuple[int, int]
Curve = tuple[Point, Point, Point]
"""Start, control point and end, in halves of the typeface's units, y upwards."""

_ONE = 1 << 16
"""Numbers have so many parts."""
_HALVES = 15
"""Bits that such a number has behind halves."""
_MAX_DEPTH = 10
_MAX_STEPS = 100_000
"""The most steps of a letter's program, which could call itself for ever otherwise."""

_CHARSTRINGS, _PRIVATE, _SUBRS, _FD_ARRAY, _FD_SELECT = 17, 18, 19, 12 << 8 | 36, 12 << 8 | 37
_STEMS, _MASKS = frozenset({1, 3, 18, 23}), frozenset({19, 20})


class PostScript(Struct, frozen=True):
    """The programs that draw letters, and the parts that these share."""

    programs: Sequence[bytes]
    shared: Sequence[bytes]
    own: Sequence[Sequence[bytes]]
    """The programs that each group of letters shares."""
    groups: Sequence[int]
    """The group of each letter; empty where all are of the first."""

    def curves(self, glyph: int) -> list[Curve]:
        """The curves around a letter.

        Raises:
            ValueError, IndexError, struct.error: its program is none.
        """
        group = self.groups[glyph] if self.groups else 0
        pen = _Pen(self.shared, self.own[group] if self.own else ())
        try:
            pen.run(self.programs[glyph], 0)
        except TypeError as error:  # an operator that has too few numbers
            raise ValueError from error
        pen.close()
        return pen.curves


def read_postscript(content: bytes) -> PostScript:
    """The table `CFF ` of a typeface.

    Raises:
        ValueError, IndexError, KeyError, struct.error: it is none.
    """
    _, at = _index(content, content[2])
    tops, at = _index(content, at)
    _, at = _index(content, at)
    shared, _ = _index(content, at)
    top = _dict(tops[0])
    programs, _ = _index(content, top[_CHARSTRINGS][0])
    if _FD_ARRAY in top:
        fonts, _ = _index(content, top[_FD_ARRAY][0])
        groups = [*_groups(content, top[_FD_SELECT][0], len(programs))]
        return PostScript(programs, shared, [_own_parts(content, _dict(font)) for font in fonts], groups)
    return PostScript(programs, shared, [_own_parts(content, top)], ())


def _index(content: bytes, at: int) -> tuple[Sequence[bytes], int]:
    """The entries of an index, and where it ends."""
    (count,) = struct.unpack_from(">H", content, at)
    if not count:
        return (), at + 2
    size, first = content[at + 2], at + 3
    places = [
        int.from_bytes(content[first + size * number : first + size * (number + 1)], "big")
        for number in range(count + 1)
    ]
    start = first + size * (count + 1) - 1
    if places != sorted(places) or start + places[-1] > len(content):
        raise ValueError
    entries = [content[start + low : start + high] for low, high in pairwise(places)]
    return entries, start + places[-1]


def _dict(content: bytes) -> Mapping[int, list[int]]:
    """Whole numbers by what they are for; others count as 0, since none that is needed has a fraction."""
    found: dict[int, list[int]] = {}
    numbers: list[int] = []
    at = 0
    while at < len(content):
        first = content[at]
        at += 1
        if first <= 21:
            if first == 12:
                first = 12 << 8 | content[at]
                at += 1
            found[first], numbers = numbers, []
        elif first == 30:
            while content[at] & 15 != 15 and content[at] >> 4 != 15:
                at += 1
            at += 1
            numbers.append(0)
        elif first == 29:
            numbers.append(struct.unpack_from(">i", content, at)[0])
            at += 4
        else:
            value, at = _short_number(content, first, at)
            numbers.append(value)
    return found


def _short_number(content: bytes, first: int, at: int) -> tuple[int, int]:
    """A number of one to three bytes, the first of which was read, and where it ends."""
    if first == 28:
        return int(struct.unpack_from(">h", content, at)[0]), at + 2
    if 32 <= first <= 246:
        return first - 139, at
    if 247 <= first <= 250:
        return (first - 247) * 256 + content[at] + 108, at + 1
    if 251 <= first <= 254:
        return -(first - 251) * 256 - content[at] - 108, at + 1
    raise ValueError


def _own_parts(content: bytes, font: Mapping[int, list[int]]) -> Sequence[bytes]:
    if _PRIVATE not in font:
        return ()
    size, start = font[_PRIVATE]
    private = _dict(content[start : start + size])
    return _index(content, start + private[_SUBRS][0])[0] if _SUBRS in private else ()


def _groups(content: bytes, at: int, count: int) -> Iterator[int]:
    """The group of each letter."""
    if content[at] == 0:
        yield from content[at + 1 : at + 1 + count]
        return
    if content[at] != 3:
        raise ValueError
    (ranges,) = struct.unpack_from(">H", content, at + 1)
    for number in range(ranges):
        first, group, following = struct.unpack_from(">HBH", content, at + 3 + 3 * number)
        yield from [group] * (min(following, count) - first)


class _Pen(Struct):
    """Runs the program of a letter; places are in parts of a unit."""

    shared: Sequence[bytes]
    own: Sequence[bytes]
    curves: list[Curve] = field(default_factory=list)
    _stack: list[int] = field(default_factory=list)
    _x: int = 0
    _y: int = 0
    _start: Point = (0, 0)
    _stems: int = 0
    _steps: int = 0

    def run(self, program: bytes, depth: int) -> bool:
        """Whether the letter ends in it."""
        if depth > _MAX_DEPTH:
            raise ValueError
        at = 0
        while at < len(program):
            self._steps += 1
            if self._steps > _MAX_STEPS:
                raise ValueError
            first = program[at]
            at += 1
            if first == 255:
                self._stack.append(struct.unpack_from(">i", program, at)[0])
                at += 4
            elif first == 28 or first >= 32:
                value, at = _short_number(program, first, at)
                self._stack.append(value * _ONE)
            elif first in _MASKS:
                self._stems += len(self._stack) // 2
                self._stack.clear()
                at += (self._stems + 7) // 8
            elif first in (10, 29):
                parts = self.own if first == 10 else self.shared
                bias = 107 if len(parts) < 1240 else 1131 if len(parts) < 33900 else 32768
                number = self._stack.pop() // _ONE + bias
                if number < 0:
                    raise IndexError
                if self.run(parts[number], depth + 1):
                    return True
            elif first == 11:
                return False
            elif first == 14:
                return True
            elif first == 12:
                self._flex(program[at])
                at += 1
            else:
                self._act(first)
        return False

    def close(self) -> None:
        """A line back to where the contour begins; what comes next counts from where the pen is."""
        here = self._x, self._y
        if here != self._start:
            self._line(self._start[0] - here[0], self._start[1] - here[1])
        self._x, self._y = here

    def _act(self, operator: int) -> None:
        numbers, self._stack = self._stack, []
        match operator:
            case _ if operator in _STEMS:
                self._stems += len(numbers) // 2
            case 21:
                self._move(*numbers[-2:])
            case 22:
                self._move(numbers[-1], 0)
            case 4:
                self._move(0, numbers[-1])
            case 5:
                self._lines(numbers)
            case 6 | 7:
                for place, number in enumerate(numbers):
                    is_across = (place % 2 == 0) == (operator == 6)
                    self._line(number if is_across else 0, 0 if is_across else number)
            case 8:
                self._curves(numbers)
            case 24:
                self._curves(numbers[:-2])
                self._line(*numbers[-2:])
            case 25:
                self._lines(numbers[:-6])
                self._curve(*numbers[-6:])
            case 26 | 27:
                self._straight_curves(numbers, is_across=operator == 27)
            case 30 | 31:
                self._turning_curves(numbers, is_across=operator == 31)
            case _:
                raise ValueError

    def _flex(self, operator: int) -> None:
        """Two curves that are one, for coarse screens."""
        n, self._stack = self._stack, []
        if operator == 35:
            self._curves(n[:12])
        elif operator == 34:
            self._curves((n[0], 0, n[1], n[2], n[3], 0, n[4], 0, n[5], -n[2], n[6], 0))
        elif operator == 36:
            back = -(n[1] + n[3] + n[7])
            self._curves((n[0], n[1], n[2], n[3], n[4], 0, n[5], 0, n[6], n[7], n[8], back))
        elif operator == 37:
            across, up = sum(n[0:10:2]), sum(n[1:10:2])
            end = (n[10], -up) if abs(across) > abs(up) else (-across, n[10])
            self._curves((*n[:10], *end))
        elif operator:  # 0 was once a hint; what calculates is in no typeface of today
            raise ValueError

    def _straight_curves(self, numbers: list[int], *, is_across: bool) -> None:
        """Curves that begin and end in one direction; the first may begin aside of it."""
        aside = numbers.pop(0) if len(numbers) % 4 else 0
        for at in range(0, len(numbers), 4):
            first, dx, dy, last = numbers[at : at + 4]
            if is_across:
                self._curve(first, aside, dx, dy, last, 0)
            else:
                self._curve(aside, first, dx, dy, 0, last)
            aside = 0

    def _turning_curves(self, numbers: list[int], *, is_across: bool) -> None:
        """Curves that begin across and end upright, and the other way round; the last may end aside of that."""
        while len(numbers) >= 4:
            first, dx, dy, last = numbers[:4]
            aside = numbers[4] if len(numbers) == 5 else 0
            if is_across:
                self._curve(first, 0, dx, dy, aside, last)
            else:
                self._curve(0, first, dx, dy, last, aside)
            numbers, is_across = numbers[4:], not is_across

    def _move(self, dx: int, dy: int) -> None:
        self.close()
        self._x, self._y = self._start = self._x + dx, self._y + dy

    def _lines(self, numbers: Sequence[int]) -> None:
        for at in range(0, len(numbers), 2):
            self._line(numbers[at], numbers[at + 1])

    def _line(self, dx: int, dy: int) -> None:
        start = self._x, self._y
        self._x, self._y = end = start[0] + dx, start[1] + dy
        self._add(start, ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2), end)

    def _curves(self, numbers: Sequence[int]) -> None:
        for at in range(0, len(numbers), 6):
            self._curve(*numbers[at : at + 6])

    def _curve(self, ax: int, ay: int, bx: int, by: int, cx: int, cy: int) -> None:
        """A curve with two control points, as two with one each."""
        ends = [(self._x, self._y)]
        for dx, dy in ((ax, ay), (bx, by), (cx, cy)):
            ends.append((ends[-1][0] + dx, ends[-1][1] + dy))
        self._x, self._y = ends[-1]
        (p, a, b, q) = ends
        middle = tuple((p[i] + 3 * a[i] + 3 * b[i] + q[i]) // 8 for i in (0, 1))
        first = tuple((p[i] + 3 * a[i]) // 4 for i in (0, 1))
        second = tuple((3 * b[i] + q[i]) // 4 for i in (0, 1))
        self._add(p, (first[0], first[1]), (middle[0], middle[1]))
        self._add((middle[0], middle[1]), (second[0], second[1]), q)

    def _add(self, *points: Point) -> None:
        start, control, end = ((x >> _HALVES, y >> _HALVES) for x, y in points)
        self.curves.append((start, control, end))
