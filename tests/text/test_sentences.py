"""Where sentences end."""

from itertools import pairwise

import pytest

from notegen.text.sentences import sentence_around, sentence_starts


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One thing. We saw it twice! And again?", ["One thing. ", "We saw it twice! ", "And again?"]),
        (
            "He said “no.” Then he left (at ten.) Gone…  Quiet",
            ["He said “no.” ", "Then he left (at ten.) ", "Gone…  ", "Quiet"],
        ),
        ("Version 1.2 of notes.md, e.g.this", ["Version 1.2 of notes.md, e.g.this"]),
        ("海は満ちる。空は青い！本当？はい", ["海は満ちる。", "空は青い！", "本当？", "はい"]),
        ("A line\nand another\n", ["A line\n", "and another\n", ""]),
        ("", [""]),
    ],
)
def test_a_text_is_its_sentences(text: str, sentences: list[str]) -> None:
    """A full stop ends one before a space, behind closing signs, or as a full-width one; so does a line."""
    starts = [0, *sentence_starts(text), len(text)]
    found = [text[start:end] for start, end in pairwise(starts)]
    assert found == sentences


def test_only_a_part_can_be_looked_at() -> None:
    """What ends before the part or beyond it does not count, nor an end whose space lies beyond."""
    text = "One. Two. Three."
    assert list(sentence_starts(text, 3)) == [5, 10]
    assert list(sentence_starts(text, 5, 9)) == []


@pytest.mark.parametrize(
    ("place", "sentence"), [(0, "One."), (3, "One."), (5, "“Two.”"), (12, "Three"), (17, "Three")]
)
def test_the_sentence_around_a_place_has_no_spaces_around_it(place: int, sentence: str) -> None:
    """The first, one in the middle, and the last."""
    assert sentence_around("One. “Two.”\nThree ", place) == sentence
