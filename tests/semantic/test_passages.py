"""Notes cut into passages."""

from datetime import date

from notegen.model import Source
from notegen.parse import parse_note
from notegen.semantic.passages import MAX_WORDS, passages_of


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
