"""Markdown made of what pages show: golden cases, and the way there and back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.context import BuildContext
from notegen.load import load_garden
from notegen.model import Garden, Insights, Source
from notegen.parse import parse_note
from notegen.render import open_site
from notegen.render.parts.body import fill_links
from notegen.render.parts.markdown_text import markdown_of
from notegen.render.site import Site
from notegen.text.html_tree import MAX_DEPTH, HtmlElement, tree_of
from notegen.theme import Theme, load_theme
from tests.conftest import ROOT
from tests.support.gardens import MODIFIED, grow
from tests.support.golden import Case, check_case, read_cases

_UNLIKE = re.compile(r"[“”„\"«»‘’'–—-]|\.\.\.|…")
"""What is set for print the first time already."""

_DRAWN = frozenset({"math", "svg"})
_PLAYERS = frozenset({"audio", "video", "object"})
_UNSAID = frozenset({"footnote-backref", "footnote-ref", "callout-title"})
_IN_LINE = frozenset("a abbr b code del em i ins kbd mark s small span strong sub sup u".split())


@pytest.fixture(scope="module")
def theme() -> Theme:
    """The bundled theme."""
    return load_theme()


def site_of(garden: Garden, theme: Theme) -> Site:
    """A site of the garden."""
    return open_site(garden, Insights(), theme, Config())


@pytest.mark.parametrize("case", read_cases("markdown-of-pages"), ids=str)
def test_a_page_is_said_in_markdown(case: Case, theme: Theme, update_cases: bool) -> None:
    """Written, shown, and written again."""
    texts = {"Page.md": case.given, "Harbour.md": "# Harbour\n\nBoats lie here.\n"}
    garden = grow(texts, assets={"plan.png": Path("plan.png")}, withheld=frozenset({"Secret.md"}))
    actual = markdown_of(fill_links(garden.notes["Page.md"], site_of(garden, theme)))
    check_case(case, actual, update=update_cases)


@pytest.mark.parametrize("notes", ["notes", "tests/gardens/everything"])
def test_what_is_read_again_says_the_same(notes: str, theme: Theme) -> None:
    """Every word of every note of these, in order; of a player its name."""
    _, garden = load_garden(BuildContext(ROOT / notes, Config(), None))
    site = site_of(garden, theme)
    for id, note in garden.notes.items():
        shown = fill_links(note, site)
        if "diagram-links" in shown:  # they would be listed under the diagram once more
            continue
        again = parse_note(Source("x.md", markdown_of(shown), 1, {}, "", MODIFIED))
        assert words_of(tree_of(again.body)) == words_of(tree_of(shown)), id


def words_of(root: HtmlElement) -> list[str]:
    """What a reader reads, word by word, without what is drawn or played."""
    return _UNLIKE.sub("", "".join(_texts(root))).split()


def _texts(element: HtmlElement) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.name in _PLAYERS:
            yield f" {child.attributes['aria-label']} "
        elif not (child.name in _DRAWN or child.classes & _UNSAID):
            yield from _texts(child)
            if child.name not in _IN_LINE:
                yield " "


def test_no_depth_is_too_deep() -> None:
    """A note of a thousand quotations within each other is written like any other, as far as it goes."""
    deep = 1000
    html = "<blockquote>" * deep + "<p>text</p>" + "</blockquote>" * deep
    assert markdown_of(html) == "> " * (MAX_DEPTH - 1) + "text\n"
