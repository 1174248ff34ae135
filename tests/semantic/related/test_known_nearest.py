"""The neighbours of a garden of which a few passages changed: those known, put right, against all found anew."""

import random
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from notegen.cache import VectorCache, open_cache
from notegen.paths import CACHE_FILE
from notegen.semantic.related import known_nearest
from notegen.semantic.related.known_nearest import known_nearest_passages
from notegen.semantic.related.nearest import CandidatePairs, nearest_passages

COUNT = 5
Passage = tuple[str, tuple[int, ...]]
"""A note and a vector; few vectors, so that many cosines are equal."""


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many passages were compared with all, each time; a table serves for few changes."""
    counts: list[int] = []

    def counted(whole: object, notes: np.ndarray, count: int, *, jobs: int) -> CandidatePairs:
        counts.append(len(notes))
        return nearest_passages(whole, notes, count, jobs=jobs)  # type: ignore[arg-type]

    monkeypatch.setattr(known_nearest, "nearest_passages", counted)
    monkeypatch.setattr(known_nearest, "MAX_CHANGED", 9)
    monkeypatch.setattr(known_nearest, "SPARE", 3)
    return counts


def found(passages: list[Passage], cache: VectorCache | None) -> list[tuple[int, int, float]]:
    """The pairs with their cosines, sorted."""
    ids = sorted({note for note, _ in passages})
    notes = np.array([ids.index(note) for note, _ in sorted(passages)], np.intp)
    whole = np.array([vector for _, vector in sorted(passages)], np.float32)
    pairs = known_nearest_passages(whole, notes, COUNT, ids=ids, cache=cache)
    return sorted(zip(pairs.left.tolist(), pairs.right.tolist(), pairs.cosines.tolist(), strict=True))


def grown(chance: random.Random, count: int) -> list[Passage]:
    """Passages of some notes, some of them the same."""
    return [
        (f"{chance.randrange(count // 3)}.md", tuple(1000 * chance.randint(-2, 2) for _ in range(4)))
        for _ in range(count)
    ]


def test_what_is_put_right_is_what_comparing_all_gives(compared: list[int], tmp_path: Path) -> None:
    """After many edits: passages that come, go, change, come twice, or belong to another note."""
    chance = random.Random(4)
    passages = grown(chance, 60)
    with open_cache(tmp_path) as cache:
        for _ in range(60):
            for passage in chance.sample(passages, chance.randint(0, 3)):
                passages.remove(passage)
            passages += grown(chance, 60)[: chance.randint(0, 3)]
            passages += chance.sample(passages, chance.randint(0, 1))
            known, anew = found(passages, cache), found(passages, None)
            assert known == anew
    with_cache = len(compared) - 60
    assert 1 < with_cache < 30


def test_a_table_is_found_by_any_garden_that_has_much_in_common(compared: list[int], tmp_path: Path) -> None:
    """A garden beside it has its own, and neither pushes the other out; a spoiled table is made anew."""
    chance = random.Random(5)
    one, other = grown(chance, 60), grown(chance, 60)
    with open_cache(tmp_path) as cache:
        for passages in (one, other, one[2:], other[:-2], one):
            found(passages, cache)
    assert compared == [60, 60]
    with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
        connection.execute("UPDATE derived SET content = x'00' WHERE length(content) > 16")
    connection.close()
    with open_cache(tmp_path) as cache:
        assert found(one, cache) == found(one, None)
    assert compared == [60, 60, 60, 60]


def test_a_small_garden_keeps_nothing(tmp_path: Path) -> None:
    """It is compared in milliseconds."""
    passages = grown(random.Random(6), 60)
    with open_cache(tmp_path) as cache:
        assert found(passages, cache) == found(passages, None)
    with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
        assert connection.execute("SELECT count(*) FROM derived").fetchone() == (0,)
    connection.close()
