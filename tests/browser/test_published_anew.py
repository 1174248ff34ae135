"""A site that is published anew while somebody reads it: open pages go on, or say that the site has changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from tests.support.files import write_files
from tests.support.patience import await_true
from tests.support.static_host import Host

CONFIG = Config(title="Harbour", language="en")
BEFORE = {
    "index.md": "# Harbour\n\nSee [[Tides]] and [[Buoys]].\n",
    "sea/Tides.md": "# Tides\n\nThe water rises.\n",
    "sea/deep/Buoys.md": "# Buoys\n\nThey float.\n",
}
AFTER = BEFORE | {
    "sea/Tides.md": "# Tides\n\nThe water rises and falls again.\n",
    "sea/Whales.md": "# Whales\n\nThey sing.\n",
    "sea/deep/Eels.md": "# Eels\n\nThey wind.\n",
}
AN_HOUR = {"Cache-Control": "max-age=3600"}


def written(folder: Path, texts: dict[str, str], config: Config = CONFIG) -> Path:
    """The site of some notes, by words alone."""
    write_files(
        folder / "notes", {name: f"---\ndate: 2024-01-01\n---\n{text}" for name, text in texts.items()}
    )
    build(BuildContext(folder / "notes", config, encoder=None), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as the reader finds it."""
    return written(tmp_path_factory.mktemp("before"), BEFORE)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after an edit and two notes more."""
    return written(tmp_path_factory.mktemp("after"), AFTER)


@pytest.fixture(scope="module")
def of_later_version(tmp_path_factory: pytest.TempPathFactory, after: Path) -> Path:
    """The same as a later notegen would make it: other scripts and sheets, and an index that only these can read."""
    site = tmp_path_factory.mktemp("later") / "site"
    shutil.copytree(after, site)
    pieces = [*site.glob("notegen/*.????????.js"), *site.glob("notegen/*.????????.css")]
    moved = {one.name: one.name.replace(".", ".later.", 1) for one in pieces}
    for one in pieces:
        one.rename(one.with_name(moved[one.name]))
    for one in site.rglob("*.html"):
        text = one.read_text("utf-8")
        for name, later in moved.items():
            text = text.replace(name, later)
        one.write_text(text, "utf-8")
    pointer = site / "notegen/search.js"
    pointer.write_text(pointer.read_text("utf-8").replace('"format":', '"format":9'), "utf-8")
    return site


Publish = Callable[[Path], None]


@pytest.fixture
def published(tmp_path: Path, before: Path, served: Callable[..., Host]) -> tuple[Host, Publish]:
    """A host whose answers may be kept for an hour, and what puts another site there."""
    place = tmp_path / "published"
    shutil.copytree(before, place)

    def publish(site: Path) -> None:
        shutil.rmtree(place)
        shutil.copytree(site, place)

    return served(place, headers=AN_HOUR), publish


def forgiven(complaints: list[str]) -> None:
    """Takes out what the browser says of files that are gone."""
    assert {one for one in complaints if "404" not in one} == set()
    complaints.clear()


def test_an_edit_changes_only_the_pages_that_show_it(tmp_path: Path, before: Path) -> None:
    """Its own and the lists that hold its first words; no page names what is made of all notes, as previews are."""
    edited = written(tmp_path, BEFORE | {"sea/Tides.md": "# Tides\n\nThe water rises twice a day.\n"})
    pages = {path.relative_to(before).as_posix() for path in before.rglob("*.html")}
    changed = {page for page in pages if (before / page).read_bytes() != (edited / page).read_bytes()}
    assert changed == {"sea/Tides.html", "index.html", "dates/2024-01.html", "dates/2024-01-01.html"}
    assert not (edited / next(before.glob("notegen/previews/*")).relative_to(before)).exists()


def test_links_show_their_goals_as_they_are_now(
    page: Page, published: tuple[Host, Publish], after: Path, complaints: list[str]
) -> None:
    """Where the page, and the browser's cache, know of those that are gone."""
    host, publish = published
    page.goto(f"{host.url}sea/deep/Buoys.html")
    page.keyboard.press("b")
    expect(page.locator(".explorer")).to_be_visible()
    publish(after)
    other = page.context.new_page()
    other.goto(f"{host.url}index.html")
    for one, link in (
        (page, page.get_by_role("link", name="Harbour").last),
        (other, other.get_by_role("link", name="Tides").first),
    ):
        link.focus()
        one.keyboard.press("p")
    expect(page.locator(".popover")).to_contain_text("See Tides and Buoys")
    expect(other.locator(".popover")).to_contain_text("rises and falls again")
    forgiven(complaints)


def test_the_folders_go_on_with_those_of_now(
    page: Page, published: tuple[Host, Publish], after: Path, complaints: list[str]
) -> None:
    """A folder that cannot be opened any more brings the whole list as it is now; so does the field over it."""
    host, publish = published
    page.goto(f"{host.url}sea/Tides.html")
    page.keyboard.press("b")
    folders = page.locator(".explorer")
    expect(folders.get_by_role("link", name="Tides")).to_be_visible()
    publish(after)
    folders.get_by_role("button", name="deep").click()
    expect(folders.get_by_role("link", name="Whales")).to_be_visible()
    folders.get_by_role("button", name="deep").click()
    expect(folders.get_by_role("link", name="Eels")).to_be_visible()
    expect(folders.locator("[aria-current]")).to_have_text("Tides")
    folders.get_by_role("searchbox").fill("wha")
    expect(folders.locator(".folder-found a")).to_have_count(1)
    forgiven(complaints)


def test_an_index_that_the_page_cannot_read_asks_for_the_page_anew(
    page: Page, published: tuple[Host, Publish], of_later_version: Path, complaints: list[str]
) -> None:
    """The box was used before; with the page loaded anew it searches what is there."""
    host, publish = published
    page.goto(f"{host.url}index.html")
    page.keyboard.press("/")
    page.keyboard.type("rises")
    expect(page.get_by_role("option").first).to_contain_text("Tides")
    publish(of_later_version)
    page.get_by_role("combobox").fill("sing whales")
    hint = page.locator(".ns-hint")
    expect(hint).to_contain_text("The site has changed since this page was opened.")
    hint.get_by_role("button", name="Load the page anew").click()
    await_true(page, "document.documentElement?.innerHTML.includes('notegen.later.')")
    forgiven(complaints)


@pytest.mark.parametrize("key", ["/", "b", "?", "r"])
def test_a_script_that_is_gone_asks_for_the_page_anew(
    page: Page, published: tuple[Host, Publish], of_later_version: Path, complaints: list[str], key: str
) -> None:
    """Whatever the reader asked for first."""
    host, publish = published
    page.goto(f"{host.url}index.html")
    publish(of_later_version)
    page.keyboard.press(key)
    said = page.locator(".ns-lost" if key == "/" else ".changed")
    expect(said).to_contain_text("The site has changed since this page was opened.")
    assert said.get_attribute("role") == "alert"
    said.get_by_role("button", name="Load the page anew").click()
    await_true(page, "document.documentElement?.innerHTML.includes('notegen.later.')")
    forgiven(complaints)


@pytest.mark.parametrize(("key", "script"), [("/", "search"), ("?", "enhancements")])
def test_what_is_blocked_is_not_asked_for_anew_for_ever(
    page: Page, published: tuple[Host, Publish], complaints: list[str], key: str, script: str
) -> None:
    """A blocker looks like a site that has changed, until loading the page anew does not help."""
    host, _ = published
    page.route(f"**/{script}.*.js", lambda route: route.abort("blockedbyclient"))
    page.goto(f"{host.url}index.html")
    page.keyboard.press(key)
    said = page.locator(".ns-lost" if key == "/" else ".changed")
    said.get_by_role("button", name="Load the page anew").click()
    await_true(
        page, "performance.getEntriesByType('navigation')[0]?.type === 'reload' && Boolean(window.notegen)"
    )
    page.keyboard.press(key)
    expect(said).to_have_text("Part of this page still does not load: something in the browser may block it.")
    assert {one for one in complaints if "ERR_BLOCKED_BY_CLIENT" not in one} == set()
    complaints.clear()


def test_a_host_out_of_reach_is_no_site_that_has_changed(
    page: Page, published: tuple[Host, Publish], complaints: list[str]
) -> None:
    """On a train in a tunnel nothing is said of a change, and everything works again behind it."""
    host, _ = published
    page.goto(f"{host.url}index.html")
    page.context.set_offline(True)
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.locator(".ns-lost")).to_contain_text("Search did not load.")
    expect(page.locator(".changed")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    page.context.set_offline(False)
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("rises")
    expect(page.get_by_role("option").first).to_contain_text("Tides")
    assert {one for one in complaints if "ERR_INTERNET_DISCONNECTED" not in one} == set()
    complaints.clear()


def test_a_page_kept_longer_than_its_style_is_asked_for_anew(
    page: Page,
    tmp_path: Path,
    before: Path,
    of_later_version: Path,
    served: Callable[..., Host],
    complaints: list[str],
) -> None:
    """The browser has kept the page and nothing that it is shown with: it loads it anew by itself, once."""
    place = tmp_path / "site"
    shutil.copytree(before, place)
    kept = {".html": {"Cache-Control": "max-age=3600"}}
    host = served(place, headers=lambda path: kept.get(Path(path).suffix, {"Cache-Control": "no-store"}))
    page.goto(f"{host.url}index.html")
    page.goto(f"{host.url}sea/Tides.html")
    shutil.rmtree(place)
    shutil.copytree(of_later_version, place)
    page.get_by_role("link", name="Harbour").first.click()
    await_true(
        page, "document.documentElement?.innerHTML.includes('notegen.later.') && !!window.notegen?.search"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.site-head')).position") == "sticky"
    forgiven(complaints)


def test_a_page_whose_style_never_comes_is_loaded_anew_only_once(
    page: Page, tmp_path: Path, before: Path, served: Callable[..., Host], complaints: list[str]
) -> None:
    """A host that lost a file for good shows the page as well as it can."""
    place = tmp_path / "site"
    shutil.copytree(before, place)
    next(place.glob("notegen/style.*.css")).unlink()
    host = served(place)
    for number in (1, 2):
        page.goto(f"{host.url}index.html")
        await_true(page, "document.readyState === 'complete'")
        loads = [one for one in host.sent if one.path == "index.html"]
        assert len(loads) <= number + 1
    assert page.evaluate("sessionStorage.getItem('notegen-renewed')") == f"{host.url}index.html"
    expect(page.get_by_role("link", name="Tides").first).to_be_visible()
    forgiven(complaints)
