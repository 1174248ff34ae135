"""Code in a page: its colours, and the button that copies it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.config import Config
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import grow, render

CODE = 'def tide(moon):\n    return "high" if moon else "low"\n'
NOTE = f"Before.\n\n```python\n{CODE}```\n\nAfter.\n\n```mermaid\ngraph TD\n```\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with a page of code."""
    folder: Path = tmp_path_factory.mktemp("code")
    garden = grow({"code.md": (NOTE, {"date": "2024-01-07"})})
    write_pages(folder, render(garden, load_theme(), config=Config(title="Code"), search=None).values())
    return folder


@pytest.mark.parametrize("clipboard", ["there", "missing"])
def test_the_button_copies_the_code_as_it_was_written(
    clipboard: str, page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """By keyboard, also where a page from disk has no clipboard; it says so, and the focus stays."""
    if clipboard == "missing":
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{file_url(site)}code.html")
    button = page.get_by_role("button", name="Copy the code")
    expect(button).to_have_count(1)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied")
    expect(button).to_be_focused()
    page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    page.keyboard.press("Control+v")
    expect(page.locator("textarea")).to_have_value(CODE)


def test_a_browser_that_refuses_to_copy_is_not_praised(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """What did not happen is said not to have happened."""
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false"
    )
    page.goto(f"{file_url(site)}code.html")
    page.locator("pre").first.hover()
    page.get_by_role("button", name="Copy the code").click()
    expect(page.get_by_role("status")).to_have_text("The browser did not allow copying")


def test_the_button_shows_on_hover_and_focus_and_moves_nothing(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Text stands where it stands without scripts."""
    page.goto(f"{file_url(site)}code.html")
    button = page.get_by_role("button", name="Copy the code")
    expect(button).to_have_css("opacity", "0")
    page.locator("pre").first.hover()
    expect(button).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    expect(button).to_have_css("opacity", "0")
    page.locator("pre").first.focus()
    expect(button).to_have_css("opacity", "1")
    corner, block = button.bounding_box(), page.locator("pre").first.bounding_box()
    assert corner
    assert block
    assert 0 < corner["y"] - block["y"] < 12
    with_box = places(page)
    page.evaluate("document.querySelectorAll('.copy-box').forEach(box => box.replaceWith(box.firstChild))")
    assert places(page) == with_box


def places(page: Page) -> object:
    """Where the blocks of the text begin."""
    return page.evaluate("[...document.querySelectorAll('.prose p')].map(p => p.getBoundingClientRect().top)")


def test_a_finger_always_has_the_button(phone: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """Nothing hovers on a phone."""
    phone.goto(f"{file_url(site)}code.html")
    expect(phone.get_by_role("button", name="Copy the code")).to_have_css("opacity", "1")


def test_buttons_and_signs_come_when_a_reader_comes_near(
    page: Page, tmp_path: Path, file_url: Callable[[Path], str]
) -> None:
    """A page of a hundred blocks has few at first; by the wheel one is there in time, by Tab all are."""
    note = "".join(f"## Part {number}\n\n```\n{number}\n```\n\n" for number in range(100))
    write_pages(tmp_path, render(grow({"long.md": note}), load_theme(), search=None).values())
    page.goto(f"{file_url(tmp_path)}long.html")
    buttons, signs = page.locator(".copy"), page.locator(".anchor")
    first, last = page.locator(".prose pre").first, page.locator(".prose pre").last
    expect(first.locator("+ .copy")).to_have_count(1)
    assert 0 < buttons.count() < 50
    assert 0 < signs.count() < 50
    last.scroll_into_view_if_needed()
    expect(last.locator("+ .copy")).to_have_count(1)
    assert buttons.count() < 100
    page.keyboard.press("Tab")
    expect(buttons).to_have_count(100)
    expect(signs).to_have_count(100)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_kinds_of_words_have_colours(
    scheme: str, page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """A keyword is told from a string and both from plain code, in either theme."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{file_url(site)}code.html")
    colours = page.evaluate(
        "['pre', 'pre .k', 'pre .s', 'pre .n'].map(name => getComputedStyle(document.querySelector(name)).color)"
    )
    assert len(set(colours)) == 4
