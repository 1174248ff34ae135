"""What a reader asks for on a page: previews of links, footnotes beside their numbers, all keys, a random note."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from notegen.config import Config
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import grow, render
from tests.support.patience import await_true, fresh_page, let_pass, stop_clock
from tests.support.static_host import Host

FILL = "\n\n".join(f"Paragraph {number} of a page that scrolls." for number in range(60))

NOTES = {
    "Start.md": (
        "# Start\n\nSee [[sea/Tides]], [[sea/Tides#Springs|the springs]], [[2024-01-05|a day]], "
        "[elsewhere](https://example.org) and [[#End]].[^1]\n\n[^1]: The *moon* says so, see [[sea/Tides]].\n\n"
        f"{FILL}\n\n## End\n\nThe end.\n",
        {"date": "2024-01-07"},
    ),
    "sea/Tides.md": (
        "# Tides\n\nThe sea rises < 7 m, twice a day.\n\n## Springs\n\nWhen sun and moon pull together.\n",
        {"date": "2024-01-05"},
    ),
    "sea/東 京.md": ("A bay with tides.\n", {"date": "2024-01-06"}),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site whose first page links in every way; the folder's own name has a space."""
    folder: Path = tmp_path_factory.mktemp("enhancements") / "my site"
    write_pages(folder, render(grow(NOTES), load_theme(), config=Config(title="Sea"), search=None).values())
    return folder


@pytest.fixture
def start(page: Page, site: Path, file_url: Callable[[Path], str]) -> Page:
    """The first page, opened from disk."""
    page.goto(f"{file_url(site)}Start.html")
    return page


@pytest.fixture
def still(page: Page, site: Path, file_url: Callable[[Path], str]) -> Page:
    """The first page, opened from disk, whose clock stands still."""
    stop_clock(page)
    page.goto(f"{file_url(site)}Start.html")
    return page


@pytest.fixture
def finger(browser: Browser, site: Path, file_url: Callable[[Path], str]) -> Iterator[Page]:
    """The first page on a phone."""
    with fresh_page(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as page:
        page.goto(f"{file_url(site)}Start.html")
        yield page


def link(page: Page, name: str) -> Locator:
    """A link of the text."""
    return page.locator("main").get_by_role("link", name=name, exact=True).first


def rest_on(page: Page, name: str) -> Locator:
    """The preview of a link on which the pointer rests, in a page whose clock stands still."""
    link(page, name).hover()
    let_pass(page)
    box = page.locator(".popover")
    expect(box).to_be_visible()
    return box


# -- previews ------------------------------------------------------------------------------------------


@pytest.mark.promise("previews over links")
def test_a_link_shows_its_goal_to_a_pointer_that_rests_on_it(start: Page) -> None:
    """Title, day and first words, as text; gone when the pointer goes."""
    link(start, "Tides").hover()
    box = start.locator(".popover")
    expect(box).to_have_text(
        "Tides5 January 2024The sea rises < 7 m, twice a day. When sun and moon pull together."
    )
    start.mouse.move(600, 700)
    expect(box).to_have_count(0)


def test_a_link_to_a_heading_shows_that_section(start: Page) -> None:
    """Not the note's beginning."""
    link(start, "the springs").hover()
    expect(start.locator(".popover")).to_have_text(
        "Tides5 January 2024 · SpringsWhen sun and moon pull together."
    )


def test_the_pointer_may_go_into_the_box_and_escape_closes_it(still: Page) -> None:
    """So that it can be read with a magnifier, and does not stand in the way (WCAG 1.4.13)."""
    box = rest_on(still, "Tides")
    box.hover()
    let_pass(still)
    expect(box).to_be_visible()
    still.keyboard.press("Escape")
    expect(box).to_have_count(0)


def test_nothing_is_loaded_for_a_pointer_that_passes(still: Page) -> None:
    """Only one that rests asks; and the goal's page is never loaded."""
    asked: list[str] = []
    still.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    still.evaluate(
        "new MutationObserver(() => { window.changed = true }).observe(document.head, { childList: true })"
    )
    link(still, "Tides").hover()
    let_pass(still, 100)
    still.mouse.move(600, 700)
    let_pass(still)
    assert not still.evaluate("window.changed")
    rest_on(still, "Tides")
    assert still.evaluate("window.changed")
    assert [name.partition(".")[0] for name in asked] == ["enhancements", "pieces", "v0"]


def test_links_that_have_nothing_to_show_show_nothing(still: Page) -> None:
    """A day's page, another host, a place on this page."""
    # Once all that a preview needs is there, it opens as soon as its time has come.
    box = rest_on(still, "Tides")
    for name in ("a day", "elsewhere", "End"):
        still.mouse.move(600, 700)
        let_pass(still)
        expect(box).to_have_count(0)
        link(still, name).hover()
        let_pass(still)
        assert box.count() == 0


def test_the_focus_shows_a_goal_without_a_word_and_a_key_reads_it_out(start: Page) -> None:
    """The box is hidden from a screen reader, which would read each link twice; `p` asks for it."""
    start.keyboard.press("Tab")
    link(start, "the springs").focus()
    expect(start.locator(".popover")).to_have_attribute("aria-hidden", "true")
    assert start.get_by_role("status").count() == 0
    start.keyboard.press("p")
    expect(start.get_by_role("status")).to_have_text(
        "Tides. 5 January 2024 · Springs. When sun and moon pull together."
    )
    start.keyboard.press("Tab")
    expect(start.locator(".popover", has_text="Springs")).to_have_count(0)


def test_lists_have_previews_too(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """Backlinks on another page, in another folder."""
    page.goto(f"{file_url(site)}sea/Tides.html")
    page.locator(".note-section .entry-head").get_by_role("link", name="Start").hover()
    expect(page.locator(".popover b")).to_have_text("Start")


def test_previews_work_on_a_host_too(page: Page, site: Path, served: Callable[[Path], Host]) -> None:
    """Under a sub-path; one glance costs less than 10 kB."""
    host = served(site)
    page.goto(f"{host.url}Start.html")
    before = len(host.sent)
    link(page, "Tides").hover()
    expect(page.locator(".popover b")).to_have_text("Tides")
    assert sum(sent.bytes for sent in host.sent[before:]) < 10_000


def test_a_finger_gets_no_previews(finger: Page) -> None:
    """A tap on a link follows it."""
    link(finger, "Tides").tap()
    finger.wait_for_url("**/sea/Tides.html")


# -- footnotes -----------------------------------------------------------------------------------------


def test_a_footnote_shows_beside_its_number(start: Page) -> None:
    """With its markup and its links, without the way back; the list at the end stays. Nothing is beside the text."""
    start.set_viewport_size({"width": 1000, "height": 800})
    start.locator(".footnote-ref a").hover()
    box = start.get_by_role("note", name="Footnote 1")
    expect(box).to_have_text("The moon says so, see Tides.")
    expect(box.locator("em")).to_have_text("moon")
    assert start.locator("[id='fn1']").count() == 1
    box.get_by_role("link").click()
    start.wait_for_url("**/sea/Tides.html")


def test_a_tap_shows_a_footnote_and_a_second_one_goes_to_it(finger: Page) -> None:
    """Nobody loses the place they read at."""
    number = finger.locator(".footnote-ref a")
    number.tap()
    expect(finger.get_by_role("note")).to_be_in_viewport()
    assert finger.evaluate("scrollY") == 0
    number.tap()
    await_true(finger, "scrollY > 100")
    expect(finger.get_by_role("note")).to_have_count(0)


# -- keys ----------------------------------------------------------------------------------------------


def test_a_question_mark_lists_the_keys(start: Page) -> None:
    """In a dialog that has a name, takes the focus, and gives it back."""
    start.keyboard.press("?")
    dialog = start.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("a random note")
    start.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    opener = start.get_by_role("button", name="Keys")
    opener.focus()
    start.keyboard.press("Enter")
    dialog.get_by_role("button", name="Close").click()
    expect(opener).to_be_focused()


def test_single_keys_can_be_turned_off(start: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """On all pages, until they are turned on again (WCAG 2.1.4); the button in the footer goes on working."""
    start.keyboard.press("?")
    start.get_by_role("checkbox", name="Single keys work on this site").uncheck()
    start.keyboard.press("Escape")
    start.goto(f"{file_url(site)}sea/Tides.html")
    start.keyboard.press("?")
    start.get_by_role("button", name="Keys").click()
    box = start.get_by_role("checkbox", name="Single keys work on this site")
    expect(box).not_to_be_checked()
    # Had the key opened one, it would be under the one that the button opened after it.
    expect(start.locator("dialog")).to_have_count(1)
    box.check()
    start.keyboard.press("Escape")
    start.keyboard.press("?")
    expect(start.get_by_role("dialog")).to_be_visible()


def test_a_key_typed_into_a_field_is_a_letter(start: Page) -> None:
    """Neither a dialog nor another page."""
    # Once all that a preview needs is there, a note by chance would open at once too.
    link(start, "Tides").hover()
    expect(start.locator(".popover")).to_be_visible()
    start.evaluate("document.body.append(document.createElement('input'))")
    start.locator("body > input").focus()
    start.evaluate("navigation.addEventListener('navigate', () => { window.leaving = true })")
    start.keyboard.type("r?p")
    expect(start.locator("body > input")).to_have_value("r?p")
    start.get_by_role("button", name="Keys").click()
    expect(start.get_by_role("dialog")).to_be_visible()
    expect(start.locator("dialog")).to_have_count(1)
    assert not start.evaluate("window.leaving")


def test_a_note_by_chance_is_another_one(start: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """By key and by button, each of the others in time, and never the page itself."""
    seen = set()
    for press in range(30):
        start.goto(f"{file_url(site)}Start.html")
        if press % 2:
            start.keyboard.press("r")
        else:
            start.get_by_role("button", name="Random note").click()
        start.wait_for_url(lambda url: not url.endswith("Start.html"))
        seen.add(start.locator("h1").text_content())
        if len(seen) == 2:
            break
    assert seen == {"Tides", "東 京"}
