"""Text in lines: what of it can be drawn with a typeface, and where lines end."""

import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from notegen.drawing.letters import width_of
from notegen.drawing.typeface import Typeface
from notegen.text.scripts import is_no_space_script

SHAPED = (
    (0x0590, 0x109F),
    (0x1700, 0x1CFF),
    (0xA800, 0xABFF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFE),
    (0x10800, 0x11FFF),
)
"""Scripts whose letters join, change places or run to the left: from Hebrew and Arabic to Devanagari, Thai and Khmer.

Drawn letter by letter they would be wrong, whatever the typeface.
"""

_BALANCE = 97
"""Hundredths: lines get so much narrower at a time, for as long as they stay as few."""
_SIGNS = frozenset({"Cn", "Co", "Cs", "Sk", "So"})
"""Signs that a text may lose, such as emoji, and say the same."""
_UNSEEN = frozenset({"Cc", "Cf"})
_SELECTORS = (0xFE00, 0xFE0F)


class Block(Struct, frozen=True):
    """Lines of one size."""

    lines: tuple[str, ...]
    size: int


def drawable(typeface: Typeface, text: str) -> str:
    """The text as it can be drawn, without signs that the typeface lacks; empty where letters of it cannot be."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        number, category = ord(character), unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif category in _UNSEEN or _SELECTORS[0] <= number <= _SELECTORS[1]:
            continue
        elif typeface.has(character) and not any(first <= number <= last for first, last in SHAPED):
            kept.append(character)
        elif category not in _SIGNS:
            return ""
    return " ".join("".join(kept).split())


def block_of(typeface: Typeface, text: str, sizes: Sequence[int], width: int, height: int) -> Block:
    """The text in the largest of the sizes in which it fits, lines as even as they can be.

    In the smallest, a word that is too long is broken, and a text that is too long ends in `…`.
    """
    for size in sizes:
        most = max(1, height // line_height(typeface, size))
        pieces = [*_pieces(text)]
        if size == sizes[-1]:
            pieces = [part for piece in pieces for part in _broken(typeface, piece, size, width)]
        lines = _filled(typeface, pieces, size, width)
        if len(lines) <= most and all(width_of(typeface, line, size) <= width for line in lines):
            return Block(tuple(_balanced(typeface, pieces, size, width, len(lines))), size)
    shown = lines[:most]
    while shown[-1] and width_of(typeface, f"{shown[-1]}…", size) > width:
        shown[-1] = shown[-1][:-1].rstrip()
    return Block((*shown[:-1], f"{shown[-1].rstrip(' ,;:.-–—')}…"), size)


def line_height(typeface: Typeface, size: int) -> int:
    """From one line to the next, in pixels."""
    return max((typeface.ascent - typeface.descent) * size * 92 // (typeface.units * 100), size)


def _pieces(text: str) -> Iterator[str]:
    """What stays together, with the space behind it: words, their parts at hyphens, and characters without spaces."""
    piece = ""
    for number, character in enumerate(text):
        following = text[number + 1 : number + 2]
        piece += character
        ends_word = character in " -–—/" and following not in ("", " ")
        between = is_no_space_script(following) and unicodedata.category(character)[0] in "LN"
        if ends_word or between or (is_no_space_script(character) and following.isalnum()):
            yield piece
            piece = ""
    if piece:
        yield piece


def _broken(typeface: Typeface, piece: str, size: int, width: int) -> Iterator[str]:
    while width_of(typeface, piece.rstrip(), size) > width:
        end = len(piece) - 1
        while end > 1 and width_of(typeface, f"{piece[:end]}-", size) > width:
            end -= 1
        yield f"{piece[:end]}-"
        piece = piece[end:]
    yield piece


def _filled(typeface: Typeface, pieces: Sequence[str], size: int, width: int) -> list[str]:
    """Lines, each as full as it can be; a piece that is wider than a line has one of its own."""
    lines = [""]
    for piece in pieces:
        longer = lines[-1] + piece
        if lines[-1] and width_of(typeface, longer.rstrip(), size) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return [line.rstrip() for line in lines]


def _balanced(typeface: Typeface, pieces: Sequence[str], size: int, width: int, count: int) -> list[str]:
    lines = _filled(typeface, pieces, size, width)
    while count > 1:
        width = width * _BALANCE // 100
        narrower = _filled(typeface, pieces, size, width)
        if len(narrower) > count or any(width_of(typeface, line, size) > width for line in narrower):
            break
        lines = narrower
    return lines
