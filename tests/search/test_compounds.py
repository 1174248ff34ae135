"""Words that are written together, found by their parts."""

import pytest

from notegen.search.compounds import parts_of
from notegen.search.engine import open_search, search_garden
from tests.support import searchable_garden as made
from tests.support.gardens import grow

KNOWN = {
    "garten",
    "zaun",
    "arbeit",
    "zimmer",
    "haus",
    "tuer",
    "strasse",
    "woche",
    "ende",
    "stand",
    "gartenzaun",
}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("gartenzaun", ("garten", "zaun")),
        ("arbeitszimmer", ("arbeit", "zimmer")),
        ("wochenende", ("woche", "ende")),
        ("haustuer", ("haus", "tuer")),
        ("strassenstand", ("strasse", "stand")),
        ("verstand", ()),
        ("garten", ()),
        ("zaunzaunx", ()),
        ("2024haus", ()),
        ("", ()),
    ],
)
def test_a_compound_has_two_parts_that_are_words(word: str, parts: tuple[str, ...]) -> None:
    """With what links them; a word with one part that is none is no compound."""
    assert parts_of(word, KNOWN) == parts


def test_a_compound_is_found_by_its_parts() -> None:
    """After the notes that say the part itself, and in languages that write compounds as one word only."""
    texts = {
        "a.md": "# Arbeit\n\nDer Zaun und der Garten.",
        "b.md": "# Bericht\n\nDer Gartenzaun ist alt.",
        "c.md": "# Canal\n\nNichts davon.",
    }
    garden = grow({name: (text, {"lang": "de"}) for name, text in texts.items()})
    ready = open_search(garden, made.passages(garden), None, language="de")
    assert [hit.note for hit in search_garden(ready, "Zaun", weight=0)] == ["a.md", "b.md"]
    assert {hit.note for hit in search_garden(ready, "Zäune", weight=0)} == {"a.md", "b.md"}
    assert [hit.note for hit in search_garden(ready, "Gartenzaun", weight=0)] == ["b.md"]
    english = grow(texts)
    ready = open_search(english, made.passages(english), None)
    assert [hit.note for hit in search_garden(ready, "Zaun", weight=0)] == ["a.md"]
