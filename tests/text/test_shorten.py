"""Texts cut to a length."""

import pytest

from notegen.text.shorten import shorten


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("nine char", "nine char"),
        ("two words more", "two words…"),
        ("one, two: three", "one, two…"),
        ("unbroken word", "unbroken…"),
        ("潮汐表潮汐表潮汐表潮汐表", "潮汐表潮汐表潮汐表潮…"),
        ("", ""),
    ],
)
def test_a_text_is_cut_at_a_word_if_there_is_one(text: str, shortened: str) -> None:
    """Without signs before the ellipsis."""
    assert shorten(text, 10) == shortened


def test_the_ellipsis_can_stand_apart() -> None:
    """As in descriptions."""
    assert shorten("two words more", 10, ellipsis=" …") == "two words …"
