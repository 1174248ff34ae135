"""An accent of one's own: which colours are taken, what follows from one, and that all of it can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.bundled import bundled
from notegen.colours import (
    GROUNDS,
    PALETTES,
    VERY_READABLE,
    WASH,
    accent_of,
    blended,
    can_be_read,
    colour_named,
    contrast,
    readable_from,
)
from notegen.config import load_config
from notegen.errors import NotegenError, word_error

TOKENS = (bundled("templates") / "tokens.css").read_text("utf-8")

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_grounds_and_washes_are_those_of_the_style_sheet() -> None:
    """The module and tokens.css tell of the same paper, and of the same share of accent in a wash."""
    for scheme, grounds in enumerate(GROUNDS):
        for name, colour in grounds.items():
            found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", TOKENS)
            assert found
            assert found[1 + scheme] == colour
    share = re.search(
        r"--accent-wash: color-mix\(in oklab, var\(--accent\) (\d+)%, var\(--paper\)\);", TOKENS
    )
    assert share
    assert int(share[1]) / 100 == WASH


@given(COLOURS)
def test_whatever_colour_is_chosen_the_page_can_be_read(colour: str) -> None:
    """By day, by night, and at 7 to 1 for those who ask for it; a colour that can be read stays as it is."""
    chosen = readable_from(colour)
    accent = accent_of(chosen)
    assert can_be_read(chosen)
    assert (chosen == colour) == can_be_read(colour)
    assert accent.light == chosen
    assert can_be_read(accent.dark, 1)
    assert contrast(accent.light_contrast, "#ffffff") >= VERY_READABLE
    assert contrast(accent.dark_contrast, "#000000") >= VERY_READABLE


@given(COLOURS)
def test_text_can_be_read_on_the_wash_of_any_accent(colour: str) -> None:
    """What is written in ink or in a quiet grey on what is chosen."""
    accent = accent_of(readable_from(colour))
    for scheme, shown in enumerate((accent.light, accent.dark)):
        wash = blended(shown, GROUNDS[scheme]["paper"], WASH)
        for name in ("ink", "muted"):
            found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", TOKENS)
            assert found
            assert contrast(found[1 + scheme], wash) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_a_palette_can_be_read_as_it_is(name: str) -> None:
    """None of them is mended."""
    assert can_be_read(PALETTES[name])


def test_a_known_mix_is_that_of_a_browser() -> None:
    """`color-mix(in oklab, #93401b 9%, #fbf9f4)`, and the two ends."""
    assert blended("#93401b", "#fbf9f4", 0.09) == "#f3e8e0"
    assert (blended("#123456", "#ffffff", 1), blended("#123456", "#abcdef", 0)) == ("#123456", "#abcdef")


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#0b5d8f", "#0b5d8f"),
        ("#05A", "#0055aa"),
        (" Ocean ", "#0b5d8f"),
        ("0b5d8f", ""),
        ("#0b5d8", ""),
        ("#0b5d8f80", ""),
        ("#٠٠٠", ""),
        ("red;}body{display:none", ""),
        ("", ""),
    ],
)
def test_a_colour_is_six_digits_three_or_a_name(written: str, colour: str) -> None:
    """Nothing else, so that no setting writes a rule into the style sheet."""
    assert colour_named(written) == colour


@pytest.mark.parametrize("written", ["#05A", "ocean", ""])
def test_an_accent_is_read_from_the_settings(written: str, tmp_path: Path) -> None:
    """As the colour that it stands for."""
    file = tmp_path / "notegen.toml"
    file.write_text(f'title = "x"\naccent = "{written}"\n')
    assert load_config(file).accent == colour_named(written)


WANTED = "a colour such as `#0b5d8f`, or one of `ocean`, `forest`, `teal`, `plum`, `indigo`, `slate`"


@pytest.mark.parametrize(
    ("value", "shown", "wanted", "meant"),
    [
        ('"0b5d8f"', "0b5d8f", WANTED, "#0b5d8f"),
        ('"occean"', "occean", WANTED, "ocean"),
        ('"rgb(0 0 0)"', "rgb(0 0 0)", WANTED, ""),
        ("5", "5", "a text", ""),
        (
            '"#ff0"',
            "#ff0",
            "dark enough to be read on the page, at 4.5 to 1; the night's is made from it",
            readable_from("#ffff00"),
        ),
    ],
)
def test_a_wrong_accent_is_refused_with_its_line(
    value: str, shown: str, wanted: str, meant: str, tmp_path: Path
) -> None:
    """With what was probably meant, which is taken when it is written."""
    file = tmp_path / "notegen.toml"
    file.write_text(f'title = "x"\naccent = {value}\n')
    with pytest.raises(NotegenError) as caught:
        load_config(file)
    hint = f"\n  hint: did you mean `{meant}`?" if meant else ""
    assert word_error(caught.value) == (
        f"error: `accent` is `{shown}`, but must be {wanted}\n  --> {file}:2:1\n"
        f"   | accent = {value}\n   | ^{hint}"
    )
    if meant:
        file.write_text(f'accent = "{meant}"')
        assert load_config(file).accent == colour_named(meant)
