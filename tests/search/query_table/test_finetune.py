"""The query table, tuned to a garden."""

from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.model import Passage, QueryTable, Vectors
from notegen.search.quantizer import unit
from notegen.search.query_table import finetune as subject
from notegen.search.query_table.finetune import finetune_table, make_segment_sum, segment_sum, solve_ridge
from notegen.search.table_rows import float_rows
from notegen.text.wordpiece import wordpiece_tokenizer

TEXTS = ("the heron stands by the river", "the kettle sings on the stove", "the ledger lists what is owed")
AXES = np.eye(24)
"""The passages differ along the first three."""


def passage(number: int, text: str) -> Passage:
    """A passage of a note of its own."""
    return Passage(f"{number}.md", 0, f"title{number}", (), "", text)


def table() -> QueryTable:
    """Random rows for the words of TEXTS, and for one that they do not have."""
    words = sorted({word for text in TEXTS for word in text.split()} | {"zebra"})
    rows = np.random.default_rng(2).integers(-127, 128, (len(words), 24)).astype(np.int8)
    return QueryTable(tuple(words), rows, np.full(len(words), 0.01, np.float32), None)


def vectors() -> Vectors:
    """One direction for each of TEXTS."""
    return Vectors(tuple(map(passage, range(3), TEXTS)), np.eye(3, 24, dtype=np.float32), "made")


def total(rows: NDArray[np.float32], text: str) -> NDArray[np.float32]:
    """The sum of a text's rows, as far as passages go: along other axes it is close to none of them."""
    summed: NDArray[np.float32] = rows[wordpiece_tokenizer(table().tokens)(text)].sum(axis=0)
    return summed * vectors().matrix.any(axis=0)


def test_words_point_more_at_the_passages_that_have_them() -> None:
    """Each sentence does, and single words of it say more of the passage."""
    before, after = (
        float_rows(table()),
        finetune_table(table(), vectors(), AXES, wordpiece_tokenizer(table().tokens)).rows[:],
    )
    for number, (text, word) in enumerate(zip(TEXTS, ("heron", "kettle", "ledger"), strict=True)):
        target = vectors().matrix[number]
        was, is_now = (unit(total(rows, text).tolist()) for rows in (before, after))
        assert was is not None
        assert is_now is not None
        assert is_now @ target > was @ target + 0.03
        assert total(after, word) @ target > total(before, word) @ target


def test_words_that_the_garden_does_not_have_stay_as_they_are() -> None:
    """To the last bit."""
    before, after = (
        float_rows(table()),
        finetune_table(table(), vectors(), AXES, wordpiece_tokenizer(table().tokens)).rows[:],
    )
    place = table().tokens.index("zebra")
    assert (after[place] == before[place]).all()


def test_rows_move_along_the_leading_axes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those along which the passages differ: here the first three, by as much as with all axes."""
    whole = finetune_table(table(), vectors(), AXES, wordpiece_tokenizer(table().tokens)).rows[
        :
    ] - float_rows(table())
    monkeypatch.setattr(subject, "MAX_AXES", 3)
    moved = finetune_table(table(), vectors(), AXES, wordpiece_tokenizer(table().tokens)).rows[
        :
    ] - float_rows(table())
    assert np.abs(moved[:, :3]).max() > 0.01
    assert np.abs(moved[:, 3:]).max() < 1e-6
    assert moved[:, :3] == pytest.approx(whole[:, :3], abs=1e-5)


def test_rows_move_further_along_axes_where_passages_differ_more() -> None:
    """By three quarters of the power: a passage in a thousand along the second axis, and none along the third."""
    matrix = np.zeros((1000, 24), np.float32)
    matrix[:999, 0] = matrix[999, 1] = 1
    strong, weak, none = subject._ridges(matrix, np.eye(24, 3, dtype=np.float32), 8.0).tolist()
    assert strong < 8 < weak < none
    assert weak == pytest.approx(strong * 999**0.75, rel=1e-3)
    assert none == pytest.approx(8 * 50**0.75, rel=1e-5)


@pytest.mark.parametrize("facts", [{"is_distilled": True}, {"weight": 0.5}])
def test_rows_of_a_table_that_follows_its_encoder_less_move_further(facts: dict[str, Any]) -> None:
    """A distilled one, and one whose meaning counts less."""
    tokenize = wordpiece_tokenizer(table().tokens)
    loose = replace(table(), **facts)
    far, near = (
        np.linalg.norm(finetune_table(one, vectors(), AXES, tokenize).rows[:] - float_rows(one))
        for one in (loose, table())
    )
    assert far > 1.5 * near


def test_the_gardens_tokens_come_by_how_often_it_has_them() -> None:
    """`the` first; none that it has not."""
    finetuned = finetune_table(table(), vectors(), AXES, wordpiece_tokenizer(table().tokens))
    names = [table().tokens[id] for id in finetuned.tokens_by_frequency]
    assert names[0] == "the"
    assert "zebra" not in names


def test_a_garden_without_words_leaves_the_table_alone() -> None:
    """There is nothing to learn from."""
    empty = Vectors((passage(0, "?!"),), np.eye(1, 24, dtype=np.float32), "made")
    finetuned = finetune_table(table(), empty, AXES, wordpiece_tokenizer(table().tokens))
    assert (finetuned.rows[:] == float_rows(table())).all()
    assert finetuned.tokens_by_frequency == ()


def test_sentences_are_learned_from_in_scripts_with_and_without_spaces() -> None:
    """Single words are not, be they `Breakfast` or `Frühstück`; titles are."""
    text = "Breakfast\nFrühstück\nA day without it. 海は一日に二度満ちる。海。\nเราเรียนภาษาไทยทุกวัน"
    empty = Vectors((passage(0, text),), np.eye(1, 24, dtype=np.float32), "made")
    assert subject._sentences(empty.passages)[0] == [
        *("title0", "A day without it.", "海は一日に二度満ちる。", "เราเรียนภาษาไทยทุกวัน")
    ]


def test_sums_are_those_of_a_dense_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways, in several pieces, with lines that have nothing."""
    monkeypatch.setattr(subject, "CHUNK_SIZE", 3)
    rng = np.random.default_rng(1)
    texts, tokens = rng.choice([0, 1, 2, 4, 5], 40), rng.choice([0, 2, 3, 6], 40)
    dense = np.zeros((6, 7), np.float32)
    np.add.at(dense, (texts, tokens), 1)
    rows, columns = rng.random((7, 3), np.float32), rng.random((6, 3), np.float32)
    assert segment_sum(rows, make_segment_sum(tokens, texts, 6)) == pytest.approx(dense @ rows, abs=1e-5)
    assert segment_sum(columns, make_segment_sum(texts, tokens, 7)) == pytest.approx(
        dense.T @ columns, abs=1e-5
    )


def test_the_solution_is_that_of_the_normal_equations(monkeypatch: pytest.MonkeyPatch) -> None:
    """With rounds enough; a handful of numbers, solved directly."""
    monkeypatch.setattr(subject, "ROUNDS", 30)
    rng = np.random.default_rng(4)
    texts, tokens = np.repeat(np.arange(12), 3), rng.integers(0, 5, 36)
    missing, row_norms, weights = (rng.random(shape, np.float32) for shape in ((12, 2), 5, 12))
    dense = np.zeros((12, 5))
    np.add.at(dense, (texts, tokens), 1)
    dense *= weights[:, None] * row_norms
    ridges = np.array([8, 0.5], np.float32)
    exact = np.stack(
        [
            np.linalg.solve(dense.T @ dense + ridge * np.eye(5), dense.T @ column)
            for ridge, column in zip(ridges, missing.T, strict=True)
        ],
        axis=1,
    )
    by_text, by_token = make_segment_sum(tokens, texts, 12), make_segment_sum(texts, tokens, 5)
    found = solve_ridge(by_text, by_token, missing, row_norms, weights, ridges)
    assert found == pytest.approx(exact, abs=1e-4)
