"""Excerpts, and the words marked in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.render.parts.excerpt import excerpt, mark_link, mark_words

LONG = (
    "The first sentence is here. " * 10
    + "Then the heron stands in the shallow water. "
    + "And so it ends. " * 10
)


def test_a_short_text_is_itself_on_one_line() -> None:
    """What stood on lines of its own is told apart; a sentence is by its full stop."""
    assert excerpt("two\nlines", size=20) == "two · lines"
    assert excerpt("One.\nTwo  three", size=20) == "One. Two three"


def test_a_long_text_is_cut_at_a_word_near_its_first_shared_word() -> None:
    """From a sentence's beginning on, with an ellipsis at either end."""
    assert excerpt(LONG, ["heron"], size=80) == (
        "… The first sentence is here. Then the heron stands in the shallow water. And so…"
    )
    assert excerpt(LONG, ["absent"], size=40) == "The first sentence is here. The first…"


def test_a_text_without_spaces_is_cut_anyway() -> None:
    """As Chinese is."""
    assert excerpt("海" * 50 + "鷺" + "水" * 50, ["鷺"], size=20) == "… " + "海" * 5 + "鷺" + "水" * 14 + "…"


@given(st.text(max_size=400), st.text(max_size=5), st.integers(1, 60))
def test_an_excerpt_is_about_as_long_as_asked(text: str, word: str, size: int) -> None:
    """Ellipses and a space are the only letters beyond."""
    assert len(excerpt(text, [word], size=size)) <= size + len("… …")


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("A heron & a Heron", ["heron"], "A <mark>heron</mark> &amp; a <mark>Heron</mark>"),
        ("herons, heron.", ["heron"], "herons, <mark>heron</mark>."),
        ("new york, york", ["york", "new york"], "<mark>new york</mark>, <mark>york</mark>"),
        ("<b>", [], "&lt;b&gt;"),
        ("見る鷺が", ["鷺"], "見る<mark>鷺</mark>が"),
        ("เราเรียนภาษาไทย", ["ภาษา"], "เราเรียน<mark>ภาษา</mark>ไทย"),
        ("İstanbul heron", ["heron"], "İstanbul <mark>heron</mark>"),
    ],
)
def test_whole_words_are_marked(text: str, words: list[str], html: str) -> None:
    """Whatever their case; the longer of two that overlap; everything else is text."""
    assert mark_words(text, words) == html


def test_the_text_of_a_link_is_marked_in_its_sentence() -> None:
    """A sentence that is too long is cut around it."""
    assert (
        mark_link("See <the harbour> & go.", "the harbour")
        == "See &lt;<mark>the harbour</mark>&gt; &amp; go."
    )
    assert mark_link(LONG, "heron", size=60) == (
        "… sentence is here. Then the <mark>heron</mark> stands in the shallow…"
    )
    assert mark_link("no such words", "heron") == "no such words"


@pytest.mark.parametrize(
    ("sentence", "text", "html"),
    [
        ("A part of art.", "art", "A part of <mark>art</mark>."),
        ("A part of arts.", "art", "A part of <mark>art</mark>s."),
        ("A part.", "art", "A p<mark>art</mark>."),
        ("C and C++ code", "C++", "C and <mark>C++</mark> code"),
        ("東京都の京都", "京都", "東<mark>京都</mark>の京都"),
        ("a b a", "a", "<mark>a</mark> b a"),
    ],
)
def test_a_link_is_marked_where_its_text_is_a_word(sentence: str, text: str, html: str) -> None:
    """Not in another word before it; of several, the first."""
    assert mark_link(sentence, text) == html
