"""axe-core finds nothing to say about any kind of page, as WCAG 2.2 AA and its own best practice have it.

`python -m bench proofs` asks the same of real vaults, at three widths, in all themes and contrasts.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import FEW, LOOKS, violations
from tests.support.specimen_pages import fewest_specimens, specimens, things_on


@pytest.mark.promise("checked page by page for WCAG 2.2 AA")
@pytest.mark.parametrize("name", ["own", "full"])
def test_axe_finds_nothing_on_any_kind_of_page(
    name: str, request: pytest.FixtureRequest, page: Page, file_url: Callable[[Path], str]
) -> None:
    """A page of each kind, of the project's own notes and of the garden with one of everything.

    Each in one look; and every thing that pages show, an element or a class of one, on one of them in all three: what
    the garden shows, there.
    """
    site: Path = request.getfixturevalue(f"{name}_site")
    garden: Path = request.getfixturevalue("full_site")
    found, fewest = [], fewest_specimens(site, besides=garden if site != garden else None)
    for url in specimens(site):
        page.goto(file_url(site) + url)
        found += [f"{url}: {line}" for line in violations(page, FEW if url in fewest else FEW[:1])]
    assert found == []


def test_axe_finds_nothing_in_the_search_box(
    page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Open and empty, with hits and filters, and with nothing found."""
    page.goto(f"{file_url(own_site)}writing/links.html")
    page.keyboard.press("/")
    box = page.get_by_role("dialog")
    found = violations(page, FEW)
    box.get_by_role("combobox").fill("links between notes")
    expect(box.get_by_role("option").first).to_be_visible()
    box.get_by_role("button", name="Filter", exact=True).click()
    found += violations(page, FEW)
    box.get_by_role("combobox").fill("tag:none-such")
    expect(box.get_by_role("option")).to_have_count(0)
    found += violations(page, FEW)
    assert found == []


def test_axe_finds_nothing_in_what_a_page_opens(
    page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """A preview, a footnote, the folders beside the text and in a drawer, a large picture, the list of keys."""
    page.goto(f"{file_url(own_site)}reading/browsing.html")
    page.keyboard.press("b")
    expect(page.get_by_role("navigation", name="Folders")).to_be_visible()
    found = violations(page, FEW)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name=re.compile("^Enlarge")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += violations(page, FEW)
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.set_viewport_size({"width": 390, "height": 800})
    page.keyboard.press("b")
    expect(page.get_by_role("dialog", name="Folders")).to_be_visible()
    found += violations(page, FEW)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    found += violations(page, FEW)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{file_url(own_site)}writing/markup.html")
    expect(page.locator(".has-sidenotes")).to_be_visible()
    for link, box, width in (
        (".footnote-ref a", ".popover[role=note]", 1000),
        (".prose a.internal:not([href^='#'])", ".preview", 1280),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        page.locator(link).first.scroll_into_view_if_needed()
        page.locator(link).first.hover()
        expect(page.locator(box)).to_be_visible()
        found += violations(page, [replace(look, width=width) for look in FEW if look.width == 1280])
    assert found == []


def test_axe_sees_what_is_wrong(page: Page) -> None:
    """A picture without words, faint text, and a target too small for a finger, each in the look that shows it."""
    page.set_content(
        "<!doctype html><html lang=en><title>a</title><main><h1>a</h1><style>@media (prefers-color-scheme: dark)"
        "{p{color:#777;background:#888}}</style><img src=x><p>words</p>"
        "<a href=a style='font-size:4px'>a</a> <a href=b style='font-size:4px'>b</a></main>"
    )
    looks = [look for look in LOOKS if look.name in {"390 light", "390 dark"}]
    rules = {": ".join(line.split(": ")[:2]) for line in violations(page, looks)}
    assert {"390 light: image-alt", "390 dark: color-contrast", "390 light: target-size"} <= rules
    assert "390 light: color-contrast" not in rules


def test_a_specimen_is_chosen_for_every_kind_and_every_thing(tmp_path: Path) -> None:
    """The shortest and the longest note, kinds by address, and the smallest page that has a thing of its own."""
    pages = {
        "index.html": "<p>",
        "tags.html": "<p>",
        "tags/a.html": "<p>",
        "tags/b.html": "<p><p>",
        "a.html": '<main class="note-page">',
        "b.html": '<main class="note-page"><p>',
        "long.html": '<main class="note-page">' + "<p>" * 20,
        "c/table.html": '<main class="note-page"><p><table class="wide w3">',
        "c/tables.html": '<main class="note-page"><p><p><table class="wide w4">',
        "c/open.html": "<p><details open>",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert things_on(pages["c/table.html"]) == {
        "main",
        "main.note-page",
        "p",
        "table",
        "table.wide",
        "table.w",
    }
    assert specimens(tmp_path) == (
        "a.html", "b.html", "c/open.html", "c/table.html", "index.html", "long.html", "tags.html", "tags/b.html",
    )  # fmt: skip
    assert fewest_specimens(tmp_path) == ("c/open.html", "c/table.html")
    besides = tmp_path / "besides"
    besides.mkdir()
    (besides / "other.html").write_text(pages["c/open.html"], "utf-8")
    assert fewest_specimens(tmp_path / "c", besides=besides) == ("table.html",)
