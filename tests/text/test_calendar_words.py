"""Which words say when and not what."""

import pytest

from notegen.text.calendar_words import is_of_calendar
from notegen.text.tokens import singular_forms


@pytest.mark.parametrize(
    "text", ["Jan 18th, 2021", "Monday", "2024-05-03 Fri", "3. März", "Miércoles 1 de", "août", "Tues 2nd"]
)
def test_a_day_is_of_the_calendar(text: str) -> None:
    """In languages that most gardens have, however it is written."""
    assert all(is_of_calendar(form) for form in singular_forms(text) if form != "de")


@pytest.mark.parametrize("word", ["march", "sun", "may2", "3d", "18thx", "today", "q3", "week"])
def test_other_words_are_not(word: str) -> None:
    """Though they look much like it."""
    assert not is_of_calendar(word)
