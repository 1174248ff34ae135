"""A note's vector for show: the mean of its passages, and the notes it puts nearest and farthest."""

import numpy as np

from notegen.model import Vectors
from notegen.semantic.embedding_card import make_embedding_cards
from notegen.semantic.note_vectors import NoteVectors, note_vectors_of
from tests.support.vector_gardens import vectors


def notes(rows: dict[str, list[list[float]]]) -> NoteVectors:
    """The notes with passages of these vectors, which need not be of length one."""
    return note_vectors_of(vectors(*((note, row, "text") for note, of in rows.items() for row in of)))


def test_a_card_shows_the_mean_of_the_passages() -> None:
    """Of length one; tokens and passages are counted."""
    cards = make_embedding_cards(notes({"a": [[1, 0], [0, 1]], "b": [[1, 0]]}), [5, 6, 7])
    np.testing.assert_allclose(cards["a"].vector, [0.707, 0.707], atol=1e-6)
    assert (cards["a"].passages, cards["a"].tokens) == (2, 11)
    assert (cards["b"].passages, cards["b"].tokens) == (1, 7)


def test_nearest_and_farthest_are_other_notes_in_order() -> None:
    """Three of each at most, never the note itself, and none as both."""
    turns = {"a": 0, "b": 0.1, "c": 0.3, "d": 1, "e": 2, "f": 2.5, "g": 3, "h": 1.5}
    angles = {name: [[float(np.cos(turn)), float(np.sin(turn))]] for name, turn in turns.items()}
    cards = make_embedding_cards(notes(angles), [1] * 8)
    assert (cards["a"].nearest, cards["a"].farthest) == (("b", "c", "d"), ("g", "f", "e"))
    few = make_embedding_cards(notes({name: angles[name] for name in "abcde"}), [1] * 5)
    assert (few["a"].nearest, few["a"].farthest) == (("b", "c"), ("e", "d"))


def test_equally_near_notes_come_in_order() -> None:
    """As everywhere, so that two builds agree."""
    cards = make_embedding_cards(notes({name: [[1, 0]] for name in "abcdefgh"}), [1] * 8)
    assert cards["h"].nearest == ("a", "b", "c")


def test_a_lone_note_is_near_nothing() -> None:
    """One note, the only other one, and no notes."""
    assert make_embedding_cards(notes({"a": [[1, 0]], "b": [[0, 1]]}), [1, 1])["a"].farthest == ()
    assert make_embedding_cards(notes({"a": [[1, 0]]}), [1])["a"].nearest == ()
    assert make_embedding_cards(note_vectors_of(Vectors((), np.zeros((0, 2), np.float32), "")), []) == {}


def test_opposite_passages_have_no_direction() -> None:
    """Their mean is nothing, and is shown as that, not as a division by nothing."""
    assert make_embedding_cards(notes({"a": [[1, 0], [-1, 0]]}), [1, 1])["a"].vector.tolist() == [0, 0]
