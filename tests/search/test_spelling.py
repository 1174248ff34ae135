"""Misspelt words, and the words that they may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.search.rules import MAX_VOCABULARY_SIZE
from notegen.search.spelling import corrections, edit_distance, ends, is_corrected, vocabulary

WORDS = vocabulary({
    "receive": 5, "relieve": 2, "community": 40, "knowledge": 9, "machine": 3, "from": 90, "form": 20, "philosophy": 1,
    "language": 7, "languages": 8, "straße": 1, "книга": 2, "2024": 50, "v2beta": 3, "the": 99, "東京": 4,
})  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recieve", ("receive", "relieve")),
        ("xommunity", ("community",)),
        ("knowlege", ("knowledge",)),
        ("machne", ("machine",)),
        ("phlosphy", ("philosophy",)),
        ("languge", ("language",)),
        ("languagess", ("languages",)),
        ("книгв", ("книга",)),
        ("frrom", ("from",)),
        ("comunnity", ("community",)),
    ],
)
def test_the_nearest_words_are_meant(typed: str, meant: tuple[str, ...]) -> None:
    """A letter too many, missing, wrong or swapped, the first one too; of equally near words the commonest first."""
    assert corrections(typed, WORDS) == meant


@pytest.mark.parametrize(
    "typed", ["teh", "2025", "v2beto", "mxchixe", "zyzzyva", "", "京東", "comunitee", "cmomunitty"]
)
def test_what_is_too_far_or_too_short_means_nothing(typed: str) -> None:
    """Numbers and names with numbers are no misspelt words; edits at both ends are too much."""
    assert corrections(typed, WORDS) == ()


def test_numbers_and_short_words_are_never_meant() -> None:
    """Nor are pairs of characters."""
    assert not {"2024", "v2beta", "the", "東京"} & WORDS.keys()


def test_of_a_large_garden_only_the_words_of_the_most_notes_are_meant() -> None:
    """Ties by alphabet."""
    letters = "abcdefghij"
    many = {
        f"word{''.join(letters[int(d)] for d in f'{n:05}')}": 1 + n % 3
        for n in range(MAX_VOCABULARY_SIZE + 10_000)
    }
    best = sorted(many, key=lambda word: (many[word] == 1, word))[:MAX_VOCABULARY_SIZE]
    assert vocabulary(many).keys() == set(best)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_the_same_both_ways_and_none_only_for_the_same_word(a: str, b: str) -> None:
    """A distance, at most the longer one's length."""
    assert edit_distance(a, b) == edit_distance(b, a) <= max(len(a), len(b))
    assert (edit_distance(a, b) == 0) == (a == b)


@given(
    st.text("abcdef", min_size=5, max_size=12),
    st.integers(0, 11),
    st.sampled_from("abcdefx"),
    st.integers(0, 3),
)
def test_no_word_with_one_edit_is_missed(word: str, place: int, letter: str, kind: int) -> None:
    """From five letters on: one end is always right."""
    place %= len(word)
    typed = (
        word[:place] + letter + word[place + (kind == 0) :]
        if kind < 2
        else word[:place] + word[place + 1 :]
        if kind == 2
        else word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]
    )
    if len(typed) < 5 or typed == word:
        return
    first, last = ends(typed)
    assert word.startswith(typed[:first]) or word.endswith(typed[-last:])
    assert is_corrected(typed)
    assert corrections(typed, {word: 0}) == (word,)
