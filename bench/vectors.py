"""Tries to make pages run a script or ask another host: each attempt of tests/support/vectors.py in a note of its own.

    python -m bench.vectors [TOGETHER]

The suite tries the same attempts many to a note (or TOGETHER), where one that stays open can hide the next. Opens every
page from disk in Chromium and in Firefox, rests on everything and presses it, asks every payload as a question, and
prints what ran, was asked or had to be refused.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import quote

from bench.transfer import chromium
from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from notegen.model import Audit
from tests.support.firefox import find_firefox, started
from tests.support.vectors import SCRIPTS, attempts, garden
from tests.support.watched_page import firefox_watched, open_in_firefox, watch


def main(together: int = 1) -> int:
    """Print what was seen and the counts; gives how much was seen."""
    with TemporaryDirectory() as folder, chromium() as browser:
        notes, site = Path(folder) / "notes", Path(folder) / "site"
        for name, content in garden(together=together).items():
            file = notes / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(
                content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            )
        # All of it is to be seen.
        with patch("notegen.build.prepared_audit", lambda *_, **__: lambda *_: Audit(0, 0, ())):
            build(BuildContext(notes, Config(), None, None), site)
        pages = [page.as_uri() for page in sorted(site.rglob("*.html")) if "<main" in page.read_text("utf-8")]
        questions = [f"{(site / 'other.html').as_uri()}?q={quote(payload, safe='')}" for payload in SCRIPTS]
        watched = watch(browser)
        for address in (*pages, *questions):
            watched.open(address)
        print(*watched.seen, sep="\n")
        others = seen_by_firefox([*pages, *questions])
        names = {attempt.name for attempt in attempts()}
        print(
            f"{len(names)} attempts, {len(pages)} pages and {len(questions)} questions: "
            f"{len(watched.seen)} seen in Chromium, {others} in Firefox"
        )
        return len(watched.seen) + others


def seen_by_firefox(addresses: list[str]) -> int:
    """Print what is seen there, and give how much; a tab is used for a hundred pages."""
    executable, seen = find_firefox(), 0
    if executable is None:
        raise SystemExit("no Firefox on this machine")
    with started(executable) as firefox, firefox_watched(firefox):
        for first in range(0, len(addresses), 100):
            with firefox.page() as page:
                for address in addresses[first : first + 100]:
                    found = open_in_firefox(page, address)
                    print(*found, sep="\n", end="\n" if found else "")
                    seen += len(found)
    return seen


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
