"""Nothing private is in any byte of a book."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from notegen.book import make_book
from notegen.config import Config
from notegen.context import BuildContext
from tests.support.files import write_files
from tests.support.leak_filters import PLANTED, write
from tests.support.leak_gardens import sow
from tests.support.leaks import leaks
from tests.support.locked_garden import CONFIG, SECRETS, write_garden

GARDENS = 12
_NAMESPACE = re.compile(rb"http://www\.w3\.org/\d{4}/")


def files_of(book: Path) -> dict[str, bytes]:
    """What a book holds, by name; but for the names of XML's vocabularies, in which there are years."""
    if book.suffix == ".html":
        return {book.name: _NAMESPACE.sub(b"", book.read_bytes())}
    with ZipFile(book) as archive:
        return {name: _NAMESPACE.sub(b"", archive.read(name)) for name in archive.namelist()}


@pytest.mark.parametrize("ending", ["epub", "html"])
@pytest.mark.parametrize("number", range(GARDENS))
def test_no_secret_of_a_random_garden_is_in_its_book(number: int, ending: str, tmp_path: Path) -> None:
    """And what is public is."""
    garden = sow(number)
    notes = write_files(tmp_path / "notes", garden.files)
    book = tmp_path / f"book.{ending}"
    make_book(BuildContext(notes, Config(), encoder=None), book)
    files = files_of(book)
    assert leaks(files, garden.secrets) == {}
    everything = b"".join(files.values()).decode("utf-8", "replace").lower()
    assert [word for word in garden.shown if word not in everything] == []


def test_no_way_to_be_private_is_in_a_book(tmp_path: Path) -> None:
    """All that are known, in one garden."""
    write(tmp_path / "notes", *PLANTED)
    make_book(BuildContext(tmp_path / "notes", Config(), encoder=None), tmp_path / "book.epub")
    assert leaks(files_of(tmp_path / "book.epub"), [one.secret for one in PLANTED]) == {}


def test_encrypted_notes_are_left_out_and_counted(tmp_path: Path) -> None:
    """Without a password, which a book has no use for."""
    write_garden(tmp_path / "notes")
    for ending in ("epub", "html"):
        book = tmp_path / f"book.{ending}"
        made = make_book(BuildContext(tmp_path / "notes", replace(CONFIG), encoder=None), book)
        assert leaks(files_of(book), SECRETS) == {}
        assert made.encrypted > 2
        assert made.notes == made.of > 2
