"""The query table, fitted to a garden."""

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen import fit as subject
from notegen.fit import Bags, fit_table
from notegen.model import Passage, QueryTable, Vectors
from notegen.ranking.pieces import cutter

TEXTS = ("the heron stands by the river", "the kettle sings on the stove", "the ledger lists what is owed")


def passage(number: int, text: str) -> Passage:
    """A passage of a note of its own."""
    return Passage(f"{number}.md", 0, f"title{number}", (), "", text)


def table() -> QueryTable:
    """Random rows for the words of TEXTS, and for one that they do not have."""
    words = sorted({word for text in TEXTS for word in text.split()} | {"zebra"})
    rows = np.random.default_rng(2).integers(-127, 128, (len(words), 24)).astype(np.int8)
    return QueryTable(tuple(words), rows, np.full(len(words), 0.01, np.float32), None, "made")


def floats(of: QueryTable) -> NDArray[np.float32]:
    """Its rows."""
    return np.asarray(of.rows * of.scales[:, None], np.float32)


def vectors() -> Vectors:
    """One direction for each of TEXTS."""
    return Vectors(tuple(map(passage, range(3), TEXTS)), np.eye(3, 24, dtype=np.float32), "made")


def towards(of: QueryTable, text: str, target: NDArray[np.float32]) -> float:
    """The cosine of a text's sum with a vector."""
    total = floats(of)[cutter(of.tokens)(text)].sum(axis=0)
    return float(total @ target / np.linalg.norm(total))


def test_words_point_more_at_the_passages_that_have_them() -> None:
    """Each sentence, and single words of it."""
    before, after = table(), fit_table(table(), vectors(), cutter(table().tokens)).table
    for number, (text, word) in enumerate(zip(TEXTS, ("heron", "kettle", "ledger"), strict=True)):
        target = vectors().matrix[number]
        assert towards(after, text, target) > towards(before, text, target) + 0.03
        assert towards(after, word, target) > towards(before, word, target)


def test_words_that_the_garden_does_not_have_stay_as_they_are() -> None:
    """To a step of eight bits."""
    before, after = table(), fit_table(table(), vectors(), cutter(table().tokens)).table
    place = before.tokens.index("zebra")
    assert np.abs(floats(after)[place] - floats(before)[place]).max() <= 0.01


def test_the_gardens_tokens_come_by_how_often_it_has_them() -> None:
    """`the` first; none that it has not."""
    fitted = fit_table(table(), vectors(), cutter(table().tokens))
    names = [fitted.table.tokens[id] for id in fitted.usual]
    assert names[0] == "the"
    assert "zebra" not in names


def test_a_garden_without_words_leaves_the_table_alone() -> None:
    """There is nothing to learn from."""
    empty = Vectors((passage(0, "?!"),), np.eye(1, 24, dtype=np.float32), "made")
    fitted = fit_table(table(), empty, cutter(table().tokens))
    assert (fitted.table.rows == table().rows).all()
    assert fitted.usual == ()


def test_sums_are_those_of_a_dense_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways, some runs at a time, with texts and tokens that have nothing."""
    monkeypatch.setattr(subject, "_AT_ONCE", 7)
    rng = np.random.default_rng(1)
    texts = np.sort(rng.choice([0, 1, 2, 4, 5], 40))
    bags = Bags(rng.choice([0, 2, 3, 6], 40), texts, rng.random(40, np.float32))
    dense = np.zeros((6, 7), np.float32)
    np.add.at(dense, (bags.texts, bags.tokens), bags.weights)
    rows, columns = rng.random((7, 3), np.float32), rng.random((6, 3), np.float32)
    assert subject._sum_texts(bags, rows, 6) == pytest.approx(dense @ rows, abs=1e-5)
    assert subject._sum_tokens(bags, columns, 7) == pytest.approx(dense.T @ columns, abs=1e-5)


def test_the_solution_is_that_of_the_normal_equations(monkeypatch: pytest.MonkeyPatch) -> None:
    """With rounds enough; a handful of numbers, solved directly."""
    monkeypatch.setattr(subject, "ROUNDS", 30)
    rng = np.random.default_rng(4)
    texts = np.repeat(np.arange(12), 3)
    bags = Bags(rng.integers(0, 5, 36), texts, rng.random(36, np.float32))
    missing = rng.random((12, 2), np.float32)
    dense = np.zeros((12, 5))
    np.add.at(dense, (bags.texts, bags.tokens), bags.weights)
    exact = np.linalg.solve(dense.T @ dense + subject.RELUCTANCE * np.eye(5), dense.T @ missing)
    assert subject._solve(bags, missing, 5) == pytest.approx(exact, abs=1e-4)
