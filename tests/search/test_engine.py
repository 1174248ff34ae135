"""The ranking of `notegen search`, on a garden made by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from notegen.search.engine import (
    Hit,
    MeaningByModel,
    MeaningByTable,
    Searchable,
    answer_question,
    open_search,
    search_garden,
)
from notegen.search.vector_index import PassageScores, score_passages
from notegen.text.wordpiece import wordpiece_tokenizer
from tests.support import searchable_garden as made

Search = Callable[..., tuple[Hit, ...]]


@pytest.fixture(scope="module")
def ready() -> Searchable:
    """The garden, searched by words and meaning."""
    garden = made.garden()
    passages = made.passages(garden)
    index = made.meaning(passages)
    meaning = MeaningByTable(index, wordpiece_tokenizer(index.tokens))
    return open_search(garden, passages, meaning)


@pytest.fixture(scope="module")
def search(ready: Searchable) -> Search:
    """Searches it with equal weights."""
    return lambda query, weight=0.5, limit=10: search_garden(ready, query, weight=weight, limit=limit)


def notes(hits: tuple[Hit, ...]) -> list[str]:
    """The hits' notes, best first."""
    return [hit.note for hit in hits]


def test_a_word_finds_its_note_by_its_passage(search: Search) -> None:
    """With the passage's heading and place, and the word marked."""
    hit = search("steam")[0]
    assert (hit.note, hit.url, hit.title, hit.heading, hit.anchor) == (
        "bread.md", "bread.html", "Sourdough", "Oven", "oven",
    )  # fmt: skip
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["steam"]


@pytest.mark.promise("Ask in your own words, and notes answer that share none of them")
def test_a_paraphrase_without_a_shared_word_finds_its_note(search: Search) -> None:
    """By meaning alone, and it says so."""
    hit = search("my vehicle")[0]
    assert (hit.note, hit.why) == ("engine.md", "meaning")
    assert hit.snippet.marks == ()


def test_a_rare_word_has_its_only_note_on_top(search: Search) -> None:
    """However close in meaning another note is to the rest of the query."""
    for query in ("zyzzyva", "zyzzyva rain wind", "sourdough oven zyzzyva"):
        assert "journeys/tokyo.md" in notes(search(query))[: 1 if " " not in query else 2], query
    assert notes(search("zyzzyva nowhere else"))[0] == "journeys/tokyo.md"


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("zurich", "journeys/Zürich.md"),
        ("strassen", "journeys/Zürich.md"),
        ("cafes lake", "journeys/Zürich.md"),
        ("東京", "journeys/tokyo.md"),
        ("京都", "journeys/tokyo.md"),
        ("都", "journeys/tokyo.md"),
        ("breakdown", "engine.md"),
        ("kitchen", "bread.md"),
        ("batt", "engine.md"),
        ("STARTER", "bread.md"),
        ("empty", "empty.md"),
    ],
)
def test_words_are_found_however_they_are_written(search: Search, query: str, note: str) -> None:
    """Without accents, in any script's substrings, by alias, tag and title, half typed, in capitals."""
    assert notes(search(query))[0] == note


def test_half_a_word_counts_only_at_the_end(search: Search) -> None:
    """A space says that the word is whole."""
    assert notes(search("batt", weight=0)) == ["engine.md"]
    assert search("batt ", weight=0) == ()


def test_a_word_is_worth_more_than_a_longer_one_that_begins_with_it(search: Search) -> None:
    """`start` is in one note as a word and in the other only within `starter`."""
    assert notes(search("start", weight=0)) == ["engine.md", "bread.md"]


def test_nothing_is_found_by_nothing(search: Search) -> None:
    """Neither by an empty query nor by signs nor by what is in no note and like none."""
    for query in ("", "   ", "?!", "qqqq"):
        assert search(query) == (), query


def test_where_nothing_is_near_the_nearest_are_told_apart(ready: Searchable) -> None:
    """Three at most, by meaning alone; and none for operators, nor for what nobody knows."""
    answer = answer_question(ready, "i u", weight=0.5)
    assert answer.hits == ()
    assert [hit.why for hit in answer.far] == ["meaning"] * len(answer.far)
    assert 0 < len(answer.far) <= 3
    assert len(answer_question(ready, "i u", weight=0.5, limit=1).far) == 1
    for query in ('"i u"', "i u -boats", "i u after:1990", "qqqq wwww", "", "steam"):
        assert answer_question(ready, query, weight=0.5).far == (), query
    assert answer_question(ready, "i u", weight=0.0).far == ()


def test_one_hit_a_note_and_no_more_than_asked(search: Search) -> None:
    """A note with several matching passages comes once."""
    hits = search("flour water the lake")
    assert len(set(notes(hits))) == len(hits)
    assert len(search("flour water the lake", limit=2)) == 2


def test_scores_are_from_0_to_1_and_fall(search: Search) -> None:
    """Over a few queries of each kind."""
    for query in ("flour water", "the lake", "vehicle", "storm over cold water"):
        scores = [hit.score for hit in search(query)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 + 1e-12 for score in scores)


def test_without_meaning_words_alone_rank(ready: Searchable) -> None:
    """As in a site built with --no-semantic."""
    plain = open_search(ready.garden, ready.passages, None)
    assert [(hit.note, hit.why) for hit in search_garden(plain, "water", weight=0.5)] == [
        ("weather.md", "words"),
        ("bread.md", "words"),
    ]
    assert search_garden(plain, "vehicle", weight=0.5) == ()


def test_the_model_itself_can_be_asked(ready: Searchable) -> None:
    """`--full` compares the encoder's own vectors."""
    vectors = made.vectors(ready.passages)

    class Encoder:
        fingerprint = "by-hand"
        dimensions = made.DIMENSIONS

        def encode_queries(self, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            assert texts == ["anything"]
            return vectors.matrix[-1:]

        encode_passages = encode_queries

    full = open_search(ready.garden, ready.passages, MeaningByModel(vectors, Encoder()))  # type: ignore[arg-type]
    best = search_garden(full, "anything", weight=1)[0]
    assert (best.note, best.score) == (ready.passages[-1].note, 1)


@pytest.mark.parametrize(
    ("question", "share"),
    [("steam", 0.6), ("the steam", 0.6), ("steam engine", 1.25), ("steam - engine + rain", 1.0)],
)
def test_the_more_words_say_something_the_more_is_looked_at(
    question: str, share: float, ready: Searchable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question of one word loads least; one that is a sum of meanings loads as it always did."""
    shares: list[float] = []

    def watched(self: MeaningByTable, direction: Any, among: Any, first: Any, share: float) -> PassageScores:
        shares.append(share)
        return score_passages(self.index, direction, among, first=first, share=share)

    monkeypatch.setattr(MeaningByTable, "scores", watched)
    search_garden(ready, question, weight=0.5)
    assert shares == [share]
