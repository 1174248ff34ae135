"""The pictures of pages that have none of their own, for where somebody shows a link to one.

A card has a page's title, its date and the garden's name, in the colours of the site. No page of the site loads one.
Nothing is on it but what the page itself says to everybody: encrypted notes have none.
"""

from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from msgspec import Struct

from notegen.colours import GROUNDS, accent_of
from notegen.config import Config
from notegen.drawing.icon import sheet_shades
from notegen.drawing.letters import SHADES, Shades, draw_text
from notegen.drawing.lines import block_of, drawable, line_height
from notegen.drawing.png import png_of
from notegen.drawing.typeface import Typeface, load_typeface
from notegen.model import Garden, Url
from notegen.packed import pack
from notegen.paths import CARDS

WIDTH, HEIGHT = 1200, 630
"""Pixels: what https://ogp.me's readers cut nothing from."""
MAX_NOTES = 2000
"""With more notes, cards are drawn only if the settings ask for them."""
DESIGN = 1
"""To be counted up whenever the same words make another picture: a card's address is the digest of what it shows."""

_MARGIN = 84
_HEAD, _FOOT = 96, 548
"""Where the sheet begins, and what the date stands on."""
_TITLE_TOP, _TITLE_HEIGHT = 180, 310
_TITLE_SIZES = (88, 80, 72, 64, 56, 50, 44)
_SMALL = 34
_BAR = 14
_SHEET = 48
TITLE_INK = ("#26221d", "#e7e1d7")
_MUTED_INK = ("#655d52", "#aaa194")
_ACCENT = ("#93401b", "#eba57f")
"""Light and dark, as in templates/tokens.css."""


class Face(Struct, frozen=True):
    """What a card shows; each part is empty where it has none."""

    head: str
    title: str
    foot: str


class CardStyle(Struct, frozen=True, eq=False):
    """How all cards of a site look."""

    typeface: Typeface
    paper: str
    inks: tuple[str, str, str]
    """The inks of the title, of what stands around it, and of what is in the accent."""

    def face(self, head: str, title: str, foot: str, *, other_foot: str = "") -> Face:
        """The face with these words, as far as the typeface can show them: the head in place of a title that it cannot.

        Args:
            other_foot: stands in for a foot that cannot be shown.
        """
        shown = drawable(self.typeface, foot) or drawable(self.typeface, other_foot)
        above, below = drawable(self.typeface, head), drawable(self.typeface, title)
        return Face(above, below, shown) if below else Face("", above, shown)

    def url(self, face: Face) -> Url:
        """Where the card of a face lies, by all that is on it."""
        parts = DESIGN, self.typeface.digest, self.paper, self.inks, face
        return f"{CARDS}/{blake2b(pack(parts), digest_size=8).hexdigest()}.png"


def card_style(garden: Garden, config: Config) -> CardStyle | None:
    """How the site's cards look; None where it has none.

    Raises:
        NotegenError: the typeface of the settings cannot be read.
    """
    settings = config.social_cards
    is_wanted = settings.draw == "on" or (settings.draw == "auto" and len(garden.notes) <= MAX_NOTES)
    if not config.base_url or not is_wanted:
        return None
    scheme = 1 if settings.scheme == "dark" else 0
    accent = _ACCENT[scheme]
    if config.accent:
        chosen = accent_of(config.accent)
        accent = chosen.dark if scheme else chosen.light
    inks = TITLE_INK[scheme], _MUTED_INK[scheme], accent
    own = Path(settings.font) if settings.font else None
    return CardStyle(load_typeface(own), GROUNDS[scheme]["paper"], inks)


def site_face(style: CardStyle, title: str, config: Config) -> Face:
    """The card of the site as a whole, with the name of its host."""
    return style.face("", title, urlsplit(config.base_url).hostname or "")


def draw_card(style: CardStyle, face: Face) -> bytes:
    """The card as a PNG.

    Raises:
        NoTypefaceError: a letter's drawing cannot be read.
    """
    title, around, accent = (np.zeros((HEIGHT, WIDTH), np.uint8) for _ in range(3))
    accent[HEIGHT - _BAR :] = SHADES
    accent[_HEAD : _HEAD + _SHEET, _MARGIN : _MARGIN + _SHEET] = sheet_shades(_SHEET)
    right = WIDTH - _MARGIN
    head = block_of(style.typeface, face.head, (_SMALL,), right - _MARGIN - _SHEET - 20, _SMALL)
    draw_text(around, style.typeface, head.lines[0], _SMALL, _MARGIN + _SHEET + 20, _HEAD + 36)
    foot = block_of(style.typeface, face.foot, (_SMALL,), right - _MARGIN, _SMALL)
    draw_text(around, style.typeface, foot.lines[0], _SMALL, _MARGIN, _FOOT)
    _draw_title(title, style, face.title)
    return png_of(_colours((title, around, accent)), _palette(style))


def _draw_title(picture: Shades, style: CardStyle, text: str) -> None:
    face = style.typeface
    block = block_of(face, text, _TITLE_SIZES, WIDTH - 2 * _MARGIN, _TITLE_HEIGHT)
    step = line_height(face, block.size)
    top = _TITLE_TOP + (_TITLE_HEIGHT - step * len(block.lines)) // 2
    for number, line in enumerate(block.lines):
        # In the middle of its strip, by what is above and below the line that letters stand on.
        middle = (step + (face.ascent + face.descent) * block.size // face.units) // 2
        draw_text(picture, face, line, block.size, _MARGIN, top + number * step + middle)


def _colours(layers: tuple[Shades, Shades, Shades]) -> Shades:
    """The number of each pixel's colour: 0 for paper, then the shades of each ink."""
    whole = np.zeros((HEIGHT, WIDTH), np.uint8)
    for number, layer in enumerate(layers):
        whole = np.where(layer > 0, layer + number * SHADES, whole).astype(np.uint8)
    return whole


def _palette(style: CardStyle) -> bytes:
    paper, *inks = (bytes.fromhex(colour[1:]) for colour in (style.paper, *style.inks))
    shades = (
        (below * (SHADES - shade) + above * shade) // SHADES
        for ink in inks
        for shade in range(1, SHADES + 1)
        for below, above in zip(paper, ink, strict=True)
    )
    return paper + bytes(shades)
