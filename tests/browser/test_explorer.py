"""The folders beside a note and in a drawer, opened piece by piece, at file://."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from notegen.config import Config
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import grow, render

NOTES = {
    "Start.md": ("# Start\n\nHere.\n", {"date": "2024-01-01"}),
    "sea/Tides.md": ("They rise.\n", {"date": "2024-01-02"}),
    "sea/deep water/Whales & co.md": ("They sing.\n", {"date": "2024-01-03"}),
    "land/Hills.md": ("They stand.\n", {"date": "2024-01-04"}),
    **{f"log/Entry {n:03}.md": ("Wrote.\n", {"date": "2023-01-01"}) for n in range(450)},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with folders, one of which is long."""
    folder: Path = tmp_path_factory.mktemp("explorer")
    write_pages(folder, render(grow(NOTES), load_theme(), config=Config(title="Sea"), search=None).values())
    return folder


@pytest.mark.promise("folders and contents beside the text")
def test_the_folders_open_beside_the_text_with_the_page_marked(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Down to the page, without moving the text; nothing of it is loaded before."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{file_url(site)}sea/deep-water/Whales-co.html")
    assert not any(name.startswith(("enhancements", "f")) for name in asked)
    place = page.locator(".prose").bounding_box()
    opener = page.get_by_role("banner").get_by_role("button", name="Folders")
    opener.click()
    folders = page.get_by_role("navigation", name="Folders")
    current = folders.locator("[aria-current=page]")
    expect(current).to_have_text("Whales & co")
    expect(current).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(folders.get_by_role("button", name="sea")).to_have_attribute("aria-expanded", "true")
    expect(folders.get_by_role("button", name="land")).to_have_attribute("aria-expanded", "false")
    expect(folders.get_by_role("link", name="Hills")).to_have_count(0)
    assert page.locator(".prose").bounding_box() == place
    assert sorted(name for name in asked if name.startswith("f")) == ["f0.js", "f3.js", "f4.js"]


def test_a_folder_opens_when_asked_and_its_notes_are_links(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """The list stays open on the page it leads to, and closes for good when closed."""
    page.goto(f"{file_url(site)}Start.html")
    page.keyboard.press("b")
    folders = page.get_by_role("navigation", name="Folders")
    folders.get_by_role("button", name="land").click()
    folders.get_by_role("link", name="Hills").click()
    page.wait_for_url("**/land/Hills.html")
    expect(folders.locator("[aria-current=page]")).to_have_text("Hills")
    expect(page.locator("body")).to_be_focused()
    page.keyboard.press("b")
    expect(folders).to_have_count(0)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    # What a page's script loads while it runs is asked for before the page counts as loaded.
    page.reload()
    assert not any(name.startswith("enhancements") for name in asked)
    expect(folders).to_have_count(0)


def test_a_long_folder_opens_at_the_part_of_the_page(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """No more than two hundred notes are in the page at once, and the open one is in sight."""
    page.goto(f"{file_url(site)}log/Entry-307.html")
    page.keyboard.press("b")
    folders = page.get_by_role("navigation", name="Folders")
    expect(folders.locator("[aria-current=page]")).to_be_in_viewport()
    expect(folders.locator("[aria-current=page]")).to_have_text("Entry 307")
    expect(folders.get_by_role("button", name="Entry 200 – Entry 399")).to_have_attribute(
        "aria-expanded", "true"
    )
    assert folders.locator("a").count() == 201


def test_arrows_go_through_the_list_and_turn_no_page(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Down, in, out, closed."""
    page.goto(f"{file_url(site)}Start.html")
    page.keyboard.press("b")
    folders = page.get_by_role("navigation", name="Folders")
    expect(folders.locator("[aria-current=page]")).to_be_focused()
    sea = folders.get_by_role("button", name="sea")
    page.keyboard.press("ArrowUp")
    expect(sea).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(sea).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    expect(folders.get_by_role("button", name="deep water")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(sea).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(sea).to_have_attribute("aria-expanded", "false")
    expect(folders.get_by_role("link", name="Tides")).to_be_hidden()
    assert page.url.endswith("Start.html")


Held = Callable[[str], Callable[[], None]]


@pytest.fixture
def held(page: Page) -> Held:
    """Holds back a file that a page asks for, until what it gives is called."""

    def hold(name: str) -> Callable[[], None]:
        waiting: list[Route] = []
        released = False

        def on_request(route: Route) -> None:
            if released:
                route.continue_()
            else:
                waiting.append(route)

        def release() -> None:
            nonlocal released
            released = True
            while waiting:
                waiting.pop().continue_()

        page.route(f"**/{name}", on_request)
        return release

    return hold


def test_keys_struck_while_a_folder_loads_act_in_order_when_it_is_there(
    page: Page, site: Path, file_url: Callable[[Path], str], held: Held
) -> None:
    """In, open, in again: where the keys would have led if all had been there at once."""
    release_sea, release_deep_water = held("f3.js"), held("f4.js")
    folders, sea = at_sea(page, f"{file_url(site)}Start.html")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(sea).to_have_attribute("aria-busy", "true")
    expect(sea).to_be_focused()
    release_sea()
    deep_water = folders.get_by_role("button", name="deep water")
    expect(deep_water).to_be_focused()
    expect(deep_water).to_have_attribute("aria-busy", "true")
    release_deep_water()
    expect(folders.get_by_role("link", name="Whales & co")).to_be_focused()


@pytest.mark.parametrize(("act", "place"), [("Tab", "Start"), ("Escape", "sea"), ("click", "land")])
def test_keys_wait_no_longer_once_the_reader_wants_something_else(
    act: str, place: str, page: Page, site: Path, file_url: Callable[[Path], str], held: Held
) -> None:
    """What a folder lists comes late then, and takes nobody with it."""
    release = held("f3.js")
    folders, _ = at_sea(page, f"{file_url(site)}Start.html")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    if act == "click":
        folders.get_by_role("button", name=place).click()
    else:
        page.keyboard.press(act)
    expect(folders.locator(":focus")).to_contain_text(place)
    release()
    expect(folders.get_by_role("link", name="Tides")).to_be_visible()
    expect(folders.locator(":focus")).to_contain_text(place)


def test_a_folder_that_is_closed_while_it_loads_stays_closed(
    page: Page, site: Path, file_url: Callable[[Path], str], held: Held
) -> None:
    """And lists each note once when it is opened again."""
    release = held("f3.js")
    folders, sea = at_sea(page, f"{file_url(site)}Start.html")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(sea).to_have_attribute("aria-expanded", "false")
    release()
    expect(sea).not_to_have_attribute("aria-busy", "true")
    expect(folders.get_by_role("link", name="Tides", include_hidden=True)).to_have_count(1)
    expect(folders.get_by_role("link", name="Tides")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(folders.get_by_role("link", name="Tides")).to_be_visible()


def test_the_folders_open_once_however_often_they_are_asked_for(
    page: Page, site: Path, file_url: Callable[[Path], str], held: Held
) -> None:
    """The second time, while they load, takes the first back."""
    release = held("f0.js")
    page.goto(f"{file_url(site)}Start.html")
    with page.expect_request("**/f0.js"):
        page.keyboard.press("b")
    page.keyboard.press("b")
    page.keyboard.press("b")
    release()
    folders = page.get_by_role("navigation", name="Folders")
    expect(folders.locator("[aria-current=page]")).to_be_focused()
    expect(folders).to_have_count(1)


def at_sea(page: Page, address: str) -> tuple[Locator, Locator]:
    """The folders, and the focused one that is called `sea`."""
    page.goto(address)
    page.keyboard.press("b")
    folders = page.get_by_role("navigation", name="Folders")
    expect(folders.locator("[aria-current=page]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    sea = folders.get_by_role("button", name="sea")
    expect(sea).to_be_focused()
    return folders, sea


def test_a_phone_has_a_drawer(phone: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """It closes by button and Escape, and follows nobody to the next page."""
    phone.goto(f"{file_url(site)}sea/Tides.html")
    phone.get_by_role("banner").get_by_role("button", name="Menu and folders").tap()
    drawer = phone.get_by_role("dialog", name="Menu and folders")
    expect(drawer.locator("[aria-current=page]")).to_have_text("Tides")
    phone.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    phone.get_by_role("banner").get_by_role("button", name="Menu and folders").tap()
    drawer.get_by_role("button", name="deep water").tap()
    drawer.get_by_role("link", name="Whales").tap()
    phone.wait_for_url("**/Whales-co.html")
    expect(phone.get_by_role("dialog")).to_have_count(0)


def test_the_drawer_of_a_phone_has_the_links_of_the_header(
    phone: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """In sight, however far down the folders the page lies; the header has no room for them. Each is wide enough."""
    phone.goto(f"{file_url(site)}log/Entry-307.html")
    links = phone.get_by_role("banner").locator(".site-nav a")
    expect(links.first).to_be_hidden()
    phone.locator(".folders-open").tap()
    drawer = phone.get_by_role("dialog")
    expect(drawer.locator(".explorer [aria-current=page]")).to_be_in_viewport()
    shown = drawer.locator(".drawer-nav a")
    assert shown.all_text_contents() == links.all_text_contents()
    for target in [*shown.all(), *drawer.locator("button").all(), drawer.locator(".folder-filter")]:
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    expect(shown.first).to_be_in_viewport()
    expect(drawer.locator(".folder-filter")).to_be_in_viewport()
    shown.first.tap()
    phone.wait_for_url("**/index.html")


def test_a_garden_without_folders_has_a_drawer_on_a_phone_only(
    phone: Page, page: Page, tmp_path: Path, file_url: Callable[[Path], str]
) -> None:
    """With the links alone; in a wide window the header has them, and no button for it."""
    flat = grow({"One.md": "# One\n\n[[Two]]\n", "Two.md": "# Two\n\n#tag\n"})
    write_pages(tmp_path, render(flat, load_theme(), config=Config(title="Flat"), search=None).values())
    phone.goto(f"{file_url(tmp_path)}One.html")
    phone.get_by_role("button", name="Menu").tap()
    drawer = phone.get_by_role("dialog", name="Menu")
    expect(drawer.get_by_role("link")).to_have_text(["Notes", "Tags"])
    expect(drawer.locator(".explorer")).to_have_count(0)
    drawer.get_by_role("button", name="Close").tap()
    expect(drawer).to_have_count(0)
    page.goto(f"{file_url(tmp_path)}One.html")
    expect(page.locator(".folders-open")).to_be_hidden()
    expect(page.get_by_role("banner").get_by_role("link", name="Tags")).to_be_visible()


def test_a_name_is_found_in_all_folders(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """By parts of its title and folder; the list is loaded with the first letter; Escape brings the folders back."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{file_url(site)}Start.html")
    page.keyboard.press("b")
    folders = page.get_by_role("navigation", name="Folders")
    field = folders.get_by_role("searchbox")
    assert "all.js" not in asked
    field.fill("WHÀLE deep")
    expect(folders.locator(".folder-found a")).to_have_text(["Whales & co sea/deep water"])
    expect(folders.get_by_role("button", name="sea")).to_be_hidden()
    field.fill("entry")
    expect(folders.locator(".folder-found p")).to_have_text("450 notes found")
    expect(folders.locator(".folder-found a")).to_have_count(100)
    field.press("ArrowDown")
    expect(folders.get_by_role("link", name="Entry 000")).to_be_focused()
    field.fill("nowhere")
    expect(folders.locator(".folder-found p")).to_have_text("0 notes found")
    field.press("Escape")
    expect(field).to_have_value("")
    expect(folders.get_by_role("button", name="sea")).to_be_visible()
    assert asked.count("all.js") == 1
    field.fill("hills")
    folders.get_by_role("link", name="Hills").click()
    page.wait_for_url("**/land/Hills.html")


def test_a_row_is_one_line_and_says_the_rest_when_rested_on(
    page: Page, tmp_path: Path, file_url: Callable[[Path], str]
) -> None:
    """Of a note and of a folder with a name longer than the column."""
    long = "A name that goes on and on until no column of any window could show all of it"
    garden = grow({f"{long}/{long} once more.md": "Text.\n", f"{long}/b.md": "Text.\n"})
    write_pages(tmp_path, render(garden, load_theme(), config=Config(title="Long"), search=None).values())
    page.goto(f"{file_url(tmp_path)}{'-'.join(long.split())}/b.html")
    page.keyboard.press("b")
    folders = page.get_by_role("navigation", name="Folders")
    line = folders.get_by_role("link", name="b", exact=True).bounding_box()
    assert line is not None
    for row, name in [
        (folders.get_by_role("button", name=long), long),
        (folders.get_by_role("link", name=f"{long} once more"), f"{long} once more"),
    ]:
        expect(row).to_have_attribute("title", name)
        box = row.bounding_box()
        assert box is not None
        assert box["height"] <= line["height"] + 2
    assert folders.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_a_folders_own_page_opens_that_folder(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Where no column is free, as a drawer."""
    page.goto(f"{file_url(site)}folders/sea.html")
    page.keyboard.press("b")
    drawer = page.get_by_role("dialog", name="Folders")
    expect(drawer.get_by_role("button", name="sea")).to_have_attribute("aria-expanded", "true")
