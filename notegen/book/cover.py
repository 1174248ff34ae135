"""The cover of an EPUB, by which people find it on their shelf: its title and author, in the colours of the site."""

from pathlib import Path

import numpy as np

from notegen.colours import GROUNDS, accent_of
from notegen.config import Config
from notegen.drawing.letters import SHADES, Shades, draw_text
from notegen.drawing.lines import block_of, drawable, line_height
from notegen.drawing.png import png_of
from notegen.drawing.typeface import NoTypefaceError, Typeface, load_typeface
from notegen.errors.theme import typeface_unknown
from notegen.render.site import ICON_COLOUR
from notegen.render.social_cards import TITLE_INK

WIDTH, HEIGHT = 1000, 1600
"""Pixels."""
_MARGIN = 100
_BAR = 40
_TITLE_TOP, _TITLE_HEIGHT = 300, 800
_TITLE_SIZES = (140, 120, 104, 90, 78, 68, 58)
_AUTHOR_TOP, _AUTHOR_HEIGHT = 1300, 160
_AUTHOR_SIZES = (52, 44)


def draw_cover(title: str, config: Config) -> bytes | None:
    """The cover as a PNG; None where the typeface lacks letters of the title.

    Raises:
        NotegenError: the typeface of the settings cannot be read.
    """
    own = config.social_cards.font
    typeface = load_typeface(Path(own) if own else None)
    shown = drawable(typeface, title)
    if not shown:
        return None
    ink = np.zeros((HEIGHT, WIDTH), np.uint8)
    try:
        _draw(ink, typeface, shown, _TITLE_SIZES, _TITLE_TOP, _TITLE_HEIGHT)
        _draw(ink, typeface, drawable(typeface, config.author), _AUTHOR_SIZES, _AUTHOR_TOP, _AUTHOR_HEIGHT)
    except NoTypefaceError as error:
        raise typeface_unknown(own) from error
    ink[:_BAR] = SHADES + 1
    return png_of(ink, _palette(config))


def _draw(
    picture: Shades, typeface: Typeface, text: str, sizes: tuple[int, ...], top: int, height: int
) -> None:
    block = block_of(typeface, text, sizes, WIDTH - 2 * _MARGIN, height)
    for number, line in enumerate(block.lines):
        foot = top + block.size + number * line_height(typeface, block.size)
        draw_text(picture, typeface, line, block.size, _MARGIN, foot)


def _palette(config: Config) -> bytes:
    """Paper, the shades of the ink on it, and the accent."""
    paper, ink = (bytes.fromhex(colour.lstrip("#")) for colour in (GROUNDS[0]["paper"], TITLE_INK[0]))
    accent = bytes.fromhex(accent_of(config.accent).light.lstrip("#") if config.accent else ICON_COLOUR)
    shades = (
        (below * (SHADES - shade) + above * shade) // SHADES
        for shade in range(SHADES + 1)
        for below, above in zip(paper, ink, strict=True)
    )
    return bytes(shades) + accent
