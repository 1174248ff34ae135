"""Prints what is wrong with whole sites, which should be nothing: links, validity, accessibility, requests to others.

    python -m bench.proofs VAULT...

Every page is crawled and validated; of each kind and for each thing that a page can hold, one is shown to axe-core in
all of LOOKS. What raw HTML in a note does wrong is the note's own, and is counted with the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.pages import build_site
from bench.transfer import chromium
from bench.usage import arguments
from notegen.model import Url
from tests.support.axe import LOOKS, violations
from tests.support.html_validator import invalid
from tests.support.link_checker import faults
from tests.support.specimen_pages import specimens

AT_ONCE = 500
"""Pages that the validator is given in one go: a command line holds no more."""


def main(vaults: Mapping[str, Path]) -> None:
    """One row a site, and after it what was found, a line each."""
    print("| site | pages | broken | invalid | pages shown to axe | looks | violations |")
    print("|---|---|---|---|---|---|---|")
    found: list[str] = []
    with chromium() as browser, TemporaryDirectory() as folder:
        for number, (name, notes) in enumerate(vaults.items()):
            site = Path(folder) / str(number)
            build_site(notes, site)
            pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
            shown = specimens(site)
            broken, wrong = faults(site), _invalid(site, pages)
            seen = list(_violations(browser, site, shown))
            cells = [name, f"{len(pages):,}", *map(len, (broken, wrong, shown, LOOKS, seen))]
            print(f"| {' | '.join(map(str, cells))} |", flush=True)
            found += [f"{name}: {line}" for line in (*broken, *wrong, *seen)]
    print("", *found, sep="\n")


def _invalid(site: Path, pages: Sequence[Url]) -> list[str]:
    rest = iter(pages)
    parts = iter(lambda: list(islice(rest, AT_ONCE)), [])
    return [line for part in parts for line in invalid(site, part)]


def _violations(browser: Browser, site: Path, urls: Sequence[Url]) -> Iterator[str]:
    page = browser.new_context().new_page()
    for url in urls:
        page.goto(f"{site.resolve().as_uri()}/{url}")
        yield from (f"{url}: {line}" for line in violations(page))


if __name__ == "__main__":
    main({Path(name).name: Path(name) for name in arguments("proofs VAULT...")})
