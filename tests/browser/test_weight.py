"""What a page costs its reader: `python -m bench pages` measures real gardens; here it may not grow unseen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.patience import await_frames
from tests.support.static_host import Host

COUNT_SHIFTS = """
    window.shift = 0;
    const observer = new PerformanceObserver(list => count(list.getEntries()));
    const count = entries => { for (const one of entries) shift += one.value };
    observer.observe({type: 'layout-shift'});
    window.shiftSoFar = () => { count(observer.takeRecords()); return shift };
"""


@pytest.mark.parametrize(
    ("name", "url"), [("own", "index.html"), ("own", "reference/problems.html"), ("full", "Everything.html")]
)
def test_a_page_is_light_and_stays_where_it_is(
    name: str, url: str, request: pytest.FixtureRequest, page: Page, served: Callable[[Path], Host]
) -> None:
    """Under 60 kB with gzip, styles and script included, in a few requests, and nothing moves once it is painted."""
    host = served(request.getfixturevalue(f"{name}_site"))
    page.add_init_script(COUNT_SHIFTS)
    page.goto(host.url + url, wait_until="networkidle")
    await_frames(page)
    assert page.evaluate("shiftSoFar()") == 0
    text = [sent for sent in host.sent if Path(sent.path).suffix in (".html", ".css", ".js")]
    assert sum(sent.bytes for sent in text) < 60_000, text
    assert len(text) <= 6, text


def test_a_page_that_moves_is_seen(page: Page) -> None:
    """A box that grows over the text after it was painted."""
    page.set_content(
        "<!doctype html><div id=a></div><p style='height: 200px; background: red'>text</p>"
        f"<script>{COUNT_SHIFTS}</script>"
    )
    await_frames(page)
    assert page.evaluate("shiftSoFar()") == 0
    page.evaluate("a.style.height = '300px'")
    await_frames(page)
    assert page.evaluate("shiftSoFar()") > 0
