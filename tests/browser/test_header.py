"""The bar on top: away while one reads on, back with the first movement up, at every width, and nothing moves by it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from notegen.config import Config
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import grow, render
from tests.support.patience import await_true, fresh_page

LONG = "\n\n".join(f"## Part {n}\n\n" + "Water and wind. " * 60 for n in range(30))

SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A long note with contents, in a folder, and one that links to it."""
    folder: Path = tmp_path_factory.mktemp("header")
    garden = grow(
        {"sea/Long.md": f"# Long\n\n[[Short]]\n\n{LONG}\n", "Short.md": "# Short\n\n[[Long]] #tag\n"}
    )
    write_pages(folder, render(garden, load_theme(), config=Config(title="Sea"), search=None).values())
    return folder


def is_in_sight(page: Page) -> bool:
    """Whether the bar lies within the window, when it has come to rest."""
    await_true(page, "document.querySelector('.site-head').getAnimations().length === 0")
    return bool(page.evaluate("document.querySelector('.site-head').getBoundingClientRect().bottom > 1"))


def scroll(page: Page, to: int) -> None:
    """Scroll to a place, and wait until the page has heard of it."""
    page.evaluate(
        "to => new Promise(heard => { addEventListener('scroll', () => requestAnimationFrame(heard), { once: true });"
        " scrollTo({ top: to, behavior: 'instant' }); })",
        to,
    )


@pytest.mark.parametrize("width", [390, 820, 1280, 1920])
def test_it_comes_back_when_one_scrolls_up_and_nothing_else_moves(
    page: Page, site: Path, file_url: Callable[[Path], str], width: int
) -> None:
    """Away further down, there after a little way up, away again further down, and there at the top."""
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    page.goto(f"{file_url(site)}sea/Long.html")
    assert is_in_sight(page)
    scroll(page, 900)
    assert not is_in_sight(page)
    scroll(page, 860)
    assert is_in_sight(page)
    scroll(page, 1500)
    assert not is_in_sight(page)
    scroll(page, 0)
    assert is_in_sight(page)
    assert page.evaluate("window.shifts") == 0


def test_it_covers_no_heading_that_a_link_leads_to_and_no_focus(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Up the page too, where it comes back; what a key reaches in it is in sight."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{file_url(site)}sea/Long.html")
    scroll(page, 6000)
    page.locator(".toc a").nth(1).click()
    # It is scrolled to smoothly, and comes down from above.
    below = "document.querySelector('.site-head').getBoundingClientRect().bottom"
    await_true(page, f"document.querySelector('#part-1').getBoundingClientRect().top >= {below}")
    assert is_in_sight(page)
    bar, heading = page.locator(".site-head").bounding_box(), page.locator("#part-1").bounding_box()
    assert bar is not None
    assert heading is not None
    assert heading["y"] >= bar["y"] + bar["height"]
    scroll(page, 6000)
    assert not is_in_sight(page)
    page.locator(".site-name").focus()
    page.keyboard.press("Tab")
    assert is_in_sight(page)


def test_a_finger_is_asked_for_no_keys_and_has_wide_targets(
    phone: Page, page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """44 pixels in the bar and the foot; with a mouse, and so most likely with a keyboard, the keys are listed."""
    phone.goto(f"{file_url(site)}Short.html")
    keys = phone.locator("[data-action='shortcuts']")
    expect(keys).to_be_hidden()
    for target in phone.locator(".site-head :is(button, a), .site-foot button").all():
        box = target.bounding_box()
        if box is not None:
            assert box["height"] >= 44, target.evaluate("one => one.outerHTML")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    page.goto(f"{file_url(site)}Short.html")
    expect(page.locator("[data-action='shortcuts']")).to_be_visible()


MISSED = """() => {
    const rows = ":is(.entries, .counts, .cloud, .breadcrumbs, .archive :is(h2, h3), .entry-head) a, "
        + ".day-number, .pager a, .toc summary, .note-folds summary";
    const missed = [];
    for (const row of document.querySelectorAll(rows)) {
        if (!row.checkVisibility() || row.matches("span")) continue;
        row.scrollIntoView({ block: "center", behavior: "instant" });
        const box = row.getBoundingClientRect();
        for (const away of [-21, 21]) {
            const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2 + away);
            if (hit !== row && !row.contains(hit)) missed.push(`${row.outerHTML} ${away}`);
        }
    }
    return missed;
}"""
"""What stands in rows and is lower than 44 pixels to a finger."""


@pytest.mark.parametrize("url", ["index.html", "sea/Long.html", "Short.html", "folders/sea.html"])
def test_a_finger_meets_what_stands_in_rows(
    phone: Page, site: Path, file_url: Callable[[Path], str], url: str
) -> None:
    """44 pixels in lists, over and under the text too; where a name is lower, what is around it counts."""
    phone.goto(f"{file_url(site)}{url}")
    assert phone.evaluate(MISSED) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_without_scripts_a_narrow_window_has_all_links_of_the_header(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """There is no drawer then."""
    with fresh_page(browser, java_script_enabled=False, viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{file_url(site)}Short.html")
        expect(page.locator(".folders-open")).to_be_hidden()
        for link in page.get_by_role("banner").get_by_role("link").all():
            expect(link).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_tablet_held_upright_has_the_links_of_the_site_in_one_line(
    page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Beside a name of twenty letters."""
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto(f"{file_url(own_site)}index.html")
    page.locator(".site-name span").evaluate("name => { name.textContent = 'Notes of the harbour' }")
    links = page.locator(".site-nav a")
    assert links.count() == 4
    assert len(set(links.evaluate_all("all => all.map(link => link.getBoundingClientRect().top)"))) == 1
