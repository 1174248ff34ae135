"""Notes cut into passages."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from notegen.cache import open_cache
from notegen.model import Source
from notegen.note_memory import NoteMemory
from notegen.parse import parse_note
from notegen.semantic.passages import MAX_WORDS, PackedPassages, passages_of, passages_of_notes
from tests.support.gardens import grow


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
    packed = PackedPassages.of({note.id: note for note in notes})
    assert [*packed] == every
    assert len(packed) == len(every) == 7
    assert packed.counts() == Counter(passage.note for passage in every)
    assert [packed[number] for number in (0, 3, 6, -1)] == [every[number] for number in (0, 3, 6, -1)]
    for low, high in ((0, 7), (2, 6), (3, 7), (1, 4), (4, 4), (6, 99)):
        assert [*packed[low:high]] == every[low:high], (low, high)
    assert [*PackedPassages.of({})] == []
    with pytest.raises(IndexError):
        packed[7]


def test_passages_that_were_packed_before_are_those_that_are_cut_now(tmp_path: Path) -> None:
    """Also of a note that says something else since, or is called so."""
    for text in ("# A\none\n", "# A\ntwo\n", "# B\ntwo\n"):
        garden = grow({"a.md": text, "b.md": "three"})
        anew = [*PackedPassages.of(garden.notes)]
        for _ in range(2):
            with open_cache(tmp_path) as cache:
                assert [*PackedPassages.of(garden.notes, NoteMemory(garden, cache))] == anew


def test_packed_passages_are_known_by_all_that_they_say() -> None:
    """By their note's name and title too."""
    texts: list[dict[str, str]] = [
        {"a.md": "# A\none\n"},
        {"a.md": "# A\ntwo\n"},
        {"b.md": "# A\none\n"},
        {"a.md": "# B\none\n"},
    ]
    digests = [PackedPassages.of(grow(text).notes).digest() for text in (*texts, *texts)]
    assert len({*digests}) == len(texts)


def test_passages_that_are_kept_are_those_that_would_be_cut(tmp_path: Path) -> None:
    """The first time, from the cache, and without one; of an edited note its own are cut anew."""
    texts = {"a.md": "# A\n\nSalt.\n\n## B\n\nTide $x^2$ and wall.", "empty.md": "", "c.md": "word " * 400}
    with open_cache(tmp_path) as cache:
        for end in ("", "\n\nRiver.\n"):
            garden = grow({id: text + end for id, text in texts.items()})
            fresh = tuple(passage for note in garden.notes.values() for passage in passages_of(note))
            memories = NoteMemory(garden, cache), NoteMemory(garden, cache), None
            assert [passages_of_notes(garden.notes, memory) == fresh for memory in memories] == [True] * 3
