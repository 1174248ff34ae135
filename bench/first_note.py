"""How far down the first page its first note is: what readers scroll past on a phone before there is one."""

from pathlib import Path

from playwright.sync_api import Browser

WIDTH, HEIGHT = 390, 844
"""The window of a phone."""

FIRST = """() => {
    const links = document.querySelectorAll('.home-page :is(.entries a, .opening a.internal)');
    const first = Array.from(links).find(link => link.getClientRects().length);
    return first ? Math.round(first.getBoundingClientRect().top + scrollY) : -1;
}"""
"""The top of the first link to a note, one of those in the opening text too."""


def pixels_to_first_note(browser: Browser, site: Path) -> int:
    """From the top of the first page; -1 where it leads to no note."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto(f"{site.resolve().as_uri()}/index.html", wait_until="load")
    pixels: int = page.evaluate(FIRST)
    page.close()
    return pixels
