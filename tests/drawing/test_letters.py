"""How letters are drawn and where lines end, with the bundled typeface and with one made by hand."""

import struct
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from notegen.drawing.letters import SHADES, draw_text, width_of
from notegen.drawing.lines import block_of, drawable
from notegen.drawing.typeface import NoTypefaceError, Typeface, load_typeface, read_typeface
from notegen.errors import NotegenError


@pytest.fixture(scope="module")
def serif() -> Typeface:
    """The bundled typeface."""
    return load_typeface()


def drawn(typeface: Typeface, text: str, size: int, width: int, height: int, *, y: int) -> list[str]:
    """A picture of a text in signs, from nothing to all ink."""
    picture = np.zeros((height, width), np.uint8)
    draw_text(picture, typeface, text, size, 0, y)
    return ["".join(" .:+#"[shade] for shade in row) for row in picture]


def square(*, composite: bool = False, glyf: bytes | None = None) -> bytes:
    """A typeface of ten units an em, in which `a` is a square of eight with a hole, and `b` is `a` moved by two."""
    ring = [((0, 0), (8, 0), (8, 8), (0, 8)), ((2, 2), (2, 6), (6, 6), (6, 2))]
    points = [point for contour in ring for point in contour]
    steps = [
        [now[axis] - before[axis] for before, now in zip([(0, 0), *points], points, strict=False)]
        for axis in (0, 1)
    ]
    a = struct.pack(">hhhhh", 2, 0, 0, 8, 8) + struct.pack(">HHH", 3, 7, 0) + bytes([1] * 8)
    a += b"".join(struct.pack(">h", step) for axis in steps for step in axis)
    b = struct.pack(">hhhhh", -1, 0, 0, 10, 8) + struct.pack(">HHbb", 2, 1, 2, 0)
    glyphs = [b"", a, b] if glyf is None else [b"", glyf, b]
    loca = [0]
    for one in glyphs:
        loca.append(loca[-1] + len(one))
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIII", 12, 0, 28, 0, 1)
    cmap += struct.pack(">III", ord("a"), ord("b") if composite else ord("a"), 1)
    tables = {
        b"cmap": cmap,
        b"glyf": b"".join(glyphs),
        b"head": bytes(18) + struct.pack(">H", 10) + bytes(30) + struct.pack(">H", 1) + bytes(2),
        b"hhea": bytes(4) + struct.pack(">hh", 9, -1) + bytes(26) + struct.pack(">H", 1),
        b"hmtx": struct.pack(">Hhhh", 10, 0, 0, 0),
        b"loca": struct.pack(f">{len(loca)}I", *loca),
    }
    start = 12 + 16 * len(tables)
    head, body = b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0), b""
    for name, table in tables.items():
        head += struct.pack(">4sIII", name, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body


def test_a_letter_is_what_lies_between_its_lines() -> None:
    """A hole is one, whatever stands around; half a pixel of ink is half a shade."""
    ring = read_typeface(square())
    assert drawn(ring, "a", 10, 9, 9, y=8) == [
        "######## ",
        "######## ",
        "##    ## ",
        "##    ## ",
        "##    ## ",
        "##    ## ",
        "######## ",
        "######## ",
        "         ",
    ]
    assert drawn(ring, "a", 5, 5, 5, y=4)[:2] == ["#### ", "#  # "]
    assert drawn(ring, "aa", 10, 20, 1, y=1) == ["########  ########  "]
    assert "+" in "".join(drawn(ring, "a", 7, 7, 7, y=6))


def test_a_letter_made_of_letters_is_drawn() -> None:
    """Moved by whole units of the typeface."""
    ring = read_typeface(square(composite=True))
    plain, moved = drawn(ring, "a", 10, 12, 9, y=8), drawn(ring, "b", 10, 12, 9, y=8)
    assert moved == [f"  {row[:-2]}" for row in plain]


def test_what_is_outside_a_picture_is_cut_off(serif: Typeface) -> None:
    """On every side, without an error."""
    picture = np.zeros((20, 30), np.uint8)
    for x, y in ((-10, 15), (25, 15), (5, 4), (5, 30), (-500, 15), (500, 15), (5, 900)):
        draw_text(picture, serif, "Wg", 24, x, y)
    assert picture.max() == SHADES


def test_the_bundled_typeface_has_all_letters_of_its_scripts(serif: Typeface) -> None:
    """Latin with every accent, Greek with the old ones, Cyrillic: each drawn with some ink."""
    blocks = ((0x41, 0x5A), (0xC0, 0x24F), (0x1E00, 0x1EFF), (0x386, 0x3FF), (0x1F00, 0x1FFC), (0x400, 0x52F))
    letters = [chr(one) for first, last in blocks for one in range(first, last + 1)]
    letters = [one for one in letters if unicodedata.category(one)[0] == "L"]
    lacking = [one for one in letters if not serif.has(one)]
    assert {unicodedata.name(one).split()[0] for one in lacking} == {"COPTIC"}
    assert all(len(serif.drawing(one)) for one in letters if serif.has(one))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tides", "Tides"),
        ("Cafe\u0301  au\nlait", "Café au lait"),
        ("📚 Books ✅️ 👩‍👩‍👧", "Books"),
        ("Ἀθῆναι, Київ, Tiếng Việt", "Ἀθῆναι, Київ, Tiếng Việt"),
        ("日本語", ""),
        ("Notes on 日本語", ""),
        ("سلام", ""),
        ("हिन्दी", ""),
        ("🌾", ""),
        ("", ""),
    ],
)
def test_only_what_can_be_drawn_is(serif: Typeface, text: str, shown: str) -> None:
    """Signs are left out; a text with letters that the typeface lacks is not drawn at all, and none in boxes."""
    assert drawable(serif, text) == shown


def test_letters_that_join_are_not_drawn_one_by_one() -> None:
    """Whatever typeface has them."""
    content = bytearray(square())
    at = content.index(struct.pack(">III", ord("a"), ord("a"), 1))
    for first, last in ((0x5D0, 0x5EA), (0x627, 0x64A), (0x915, 0x939), (0xE01, 0xE2E)):
        content[at : at + 12] = struct.pack(">III", first, last, 1)
        typeface = read_typeface(bytes(content))
        assert typeface.has(chr(first))
        assert drawable(typeface, chr(first)) == ""
    content[at : at + 12] = struct.pack(">III", 0x4E00, 0x4E80, 1)
    assert drawable(read_typeface(bytes(content)), "一丁") == "一丁"


def test_a_text_has_the_largest_size_that_fits(serif: Typeface) -> None:
    """In even lines, within width and height."""
    sizes = (60, 40, 20)
    short = block_of(serif, "Tides", sizes, 400, 100)
    assert (short.lines, short.size) == (("Tides",), 60)
    longer = block_of(serif, "What the night keeps and what it lets go of", sizes, 400, 160)
    assert longer.size == 40
    assert len(longer.lines) == 3
    widths = [width_of(serif, line, longer.size) for line in longer.lines]
    assert max(widths) <= 400
    assert min(widths) > max(widths) * 0.6


def test_a_long_word_is_broken_and_a_long_text_ends_in_dots(serif: Typeface) -> None:
    """Only in the smallest size; nothing is wider than it may be."""
    word = block_of(serif, "Rindfleischetikettierungsüberwachungsaufgaben", (40, 30), 400, 200)
    assert word.size == 30
    assert (
        "".join(line.removesuffix("-") for line in word.lines)
        == "Rindfleischetikettierungsüberwachungsaufgaben"
    )
    text = block_of(serif, "so it goes, " * 40, (40, 30), 400, 200)
    assert text.lines[-1].endswith("…")
    assert " ".join(text.lines).removesuffix("…") in "so it goes, " * 40
    assert all(width_of(serif, line, 30) <= 400 for line in (*word.lines, *text.lines))


def test_a_file_that_is_no_typeface_is_told(tmp_path: Path) -> None:
    """By name, with what would do."""
    for content in (b"", b"no typeface", square()[:60], b"OTTO" + square()[4:40], b"ttcf" + bytes(40)):
        with pytest.raises(NoTypefaceError):
            read_typeface(content)
    (tmp_path / "a.ttf").write_bytes(b"wOF2")
    with pytest.raises(NotegenError, match="no typeface"):
        load_typeface(tmp_path / "a.ttf")
    with pytest.raises(NotegenError, match="cannot read"):
        load_typeface(tmp_path / "b.ttf")


def test_a_drawing_that_is_cut_off_is_told() -> None:
    """When the letter is asked for."""
    broken = read_typeface(square(glyf=struct.pack(">hhhhhH", 1, 0, 0, 8, 8, 900)))
    with pytest.raises(NoTypefaceError):
        broken.drawing("a")


def test_a_collection_counts_by_its_first_typeface() -> None:
    """As systems keep the typefaces of Chinese and Japanese."""
    alone = square()
    moved = bytearray(alone)
    for at in range(12, 12 + 16 * 6, 16):
        (start,) = struct.unpack_from(">I", moved, at + 8)
        struct.pack_into(">I", moved, at + 8, start + 16)
    whole = read_typeface(b"ttcf" + struct.pack(">III", 0x10000, 1, 16) + bytes(moved))
    assert drawn(whole, "a", 10, 9, 9, y=8) == drawn(read_typeface(alone), "a", 10, 9, 9, y=8)
