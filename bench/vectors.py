"""Tries to make pages run a script or ask another host: each attempt of tests/support/vectors.py in a note of its own.

    python -m bench.vectors [TOGETHER]

The suite tries the same attempts many to a note (or TOGETHER), where one that stays open can hide the next. Opens every
page from disk in Chromium, rests on everything and presses it, and prints what ran, was asked or had to be refused.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.transfer import chromium
from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from tests.support.vectors import attempts, garden
from tests.support.watched_page import watch


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
        build(BuildContext(notes, Config(), None, None), site)
        watched = watch(browser)
        pages = [page for page in sorted(site.rglob("*.html")) if "<main" in page.read_text("utf-8")]
        for page in pages:
            watched.open(page.as_uri())
        print(*watched.seen, sep="\n")
        names = {attempt.name for attempt in attempts()}
        print(f"{len(names)} attempts, {len(pages)} pages in Chromium, {len(watched.seen)} seen")
    return len(watched.seen)


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
