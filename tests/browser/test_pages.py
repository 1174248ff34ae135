"""Pages in a real browser: theme switch, arrow keys, a phone's width, no script, an address that is not there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.config import Config
from notegen.model import Insights
from notegen.render import render_pages
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import TINY, grow
from tests.support.patience import await_true
from tests.support.static_host import Host

WIDE = "\n\n".join(
    [
        "| "
        + " | ".join(f"column {n}" for n in range(20))
        + " |\n"
        + "|---" * 20
        + "|\n"
        + "| word " * 20
        + "|",
        "```\n" + "x" * 300 + "\n```",
        "https://example.org/" + "y" * 300,
        "$" + "+".join(f"x_{{{n}}}" for n in range(40)) + "$",
        "\n".join("  " * depth + f"- depth {depth} of an outline that goes on" for depth in range(9)),
        "- [x] done\n- [ ] to do",
    ]
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small site, one page of which holds everything that is wider than a phone."""
    folder: Path = tmp_path_factory.mktemp("site")
    garden = grow({**TINY, "wide.md": (WIDE, {"date": "2024-01-07"})})
    write_pages(folder, render_pages(garden, Insights(), load_theme(), Config(title="Sea notes")))
    return folder


@pytest.mark.promise("light and dark")
def test_the_theme_switch_is_remembered_and_forgets_what_the_system_says(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """A press turns the page, the next page opens turned, a second press follows the system again."""
    page.emulate_media(color_scheme="light")
    page.goto(f"{file_url(site)}Tides.html")
    switch = page.get_by_role("button", name="Dark theme")
    expect(switch).to_have_attribute("aria-pressed", "false")
    light = background(page)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = background(page)
    assert dark != light
    page.goto(f"{file_url(site)}index.html")
    assert background(page) == dark
    page.get_by_role("button", name="Dark theme").click()
    assert background(page) == light
    page.emulate_media(color_scheme="dark")
    assert background(page) == dark
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")


def test_the_theme_switch_turns_pages_in_other_tabs(
    page: Page, site: Path, served: Callable[[Path], Host]
) -> None:
    """Both ways, at once."""
    host = served(site)
    page.emulate_media(color_scheme="light")
    page.goto(f"{host.url}Tides.html")
    other = page.context.new_page()
    other.emulate_media(color_scheme="light")
    other.goto(f"{host.url}index.html")
    light = background(page)
    other.get_by_role("button", name="Dark theme").click()
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")
    assert background(page) == background(other) != light
    other.get_by_role("button", name="Dark theme").click()
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "false")
    assert background(page) == light


def test_arrow_keys_open_the_neighbours_by_date(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Left is earlier, right is later, and the ends stay where they are."""
    page.goto(f"{file_url(site)}Tides.html")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/coast/Harbour.html")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/Tides.html")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/2023-11-05.html")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{file_url(site)}2023-11-05.html")


def test_keys_that_are_turned_off_and_a_selection_keep_the_page(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """The arrows are in the list of single keys too, and move the end of what is selected."""
    page.goto(f"{file_url(site)}Tides.html")
    opened = page.url
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.keyboard.press("ArrowRight")
    page.evaluate("getSelection().removeAllRanges()")
    page.evaluate("localStorage.setItem('notegen-keys', 'off')")
    page.reload()
    page.keyboard.press("ArrowRight")
    assert page.url == opened


def test_arrow_keys_are_left_to_what_needs_them(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """A table that scrolls sideways, a field, and the browser's own combinations."""
    page.goto(f"{file_url(site)}wide.html")
    opened = page.url
    page.locator("table").evaluate("table => { table.tabIndex = 0; table.focus() }")
    page.keyboard.press("ArrowLeft")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+ArrowLeft")
    page.evaluate("document.body.append(document.createElement('input'))")
    page.locator("body > input").focus()
    page.keyboard.press("ArrowLeft")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert page.url == opened


@pytest.mark.promise("contents beside the text")
def test_contents_stand_open_beside_the_text_and_folded_on_a_phone(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Without a script, and without moving the text."""
    page.goto(f"{file_url(site)}Tides.html")
    link = page.get_by_role("navigation", name="Contents").get_by_role("link", name="Neaps")
    expect(link).to_be_visible()
    assert box(page, ".toc")["x"] > box(page, ".prose")["x"] + box(page, ".prose")["width"]
    page.set_viewport_size({"width": 360, "height": 740})
    expect(link).to_be_hidden()
    page.get_by_text("Contents").click()
    expect(link).to_be_visible()


@pytest.mark.promise("One calm column")
@pytest.mark.parametrize("width", [360, 820, 1280, 2560])
def test_text_is_one_column_of_short_lines(
    width: int, page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """All paragraphs begin below each other, and no line has room for more than about 75 letters."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{file_url(site)}Tides.html")
    edges, widest = page.evaluate(
        """() => {
            const all = [...document.querySelectorAll(".prose > p")];
            const boxes = all.map(one => one.getBoundingClientRect());
            const size = parseFloat(getComputedStyle(all[0]).fontSize);
            return [new Set(boxes.map(box => box.left)).size, Math.max(...boxes.map(box => box.width)) / size];
        }"""
    )
    assert edges == 1
    assert widest < 75 / 2  # a letter is about half as wide as it is high


@pytest.mark.parametrize("url", ["index.html", "wide.html", "Tides.html", "dates/2024-01.html", "tags.html"])
def test_no_page_is_wider_than_a_phone(
    url: str, page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Tables, code, formulas and outlines scroll or wrap inside the page."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{file_url(site)}{url}")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_page_is_whole_without_scripts(
    plain_page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """All text and links are there, and nothing that only a script can do is offered."""
    plain_page.goto(f"{file_url(site)}Tides.html")
    expect(plain_page.get_by_role("heading", name="Notes that link here")).to_be_visible()
    expect(plain_page.get_by_role("button")).to_have_count(0)
    plain_page.get_by_role("link", name="Harbour").first.click()
    expect(plain_page.get_by_role("heading", level=1, name="Harbour")).to_be_visible()


def test_the_keyboard_reaches_the_text_first(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """The first tab shows a link that skips the header."""
    page.goto(f"{file_url(site)}Tides.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_404_page_finds_its_way_from_any_depth(
    page: Page, site: Path, served: Callable[[Path], Host], complaints: list[str]
) -> None:
    """Under a sub-path, with no address in the settings: it has its style, and its links lead into the site."""
    host = served(site)
    page.goto(f"{host.url}no/such/folder/page.html")
    expect(page.get_by_role("heading", name="This page is not here")).to_be_visible()
    await_true(page, "Boolean(window.notegen)")
    page.get_by_role("link", name="All notes", exact=True).click()
    page.wait_for_url(f"{host.url}index.html")
    expect(page.get_by_role("heading", level=1, name="Sea notes")).to_be_visible()
    # The missing page itself, and the folders where the site's root might have been.
    assert {complaint.split(":")[0] for complaint in complaints} == {"console"}
    assert all("404" in complaint for complaint in complaints)
    complaints.clear()


def background(page: Page) -> str:
    """The colour of the page's paper."""
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def box(page: Page, selector: str) -> dict[str, float]:
    """Where an element lies, in CSS pixels."""
    found = page.locator(selector).bounding_box()
    assert found is not None, f"{selector} is not shown"
    return dict(found)  # type: ignore[arg-type]
