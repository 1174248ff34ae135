"""The site in Debian's Firefox, above all from disk, where Firefox forbids a page more than Chromium does."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from notegen.build import build
from notegen.bundled import bundled
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from tests.support.firefox import Firefox, FirefoxPage
from tests.support.locked_garden import CONFIG, PASSWORD, write_garden
from tests.support.static_host import Host
from tests.support.vectors import questions
from tests.support.watched_page import ANSWERED, ASK, firefox_watched, look_in_firefox, open_in_firefox
from tests.support.word_encoder import TABLE, WordEncoder

MODEL = bundled("models") / "all-MiniLM-L6-v2"

NOTES = {
    "kitchen/Sourdough bread.md": (
        "# Sourdough bread\n\nFlour, water and time.\n\n## Oven\n\nBake the loaf in a hot oven with steam.\n"
    ),
    "kitchen/Yeast.md": "# Yeast\n\nYeast makes the dough rise. A warm place helps, and so does a spoon of flour.\n",
    "journeys/Zürich.md": "# Zürich\n\nA lake, boats and cafés. See [the bread](../kitchen/Sourdough%20bread.md).\n",
    "journeys/東京.md": "# 東京\n\nWe saw 東京都 and its tower, and “quotes” \\ with <tags> & all.\n",
    "Engine.md": "# Engine trouble\n\nThe automobile would not start: the battery was flat.\n",
}

QUERIES = ("steam", "my car is broken", "how do I bake a loaf", "東京", "cafes", "fl", '"quotes"', "zzzz")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few notes built with the bundled model."""
    notes = tmp_path_factory.mktemp("notes")
    for name, text in NOTES.items():
        file = notes / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    out = tmp_path_factory.mktemp("firefox") / "site"
    build(BuildContext(notes, Config(), load_encoder(MODEL), load_table(MODEL)), out)
    return out


def found(fox: FirefoxPage, query: str) -> list[dict[str, Any]]:
    """The hits of `window.notegen.search`."""
    hits: list[dict[str, Any]] = fox.evaluate(f"notegen.search({query!r}).then(found => found.hits)")
    return hits


def test_a_page_from_disk_may_not_read_its_neighbours(
    fox: FirefoxPage, site: Path, file_url: Callable[[Path], str]
) -> None:
    """The strict policy is on, as it is for readers; what works here without it would prove nothing."""
    fox.goto(f"{file_url(site)}index.html")
    answer = fox.evaluate("fetch('Engine.html').then(() => 'fetched', error => error.name)")
    assert answer == "TypeError"
    fox.catch_up()
    (complaint,) = fox.complaints
    assert complaint.startswith("Cross-Origin Request Blocked")
    fox.complaints.clear()


def test_errors_and_requests_elsewhere_are_complaints(fox: FirefoxPage, tmp_path: Path) -> None:
    """What a script reports, what it throws, and what a page asks of another host."""
    page = tmp_path / "broken.html"
    page.write_text(
        "<title>broken</title><img src='https://notegen.invalid/dot.png' alt=''>"
        "<script>console.error('told'); throw new Error('thrown')</script>"
    )
    fox.goto(page.as_uri())
    fox.catch_up()
    assert sorted(fox.complaints) == [
        "Error: thrown",
        "request to another host: https://notegen.invalid/dot.png",
        "told",
    ]
    fox.complaints.clear()


@pytest.mark.promise("search too")
@pytest.mark.promise("The same files work at any address")
@pytest.mark.parametrize("start", ["index.html", "kitchen/Yeast.html"])
@pytest.mark.parametrize("by", ["file", "host"])
def test_hits_are_those_of_chromium(
    fox: FirefoxPage,
    page: Page,
    site: Path,
    file_url: Callable[[Path], str],
    served: Callable[[Path], Host],
    start: str,
    by: str,
) -> None:
    """Notes, order, excerpts, marks, reasons and scores, from disk and from a host."""
    address = f"{file_url(site) if by == 'file' else served(site).url}{start}"
    fox.goto(address)
    page.goto(address)
    for query in QUERIES:
        chromium = page.evaluate("text => notegen.search(text).then(found => found.hits)", query)
        assert found(fox, query) == chromium, query
    assert found(fox, "steam")[0]["url"] == "kitchen/Sourdough-bread.html"
    assert found(fox, "my car is broken")[0]["url"] == "Engine.html"


def test_the_box_is_worked_by_keys(fox: FirefoxPage, site: Path, file_url: Callable[[Path], str]) -> None:
    """From disk: open, type, close, open again, and Enter opens the note at its heading."""
    fox.goto(f"{file_url(site)}journeys/Z%C3%BCrich.html")
    fox.press("/")
    fox.wait_for("document.activeElement.getAttribute('role') === 'combobox'")
    fox.press(*"steam")
    fox.wait_for(
        "document.querySelector('[role=option][aria-selected=true]')?.innerText.includes('Sourdough')"
    )
    fox.wait_for("new URL(location.href).searchParams.get('q') === 'steam'")
    fox.press("Escape")
    fox.wait_for("!document.querySelector('[role=dialog]')")
    fox.press("Control+k")
    fox.wait_for("document.querySelector('[role=option][aria-selected=true]')")
    fox.press("Enter")
    fox.wait_for(
        "location.pathname.endsWith('/kitchen/Sourdough-bread.html') && document.readyState === 'complete'"
    )
    assert fox.evaluate("location.hash") == "#oven"


def test_a_hit_leads_to_its_passage_and_recent_questions_are_kept(
    fox: FirefoxPage, site: Path, file_url: Callable[[Path], str]
) -> None:
    """From disk: the passage travels in the address, where storage of one page is not that of the next."""
    fox.goto(f"{file_url(site)}kitchen/Sourdough-bread.html?q=steam")
    fox.wait_for("document.querySelector('[role=option][aria-selected=true]')")
    fox.press("Enter")
    fox.wait_for("CSS.highlights.size === 2")
    marked = "Array.from(CSS.highlights.get('%s'), range => range.toString())"
    assert fox.evaluate(marked % "ns-passage") == ["Bake the loaf in a hot oven with steam"]
    assert fox.evaluate(marked % "ns-words") == ["steam"]
    assert fox.evaluate("location.hash + location.search") == "#oven"
    fox.press("/")
    fox.press("Control+a", "\ue017")
    fox.wait_for("document.querySelector('[role=option]')?.innerText === 'steam'")


def test_a_question_in_the_address_is_asked(
    fox: FirefoxPage, site: Path, file_url: Callable[[Path], str]
) -> None:
    """A link that someone shared opens the box with its answers."""
    fox.goto(f"{file_url(site)}index.html?q=flat%20battery")
    fox.wait_for("document.querySelector('[role=option]')?.innerText.includes('Engine trouble')")


@pytest.mark.promise("Double-click a page and all of it works")
def test_related_notes_and_links_lead_on(
    fox: FirefoxPage, site: Path, file_url: Callable[[Path], str]
) -> None:
    """By a click, from disk, between folders."""
    fox.goto(f"{file_url(site)}kitchen/Yeast.html")
    fox.evaluate("document.querySelector('[aria-labelledby=Related] a').click()")
    fox.wait_for(
        "location.pathname.endsWith('/kitchen/Sourdough-bread.html') && document.readyState === 'complete'"
    )
    fox.goto(f"{file_url(site)}journeys/Z%C3%BCrich.html")
    fox.evaluate("document.querySelector('.prose a').click()")
    fox.wait_for(
        "location.pathname.endsWith('/kitchen/Sourdough-bread.html') && document.readyState === 'complete'"
    )


@pytest.mark.promise("There is no server")
@pytest.mark.promise("Double-click a page and all of it works")
def test_previews_and_folders_load_from_disk(
    fox: FirefoxPage, site: Path, file_url: Callable[[Path], str]
) -> None:
    """The data they show comes as scripts, which is all that a page from disk may load."""
    fox.goto(f"{file_url(site)}journeys/Z%C3%BCrich.html")
    fox.evaluate("document.querySelector('.prose a.internal').focus()")
    fox.press("p")
    fox.wait_for("document.querySelector('.popover b')")
    assert fox.evaluate("document.querySelector('.popover b').textContent") == "Sourdough bread"
    fox.press("Escape", "b")
    fox.wait_for("document.querySelector('.explorer [aria-current]')")
    assert fox.evaluate("document.querySelector('.explorer [aria-current]').textContent") == "Zürich"
    assert (
        fox.evaluate("document.querySelector('.explorer [aria-expanded=true]').textContent") == "journeys 2"
    )


def test_what_a_reader_chose_goes_along_from_page_to_page(
    fox: FirefoxPage, site: Path, file_url: Callable[[Path], str]
) -> None:
    """From disk, where each page has a storage of its own: the theme, the folders left open, and forgetting them again.

    The address that a reader sees, and the links on the page, stay as they are.
    """
    theme = "document.documentElement.dataset.theme ?? ''"
    fox.goto(f"{file_url(site)}kitchen/Yeast.html")
    system = fox.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
    other = "light" if system == "dark" else "dark"
    fox.evaluate("document.querySelector('[data-theme-switch]').click()")
    assert fox.evaluate(theme) == other
    follow(fox, "[aria-labelledby=Related] a", "/kitchen/Sourdough-bread.html")
    assert fox.evaluate(theme) == other
    assert fox.evaluate("location.search") == ""
    # A place in the page, and a search's hit.
    fox.evaluate("history.replaceState(null, '', '?q=flat%20battery#oven')")
    follow(fox, ".site-name", "/index.html")
    assert fox.evaluate(theme) == other
    assert fox.evaluate("[...document.links].filter(link => link.href.includes('kept')).length") == 0
    # Taken back on a page that never had it in its own storage, it is taken back on the one that had.
    fox.evaluate("document.querySelector('[data-theme-switch]').click()")
    assert fox.evaluate(theme) == ""
    fox.evaluate("document.querySelector('a[href$=\"kitchen/Yeast.html\"]').click()")
    arrive(fox, "/kitchen/Yeast.html")
    assert fox.evaluate(theme) == ""
    fox.evaluate("localStorage.setItem('notegen-keys', 'off')")
    follow(fox, "[aria-labelledby=Related] a", "/kitchen/Sourdough-bread.html")
    assert fox.evaluate("localStorage.getItem('notegen-keys')") == "off"


def test_the_storage_of_one_page_from_disk_is_not_that_of_another(
    fox: FirefoxPage, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Else the test above would prove nothing."""
    fox.goto(f"{file_url(site)}kitchen/Yeast.html")
    fox.evaluate("localStorage.setItem('notegen-probe', 'here')")
    fox.goto(f"{file_url(site)}Engine.html")
    assert fox.evaluate("localStorage.getItem('notegen-probe') ?? 'nowhere'") == "nowhere"


def follow(fox: FirefoxPage, link: str, end: str) -> None:
    """Click the first such link and wait until the page that it leads to is there."""
    fox.evaluate(f"document.querySelector({link!r}).click()")
    arrive(fox, end)


def arrive(fox: FirefoxPage, end: str) -> None:
    """Wait until a page whose address ends so is there."""
    fox.wait_for(f"location.pathname.endsWith({end!r}) && document.readyState === 'complete'")


UNLOCK = """(() => {
    const field = document.querySelector('.unlock input');
    field.value = PASSWORD;
    field.form.requestSubmit();
})()"""


def test_the_password_opens_a_page_from_disk(fox: FirefoxPage, tmp_path: Path) -> None:
    """Firefox decrypts there too; the key stays with the page, so that the next page is locked and asks again."""
    site = tmp_path / "site"
    notes = write_garden(tmp_path / "notes")
    build(BuildContext(notes, CONFIG, WordEncoder(), TABLE, password=lambda opens: PASSWORD), site)
    fox.goto((site / "Harbour.html").as_uri())
    fox.evaluate("document.querySelector('.lock-switch').click()")
    fox.wait_for("!!document.querySelector('.unlock input')")
    fox.evaluate(UNLOCK.replace("PASSWORD", repr(PASSWORD)))
    fox.wait_for("document.querySelector('.lock-switch[aria-pressed=true]') !== null")
    assert "The quillgold coins" in fox.evaluate("document.querySelector('.prose').innerText")
    found = fox.evaluate("notegen.search('quillgold').then(({hits}) => hits[0].title)")
    assert found == "Quillfish Hoard"
    fox.goto(fox.evaluate("document.querySelector('.prose a').href"))
    fox.wait_for("document.documentElement.classList.contains('scripted')")
    assert fox.evaluate("document.title") == "Locked note · Locked"
    assert "quill" not in fox.evaluate("document.documentElement.outerHTML").lower()


@pytest.fixture
def watched_firefox(firefox: Firefox) -> Iterator[Firefox]:
    """The same, its pages watched from their first moment: see test_vectors.py, which asks this of Chromium."""
    with firefox_watched(firefox):
        yield firefox


def test_no_page_runs_or_asks_anything(
    watched_firefox: Firefox, attempts_site: Path, file_url: Callable[[Path], str]
) -> None:
    """One page of each place; `python -m bench.vectors` opens all."""
    pages = [
        max(folder.rglob("*.html"), default=None)
        for folder in sorted(attempts_site.iterdir())
        if folder.is_dir()
    ]
    with watched_firefox.page() as page:
        addresses = [
            file_url(attempts_site) + quote(one.relative_to(attempts_site).as_posix()) for one in pages if one
        ]
        assert [seen for address in addresses for seen in open_in_firefox(page, address)] == []


def test_attached_documents_are_no_pages(
    watched_firefox: Firefox, attempts_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Firefox looks into files whose names tell it nothing; from a disk that is all that it goes by."""
    with watched_firefox.page() as page:
        page.goto(f"{file_url(attempts_site)}files.html")
        files = page.evaluate("Array.from(document.querySelectorAll('a.file'), link => link.href)")
        for file in {one for one in files if not one.endswith(".svg")}:
            page.goto(file)
            assert look_in_firefox(page, file) == []


def test_no_question_runs_or_asks_anything(
    watched_firefox: Firefox, full_site: Path, attempts_site: Path, served: Callable[[Path], Host]
) -> None:
    """Questions in addresses, and what an address carries behind its `#`; and in the box, to find the attempts."""
    small = served(full_site)
    with watched_firefox.page() as page:
        for payload, _, words in questions(step=8):
            page.goto(f"{small.url}Harbour.html?q={words}#{words}?mark={words}&word={words}")
            page.wait_for("document.querySelector('dialog.ns-dialog[open]')")
            page.wait_for(ANSWERED)
            assert look_in_firefox(page, payload) == []
        page.goto(f"{served(attempts_site).url}other.html?q=words")
        page.wait_for(ANSWERED)
        for payload, words, _ in questions(step=3):
            page.evaluate(f"({ASK})({json.dumps(words)})")
            page.wait_for(ANSWERED)
            assert look_in_firefox(page, payload) == []
