"""Every page of whole sites: valid, with no broken link, reached from the first page, asking nobody for anything."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from notegen.model import Url
from tests.support.html_validator import invalid
from tests.support.link_checker import faults
from tests.support.specimen_pages import specimens
from tests.support.static_host import Host


@pytest.fixture(params=["own", "full"])
def site(request: pytest.FixtureRequest) -> Path:
    """The project's own notes, and the garden with one of everything."""
    found: Path = request.getfixturevalue(f"{request.param}_site")
    return found


def pages_of(site: Path) -> list[Url]:
    """The URLs of all pages."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.mark.promise("nothing leaves the reader's browser")
@pytest.mark.promise("because every link is relative")
def test_links_lead_somewhere_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """Pages, style sheets and scripts, by their bytes."""
    assert faults(site) == []


def test_every_page_is_valid_html(site: Path) -> None:
    """By the checker of the W3C; what a note's raw HTML does wrong is not among these notes."""
    assert invalid(site, pages_of(site)) == []


@pytest.mark.promise("The same files work at any address")
def test_pages_of_every_kind_open_without_a_complaint(
    page: Page, site: Path, served: Callable[[Path], Host]
) -> None:
    """In a browser, which logs what scripts and styles ask for: no error, no other host, no file that is missing.

    One with each thing that a page can have, and of the others, whose bytes are read above, every ninth.
    """
    host = served(site)
    shown = [url for url in pages_of(site) if 'http-equiv="refresh"' not in (site / url).read_text("utf-8")]
    for url in sorted({*specimens(site), *shown[::9]}):
        page.goto(host.url + url, wait_until="load")
    assert [sent for sent in host.sent if sent.status != 200] == []


BROKEN = {
    "index.html": "<a href=a.html>a</a><a href='a.html#no'>b</a><a href=gone.html>c</a><a href='#x'>d</a><p id=x>",
    "a.html": "<img src=//far.example/x.png><img src=x.png srcset='x.png 1x, y.png 2x'><p style='a: url(z.png)'>",
    "b.html": "<base href=/><script src='notegen/m.0a.js'></script><link rel=canonical href=https://me.example/b.html>",
    "c.html": "<meta http-equiv=refresh content='0; url=index.html'><iframe src=https://far.example/></iframe>",
    "404.html": "<a href=index.html>home</a><style>@import 'https://far.example/x.css'</style>",
    "graph.html": "<a href='graph.html#note=sub/d.html'>d</a><a href='graph.html#note=d.html'>none</a>",
    "sub/d.html": "<a href=../index.html>up</a><a href=.>here</a><a href=../404.html#x>lost</a>",
    "notegen/m.0a.js": "const a='http://www.w3.org/2000/svg';fetch(b);new Image().src='https://far.example/i.png'",
    "notegen/s.css": "p{background:url(data:,)}a{background:url('far.png')}@import url(//far.example/y.css);",
}


def test_the_crawl_sees_what_is_broken(tmp_path: Path) -> None:
    """One of each fault, each in its place and no other."""
    for name, text in BROKEN.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert faults(tmp_path) == [
        "404.html: loads `https://far.example/x.css` from another host",
        "a.html: loads `//far.example/x.png` from another host",
        "a.html: loads `x.png`: no such file",
        "a.html: loads `x.png`: no such file",
        "a.html: loads `y.png`: no such file",
        "a.html: loads `z.png`: no such file",
        "c.html: loads `https://far.example/` from another host",
        "graph.html: link to `graph.html#note=d.html`: no such note",
        "index.html: link to `a.html#no`: no such place",
        "index.html: link to `gone.html`: no such file",
        "sub/d.html: link to `.`: no such file",
        "sub/d.html: link to `../404.html#x`: no such place",
        "notegen/m.0a.js: script may load: `fetch(`",
        "notegen/m.0a.js: script names an address: `https://far.example/i.png`",
        "notegen/s.css: loads `far.png`: no such file",
        "notegen/s.css: loads `//far.example/y.css` from another host",
        "b.html: no way leads here",
        "graph.html: no way leads here",
        "sub/d.html: no way leads here",
    ]


def test_the_validator_sees_what_is_invalid(tmp_path: Path) -> None:
    """An id twice and an attribute that is none, with page and line."""
    (tmp_path / "a page.html").write_text(
        "<!doctype html><html lang=en><title>a</title>\n<p id=a><p id=a>\n<b hraf=x>b</b>\n", "utf-8"
    )
    assert [re.sub(r": .*", "", line, flags=re.S) for line in invalid(tmp_path, ["a page.html"])] == [
        "a page.html:2",
        "a page.html:3",
    ]
