"""Notes cut into passages."""

from datetime import date

import pytest

from notegen.model import Source
from notegen.parse import parse_note
from notegen.semantic.passages import MAX_WORDS, PackedPassages, passages_of


def cut(text: str) -> list[tuple[str, str, int]]:
    """Trail, anchor and word count of each passage."""
    source = Source("n.md", text, 1, {}, "", date(2024, 1, 1))
    return [(" > ".join(p.trail), p.anchor, len(p.text.split())) for p in passages_of(parse_note(source))]


def test_a_passage_is_a_heading_s_section() -> None:
    """Text before the first heading has a passage of its own; a heading without text has none."""
    assert cut("one two\n# A\nthree\n## B\n\n- four\n- five\n## C\n") == [
        ("", "", 2),
        ("A", "a", 1),
        ("A > B", "b", 2),
    ]


def test_a_long_section_is_split_at_paragraphs_and_a_long_paragraph_between_words() -> None:
    """No passage has more words than the encoder reads."""
    long, short = "w " * (MAX_WORDS - 10), "v " * 20
    assert cut(f"# A\n{long}\n\n{short}\n\n{short}") == [("A", "a", MAX_WORDS - 10), ("A", "a", 40)]
    assert cut("w " * (2 * MAX_WORDS + 1)) == [("", "", MAX_WORDS), ("", "", MAX_WORDS), ("", "", 1)]


def test_an_empty_note_has_its_title() -> None:
    """So that it can be found."""
    assert cut("") == [("", "", 1)]


def test_packed_passages_are_the_passages() -> None:
    """In order, by number, and some of them: of whole notes and of parts of notes."""
    texts = ["# A\none\n# B\n$x$ two\n", "", f"# C\n{'w ' * (2 * MAX_WORDS + 1)}", "three"]
    notes = [parse_note(Source(f"{n}.md", text, 1, {}, "", date(2024, 1, 1))) for n, text in enumerate(texts)]
    every = [passage for note in notes for passage in passages_of(note)]
    packed = PackedPassages.of(notes)
    assert [*packed] == every
    assert len(packed) == len(every) == 7
    assert [packed[number] for number in (0, 3, 6, -1)] == [every[number] for number in (0, 3, 6, -1)]
    for low, high in ((0, 7), (2, 6), (3, 7), (1, 4), (4, 4), (6, 99)):
        assert [*packed[low:high]] == every[low:high], (low, high)
    assert [*PackedPassages.of([])] == []
    with pytest.raises(IndexError):
        packed[7]
