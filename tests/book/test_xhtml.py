"""What becomes XHTML is XML, whatever it was."""

import xml.etree.ElementTree as ET
from random import Random

import pytest

from notegen.book.xhtml import XhtmlContext, direction_of_text, language_tag, to_xhtml

PIECES = (
    "<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", '<a href="#x">', '<a href="b.html">', "</a>", '<b id="x">', "</b>",
    "<div align=\"center\">", "</div>", "<h2 id=\"x\">", "</h2>", "<br>", "<hr />", '<img src="a.png" alt="&lt;">',
    "<dl>", "</dl>", "<dt>", "<table><tr><td colspan=\"x\">", "</td></tr></table>", "<math><mi>x</mi></math>",
    '<math display="block"><mo>&lt;</mo>', "</math>", "<pre tabindex=0><code>", "</code></pre>", "&amp;", "&#0;",
    "\x0b", "\ufffe", "ا", "text", "<details open>", "<summary>", "</details>", "<video><source src=\"a.mp4\"></video>",
    "<svg>",
    '<span lang="1" dir="up" title="&quot;">', "</span>", '<input type="checkbox" checked>', "<figcaption>", "<x-y>",
)  # fmt: skip


def context(*, is_epub: bool = True) -> XhtmlContext:
    """A chapter on top, all of whose links and pictures are there."""
    return XhtmlContext(
        "n1", 2, "ltr", lambda goal: f"n2.xhtml?{goal}", lambda source: source, is_epub=is_epub
    )


@pytest.mark.parametrize("number", range(200))
def test_any_html_becomes_xml_without_an_id_twice_or_a_link_in_a_link(number: int) -> None:
    """Pieces that fit and do not, in any order."""
    random = Random(number)
    html = "".join(random.choice(PIECES) for _ in range(random.randint(1, 60)))
    text = to_xhtml(html, context()).text
    root = ET.fromstring(f'<body xmlns:epub="e">{text}</body>')
    ids = [one.get("id") for one in root.iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))
    assert not root.findall(".//a//a")
    assert {child.tag for one in root.iter("ul") for child in one} <= {"li"}


def test_a_link_in_a_link_is_words() -> None:
    """As no note's page has one, and pages may be changed by a theme."""
    html = '<a href="a.html">one <a href="b.html">two</a> three</a>'
    assert to_xhtml(html, context()).text == '<a href="n2.xhtml?a.html">one <span>two</span> three</a>'


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Sea", "ltr"), ("1. البحر and sea", "rtl"), ("3 + 4", ""), ("", ""), ("海", "ltr")],
)
def test_a_text_runs_as_its_first_letter(text: str, direction: str) -> None:
    """Digits and signs say nothing."""
    assert direction_of_text(text) == direction


@pytest.mark.parametrize(
    ("written", "tag"), [("de", "de"), ("pt_BR", "pt-BR"), ("zh-Hans-CN", "zh-Hans-CN"), ('"x', ""), ("", "")]
)
def test_a_language_is_one_that_xml_knows(written: str, tag: str) -> None:
    """Or none."""
    assert language_tag(written) == tag
