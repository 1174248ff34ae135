"""Letters as programs of PostScript: every way to say a line or a curve, and the tables that they lie in."""

import struct
from collections.abc import Sequence

import pytest

from notegen.drawing.postscript import Curve, PostScript, read_postscript

RRCURVETO, ENDCHAR = 8, 14


def program(*parts: int | tuple[int, ...]) -> bytes:
    """A program of parts: numbers and then their operator, or an operator alone."""
    written = b""
    for part in parts:
        *numbers, operator = part if isinstance(part, tuple) else (part,)
        written += b"".join(number_of(number) for number in numbers)
        written += bytes([12, operator - 1200]) if operator >= 1200 else bytes([operator])
    return written


def number_of(number: int) -> bytes:
    """A number in as few bytes as it takes."""
    if -107 <= number <= 107:
        return bytes([number + 139])
    if 108 <= number <= 1131:
        return bytes([247 + (number - 108) // 256, (number - 108) % 256])
    if -1131 <= number <= -108:
        return bytes([251 + (-number - 108) // 256, (-number - 108) % 256])
    return b"\x1c" + struct.pack(">h", number)


def drawn(
    *parts: int | tuple[int, ...], shared: Sequence[bytes] = (), own: Sequence[bytes] = ()
) -> list[Curve]:
    """The curves of a program that begins at (100, 200)."""
    return PostScript([program((100, 200, 21), *parts, ENDCHAR)], shared, [own], ()).curves(0)


def test_a_square_is_four_lines_and_closes_itself() -> None:
    """In halves of units; the way back is drawn where the program leaves it out."""
    square = drawn((8, 0, 0, 8, -8, 0, 5))
    assert [(start, end) for start, _, end in square] == [
        ((200, 400), (216, 400)),
        ((216, 400), (216, 416)),
        ((216, 416), (200, 416)),
        ((200, 416), (200, 400)),
    ]
    assert square[0][1] == (208, 400)
    assert drawn((8, 8, -8, 6)) == square
    assert drawn((8, 6), (8, 7), (-8, 0, 5)) == square
    assert drawn((8, 0, 0, 8, -8, 0, 0, -8, 5)) == square


def test_the_pen_goes_on_from_where_it_was_not_from_where_a_line_was_closed() -> None:
    """As the second part of a letter counts its first point."""
    curves = drawn((8, 0, 0, 8, 5), (10, 10, 21), (2, 0, 5))
    assert curves[-2][0] == (2 * (108 + 10), 2 * (208 + 10))


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ([(10, 20, 30, 40, 27)], [(10, 0, 20, 30, 40, 0, RRCURVETO)]),
        ([(5, 10, 20, 30, 40, 27)], [(10, 5, 20, 30, 40, 0, RRCURVETO)]),
        ([(10, 20, 30, 40, 26)], [(0, 10, 20, 30, 0, 40, RRCURVETO)]),
        (
            [(5, 10, 20, 30, 40, 1, 2, 3, 4, 26)],
            [(5, 10, 20, 30, 0, 40, 0, 1, 2, 3, 0, 4, RRCURVETO)],
        ),
        ([(10, 20, 30, 40, 31)], [(10, 0, 20, 30, 0, 40, RRCURVETO)]),
        ([(10, 20, 30, 40, 5, 31)], [(10, 0, 20, 30, 5, 40, RRCURVETO)]),
        ([(10, 20, 30, 40, 5, 30)], [(0, 10, 20, 30, 40, 5, RRCURVETO)]),
        (
            [(10, 20, 30, 40, 1, 2, 3, 4, 31)],
            [(10, 0, 20, 30, 0, 40, 0, 1, 2, 3, 4, 0, RRCURVETO)],
        ),
        ([(1, 2, 3, 4, 5, 6, 7, 8, 24)], [(1, 2, 3, 4, 5, 6, RRCURVETO), (7, 8, 5)]),
        ([(7, 8, 1, 2, 3, 4, 5, 6, 25)], [(7, 8, 5), (1, 2, 3, 4, 5, 6, RRCURVETO)]),
        ([(*range(1, 13), 50, 1235)], [(*range(1, 13), RRCURVETO)]),
        ([(1, 2, 3, 4, 5, 6, 7, 1234)], [(1, 0, 2, 3, 4, 0, 5, 0, 6, -3, 7, 0, RRCURVETO)]),
        ([(1, 2, 3, 4, 5, 6, 7, 8, 9, 1236)], [(1, 2, 3, 4, 5, 0, 6, 0, 7, 8, 9, -14, RRCURVETO)]),
        ([(*range(1, 11), 11, 1237)], [(*range(1, 11), -25, 11, RRCURVETO)]),
        ([(9, 1, 9, 2, 9, 3, 9, 4, 9, 5, 11, 1237)], [(9, 1, 9, 2, 9, 3, 9, 4, 9, 5, 11, -15, RRCURVETO)]),
    ],
)
def test_a_curve_is_the_same_however_it_is_said(
    said: Sequence[tuple[int, ...]], same: Sequence[tuple[int, ...]]
) -> None:
    """Short ways leave out what is 0."""
    assert drawn(*said) == drawn(*same)


def test_a_curve_goes_through_its_middle() -> None:
    """As two of one control point each, which meet where it is halfway."""
    first, second, *_ = drawn((0, 80, 80, 0, 0, -80, RRCURVETO))
    assert first[0] == (200, 400)
    assert first[2] == second[0] == (280, 520)
    assert second[2] == (360, 400)


def test_hints_are_passed_over() -> None:
    """With as many bytes of masks as there are stems, those that stand before a mask without a word among them."""
    bare = drawn((8, 6), (8, 7))
    assert drawn((1, 2, 3, 4, 18), (5, 6, 23), (8, 6), (8, 7)) == bare
    masked = (
        program((1, 2, 18), (*range(1, 17), 19)) + b"\xff\x00" + program((100, 200, 21), (8, 6), (8, 7), 14)
    )
    assert PostScript([masked], (), [()], ()).curves(0) == bare


def test_shared_parts_are_run() -> None:
    """Those of all letters and those of some, one within another."""
    step = program((8, 6), 11)
    both = program((-107, 10), (8, 7), 11)
    assert drawn((-107, 10), (8, 7), own=[step]) == drawn((8, 6), (8, 7))
    assert drawn((-107, 29), shared=[both], own=[step]) == drawn((8, 6), (8, 7))
    ending = program((8, 6), ENDCHAR)
    assert drawn((-107, 10), (8, 7), own=[ending]) == drawn((8, 6))


@pytest.mark.parametrize(
    "parts",
    [
        [(-107, 10)],
        [(-108, 10)],
        [(9,)],
        [(1, 2, 1222)],
        [(1, 21)],
        [(1, 2, 3, RRCURVETO)],
    ],
)
def test_a_program_that_is_none_is_told(parts: Sequence[tuple[int, ...]]) -> None:
    """A part that is not there or calls itself, an operator that there is not, too few numbers."""
    with pytest.raises((ValueError, IndexError)):
        drawn(*parts, own=[program((-107, 10))])


def index(*entries: bytes) -> bytes:
    """A table of entries."""
    if not entries:
        return b"\0\0"
    places = [1]
    for entry in entries:
        places.append(places[-1] + len(entry))
    return struct.pack(">HB", len(entries), 2) + struct.pack(f">{len(places)}H", *places) + b"".join(entries)


def long_number(number: int) -> bytes:
    """A number of a fixed length, so that what is behind it stays in place."""
    return b"\x1d" + struct.pack(">i", number)


def test_letters_are_found_in_the_table() -> None:
    """With one set of parts, or, in large typefaces, one for each group of letters."""
    programs = [program(ENDCHAR), program((100, 200, 21), (-107, 10), ENDCHAR)]
    head, shared = b"\1\0\4\2" + index(b"name"), index()
    strings = index(b"a string")
    private = bytes([139 + 2, 19])  # its own parts begin two bytes on
    top_size = len(index(bytes(5 + 1 + 10 + 1)))
    start = len(head) + top_size + len(strings) + len(shared)
    letters = index(*programs)
    at_private = start + len(letters)
    top = long_number(start) + b"\x11" + long_number(2) + long_number(at_private) + b"\x12"
    whole = head + index(top) + strings + shared + letters + private + index(program((8, 6), (8, 7), 11))
    assert read_postscript(whole).curves(1) == drawn((8, 6), (8, 7))
    assert read_postscript(whole).curves(0) == []

    top_size = len(index(bytes(5 + 1 + 5 + 2 + 5 + 2)))
    start = len(head) + top_size + len(strings) + len(shared)
    at_private = start + len(letters)
    parts = private + index(program((8, 6), (8, 7), 11))
    fonts = index(b"", long_number(2) + long_number(at_private) + b"\x12")
    at_fonts = at_private + len(parts)
    select = b"\3" + struct.pack(">HHBHBH", 2, 0, 0, 1, 1, 2)
    top = long_number(start) + b"\x11" + long_number(at_fonts) + b"\x0c\x24"
    top += long_number(at_fonts + len(fonts)) + b"\x0c\x25"
    whole = head + index(top) + strings + shared + letters + parts + fonts + select
    assert read_postscript(whole).curves(1) == drawn((8, 6), (8, 7))
    for end in range(4, len(whole), 7):
        with pytest.raises((ValueError, IndexError, KeyError, struct.error)):
            read_postscript(whole[:end]).curves(1)
