"""Takes the pictures in README.md and notes/ again, of the site of notes/ in Chromium, opened from disk.

    python -m bench.pictures

Letters look as the fonts of the machine do; the pictures in the project were taken with Noto Serif and Noto Sans.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, FloatRect, Page

from bench.transfer import chromium

NOTES = Path(__file__).parent.parent / "notes"
PICTURES = NOTES / "images"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, what is done to it before, and how much of it is shown."""

    page: str
    arrange: Callable[[Page], FloatRect | None]
    """Brings the page into the state to show; returns what to cut out of it, None for all of the window."""
    theme: Literal["light", "dark"] = "light"
    width: int = 1280
    height: int = 800


def main() -> None:
    """Builds the notes and writes each picture over the one before."""
    with TemporaryDirectory() as folder, chromium() as browser:
        site = Path(folder) / "site"
        subprocess.run([sys.executable, "-m", "notegen", "build", NOTES, "-o", site, "--quiet"], check=True)
        for name, picture in PICTURED.items():
            _take(browser, site, picture, PICTURES / f"{name}.png")
            print(f"{name}.png: {(PICTURES / f'{name}.png').stat().st_size / 1000:.0f} kB", flush=True)


def _take(browser: Browser, site: Path, picture: Picture, to: Path) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.theme,
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = context.new_page()
    page.goto((site / picture.page).as_uri())
    page.evaluate("document.fonts.ready")
    clip = picture.arrange(page)
    page.screenshot(path=to, clip=clip) if clip else page.screenshot(path=to)
    context.close()


def _as_it_opens(page: Page) -> None:
    page.wait_for_timeout(300)


def _asked(page: Page) -> None:
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("mathematics")
    page.locator(".ns-hit").first.wait_for()
    page.wait_for_timeout(500)


def _related(page: Page) -> FloatRect:
    section = page.locator("section.similar")
    section.locator("summary").first.click()
    section.scroll_into_view_if_needed()
    box = section.bounding_box()
    assert box
    page.evaluate("top => scrollBy(0, top)", box["y"] - 24)
    box = section.bounding_box()
    assert box
    page.mouse.move(0, 0)
    return {"x": box["x"] - 32, "y": 0, "width": box["width"] + 64, "height": box["y"] + box["height"] + 24}


def _browsed(page: Page) -> None:
    page.locator(".folders-open").click()
    page.mouse.move(640, 790)
    page.wait_for_timeout(500)


def _drawn(page: Page) -> None:
    page.locator("canvas").first.wait_for()
    page.wait_for_timeout(500)


PICTURED: Mapping[str, Picture] = {
    "home": Picture("index.html", _as_it_opens),
    "note": Picture("how-it-works/query-table.html", _browsed, theme="dark"),
    "related": Picture("how-it-works/query-table.html", _related),
    "search": Picture("index.html", _asked),
    "map": Picture("map.html", _drawn),
}


if __name__ == "__main__":
    main()
