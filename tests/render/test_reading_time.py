"""How long a text takes to read, as a page says it."""

import pytest

from notegen.theme import Theme
from tests.support.gardens import grow, render, text_of


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (1, "1 min read"),
        (22_700, "99 min read"),
        (23_000, "2 hours read"),
        (31_000, "2 hours read"),
        (66_000, "5 hours read"),
    ],
)
def test_what_takes_long_is_said_in_hours(words: int, said: str, theme: Theme) -> None:
    """Nobody reckons 287 minutes."""
    page = text_of(render(grow({"a.md": "word " * words}), theme)["a.html"])
    assert f"<p>{said}</p>" in page
