"""How the audit folds texts before it compares them."""

from hypothesis import example, given
from hypothesis import strategies as st

from notegen.audit.own_words import scripts
from notegen.audit.words import folded, folded_by_line, is_sign, stand_in, words_alone, words_of
from notegen.i18n import Language

MARKS = "a\u0301\u0323\n\u0301\r\u2028ßΣσİ\u00ad\u200b가\u1100\u1161ﬁ①"
"""Letters of several forms, marks before and after the end of a line, and what nobody sees."""


@given(st.text(st.sampled_from(MARKS), max_size=12) | st.text(max_size=12))
@example("\u0323\n\u0301\n")
def test_a_text_is_folded_line_by_line_as_at_once(text: str) -> None:
    """Whatever stands at the ends of its lines."""
    assert folded_by_line(text) == folded(text)


def test_every_script_is_folded_line_by_line_as_at_once() -> None:
    """Those that pages load."""
    assert [text[:80] for text in scripts() if folded_by_line(text) != folded(text)] == []


WORDS = "ab", "b", "é", "漢", "・", "_", " ", ". ", "\n", "<"
"""Words, among them two of one letter that nothing parts, and what may stand between."""


@given(
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join), st.lists(st.sampled_from(WORDS), max_size=3)
)
@example("xab b", ["ab", "b"])
@example("ab bx", ["ab", "b"])
@example("b漢ab", ["b", "漢", "ab"])
def test_words_stand_in_a_text_as_it_is_cut(text: str, between: list[str]) -> None:
    """Told without cutting it: in a row, each whole, with nothing but signs between."""
    text, words = folded(text), words_alone("".join(between))
    cut = words_alone(text)
    rows = [cut[place : place + len(words)] for place in range(len(cut))]
    assert not words or stand_in(text, words) == (words in rows)
    for begin in range(len(cut)):
        assert stand_in(text, cut[begin : begin + 3])


def test_words_in_a_list_are_no_phrase() -> None:
    """What two public notes share may stand side by side as in a heading of a private one."""
    listed = words_of(Language.list_words(["funding", "projects"]))
    assert [is_sign(word) for word in listed] == [False, True, False]
