"""Addresses that all notes had before, by a pattern."""

import pytest

from notegen.config import Config
from notegen.link.former_addresses import former_addresses
from notegen.model import Code
from tests.support.gardens import Texts, grow

TEXTS: Texts = {
    "_posts/2014-03-05-spring-tide.md": ("x", {"categories": "Sea Travel"}),
    "harbour/_posts/2015-11-02-gale.md": ("x", {"categories": ["Storms", "R&D"], "slug": "the-gale"}),
    "guide/index.md": ("x", {"date": "2020-01-31"}),
    "about.md": "x",
}


def filled(pattern: str, texts: Texts = TEXTS) -> dict[str, str]:
    """The files that the pattern gives, each with its note."""
    return dict(former_addresses(grow(texts).notes.values(), [pattern]))


def test_posts_are_where_jekyll_had_them() -> None:
    """Folders above `_posts` are categories too; a slug outdoes the name, and a note without a day has no such page."""
    assert filled("/{categories}/{year}/{month}/{day}/{name}.html") == {
        "sea/travel/2014/03/05/spring-tide.html": "_posts/2014-03-05-spring-tide.md",
        "harbour/storms/r-d/2015/11/02/the-gale.html": "harbour/_posts/2015-11-02-gale.md",
        "2020/01/31/guide.html": "guide/index.md",
    }


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("/{path}/", ["_posts/2014-03-05-spring-tide/index.html", "about/index.html", "guide/index.html",
                      "harbour/_posts/2015-11-02-gale/index.html"]),
        ("notes/{name}", ["notes/about.html", "notes/guide.html", "notes/spring-tide.html", "notes/the-gale.html"]),
        ("/{folder}/{name}/", ["_posts/spring-tide/index.html", "harbour/_posts/the-gale/index.html"]),
        ("/{year}/{name}.html", ["2014/spring-tide.html", "2015/the-gale.html", "2020/guide.html"]),
    ],
)  # fmt: skip
def test_a_note_has_an_address_where_it_has_what_is_asked_for(pattern: str, files: list[str]) -> None:
    """No folder, no day: no address, and no hole in one."""
    assert sorted(filled(pattern)) == files


def test_they_lead_to_their_notes_and_cover_nothing() -> None:
    """What is there by now stays, without a word: the pattern was not written for one note."""
    garden = grow(
        {"a/x.md": "x", "x.md": "x", "blog/y.md": "x", "z.md": ("x", {"permalink": "/blog/x/"})},
        config=Config(former_addresses=("/blog/{name}/", "/{path}")),
    )
    assert garden.redirects == {
        "blog/x/index.html": "z.md",
        "blog/y/index.html": "blog/y.md",
        "blog/z/index.html": "z.md",
    }
    assert Code.FORMER_ADDRESS_TAKEN not in {problem.code for problem in garden.problems}
