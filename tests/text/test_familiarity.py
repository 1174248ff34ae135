"""How well an encoder knows a text, by the words that are tokens of its own."""

from notegen.text.familiarity import (
    MAX_FAMILIARITY,
    MIN_FAMILIARITY,
    WordCount,
    add_counts,
    level_of,
    share_of,
    word_counter,
)

TOKENS = frozenset({"the", "cat", "sat", "cafe", "##s", "7", "."})


def test_words_are_counted_as_the_encoder_writes_them() -> None:
    """Without capitals and accents; pieces are no words."""
    assert word_counter(TOKENS)("The CAT’s café sat.") == WordCount(4, 5)


def test_numbers_and_signs_are_no_words() -> None:
    """They are the same in every language."""
    count = word_counter(TOKENS)
    assert count("7 + 7 = 14 ... €") == WordCount(0, 0)
    assert count("") == WordCount(0, 0)


def test_a_character_of_a_script_without_spaces_is_a_piece() -> None:
    """BERT for English has tokens for some, of names, and knows no word that they make."""
    count = word_counter(TOKENS | {"水", "の", "は"})
    assert count("水族館") == WordCount(0, 3)
    assert count("水の水 は the") == WordCount(1, 5)


def test_several_texts_are_one() -> None:
    """Their words are added up; a garden without words is known."""
    assert add_counts([WordCount(1, 2), WordCount(3, 6)]) == WordCount(4, 8)
    assert share_of(WordCount(4, 8)) == 500
    assert share_of(WordCount(0, 0)) == 1000


def test_a_level_goes_from_the_lowest_to_the_highest() -> None:
    """By whole numbers only, whatever there is to count."""
    levels = [level_of(WordCount(known, 100), garden=0, prior=0) for known in range(0, 101, 10)]
    assert levels == [1, 1, 1, 1, 1, 1, 4, 8, 8, 8, 8]
    assert (MIN_FAMILIARITY, MAX_FAMILIARITY) == (1, 8)


def test_a_text_of_a_few_names_is_taken_for_its_garden() -> None:
    """`Kierkegaard` is no token, and says nothing about the language of what it stands in."""
    assert level_of(WordCount(0, 1), garden=930, prior=3) == 7
    assert level_of(WordCount(0, 1), garden=100, prior=3) == 1
    assert level_of(WordCount(0, 0), garden=930, prior=3) == 8
