"""What is left of a page without scripts, and on paper: all that is to be read, and nothing that does not work."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.patience import fresh_page
from tests.support.specimen_pages import specimens
from tests.support.static_host import Host

DEAD = """() => {
    const seen = element => element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
    const shown = Array.from(document.body.querySelectorAll('*')).filter(seen);
    const named = element => element.outerHTML.slice(0, 120);
    const found = [];
    for (const element of shown) {
        if (element.matches('button, select, textarea, canvas, input:not([disabled]), .needs-script'))
            found.push(`does nothing: ${named(element)}`);
        if (element.matches('img') && !(element.complete && element.naturalWidth))
            found.push(`shows nothing: ${named(element)}`);
        if (element.matches('section, nav, aside, header, footer, ul, ol, dl, table, details, figure, h1, h2, h3')
            && !element.innerText.trim() && !element.querySelector('img, svg, video, audio, object, math'))
            found.push(`is empty: ${named(element)}`);
        if (element.matches('a') && !element.hasAttribute('href') && !element.classList.contains('missing'))
            found.push(`leads nowhere: ${named(element)}`);
    }
    if (!document.querySelector('main')?.innerText.trim()) found.push('has no text');
    if (document.documentElement.scrollWidth > innerWidth) found.push('is wider than the window');
    return found;
}"""
"""Lists what a page offers and cannot keep."""


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    with fresh_page(browser, java_script_enabled=False, viewport={"width": 1280, "height": 800}) as page:
        yield page


@pytest.mark.promise("whole without a script")
@pytest.mark.parametrize("name", ["own", "full"])
def test_a_page_of_every_kind_works_without_scripts(
    name: str, request: pytest.FixtureRequest, plain: Page, file_url: Callable[[Path], str]
) -> None:
    """On a desktop and on a phone: text and pictures are shown, nothing dead is offered, and no box is empty."""
    site: Path = request.getfixturevalue(f"{name}_site")
    found = []
    for url in specimens(site):
        plain.goto(file_url(site) + url)
        for width in (1280, 390):
            plain.set_viewport_size({"width": width, "height": 800})
            found += [f"{url}, {width}: {one}" for one in plain.evaluate(DEAD)]
    assert found == []


def test_what_folds_opens_without_scripts(
    plain: Page, full_site: Path, file_url: Callable[[Path], str]
) -> None:
    """A folded callout, raw details, the contents on a phone; and links lead on."""
    plain.set_viewport_size({"width": 390, "height": 800})
    plain.goto(f"{file_url(full_site)}Everything.html")
    expect(plain.get_by_text("Opens.")).to_be_hidden()
    plain.get_by_text("Folded", exact=True).click()
    expect(plain.get_by_text("Opens.")).to_be_visible()
    contents = plain.locator(".toc")
    contents.locator("summary").click()
    contents.get_by_role("link", name="Formulas").click()
    expect(plain.get_by_role("heading", name="Formulas")).to_be_in_viewport()
    plain.locator(".prose").get_by_role("link", name="Harbour").first.click()
    expect(plain.get_by_role("heading", level=1, name="Harbour")).to_be_visible()


def test_a_page_that_moved_sends_its_reader_on_without_scripts(
    plain: Page, full_site: Path, file_url: Callable[[Path], str]
) -> None:
    """From the address that the note had before."""
    plain.goto(f"{file_url(full_site)}old/everything.html")
    plain.wait_for_url("**/Everything.html")


def test_the_404_page_has_its_looks_and_its_way_home_without_scripts(
    plain: Page, full_site: Path, served: Callable[[Path], Host]
) -> None:
    """Where the site lies at the root of its host; without scripts, a page cannot find out that it does not."""
    plain.goto(f"{served(full_site).url}no-such.html")
    expect(plain.get_by_role("heading", level=1)).to_be_visible()
    assert plain.evaluate("getComputedStyle(document.body).display") == "flex"
    assert plain.evaluate(DEAD) == []


FOLDED = """() => Array.from(document.querySelectorAll('main details > :not(summary)'))
    .filter(one => !one.checkVisibility({contentVisibilityAuto: true}) && !one.closest('.embedding-card, .toc'))
    .map(one => one.outerHTML.slice(0, 120))"""


def test_paper_shows_everything_open_and_where_links_lead(
    page: Page, full_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Folded callouts, raw details and properties; addresses after links that lead out of the site."""
    page.goto(f"{file_url(full_site)}Everything.html")
    folded = page.get_by_text("Opens.")
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
    assert page.evaluate(FOLDED) == []
    after = "link => getComputedStyle(link, '::after').content"
    outward = page.locator(".prose a[href='https://example.org/']").first
    assert "https://example.org/" in outward.evaluate(after)
    assert page.locator(".prose").get_by_role("link", name="Harbour").first.evaluate(after) == "none"


@pytest.mark.parametrize(
    "url", ["index.html", "writing/links.html", "map.html", "calendar.html", "tags.html"]
)
def test_paper_has_no_chrome_and_dark_ink(
    url: str, page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Also for a reader who has chosen the dark theme on the screen; and no page is wider than its paper."""
    page.goto(f"{file_url(own_site)}{url}")
    page.get_by_role("button", name="Dark theme").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1000})  # A4 with margins, at 96 to the inch
    for chrome in (".site-head", ".site-foot", ".skip-link", ".pager", "canvas", "button"):
        for one in page.locator(chrome).all():
            expect(one).to_be_hidden()
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(int(part) for part in ink.removeprefix("rgb(").removesuffix(")").split(",")) < 64, ink
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 690


@pytest.mark.parametrize("url", ["map.html", "graph.html", "drift.html", "tags.html"])
def test_lists_stand_under_their_heading_without_a_picture(
    url: str, browser: Browser, page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """On paper, and without scripts in a wide window."""
    page.goto(f"{file_url(own_site)}{url}")
    page.emulate_media(media="print")
    with fresh_page(browser, java_script_enabled=False, viewport={"width": 1440, "height": 900}) as without:
        without.goto(f"{file_url(own_site)}{url}")
        for one in (page, without):
            boxes = [one.locator(part).first.bounding_box() for part in ("h1", ".listing")]
            assert len({box["x"] for box in boxes if box}) == 1


def test_a_page_becomes_a_pdf(page: Page, full_site: Path, file_url: Callable[[Path], str]) -> None:
    """Of a few pages, with its contents by headings."""
    page.goto(f"{file_url(full_site)}Everything.html")
    made = page.pdf(format="A4", outline=True, tagged=True)
    assert made.startswith(b"%PDF-")
    assert 3 <= made.count(b"/Type /Page\n") <= 12
