"""Prints what a reader waits for: bytes, requests, layout shift and first paint, of first pages and long notes.

And what a reader scrolls past: the share of a note's page that lies after the last word of its text, and the pixels to
the first note of the first page on a phone. And how many files a site has: of each vault, and of gardens of a few
notes, which are the first ones of the first vault that are neither very short nor very long.

    python -m bench.pages VAULT...

Each page is opened RUNS times, from disk and over HTTP with gzip, each time in a fresh Chromium profile with nothing
cached; the medians are printed. The host is this machine, so its times say what the browser needs, not what a network
adds. Bytes and requests are counted by the host until the page has come to rest, with nothing touched; from disk, the
same files are read.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.after_text import after_text
from bench.first_note import HEIGHT, WIDTH, pixels_to_first_note
from bench.transfer import chromium
from bench.usage import arguments
from notegen.build import build
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import find_config, load_config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from notegen.model import Url
from tests.support.static_host import Host, hosted

MODEL = bundled("models") / "all-MiniLM-L6-v2"
KEPT = Path("build/bench")
RUNS = 7
SMALL = (5, 12)
"""Notes of the gardens where everybody starts."""
USUAL_BYTES = range(500, 8_000)
"""Of their notes."""

KINDS = {".html": "HTML", ".css": "styles", ".js": "script"}

PAINTED = """() => new Promise(done => {
    let shift = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) shift += one.value })
        .observe({type: 'layout-shift', buffered: true});
    const first = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const wait = () => {
        if (first() === undefined) requestAnimationFrame(wait);
        else setTimeout(() => done([first(), shift]), 300);
    };
    wait();
})"""


@dataclass(frozen=True, slots=True)
class View:
    """One opening of a page: milliseconds to the first contentful paint, and how far things moved after (CLS)."""

    ms: float
    shift: float


@dataclass(frozen=True, slots=True)
class Page:
    """Medians of a page's openings, and what the host sent for one."""

    name: str
    sent: Mapping[str, int]
    """Bytes with gzip, by kind of file."""
    requests: int
    from_disk: View
    from_host: View


def main(vaults: Mapping[str, Path]) -> None:
    """One row a page, then one a garden and width, then one a garden."""
    shares: list[str] = []
    firsts: list[str] = []
    sizes: list[str] = []
    print("| page | HTML | styles | script | all kB | requests | shift | paint, disk | paint, HTTP |")
    print("|---|---|---|---|---|---|---|---|---|")
    with chromium() as browser, TemporaryDirectory() as folder:
        for number, (name, notes) in enumerate(vaults.items()):
            site = Path(folder) / str(number)
            build_site(notes, site)
            sizes.append(f"| {name} | {_size(site)} |")
            for title, url in {"first page": "index.html", "long note": longest_note(site)}.items():
                _print_row(measure(browser, site, url, f"{name}, {title}"))
            pixels = pixels_to_first_note(browser, site)
            firsts.append(f"| {name} | {pixels:,} | {pixels / HEIGHT:.1f} |")
            shares += (
                f"| {name} | {row.width} px | **{row.median:.0%}** | {row.over_half} of {row.pages} |"
                for row in after_text(browser, site)
            )
        for count in SMALL:
            few, site = Path(folder) / f"{count}-notes", Path(folder) / f"{count}-site"
            _copy_few(next(iter(vaults.values())), few, count)
            build_site(few, site)
            sizes.append(f"| {count} notes | {_size(site)} |")
    print("\n| notes of | window | of the page after the text, median | over half |\n|---|---|---|---|")
    print("\n".join(shares))
    print(f"\n| first page of | pixels to the first note at {WIDTH} px | screens |\n|---|---|---|")
    print("\n".join(firsts))
    print("\n| site of | files | MB |\n|---|---|---|")
    print("\n".join(sizes))


def build_site(notes: Path, site: Path) -> None:
    """Build the site of these notes as their settings say, with the vectors of earlier measurements."""
    with open_cache(KEPT / "vectors") as cache:
        config = load_config(find_config(notes))
        build(BuildContext(notes, config, load_encoder(MODEL), load_table(MODEL), cache=cache), site)


def _copy_few(vault: Path, folder: Path, count: int) -> None:
    folder.mkdir()
    usual = [path for path in sorted(vault.rglob("*.md")) if path.stat().st_size in USUAL_BYTES]
    for number, path in enumerate(usual[:count]):
        shutil.copyfile(path, folder / f"{number} {path.name}")


def _size(site: Path) -> str:
    files = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return f"{len(files):,} | {sum(files) / 1e6:.1f}"


def longest_note(site: Path) -> Url:
    """The URL of the note whose page is the largest file."""
    notes = [
        path for path in site.rglob("*.html") if '<main id="Text" class="note-page' in path.read_text("utf-8")
    ]
    return max(notes, key=lambda path: (path.stat().st_size, path.name)).relative_to(site).as_posix()


def measure(browser: Browser, site: Path, url: Url, name: str) -> Page:
    """The page, opened RUNS times each way."""
    disk = [_open(browser, f"{site.resolve().as_uri()}/{url}") for _ in range(RUNS)]
    with hosted(site) as host:
        web = [_open_hosted(browser, host, url) for _ in range(RUNS)]
        sent: dict[str, int] = {}
        for one in host.sent:
            kind = KINDS.get(Path(one.path).suffix or ".html", "other")
            sent[kind] = sent.get(kind, 0) + one.bytes
    return Page(name, sent, len(host.sent), _median(disk), _median(web))


def _open(browser: Browser, address: str) -> View:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address, wait_until="load")
    ms, shift = page.evaluate(PAINTED)
    context.close()
    return View(ms, shift)


def _open_hosted(browser: Browser, host: Host, url: Url) -> View:
    host.sent.clear()
    return _open(browser, host.url + url)


def _median(views: Sequence[View]) -> View:
    return View(median(view.ms for view in views), max(view.shift for view in views))


def _print_row(page: Page) -> None:
    kinds = [f"{page.sent.get(kind, 0) / 1000:.1f}" for kind in KINDS.values()]
    cells = [
        page.name,
        *kinds,
        f"**{sum(page.sent.values()) / 1000:.1f}**",
        str(page.requests),
        f"{max(page.from_disk.shift, page.from_host.shift):.3f}",
        f"{page.from_disk.ms:.0f} ms",
        f"{page.from_host.ms:.0f} ms",
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main({Path(name).name: Path(name) for name in arguments("pages VAULT...")})
