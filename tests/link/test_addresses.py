"""Every file of a site has an address of its own, whatever notes and files are called, and former addresses yield."""

import itertools

import pytest

from notegen.link.addresses import Addresses
from notegen.model import Code
from notegen.paths import fold

TAKEN_BY_NOTEGEN = {
    "index.html",
    "tags.html",
    "map.html",
    "dates/2024.html",
    "notegen.json",
    "notegen/x.js",
    "robots.txt",
}


def clashes(urls: set[str]) -> list[tuple[str, str]]:
    """Pairs of which one is the other's folder."""
    folded = {fold(url) for url in urls}
    return [(a, b) for a, b in itertools.permutations(folded, 2) if b.startswith(f"{a}/")]


@pytest.mark.parametrize(
    "address",
    ["/index", "/index.html", "index.html/", "/p.html/x", "/p.html/x/", "/p/x.html/..", "..", "../x", "/a/../b",
     "/.hidden", "/a/.git/x", "/.", "/tags.html/x", "/tags", "/map", "/dates/2024.html/x", "/notegen.json/x",
     "/robots.txt/x", "/folder.html", "/pic.png/x", "/Index", "/other", "/404", "/sitemap.xml/", "/x" * 2000,
     "/" + "x" * 100 + ("/" + "y" * 100) * 9],
)  # fmt: skip
def test_a_former_address_that_cannot_be_is_a_problem(address: str) -> None:
    """On a page, a file, a folder or below one of them, out of the site, hidden, or longer than disks take."""
    addresses = Addresses()
    taken = addresses.notes(["p.md", "other.md", "folder.html/a.md"])
    files = addresses.assets(["pic.png"])
    redirects = addresses.redirects([(address, "p.md")])
    assert clashes({*taken.values(), *files.values(), *redirects, *TAKEN_BY_NOTEGEN}) == []
    assert redirects == {}
    problems = [problem.code for problem in addresses.problems]
    assert problems == ([] if address == "/." else [Code.FORMER_ADDRESS_TAKEN])


@pytest.mark.parametrize("address", ["/p", "p.html", "/", "https://a.example/..", "/:year/x", "", "#x"])
def test_an_address_that_asks_for_nothing_is_none(address: str) -> None:
    """The note's own, the site's root, one on another host, a pattern."""
    addresses = Addresses()
    addresses.notes(["p.md"])
    assert addresses.redirects([(address, "p.md")]) == {}
    assert addresses.problems == []


def test_former_addresses_yield_to_each_other() -> None:
    """The first to ask has it, and nothing can be below it or in its place."""
    addresses = Addresses()
    asked = ["/a", "/a.html", "/a.html/b", "/c/d", "/c.html", "/e.html/f", "/e"]
    assert list(addresses.redirects([(address, f"{n}.md") for n, address in enumerate(asked)])) == [
        "a.html", "c.html", "c/d.html", "e.html/f.html",
    ]  # fmt: skip
    assert [str(problem.place) for problem in addresses.problems] == ["1.md", "2.md", "6.md"]


@pytest.mark.parametrize(
    "notes",
    [
        ["a.md", "a.html/b.md", "a.html/c.md"],
        ["a.html/b.md", "a.md"],
        ["A.md", "a.html/b.md"],
        ["tags.html/x.md", "dates/2024.html/x.md", "notegen.json/x.md", "index.html/x.md"],
        ["a.html/b.html/c.md", "a.html/b.md", "a.md"],
    ],
)
def test_no_page_lies_below_another(notes: list[str]) -> None:
    """A folder may be called as a page is."""
    addresses = Addresses()
    urls = addresses.notes(notes)
    assert len(set(map(fold, urls.values()))) == len(notes)
    assert clashes({*urls.values(), *TAKEN_BY_NOTEGEN}) == []
    assert {problem.code for problem in addresses.problems} == {Code.URL_TAKEN}


@pytest.mark.parametrize("file", ["notegen", "dates", "tags", "folders", "Tags", "deep"])
def test_no_file_has_the_name_of_a_folder_of_the_site(file: str) -> None:
    """Notegen's own, or one of the notes."""
    addresses = Addresses()
    notes = addresses.notes(["deep/note.md"])
    (url,) = addresses.assets([file]).values()
    assert clashes({url, *notes.values(), *TAKEN_BY_NOTEGEN, "tags/x", "folders/x"}) == []
    assert [str(problem.place) for problem in addresses.problems] == [file]
