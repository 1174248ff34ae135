"""The links of the settings: in the header and the footer of every page, and only to what is published."""

import re

import pytest

from notegen.config import Config
from notegen.model import Code, SiteLink
from notegen.theme import load_theme
from notegen.written_link import WrittenLink, written_link
from tests.support.gardens import grow, render, text_of

TEXTS = {
    "about.md": "# About me\n",
    "deep/now.md": "# Now\n",
    "index.md": "# Home\n",
    "2024-01-01.md": "A day.\n",
}
LINKS = Config(
    title="Garden",
    header_links=(
        "[[About]]",
        "[[deep/now|What now]]",
        "[Source](https://me.example/x?y=1)",
        "[[Secret]]",
    ),
    footer_links=("[Write to me](mailto:me@me.example)", "[Then](deep/now.md)"),
)


@pytest.mark.parametrize(
    ("markdown", "link"),
    [
        ("[[About]]", WrittenLink("", note="About")),
        (" [[study/About | Who I am ]] ", WrittenLink("Who I am", note="study/About")),
        ("[Source](https://me.example/a(b))", None),
        ("[Source](HTTPS://me.example/?a=b#c)", WrittenLink("Source", address="HTTPS://me.example/?a=b#c")),
        ("[Mail](mailto:me@me.example)", WrittenLink("Mail", address="mailto:me@me.example")),
        ("[A note](my notes/a b.md)", WrittenLink("A note", note="my notes/a b.md")),
        ("[x](javascript:alert(1))", None),
        ("[x](javascript:alert)", None),
        ("[x](data:text/html,x)", None),
        ("[x](//me.example)", None),
        ("[ ](about.md)", None),
        ("About", None),
        ("[[]]", None),
        ("[[a]] and [[b]]", None),
        ("", None),
    ],
)
def test_a_link_is_written_as_in_a_note(markdown: str, link: WrittenLink | None) -> None:
    """All of the text is the link, and it leads to a note, a page of another site, or a mail."""
    assert written_link(markdown) == link


def test_a_link_to_no_published_note_is_a_problem_and_shown_nowhere() -> None:
    """The others keep their order."""
    garden = grow(TEXTS, config=LINKS, withheld=frozenset({"secret.md"}))
    assert garden.site_links == {
        "header_links": (
            SiteLink("", "about.md"),
            SiteLink("What now", "deep/now.md"),
            SiteLink("Source", address="https://me.example/x?y=1"),
        ),
        "footer_links": (
            SiteLink("Write to me", address="mailto:me@me.example"),
            SiteLink("Then", "deep/now.md"),
        ),
    }
    problems = [(p.code, dict(p.facts)) for p in garden.problems if p.code == Code.SITE_LINK_MISSING]
    assert problems == [(Code.SITE_LINK_MISSING, {"name": "Secret", "setting": "header_links"})]


def test_every_page_has_them_from_where_it_lies() -> None:
    """In the bar on top after the site's own, and at the foot; no page names what is not published."""
    files = render(grow(TEXTS, config=LINKS), load_theme(), config=LINKS)
    for page, up in (("index.html", ""), ("about.html", ""), ("deep/now.html", "../"), ("tags.html", "")):
        if page not in files:
            continue
        html = text_of(files[page])
        header = html.partition('<nav class="site-nav"')[2].partition("</nav>")[0]
        assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', header)[-3:] == [
            (f"{up}about.html", "About me"),
            (f"{up}deep/now.html", "What now"),
            ("https://me.example/x?y=1", "Source"),
        ]
        footer = html.partition('<footer class="site-foot">')[2]
        assert '<nav aria-label="Further links">' in footer
        assert ">Write to me</a>" in footer
        assert "Secret" not in html


def test_a_page_without_links_of_its_own_has_no_list_of_them() -> None:
    """Not even an empty one."""
    assert "Further links" not in text_of(render(grow(TEXTS), load_theme())["about.html"])
