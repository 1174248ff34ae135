"""How much of a note's page lies after the last word of its text: what readers scroll past who came to read."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from notegen.model import Url

NOTES = 40
"""Notes looked at in each garden, drawn at random with a seed, so that each run looks at the same."""
WIDTHS = {390: 844, 1280: 800}
"""Windows, by width: their heights."""

SHARE = """() => {
    const whole = document.documentElement.scrollHeight;
    const text = document.querySelector('.note-page .prose').getBoundingClientRect();
    return (whole - text.bottom - scrollY) / whole;
}"""


@dataclass(frozen=True, slots=True)
class AfterText:
    """Of the pages of one garden at one width: how large a share of the page comes after its text."""

    width: int
    median: float
    over_half: int
    """Pages of which that is more than half."""
    pages: int


def after_text(browser: Browser, site: Path) -> list[AfterText]:
    """The shares in NOTES of the site's notes, a row a width; a page is at least as high as its window."""
    chosen = random_notes(site)
    return [_at_width(browser, site, chosen, width) for width in WIDTHS]


def random_notes(site: Path) -> Sequence[Url]:
    """Some of the pages of notes, the same at each call."""
    urls = sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if '<main id="Text" class="note-page' in path.read_text("utf-8")
    )
    return random.Random(NOTES).sample(urls, min(NOTES, len(urls)))


def _at_width(browser: Browser, site: Path, urls: Sequence[Url], width: int) -> AfterText:
    page = browser.new_page(viewport={"width": width, "height": WIDTHS[width]})
    shares: list[float] = []
    for url in urls:
        page.goto(f"{site.resolve().as_uri()}/{url}", wait_until="load")
        shares.append(page.evaluate(SHARE))
    page.close()
    return AfterText(width, median(shares), sum(share > 0.5 for share in shares), len(shares))
