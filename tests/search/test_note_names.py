"""Which notes a question names, or nearly names."""

import pytest

from notegen.model import Garden
from notegen.search.note_names import (
    ALIAS,
    AS_WRITTEN,
    ASKED,
    BEGUN,
    EQUAL,
    HEADING,
    NEAR,
    TITLE,
    NameIndex,
    find_names,
    is_name,
    is_near,
    make_name_index,
)
from tests.support import searchable_garden as made
from tests.support.gardens import Texts, grow

NOTES: Texts = {
    "a.md": (
        "# Networked Thought\n\nText.\n\n## Why it matters\n\nMore.",
        {"aliases": ["Thinking together"]},
    ),
    "b.md": "# C#\n\nA language.",
    "c.md": "# C++\n\nAnother.",
    "d.md": "# Note-taking\n\nText.\n\n## Introduction\n\nx",
    "deep/path to/e.md": "# A City is not a Tree\n\nText.\n\n## Introduction\n\nx",
    "f.md": "# A City is not a Computer\n\nText.\n\n## Introduction\n\nx",
    "g.md": "# 2024-05-01\n\nText.\n\n## Introduction\n\nx",
    "h.md": "# 2024-01-05\n\nText.",
    "i.md": "# CID\n\nText.",
    "j.md": "# Category theory\n\nText.",
    "k.md": "# .NET\n\nText.",
    "l.md": "# Network\n\nText.",
}


@pytest.fixture(scope="module")
def garden() -> Garden:
    """The notes."""
    return grow(NOTES)


@pytest.fixture(scope="module")
def index(garden: Garden) -> NameIndex:
    """Their names."""
    return make_name_index(garden, made.passages(garden))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Networked Thought", {"a.md": (AS_WRITTEN, TITLE)}),
        ("networked  thought", {"a.md": (AS_WRITTEN, TITLE)}),
        ("networked-thought?", {"a.md": (EQUAL, TITLE)}),
        ("thinking together", {"a.md": (AS_WRITTEN, ALIAS)}),
        ("Why it matters", {"a.md": (AS_WRITTEN, HEADING)}),
        ("Introduction", {}),
        ("c#", {"b.md": (AS_WRITTEN, TITLE), "c.md": (EQUAL, TITLE)}),
        ("deep/path to/e", {"deep/path to/e.md": (AS_WRITTEN, ALIAS)}),
        ("notetaking", {"d.md": (NEAR, TITLE)}),
        ("note takings", {"d.md": (NEAR, TITLE)}),
        ("categories theory", {"j.md": (NEAR, TITLE)}),
        ("netowrked thought", {"a.md": (NEAR, TITLE)}),
        ("networked thoguht", {"a.md": (NEAR, TITLE)}),
        ("cdi", {"i.md": (NEAR, TITLE)}),
        ("networked th", {"a.md": (BEGUN, TITLE)}),
        ("a city is", {"deep/path to/e.md": (BEGUN, TITLE), "f.md": (BEGUN, TITLE)}),
        ("a city is not a computr", {"f.md": (NEAR, TITLE)}),
        ("City is not a Tree", {"deep/path to/e.md": (AS_WRITTEN, ALIAS)}),
        ("city is not", {"deep/path to/e.md": (BEGUN, ALIAS), "f.md": (BEGUN, ALIAS)}),
        ("2024-05-01", {"g.md": (AS_WRITTEN, TITLE)}),
        ("2024-05-02", {}),
        (".net", {"k.md": (AS_WRITTEN, TITLE)}),
        ("why it ma", {}),
        ("", {}),
        ("?!", {}),
    ],
)
def test_a_question_names_notes(
    garden: Garden, index: NameIndex, question: str, expected: dict[str, tuple[int, int]]
) -> None:
    """As written, but for signs, nearly, or as a beginning; headings that many notes have name none."""
    ids = list(garden.notes)
    assert {ids[note]: how for note, how in find_names(index, question).items()} == expected


def test_a_title_is_called_by_what_is_behind_its_article() -> None:
    """That of the note's language, or the site's; a note that is called so without one comes before."""
    garden = grow(
        {
            "a.md": "# The Machine Stops\n\nText.",
            "b.md": ("# Machine stops\n\nText.", {"aliases": ["An Old Machine"]}),
            "c.md": ("# Der Steppenwolf\n\nText.", {"lang": "de"}),
            "d.md": "# Das Kapital\n\nText.",
            "e.md": "# The\n\nText.",
        }
    )
    index = make_name_index(garden, made.passages(garden))
    assert find_names(index, "machine stops") == {0: (AS_WRITTEN, ALIAS), 1: (AS_WRITTEN, TITLE)}
    assert find_names(index, "old machine") == {1: (AS_WRITTEN, ALIAS)}
    assert find_names(index, "steppenwolf") == {2: (AS_WRITTEN, ALIAS)}
    assert find_names(index, "kapital") == {}
    german = make_name_index(garden, made.passages(garden), language="de-AT")
    assert find_names(german, "kapital") == {3: (AS_WRITTEN, ALIAS)}
    assert find_names(german, "machine stops") == {1: (AS_WRITTEN, TITLE)}
    assert find_names(index, "the") == {4: (AS_WRITTEN, TITLE), 0: (BEGUN, TITLE)}


def test_a_name_behind_stop_words_is_asked_for(index: NameIndex) -> None:
    """After what the whole question names; a heading is not, nor is what has more before it or behind."""
    stop_words = {"what", "is", "a", "the", "why", "it", "not"}
    for question, expected in {
        "what is C#?": {1: (ASKED, TITLE), 2: (ASKED, TITLE)},
        "what is the Network": {11: (ASKED, TITLE)},
        "network": {11: (AS_WRITTEN, TITLE), 0: (BEGUN, TITLE)},
        "what is thinking together": {0: (ASKED, ALIAS)},
        "what is why it matters": {},
        "our network": {},
        "what is a network of": {},
        "what is it": {},
    }.items():
        assert find_names(index, question, stop_words=stop_words) == expected, question
    tides = grow({"a.md": "# What is a tide\n\nx", "b.md": "# Tide\n\nx"})
    asked = make_name_index(tides, made.passages(tides))
    assert find_names(asked, "what is a tide", stop_words=stop_words) == {
        0: (AS_WRITTEN, TITLE),
        1: (ASKED, TITLE),
    }


def test_a_heading_names_no_note_where_another_is_called_so() -> None:
    """By its title or an alias, as a part of it too, and plurals aside; its own note's title changes nothing."""
    garden = grow(
        {
            "a.md": "# A year\n\n## Accessibility\n\nx\n\n## CRDTs\n\nx\n\n## Team work\n\nx\n\n## A year\n\nx",
            "b.md": "# Accessibility for teams\n\nText.",
            "c.md": ("# Replicated data\n\nText.", {"aliases": ["CRDT"]}),
            "d.md": "# Work in a team\n\nText.",
        }
    )
    index = make_name_index(garden, made.passages(garden))
    assert find_names(index, "accessibility") == {1: (BEGUN, TITLE)}
    assert find_names(index, "crdts") == {2: (NEAR, ALIAS)}
    assert find_names(index, "team work") == {0: (AS_WRITTEN, HEADING)}
    assert find_names(index, "a year") == {0: (AS_WRITTEN, TITLE)}


def test_a_word_that_notes_have_is_no_typing_error(garden: Garden, index: NameIndex) -> None:
    """Nor the beginning of a name."""
    assert find_names(index, "categore theory", known={"categore", "theory"}) == {}
    assert find_names(index, "categore theory", known={"theory"}) != {}
    assert find_names(index, "networke", known={"networke"}) == {}


def test_a_word_that_notes_have_in_another_form_is_one_edit_away_at_most() -> None:
    """Two letters more are rather an ending than two errors."""
    assert is_near("abcdefgxx", "abcdefgyy", ())
    assert not is_near("abcdefgxx", "abcdefgyy", (), {"abcdefgxx"})
    assert is_near("abcdefgx", "abcdefgy", (), {"abcdefgx"})


def test_what_is_put_right_by_words_is_a_name_too(garden: Garden, index: NameIndex) -> None:
    """Where neither end of the name as typed is right."""
    assert find_names(index, "xetworked thoughx", variants=["networked thought"]) == {0: (NEAR, TITLE)}


def test_a_sum_of_meanings_that_is_a_name_is_a_name() -> None:
    """With its signs only."""
    garden = grow({"a.md": "# Teaching + Learning\n\nText."})
    index = make_name_index(garden, made.passages(garden))
    assert is_name(index, "teaching +  learning")
    assert not is_name(index, "teaching learning")


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("cafe", "cafe", True),
        ("cafes", "cafe", True),
        ("caef", "cafe", True),
        ("cat", "cot", True),
        ("at", "it", False),
        ("release 10", "release 11", False),
        ("phli240a", "phil240a", True),
        ("one two", "one two three", False),
        ("abcdefgh ijklmnop", "abcdefxx ijklmnxx", False),
    ],
)
def test_two_names_are_near(a: str, b: str, near: bool) -> None:
    """By their words, with one error in a short one; digits are never wrong."""
    assert is_near(a, b, ()) == near
