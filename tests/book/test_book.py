"""Books of small gardens: what is in them, and how."""

import os
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from notegen.book import make_book
from notegen.book.contents import Entry, Order, contents_of, select_notes
from notegen.config import Config, find_config, load_config
from notegen.context import BuildContext
from notegen.load import load_garden
from notegen.model import Insights
from notegen.render.site import open_site
from notegen.theme import load_theme
from tests.support.golden import Case, check_case, read_cases, write_files

OPTIONS: dict[str, str] = {"--under": "folder", "--tag": "tag", "--order": "order"}


@pytest.mark.parametrize("case", read_cases("book"), ids=str)
def test_a_book_is_what_the_case_says(case: Case, tmp_path: Path, update_cases: bool) -> None:
    """`$ contents` lists its entries, `$ show FILE` a file of the EPUB, `$ html` the page of one file."""
    given, *questions = re.split(r"^\$ ", case.given, flags=re.MULTILINE)
    notes = tmp_path / "notes"
    write_files(given, notes)
    for path in notes.rglob("*"):
        os.utime(path, (0, 0))
    config = load_config(find_config(notes))
    context = BuildContext(notes, config, encoder=None)
    said = []
    for question in questions:
        words = shlex.split(question, comments=False)
        options = {OPTIONS[key]: value for key, value in pairwise(words) if key in OPTIONS}
        said += [f"$ {question.strip()}", *answers(words, context, options, tmp_path)]
    check_case(case, "\n".join(said), update=update_cases)


def answers(words: list[str], context: BuildContext, options: dict[str, str], folder: Path) -> Iterator[str]:
    """What the book says to a question."""
    order: Order = options.pop("order", "folder")  # type: ignore[assignment]  # a case's own word
    if words[0] == "contents":
        _, garden = load_garden(context)
        site = open_site(garden, Insights(), load_theme(), context.config or Config())
        yield from listed(contents_of(site, select_notes(garden, **options), order))
    elif words[0] == "show":
        make_book(context, folder / "book.epub", order=order, **options)
        with ZipFile(folder / "book.epub") as archive:
            yield body_of(archive.read(f"EPUB/{words[1]}").decode())
    else:
        make_book(context, folder / "book.html", order=order, **options)
        page = (folder / "book.html").read_text("utf-8")
        yield re.sub(r"<style>.*?</style>", "<style>…</style>", page, flags=re.DOTALL)


def listed(entries: tuple[Entry, ...], depth: int = 0) -> Iterator[str]:
    """A line for each entry, those in it below."""
    for entry in entries:
        yield f"{'  ' * depth}{entry.title}  <{entry.note or ''}>"
        yield from listed(entry.inside, depth + 1)


def body_of(text: str) -> str:
    """A document's body, or all of what has none."""
    found = re.search(r"<body[^>]*>\n(.*)</body>", text, re.DOTALL)
    return (found[1] if found else text).rstrip()
