"""Snippets: where they begin and end, and what is marked."""

from notegen.search.rules import MAX_SNIPPET_LENGTH
from notegen.search.snippet import cut_snippet
from notegen.text.tokens import query_terms

FILLER = "lorem ipsum dolor sit amet " * 20


def marked(text: str, query: str) -> tuple[str, list[str]]:
    """The snippet and its marked words."""
    snippet = cut_snippet(text, query_terms(query), ("english",))
    return snippet.text, [snippet.text[start:end] for start, end in snippet.marks]


def test_a_short_passage_is_shown_whole() -> None:
    """Its paragraphs in one line."""
    assert marked("One two.\nThree cafés.", "cafe") == ("One two. Three cafés.", ["cafés"])


def test_items_of_a_list_are_told_apart() -> None:
    """The signs between them are none of the passage's, and what is marked is found behind them."""
    assert marked("For bread:\nflour\nwater", "water") == ("For bread: flour · water", ["water"])


def test_a_long_passage_is_cut_around_the_words() -> None:
    """Between words, with an ellipsis at both ends."""
    text, words = marked(f"{FILLER}the Needle is here {FILLER}", "needles")
    assert words == ["Needle"]
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) <= MAX_SNIPPET_LENGTH + 25
    assert f" {text.strip('…').strip()} " in f" {FILLER}the Needle is here {FILLER} "


def test_the_stretch_with_the_most_different_words_wins() -> None:
    """Over an earlier one that says one of them twice."""
    _, words = marked(f"apple apple {FILLER}{FILLER} apple and pear {FILLER}", "apple pear")
    assert words == ["apple", "pear"]


def test_of_equal_stretches_the_first_is_shown() -> None:
    """A passage is read from its beginning."""
    text, _ = marked(f"{FILLER}first needle {FILLER}{FILLER} second needle {FILLER}", "needle")
    assert "first needle" in text


def test_a_passage_without_the_words_is_shown_from_its_beginning() -> None:
    """As for a hit by meaning."""
    text, words = marked(FILLER, "needle")
    assert text.startswith("lorem ipsum")
    assert words == []


def test_half_a_word_marks_the_whole() -> None:
    """While it is being typed."""
    assert marked("Sourdough bread", "sour")[1] == ["Sourdough"]
    assert marked("Sourdough bread", "sour ")[1] == []


def test_a_text_without_spaces_is_cut_where_it_must_be() -> None:
    """And the pairs that match are marked, not all around them; pairs that touch as one."""
    text, words = marked("漢字" * 300 + "東京都" + "漢字" * 300, "東京都")
    assert len(text) <= MAX_SNIPPET_LENGTH + 25
    assert words == ["東京都"]


def test_a_word_is_marked_in_any_of_its_forms() -> None:
    """As it is found."""
    assert marked("She was happy; Happiness came happily.", "happy ")[1] == ["happy", "Happiness"]
