"""The colours that follow from the one that a site may choose: what can be read on paper, by day and by night."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct

PALETTES: Mapping[str, str] = MappingProxyType(
    {
        "ocean": "#0b5d8f",
        "forest": "#2f6b3a",
        "teal": "#14666a",
        "plum": "#7d3574",
        "indigo": "#4a4a9e",
        "slate": "#4a5866",
    }
)
"""Accents by name."""

GROUNDS: tuple[Mapping[str, str], Mapping[str, str]] = (
    MappingProxyType({"paper": "#fbf9f4", "raised": "#ffffff", "sunken": "#f3efe6", "mark": "#fae6a4"}),
    MappingProxyType({"paper": "#191816", "raised": "#24211e", "sunken": "#22201c", "mark": "#58491a"}),
)
"""What text in the accent stands on, light and dark, as templates/tokens.css has it."""

WASH = 0.1
"""How much of the accent is in `--accent-wash`; the rest is paper."""

READABLE = 4.5
"""The contrast that text of any size needs: WCAG 2.2, 1.4.3."""
VERY_READABLE = 7.0
"""The contrast for readers who ask their system for more: WCAG 2.2, 1.4.6."""

_NIGHT_LIGHTNESS = 0.82
_MAX_NIGHT_CHROMA = 0.1
_STEP = 0.005

Lab = tuple[float, float, float]


class Accent(Struct, frozen=True):
    """One accent as it is shown, each colour as `#rrggbb`."""

    light: str
    dark: str
    light_contrast: str
    """On white, for readers who ask for more contrast."""
    dark_contrast: str
    """The contrast with black."""


def colour_named(written: str) -> str:
    """The colour that a palette's name or `#rgb` or `#rrggbb` stands for, as `#rrggbb`; empty for anything else."""
    text = written.strip().lower()
    if found := re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", text, re.ASCII):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return f"#{digits}"
    return PALETTES.get(text, "")


def accent_of(colour: str) -> Accent:
    """The accent of a colour that `can_be_read`: itself by day, and its hue in the lightness of night."""
    _, a, b = _lab_of(colour)
    chroma = (a * a + b * b) ** 0.5
    calmed = min(1.0, _MAX_NIGHT_CHROMA / chroma) if chroma else 1.0
    night = _hex_of((_NIGHT_LIGHTNESS, a * calmed, b * calmed))
    return Accent(
        light=colour,
        dark=night,
        light_contrast=_moved(colour, -_STEP, lambda one: contrast(one, "#ffffff") >= VERY_READABLE),
        dark_contrast=_moved(night, _STEP, lambda one: contrast(one, "#000000") >= VERY_READABLE),
    )


def can_be_read(colour: str, scheme: int = 0) -> bool:
    """Whether text in the colour can be read on all that it stands on, light (0) or dark (1), its own wash too."""
    grounds = GROUNDS[scheme]
    wash = blended(colour, grounds["paper"], WASH)
    return all(contrast(colour, ground) >= READABLE for ground in (*grounds.values(), wash))


def readable_from(colour: str) -> str:
    """The nearest colour of its hue that can be read by day; itself where it can."""
    return _moved(colour, -_STEP, can_be_read)


def blended(one: str, other: str, share: float) -> str:
    """A share of one colour and the rest of the other, as `color-mix(in oklab, …)` has it."""
    first, second = _lab_of(one), _lab_of(other)
    lightness, a, b = (x * share + y * (1 - share) for x, y in zip(first, second, strict=True))
    return _hex_of((lightness, a, b))


def contrast(one: str, other: str) -> float:
    """The contrast ratio, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _moved(colour: str, step: float, is_enough: Callable[[str], bool]) -> str:
    """The colour, made lighter or darker by steps until it is enough; black or white at the latest."""
    lightness, a, b = _lab_of(colour)
    while not is_enough(colour) and 0 < lightness < 1:
        lightness = min(1.0, max(0.0, lightness + step))
        colour = _hex_of((lightness, a, b))
    return colour


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1: sRGB channels made linear, weighted by how bright each seems."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> list[float]:
    shares = [value / 255 for value in bytes.fromhex(colour[1:])]
    return [
        share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4) for share in shares
    ]


def _lab_of(colour: str) -> Lab:
    """The colour in Oklab, with Ottosson's matrices (https://bottosson.github.io/posts/oklab/)."""
    red, green, blue = _linear(colour)
    long = float((0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3))
    middle = float((0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3))
    short = float((0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3))
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _hex_of(lab: Lab) -> str:
    """The nearest colour that a screen has: as much of its chroma as sRGB holds."""
    lightness, a, b = lab
    for kept in range(50, -1, -1):
        channels = _channels((lightness, a * kept / 50, b * kept / 50))
        if all(-0.001 <= channel <= 1.001 for channel in channels):
            break
    return f"#{bytes(round(255 * _encoded(min(1.0, max(0.0, channel)))) for channel in channels).hex()}"


def _channels(lab: Lab) -> tuple[float, float, float]:
    """Linear red, green and blue of a colour in Oklab; outside 0 to 1 where sRGB has no such colour."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _encoded(linear: float) -> float:
    return float(12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055)
