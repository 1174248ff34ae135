"""The colours of code can be read: WCAG's contrast of 4.5, in both themes, on every ground that code stands on."""

import re
from itertools import product

import pytest

from notegen.colours import WASH, blended
from tests.conftest import ROOT
from tests.support.contrast import Colour, contrast

TOKENS = dict(
    re.findall(
        r"^  --([\w-]+): (light-dark\(#\w{6}, #\w{6}\));",
        (ROOT / "templates/tokens.css").read_text("utf-8"),
        re.MULTILINE,
    )
)
WORDS = re.findall(
    r"color: var\(--([\w-]+)\)",
    (ROOT / "templates/code.css").read_text("utf-8").partition("/* A marked line")[0],
)
LEAST = 4.5
"""Success criterion 1.4.3 of WCAG 2.2, level AA, for text of usual size."""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_of_code_can_be_read(theme: str) -> None:
    """On the block's ground, on a marked line's, and added or taken away on its own tint."""
    grounds = [colour("sunken", theme), wash(theme)]
    pairs = [*product((colour(name, theme) for name in {*WORDS, "ink"}), grounds)]
    tints = [
        (colour(name, theme), mixed(colour(name, theme), 0.08, grounds[0])) for name in ("success", "danger")
    ]
    assert len(set(WORDS)) == 6
    assert [pair for pair in (*pairs, *tints) if contrast(*pair) < LEAST] == []


def test_contrast_is_that_of_wcag() -> None:
    """21 for black on white, 1 for a colour on itself, and a known one between."""
    black, white, grey = (0, 0, 0), (255, 255, 255), (118, 118, 118)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, grey) == 1
    assert contrast(white, grey) == pytest.approx(4.54, abs=0.01)


def colour(name: str, theme: str) -> Colour:
    """A colour of the theme's tokens."""
    light, dark = re.findall(r"#(\w{6})", TOKENS[name])
    written = light if theme == "light" else dark
    return tuple(int(written[i : i + 2], 16) for i in (0, 2, 4))  # type: ignore[return-value]


def wash(theme: str) -> Colour:
    """The ground of a marked line: the accent's share of paper."""
    accent, paper = (f"#{bytes(map(int, colour(name, theme))).hex()}" for name in ("accent", "paper"))
    red, green, blue = bytes.fromhex(blended(accent, paper, WASH)[1:])
    return red, green, blue


def mixed(one: Colour, share: float, other: Colour) -> Colour:
    """What shows of `one`, this opaque, over the other."""
    return tuple(share * a + (1 - share) * b for a, b in zip(one, other, strict=True))  # type: ignore[return-value]
