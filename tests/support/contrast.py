"""How well one colour can be told from another, as WCAG 2.2 defines it."""

Colour = tuple[float, float, float]
"""Red, green and blue, 0 to 255."""


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(one: Colour) -> float:
    """WCAG's relative luminance, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in one)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
