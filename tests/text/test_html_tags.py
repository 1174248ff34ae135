"""HTML taken apart: tags are where a browser finds them."""

from hypothesis import given
from hypothesis import strategies as st

from notegen.text.html_tags import balanced, plain_text_of, replace_tags, split_at_tags, tags_of


def test_what_looks_like_a_tag_in_a_value_is_none() -> None:
    """Only `b`, `i` and their ends are tags here."""
    html = '<b title="<a href=">x</b> <i lang=" href=" class="q>">y</i>'
    assert [(tag.name, tag.is_end) for tag in tags_of(html)] == [
        ("b", False),
        ("b", True),
        ("i", False),
        ("i", True),
    ]
    assert replace_tags(html, lambda tag: None if tag.name == "b" else "") == '<b title="<a href=">x</b> y'


def test_attributes_are_read_as_they_are_written() -> None:
    """With and without values; a slash is none."""
    (tag,) = tags_of('<input type="checkbox" disabled aria-label="a &amp; b" />')
    assert tag.attributes == {"type": "checkbox", "disabled": "", "aria-label": "a &amp; b"}
    assert tag.without("disabled") == ' type="checkbox" aria-label="a &amp; b"'


def test_a_piece_closes_what_it_opens_and_nothing_else() -> None:
    """What is whole stays as it is."""
    assert balanced("<p>a<br>b</p>") == "<p>a<br>b</p>"
    assert balanced("</div><p>a <b>b</p></section>") == "<p>a <b>b</b></p>"
    assert balanced("<ul><li>a") == "<ul><li>a</li></ul>"


def test_text_is_what_a_reader_has() -> None:
    """Without tags, and with its characters."""
    assert plain_text_of("<p>a &lt;b&gt;</p><p>c</p>", " ") == " a <b>  c "


@given(
    st.lists(st.sampled_from('< > " a b img / = h1 a: <a href=" </a> <img> <b> x"y </h1> <a " \n'.split(" ")))
)
def test_tags_of_some_names_are_those_of_all(pieces: list[str]) -> None:
    """Passing over the others within the pattern finds what looking at each finds, however broken the HTML is."""
    html = "".join(pieces)
    named = [tag for tag in tags_of(html) if tag.name in ("a", "img", "h1")]
    assert list(tags_of(html, "a", "img", "h1")) == named
    assert replace_tags(html, lambda tag: "+", "a", "img", "h1") == replace_tags(
        html, lambda tag: "+" if tag.name in ("a", "img", "h1") else None
    )


@given(
    st.lists(st.sampled_from(("<p>", "</p>", '<a title="<b>">', "a", "&lt;", "<br/>", "< b", "\n"))).map(
        "".join
    )
)
def test_what_is_cut_at_tags_is_the_same_as_tag_by_tag(html: str) -> None:
    """And nothing is lost."""
    parts = split_at_tags(html)
    cut = list(zip(parts[1::4], parts[2::4], parts[3::4], strict=True))
    assert cut == [("/" if tag.is_end else "", tag.name, tag.rest) for tag in tags_of(html)]
    tags = [f"<{slash}{name}{rest}>" for slash, name, rest in cut]
    assert "".join(text + tag for text, tag in zip(parts[::4], [*tags, ""], strict=True)) == html
