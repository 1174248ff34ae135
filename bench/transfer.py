"""What a search costs in Chromium over HTTP with gzip: bytes and requests as the browser counted them, and time.

Bytes are of bodies as they came over the wire, without headers: the browser's `encodedBodySize` of every script and
every other file that the page or a worker of it loaded; pages, styles and pictures are left out. The host counts too,
and both must agree.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from hatch_build import node_executable
from tests.support.chromium import FLAGS, find_chromium
from tests.support.static_host import Host

LOADED = """() => performance.getEntriesByType('resource')
    .filter(one => !['link', 'css', 'img', 'navigation'].includes(one.initiatorType))
    .map(one => one.encodedBodySize)"""

UNCOUNTED = ("", ".html", ".css", ".svg", ".png", ".ico", ".woff2")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one search: bytes, requests, and milliseconds until the promise of its hits is kept."""

    bytes: int
    requests: int
    ms: float
    kinds: Mapping[str, int]
    """Bytes by kind of file."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Of a page's first search, of the next one, and the milliseconds of the first again, its files being there."""

    first: Cost
    later: Cost
    warm: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, until the block ends."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_executable())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(with_windows=True), args=FLAGS)
        yield browser
        browser.close()


def measure(
    browser: Browser,
    host: Host,
    page_url: str,
    ask: str,
    queries: tuple[str, str],
    kind: Callable[[str], str],
) -> Costs:
    """The costs of two different queries on a fresh page.

    Args:
        browser: any.
        host: where the page is.
        page_url: relative to the host's root.
        ask: a script's function from the query to the promise of hits.
        queries: the first one and the next.
        kind: names the kind of a file by its path.
    """
    context = browser.new_context()
    page = context.new_page()
    host.sent.clear()
    page.goto(host.url + page_url, wait_until="networkidle")
    first = _ask(page, host, ask, queries[0], kind, seen=0)
    later = _ask(page, host, ask, queries[1], kind, seen=len(host.sent))
    warm = _ask(page, host, ask, queries[0], kind, seen=len(host.sent))
    assert warm.requests == 0, f"{queries[0]!r} loaded files again"
    context.close()
    return Costs(first, later, warm.ms)


def _ask(page: Page, host: Host, ask: str, query: str, kind: Callable[[str], str], *, seen: int) -> Cost:
    ms = page.evaluate(
        f"async text => {{ const start = performance.now(); await ({ask})(text); return performance.now() - start }}",
        query,
    )
    counted = _counted(page, host)
    sent = [one for one in host.sent[seen:] if _counts(one.path)]
    kinds: Counter[str] = Counter()
    for one in sent:
        kinds[kind(one.path)] += one.bytes
    assert counted == sum(one.bytes for one in host.sent if _counts(one.path))
    return Cost(sum(kinds.values()), len(sent), ms, kinds)


def _counted(page: Page, host: Host) -> int:
    """Bytes that the browser says it has loaded in all; it says so a moment after a file is there."""
    end = time.monotonic() + 5
    while True:
        loaded = [*page.evaluate(LOADED), *chain.from_iterable(one.evaluate(LOADED) for one in page.workers)]
        sent = [one for one in host.sent if _counts(one.path)]
        if len(loaded) == len(sent) or time.monotonic() > end:
            return sum(loaded)
        time.sleep(0.02)


def _counts(path: str) -> bool:
    return Path(path).suffix not in UNCOUNTED
