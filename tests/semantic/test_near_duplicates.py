"""Near-duplicates: nearly the same words, and nearly the same vector."""

import pytest

from notegen.model import NearDuplicate
from notegen.semantic.near_duplicates import MIN_WORDS
from notegen.semantic.note_vectors import note_vectors_of
from tests.support.vector_gardens import vectors

TEXT = " ".join(f"word{number}" for number in range(MIN_WORDS))
SAME, CLOSE, OFF = [1.0, 0.0], [1.0, 0.01], [1.0, 0.5]


def found(*rows: tuple[str, list[float], str]) -> list[tuple[str, str]]:
    """The pairs among these passages."""
    return [(pair.one, pair.other) for pair in note_vectors_of(vectors(*rows)).near_duplicates]


@pytest.mark.parametrize(
    ("direction", "text", "is_one"),
    [
        (CLOSE, TEXT, True),
        (CLOSE, TEXT.replace("word0 word1 ", "new0 new1 "), True),
        (CLOSE, TEXT.replace("word0 word1 word2 word3 ", "new0 new1 new2 new3 "), False),
        (CLOSE, f"{TEXT} {TEXT}", False),
        (OFF, TEXT, False),
    ],
)
def test_both_the_vectors_and_the_words_must_be_nearly_the_same(
    direction: list[float], text: str, is_one: bool
) -> None:
    """Of twenty words two may differ, four may not; a text twice is another text; a cosine of .89 is too little."""
    assert found(("a.md", SAME, TEXT), ("b.md", direction, text)) == ([("a.md", "b.md")] if is_one else [])


def test_a_note_of_a_few_words_is_no_near_duplicate() -> None:
    """`Contrast with regression` is no copy of `contrast with classification`, nor is an empty note one of another."""
    short = TEXT.rpartition(" ")[0]
    assert found(("a.md", SAME, short), ("b.md", SAME, short)) == []


def test_the_words_are_those_of_all_passages() -> None:
    """However the text is divided into passages."""
    first, second = TEXT[: len(TEXT) // 2], TEXT[len(TEXT) // 2 :]
    assert found(("a.md", SAME, first), ("a.md", SAME, second), ("b.md", SAME, f"{first} {second}")) == [
        ("a.md", "b.md")
    ]


def test_each_pair_is_named_once_the_highest_cosine_first() -> None:
    """Of three copies three pairs; equal cosines by id. The cosines are those of vectors in whole 4000ths."""
    notes = note_vectors_of(
        vectors(("a.md", [1.0, 0.2], TEXT), ("b.md", SAME, TEXT), ("c.md", SAME, TEXT), ("d.md", OFF, TEXT))
    )
    assert notes.near_duplicates == (
        NearDuplicate("b.md", "c.md", 1.0),
        NearDuplicate("a.md", "b.md", 0.9805),
        NearDuplicate("a.md", "c.md", 0.9805),
        NearDuplicate("a.md", "d.md", 0.9647),
    )
