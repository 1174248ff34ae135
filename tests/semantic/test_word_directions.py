"""Notes whose words the encoder does not know, compared by them."""

import numpy as np
import pytest

from notegen.model import Familiarity
from notegen.semantic.note_vectors import NoteVectors, note_vectors_of
from tests.support.vector_gardens import vectors

TIDES = "the tide comes in twice each day and lifts every boat of the harbour"
BOATS = "every boat in the harbour floats when the tide comes in"
BREAD = "flour with water, salt, time: one loaf has an open crumb"

SEA = vectors(("a.md", [1, 0], TIDES), ("b.md", [0, 1], BOATS), ("c.md", [1, 0], BREAD))
"""Vectors that say the opposite of the words."""


def _notes(*levels: int) -> NoteVectors:
    return note_vectors_of(SEA, Familiarity(500, levels))


def test_notes_that_the_encoder_knows_are_compared_by_it_alone() -> None:
    """Whether or not somebody has asked."""
    for notes in (note_vectors_of(SEA), _notes(8, 8, 8)):
        assert notes.compared is notes.matrix
        assert notes.nearest[0].tolist() == [2, 1]


def test_notes_that_it_does_not_know_are_compared_by_their_words() -> None:
    """What it says of them stays in their own vectors."""
    notes = _notes(1, 1, 1)
    assert notes.nearest[0].tolist() == [1, 2]
    np.testing.assert_array_equal(notes.matrix, note_vectors_of(SEA).matrix)
    lengths = np.linalg.norm(notes.compared, axis=1)
    np.testing.assert_allclose(lengths, [1, 1, (1 / 8) ** 0.5], atol=1e-3)


def test_a_cosine_is_that_of_the_encoder_as_far_as_it_is_trusted() -> None:
    """An eighth of 1 for two notes without a word in common."""
    notes = _notes(1, 1, 1)
    assert float(notes.compared[0] @ notes.compared[2]) == pytest.approx(1 / 8, abs=0.1)
    assert float(notes.compared[0] @ notes.compared[1]) > 0.3


def test_a_known_note_and_an_unknown_one_are_far_apart() -> None:
    """They are in two languages: the words of one are not looked for in the other."""
    notes = _notes(8, 8, 1)
    assert float(notes.compared[0] @ notes.compared[2]) == pytest.approx((1 / 8) ** 0.5, abs=1e-3)


def test_a_note_without_words_has_what_the_encoder_says() -> None:
    """Nothing is divided by nothing."""
    empty = note_vectors_of(vectors(("a.md", [1, 0], ""), ("b.md", [1, 0], "")), Familiarity(0, (4, 4)))
    assert np.isfinite(empty.compared).all()
