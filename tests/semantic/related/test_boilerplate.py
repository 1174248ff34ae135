"""Which passages are compared."""

import pytest

from notegen.semantic.related.boilerplate import MIN_REPEATS, informative_passages, said_in
from notegen.text.tokens import singular_forms
from tests.support.vector_gardens import vectors


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("see also above", False),
        ("Monday 2024-01-05 10:30 12 14 15", False),
        ("a passage of five words", True),
        ("潮は一日に二度", True),
    ],
)
def test_what_says_too_little_is_left_out(text: str, tells: bool) -> None:
    """Numbers are no words, and characters of scripts without spaces are."""
    passages = vectors(("a", [1], text), ("a", [1], "a second one that says enough")).passages
    found = informative_passages(passages, [said_in(singular_forms(each.text)) for each in passages])
    assert list(found) == ([0, 1] if tells else [1])


def test_what_many_notes_say_is_a_template() -> None:
    """The same text but for its numbers, in MIN_REPEATS notes; in one note less it counts."""
    form = "Slept {} hours, mood {}, walked {} steps today"
    rows = []
    for number in range(MIN_REPEATS):
        rows += [
            (f"n{number}", [1], form.format(number, 3, 9)),
            (f"n{number}", [1], f"on {'x' * number} I thought a lot"),
        ]
    for few, found in ((MIN_REPEATS, [1, 3, 5, 7]), (MIN_REPEATS - 1, [0, 1, 2, 3, 4, 5])):
        passages = vectors(*rows[: 2 * few]).passages
        assert (
            list(informative_passages(passages, [said_in(singular_forms(each.text)) for each in passages]))
            == found
        )


def test_a_note_of_nothing_else_keeps_what_it_has() -> None:
    """A note that is one link has its title and that to be compared by."""
    passages = vectors(("a", [1], "see above"), ("a", [1], "and below")).passages
    assert list(
        informative_passages(passages, [said_in(singular_forms(each.text)) for each in passages])
    ) == [0, 1]
