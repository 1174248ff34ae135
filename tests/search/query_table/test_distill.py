"""A query table is distilled from what a model says of single words, for the words that a garden needs."""

import numpy as np
import pytest

from notegen.encoder import Piece
from notegen.model import Passage
from notegen.search.query_table import distill
from notegen.search.query_table.distill import choose_pieces, distill_table

VOCABULARY = tuple(
    Piece(token, token.removeprefix("##")) for token in ("the", "sea", "##s", "moon", "tide", "sun")
)


def passages(*texts: str) -> tuple[Passage, ...]:
    """A note with a passage for each text."""
    return tuple(Passage("a.md", number, "", (), "", text) for number, text in enumerate(texts))


def chosen(*texts: str) -> list[str]:
    """The pieces for a garden of these texts, `token:text` where the two differ."""
    return [
        piece.token if piece.text == piece.token.removeprefix("##") else f"{piece.token}:{piece.text}"
        for piece in choose_pieces(VOCABULARY, passages(*texts))
    ]


def test_the_gardens_tokens_come_first_and_then_the_others() -> None:
    """Each in the vocabulary's order."""
    assert chosen("moon seas") == ["sea", "##s", "moon", "the", "tide", "sun"]


def test_words_that_the_garden_has_twice_get_a_row_of_their_own() -> None:
    """Spelt as it spells them most often, without signs around; not numbers, nor words of signs or single letters."""
    assert chosen("Seas! »Kraków« 1999 x", "Krakow, Kraków seas 1999 x don't don't once") == [
        *("sea", "##s"),
        *("krakow:Kraków", "seas:Seas"),
        *("the", "moon", "tide", "sun"),
    ]


def test_both_kinds_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The most frequent stay; the garden's own tokens all do."""
    monkeypatch.setattr(distill, "MAX_OTHER_TOKENS", 1)
    monkeypatch.setattr(distill, "MAX_WORDS", 1)
    assert chosen("tide moon ebb ebb flow flow flow") == ["moon", "tide", "flow", "the"]


def test_a_common_word_counts_less_than_a_rare_one() -> None:
    """Half as much when a thousandth of the text is it; the mean of all directions is taken off before."""
    pieces = [Piece(token, token) for token in ("common", "rare", "absent", "word")]
    vectors = np.array([[3, 1, 0], [3, -1, 0], [3, 0, 1], [3, 0, -1]], np.float32) / 10**0.5
    table = distill_table(pieces, vectors, passages("rare" + " common" * 999))
    rows = table.rows * table.scales[:, None]
    lengths = np.linalg.norm(rows, axis=1)
    np.testing.assert_allclose(lengths / lengths[2], [0.001 / 1.0, 0.5, 1, 1], rtol=2e-3)
    np.testing.assert_allclose(rows[1] / lengths[1], [0, -1, 0], atol=1e-6)
    assert (table.tokens, table.rotation) == (("common", "rare", "absent", "word"), None)


def test_directions_in_which_words_differ_most_are_shrunk() -> None:
    """Variances 16 and 1 become 4 and 1: what all words have more or less of says little."""
    pieces = [Piece(token, token) for token in "abcd"]
    vectors = np.array([[4, 0], [-4, 0], [0, 1], [0, -1]], np.float32)
    table = distill_table(pieces, vectors, passages(""))
    lengths = np.linalg.norm(table.rows * table.scales[:, None], axis=1)
    assert lengths[0] / lengths[2] == pytest.approx(2, rel=1e-2)


def test_words_that_all_mean_the_same_mean_nothing() -> None:
    """No division by zero."""
    table = distill_table([Piece("a", "a"), Piece("b", "b")], np.ones((2, 3), np.float32), passages("a"))
    assert np.abs(table.rows * table.scales[:, None]).max() < 1e-6
