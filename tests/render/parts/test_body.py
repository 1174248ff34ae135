"""What the holes of a note's body become."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.model import Insights
from notegen.render.parts.body import fill_links
from notegen.render.site import open_site
from notegen.theme import Theme
from tests.support.gardens import grow
from tests.support.golden import Case, check_case, read_cases

OTHERS = {
    "study/Day 1.md": (
        "The first day of many.\n\n## What it is\n\nText. ^b1\n",
        {"title": "Day <1>", "date": "2024-01-01"},
    ),
    "tagged.md": ("#Sea/Salt", {"date": "2024-01-01"}),
}
ASSETS = {
    name: Path(name)
    for name in ("a picture.png", "sound.mp3", "film.webm", "paper.pdf", "data.csv", 'q"uote.png')
}
TYPES = (
    "avif bmp gif jpeg jpg png svg webp flac m4a mp3 ogg wav 3gp mkv mov mp4 ogv webm pdf base py JPG".split()
)
ASSETS |= {f"types/t.{suffix}": Path("t") for suffix in TYPES}
CASES = read_cases("fill-links")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_body_is_filled(case: Case, theme: Theme, update_cases: bool) -> None:
    """Each case is a note in the folder `study`, beside `Day 1.md`; `Secret.md` is withheld."""
    texts = {**OTHERS, "study/n.md": (case.given, {"date": "2024-01-02"})}
    garden = grow(texts, assets=ASSETS, withheld=frozenset({"Secret.md"}))
    site = open_site(garden, Insights(), theme, Config())
    check_case(case, fill_links(garden.notes["study/n.md"], site), update=update_cases)


def test_a_link_to_a_document_saves_it(theme: Theme) -> None:
    """Opened, it would be a page of the site, with the scripts in it; at file:// only its name keeps it from that."""
    files = {name: Path(name) for name in ("a.HTML", "b.svg", "c.xml", "d.zip")}
    text = "[a](a.HTML) [b](b.svg) ![[c.xml]] [d](d.zip) ![[b.svg]]\n"
    garden = grow({"n.md": (text, {"date": "2024-01-02"})}, assets=files)
    body = fill_links(garden.notes["n.md"], open_site(garden, Insights(), theme, Config()))
    assert '<a class="internal file" href="a.HTML.txt" download="a.HTML">a</a>' in body
    assert '<a class="internal file" href="b.svg" download="b.svg">b</a>' in body
    assert '<a class="internal file" href="c.xml.txt" download="c.xml">c.xml</a>' in body
    assert '<a class="internal file" href="d.zip">d</a>' in body
    assert '<img src="b.svg"' in body


def test_a_link_to_a_file_that_begins_as_a_document_saves_it(theme: Theme) -> None:
    """Firefox looks into a file whose name tells it nothing, and opens it as a page."""
    files = {name: Path(name) for name in ("a.log", "b", "c.txt", "d.log")}
    text = "[a](a.log) ![[b]] [c](c.txt) [d](d.log)\n"
    documents = frozenset({"a.log", "b"})
    garden = grow({"n.md": (text, {"date": "2024-01-02"})}, assets=files, documents=documents)
    body = fill_links(garden.notes["n.md"], open_site(garden, Insights(), theme, Config()))
    assert '<a class="internal file" href="a.log.txt" download="a.log">a</a>' in body
    assert '<a class="internal file" href="b.txt" download="b">b</a>' in body
    assert '<a class="internal file" href="c.txt">c</a>' in body
    assert '<a class="internal file" href="d.log">d</a>' in body


def test_an_embedded_piece_closes_nothing_of_the_page(theme: Theme) -> None:
    """A section that begins within an element of raw HTML and ends outside it."""
    texts = {
        "a.md": ("<div>\n\n# In\n\ntext\n\n</div>\n\nafter\n", {"date": "2024-01-02"}),
        "n.md": ("![[a#In]]\n", {"date": "2024-01-02"}),
    }
    garden = grow(texts)
    body = fill_links(garden.notes["n.md"], open_site(garden, Insights(), theme, Config()))
    assert body.count("<div") == body.count("</div") == 1


def test_pictures_elsewhere_are_words_whatever_their_scheme_is(theme: Theme) -> None:
    """In any case; a link only where a browser would show something."""
    text = "![a](HTTP://h.example/a) ![b](ftp://h.example/b) ![c](//h.example/c) [![d](hTTps://h.example/d)](x)\n"
    garden = grow({"n.md": (text, {"date": "2024-01-02"})})
    body = fill_links(garden.notes["n.md"], open_site(garden, Insights(), theme, Config()))
    assert "<img" not in body
    assert '<span class="picture">b</span>' in body
    assert '<a class="picture" href="HTTP://h.example/a">a</a>' in body
