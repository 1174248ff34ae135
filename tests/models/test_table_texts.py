"""The rules that write training texts, on a handful of entries."""

import random

import pytest

from models.table_sources import cleaned, entry_of_line, written
from models.table_texts import (
    MAX_WORDS,
    QUESTIONS,
    Entry,
    clip,
    distinct,
    fragment_of,
    is_prose,
    keywords_of,
    question_of_entry,
    sentences_of,
    texts_of_dates,
    texts_of_entry,
    texts_of_pair,
    texts_of_sentence,
    texts_of_title,
    texts_of_word,
)

GRANITE = Entry(
    ("granite",), "noun.substance", "plutonic igneous rock", ("a block of granite",), "igneous rock"
)


def test_entry_of_line_reads_words_gloss_examples_and_broader_word() -> None:
    """A line of WordNet becomes an entry: hexadecimal word count, `@` pointer, examples in quotes."""
    line = (
        "00001930 03 n 02 physical_entity 0 body(p) 0 002 @ 00001740 n 0000 ~ 00002452 n 0000 | "
        'an entity that exists; also a thing; "she saw a body"; "two bodies"'
    )
    assert entry_of_line(line, {"n00001740": "entity"}) == Entry(
        ("physical entity", "body"),
        "noun.Tops",
        "an entity that exists",
        ("she saw a body", "two bodies"),
        "entity",
        instance=False,
    )


def test_entry_of_line_tells_one_city_from_a_kind_of_city() -> None:
    """An `@i` pointer makes an instance, named after what it is one of."""
    line = "08950407 15 n 01 Paris 0 001 @i 08691669 n 0000 | the capital of France"
    entry = entry_of_line(line, {"n08691669": "national capital"})
    assert (entry.instance, entry.broader, entry.topic) == (True, "national capital", "noun.location")


def test_written_words_have_spaces_and_no_marker() -> None:
    """`galore(ip)` and `ad_hoc` are written as in running text."""
    assert [written(word) for word in ("galore(ip)", "ad_hoc")] == ["galore", "ad hoc"]


def test_every_question_pattern_can_be_filled() -> None:
    """No pattern names a field that an entry does not give, and none ignores the word but one."""
    for patterns in QUESTIONS.values():
        for pattern in patterns:
            assert "cat" in pattern.format(w="cat", b="animal")


@pytest.mark.parametrize("topic", ["noun.artifact", "verb.motion", "adj.all", "adv.all"])
def test_question_holds_the_word(topic: str) -> None:
    """A question is about the entry's first word, whatever its part of speech."""
    rng = random.Random(1)
    entry = Entry(("zither", "cither"), topic, "a gloss")
    assert all("zither" in question_of_entry(entry, rng) for _ in range(50))


def test_texts_of_entry_are_the_same_for_the_same_seed() -> None:
    """The texts depend on the entry and the seed alone."""
    first = list(texts_of_entry(GRANITE, random.Random(7)))
    assert first == list(texts_of_entry(GRANITE, random.Random(7)))
    assert "a block of granite" in first


def test_texts_of_entry_come_in_every_kind() -> None:
    """Over many draws an entry gives its gloss, its word, its word with the broader one, and keywords."""
    drawn = {text for seed in range(1000) for text in texts_of_entry(GRANITE, random.Random(seed))}
    assert {"plutonic igneous rock", "granite", "granite igneous rock", "granite plutonic"} <= drawn


def test_keywords_are_content_words_in_their_order() -> None:
    """Stop words are left out, and the words keep their order."""
    sentence = "How is the mean of a skewed distribution estimated?"
    order = ["mean", "skewed", "distribution", "estimated"]
    for seed in range(20):
        found = keywords_of(sentence, random.Random(seed)).split()
        assert 2 <= len(found) <= 4
        assert found == [word for word in order if word in found]


def test_keywords_of_one_content_word_are_none() -> None:
    """A text with a single content word has no keyword query."""
    assert keywords_of("what is the granite of it", random.Random(1)) == ""


def test_fragment_is_a_run_of_words_that_does_not_end_in_a_stop_word() -> None:
    """A fragment stands in the sentence as it is."""
    sentence = "the cat sat on the mat in the sun"
    for seed in range(30):
        fragment = fragment_of(sentence, random.Random(seed))
        assert fragment in sentence
        assert fragment.split()[-1:] not in (["the"], ["on"], ["in"])


def test_sentences_are_prose_of_four_words_or_more() -> None:
    """Short ones, code and tables stay out."""
    text = "Note this. The server closes connections. X[0] += 7; y = {1: 2, 3: 4}. It waits ten seconds!"
    assert sentences_of(text) == ("The server closes connections.", "It waits ten seconds!")
    assert not is_prose("x = {1: 2, 3: 4}; y[0] += 7")


def test_texts_are_clipped() -> None:
    """No text has more words than the teacher is asked to read."""
    assert clip("word  \n" * 100) == " ".join(["word"] * MAX_WORDS)


def test_other_rules_yield_non_empty_single_lines() -> None:
    """Sentences, titles, pairs, words and dates give texts one can type."""
    rng = random.Random(3)
    texts = [
        *texts_of_sentence("The server closes idle connections after a minute.", rng),
        *texts_of_title("Tuning the planner", rng),
        *texts_of_pair("cat", "dog", rng),
        *texts_of_word("berlin", "harbour", rng),
        *texts_of_dates(200, rng),
    ]
    assert all(text and text == clip(text) for text in texts)
    assert any("2" in text for text in texts)


def test_distinct_texts_ignore_case_and_spaces() -> None:
    """The first of two texts that the uncased tokenizer cannot tell apart is kept, and known ones are left out."""
    assert distinct(["A cat", "a  CAT", "", "dog", "bird"], known=["Dog"]) == ("A cat", "bird")


def test_cleaned_article_has_no_markup() -> None:
    """Braces of cross-references and subject labels go."""
    assert cleaned("<programming> A {loop} that ends.") == " A loop that ends."
