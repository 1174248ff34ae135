"""A book as one file, opened from disk in a real browser, and chapters of an EPUB as what they are, XML."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Dialog, Page, expect

from notegen.book import make_book
from notegen.config import Config
from notegen.context import BuildContext
from notegen.model import Audit
from tests.conftest import ROOT
from tests.support.axe import LOOKS, violations
from tests.support.files import write_files
from tests.support.html_validator import invalid
from tests.support.patience import await_frames, await_that
from tests.support.vectors import garden

EVERYTHING = ROOT / "tests/gardens/everything"
THEMES = {"390 light", "820 dark", "1280 light, more contrast", "390 dark, more contrast"}
"""Every theme, and every width: no rule of the book's depends on both, nor on a width at all."""
POWERS = "parsererror, script, iframe, object, embed, form"
PUT = """([text, powers]) => {
    const page = new DOMParser().parseFromString(text, 'application/xhtml+xml');
    document.documentElement.replaceWith(document.adoptNode(page.documentElement));
    return document.querySelectorAll(powers).length;
}"""
"""Puts a chapter into the page that is open, and counts what has powers there or is no XML.

All that a chapter's bytes run or ask by themselves they do there too, but for scripts, which are counted.
"""


def book_of(notes: Path, file: Path) -> Path:
    """The book of a garden."""
    make_book(BuildContext(notes, Config(title="Everything"), encoder=None), file)
    return file


def test_links_lead_within_the_file(page: Page, tmp_path: Path) -> None:
    """From the contents to a chapter, from there to a heading of another, and back; pictures show."""
    notes = write_files(
        tmp_path / "notes",
        {
            "First.md": "# First\n\nSee [[Second#Deep|down there]].\n\n![[dot.svg]]\n",
            "Second.md": f"# Second\n\n{'Words. ' * 999}\n\n## Deep\n\nHere[^1].\n\n[^1]: A footnote.\n",
            "dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8"/></svg>',
        },
    )
    page.goto(book_of(notes, tmp_path / "book.html").as_uri())
    page.get_by_role("navigation").get_by_role("link", name="Second").click()
    expect(page.get_by_role("heading", name="Second")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("link", name="down there").click()
    expect(page.get_by_role("heading", name="Deep")).to_be_in_viewport()
    page.get_by_role("link", name="[1]").click()
    assert page.url.endswith("-fn1")
    page.get_by_role("link", name="First", exact=True).last.click()
    expect(page.get_by_role("heading", name="First")).to_be_in_viewport()
    assert page.get_by_role("img").evaluate("picture => picture.naturalWidth") == 8


def test_the_page_is_valid_and_everybody_can_read_it(page: Page, tmp_path: Path) -> None:
    """With one of each thing that a note can hold, in both themes and on paper."""
    book = book_of(EVERYTHING, tmp_path / "book.html")
    assert invalid(tmp_path, ["book.html"]) == []
    page.goto(book.as_uri())
    assert violations(page, [look for look in LOOKS if look.name in THEMES]) == []
    page.emulate_media(media="print")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


@pytest.mark.parametrize("ending", ["html", "epub"])
def test_nothing_runs_and_nothing_is_loaded(
    ending: str, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever notes try; a chapter is well-formed, else the browser says so in its place.

    Of the chapters every sixteenth is opened; the others come into the one that is open last, at a tenth of the cost.
    """
    # Of some attempts the audit would think, as of any in doubt, that they were to be hidden.
    monkeypatch.setattr("notegen.book.audit", lambda *_, **__: Audit(0, 0, ()))
    notes = tmp_path / "notes"
    write_files(
        notes,
        {
            name: content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            for name, content in garden(together=42).items()
        },
    )
    book = book_of(notes, tmp_path / f"book.{ending}")
    if ending == "epub":
        with ZipFile(book) as archive:
            archive.extractall(tmp_path / "open")
    pages = [book] if ending == "html" else sorted(tmp_path.glob("open/EPUB/n*.xhtml"))
    asked: list[str] = []
    ran: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", on_dialog)

    def far() -> list[str]:
        return [url for url in asked if not url.startswith(("file:", "data:"))]

    for one in pages[::16]:
        page.goto(one.as_uri())
        assert page.locator(POWERS).count() == 0, one.name
    if ending == "epub":
        for one in pages:
            assert page.evaluate(PUT, [one.read_text("utf-8"), POWERS]) == 0, one.name
    await_frames(page)
    assert (ran, far()) == ([], [])
    if ending == "epub":
        page.route("http://127.0.0.1/*", lambda route: route.fulfill(body=""))
        through = "<p/><img src='data:,x' onerror='alert(1)'/><link rel='stylesheet' href='http://127.0.0.1/y'/><form/>"
        chapter = pages[0].read_text("utf-8").replace("</body>", f"{through}</body>")
        assert page.evaluate(PUT, [chapter, POWERS]) == 1
        assert page.evaluate(PUT, [chapter.replace("<p/>", "<p>"), POWERS]) > 0
        await_that(page, lambda: bool(ran and far()), "what a chapter lets through is seen")
