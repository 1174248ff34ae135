"""HTML taken apart: tags are where a browser finds them."""

from notegen.text.html_tags import balanced, plain_text_of, replace_tags, tags_of


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
