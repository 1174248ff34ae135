"""Nothing that a note types has the power of what stands in a body for something else, and the sanitiser comes last."""

import random

import pytest

from notegen.markdown import parse_text
from notegen.markdown.page import secret_of
from notegen.markdown.sanitize import sanitize
from notegen.text.html_tags import tags_of

PIECES = (
    "<details open title='&#xfdd0;(' ontoggle=alert(1)>",
    "&#xfdd1;",
    "\ufdd0(^a\ufdd1",
    "\ufdd0)^a\ufdd1",
    "<div title='",
    "'>",
    '<img src="notegen:0">',
    '<img src="notegen-formula:7">',
    '<a href="notegen-tag:x">t</a>',
    "<a href='java",
    "script:alert(1)'>",
    "# heading\n",
    "\n\n",
    "- item ^a\n",
    "para ^b\n",
    "$x^2$",
    '```js title="<b>"\nx\n```\n',
    "[x](notegen:1)",
    "![y](notegen:0)",
    "<svg><style>",
    "<math><mtext><table><mglyph><style><!--",
    "</style>",
    "<pre>\n\n",
    "</p>",
    "<table><a>",
    "<!--",
    "-->",
    "[[n]]",
    "![[n]]",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "> [!note]\n> x\n",
    "| a |\n|---|\n| <td> |\n",
    "<textarea>",
    "`<b>`",
    '"',
    "&quot;",
)


def kept(tag: str, attribute: str, value: str) -> str | None:
    """Lets every value through, as holes are by then."""
    return value


@pytest.mark.parametrize("seed", range(400))
def test_sanitising_a_body_once_more_changes_nothing(seed: int) -> None:
    """Whatever pieces of markup stand beside each other, no mark is left, and only what was let through."""
    chance = random.Random(seed)
    text = "<b>raw</b> " + "".join(chance.choice(PIECES) for _ in range(chance.randint(2, 14)))
    parsed = parse_text(text, path="n.md")
    assert secret_of(text) not in parsed.html
    for start, end in parsed.spans.values():
        assert parsed.html[start:end].count("<") == parsed.html[start:end].count(">")
    if "<math" not in parsed.html:
        assert sanitize(parsed.html, kept, "notegen") == parsed.html
    for tag in tags_of(parsed.html):
        assert not any(name.startswith("on") for name in tag.attributes), parsed.html
        assert tag.name not in ("script", "style", "svg", "iframe", "object", "embed", "textarea")


def test_a_typed_hole_is_no_link_to_what_the_note_links_to() -> None:
    """In Markdown it is a note of that name, which there is not; in raw HTML it leads nowhere."""
    parsed = parse_text("[[a]] [x](notegen:0) ![y](NoteGen:0)", path="n.md")
    assert [link.target for link in parsed.links] == ["a", "notegen:0", "NoteGen:0"]
    raw = parse_text('[[a]] <a href="notegen:0">x</a> <img src="notegen-formula:0"> $y$', path="n.md")
    assert raw.html.startswith('<p><a href="notegen:0">a</a> <a href="notegen:">x</a> <img> <math')


def test_a_formula_s_hole_beyond_the_last_is_an_empty_picture() -> None:
    """Such an address ended the build."""
    assert "<img>" in parse_text('$x$ <img src="notegen-formula:9999">', path="n.md").html


def test_a_mark_within_a_value_marks_nothing() -> None:
    """A section that begins in an attribute's value would be cut out as markup where a note embeds it."""
    parsed = parse_text(
        "<div title='\n\n# H\n\n<img src=x onerror=alert(1)>\n\n'>\n\n# K\n\ntext", path="n.md"
    )
    assert set(parsed.spans) == {"k"}
