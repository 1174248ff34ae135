"""Books as e-readers want them: valid, the same bytes for the same notes, and replaced whole or not at all."""

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from notegen.book import make_book
from notegen.cache import open_cache
from notegen.config import Config, find_config, load_config
from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.load import load_garden
from notegen.markdown.hidden import ShownText
from tests.conftest import ROOT
from tests.support.epub import faults
from tests.support.files import write_files, write_named

GARDENS = [ROOT / "notes", *sorted((ROOT / "tests/gardens").iterdir())]


def context_of(notes: Path) -> BuildContext:
    """The notes with their own settings."""
    return BuildContext(notes, load_config(find_config(notes)), encoder=None)


@pytest.mark.parametrize("notes", GARDENS, ids=lambda path: path.name)
def test_the_book_of_a_garden_is_valid(notes: Path, tmp_path: Path) -> None:
    """A folder's too, in which many links lead nowhere."""
    with open_cache(tmp_path / "cache") as cache:  # so that notes are parsed once
        context = replace(context_of(notes), cache=cache)
        whole = make_book(context, tmp_path / "book.epub")
        folder = next(iter(load_garden(context)[1].folders))
        part = make_book(context, tmp_path / "part.epub", folder=folder, order="date")
    assert list(faults(tmp_path / "book.epub")) == []
    assert whole.notes == whole.of
    assert list(faults(tmp_path / "part.epub")) == []
    assert 0 < part.notes < whole.notes


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (
            lambda text: text.replace('"internal" href="n2.xhtml"', '"internal" href="n9.xhtml"'),
            "leads to n9.xhtml",
        ),
        (lambda text: text.replace('id="n1-x"', 'id="n1"'), "the id 'n1' is there twice"),
        (lambda text: text.replace("#n2-y", "#n2-z"), "a place that is not there, n2.xhtml#n2-z"),
        (lambda text: text.replace("<math", '<img src="a.png"/><math'), "shows a.png"),
        (lambda text: text.replace(' properties="mathml"', ""), "n1.xhtml is not said to have mathml"),
        (lambda text: text.replace('<itemref idref="n2"/>', ""), "a page is not in the spine"),
        (
            lambda text: text.replace('media-type="text/css"', 'media-type="image/png"'),
            "book.css is no image/png",
        ),
        (lambda text: text.replace('href="toc.ncx"', 'href="no.ncx"'), "manifest and files differ"),
    ],
)
def test_a_fault_is_found(spoil: Callable[[str], str], fault: str, tmp_path: Path) -> None:
    """By what looks for faults here."""
    notes = write_named(tmp_path / "notes", a_dot_md="## x\n$x$ [[b]] [[b#y]]\n", b_dot_md="## y\n")
    make_book(context_of(notes), tmp_path / "book.epub")
    assert list(faults(tmp_path / "book.epub")) == []
    with ZipFile(tmp_path / "book.epub") as good, ZipFile(tmp_path / "bad.epub", "w") as bad:
        for info in good.infolist():
            content = good.read(info)
            bad.writestr(
                info, content if info.filename.endswith(".png") else spoil(content.decode()).encode()
            )
    assert any(fault in one for one in faults(tmp_path / "bad.epub"))


@pytest.mark.parametrize("ending", ["epub", "html"])
def test_the_same_notes_give_the_same_bytes(ending: str, tmp_path: Path) -> None:
    """Wherever they lie, and whatever the disk says of their files but the day."""
    books = []
    for place in ("one", "another/place"):
        notes = tmp_path / place / "everything"
        shutil.copytree(ROOT / "tests/gardens/everything", notes)
        make_book(context_of(notes), tmp_path / place / f"book.{ending}")
        books.append((tmp_path / place / f"book.{ending}").read_bytes())
    assert books[0] == books[1]


def test_a_book_that_would_leak_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the place, without the words, and the old book stays as it was; nothing else is left behind."""
    notes = write_named(tmp_path / "notes", a_dot_md="# Harbour\n\nBoats.\n")
    book = tmp_path / "book.epub"
    make_book(context_of(notes), book)
    before = book.read_bytes()
    write_files(notes, {"a.md": "# Harbour\n\nShown %%the\n\npassword is Zwiebelturm%% here\n"})

    def show_all(md: object, text: str, **options: object) -> ShownText:
        return ShownText(text, tuple(text.split("\n")))

    monkeypatch.setattr("notegen.markdown.page.leave_out_hidden", show_all)
    for name in ("book.epub", "book.html"):
        with pytest.raises(NotegenError, match=r"the new book would show what is private.*`a\.md`, line 5"):
            make_book(context_of(notes), tmp_path / name)
    assert book.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.epub", "notes"]


def test_a_disk_that_refuses_leaves_the_old_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no half of a new one."""
    notes = write_named(tmp_path / "notes", a_dot_md="# Harbour\n")
    book = tmp_path / "book.epub"
    make_book(context_of(notes), book)
    before = book.read_bytes()
    write_files(notes, {"a.md": "# Pier\n"})

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("notegen.book.epub.shutil.copyfileobj", refuse)
    with pytest.raises(NotegenError, match="cannot be written: No space left on device"):
        make_book(context_of(notes), book)
    assert book.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.epub", "notes"]


@pytest.mark.parametrize(("title", "has_cover"), [("Harbour & Sea", True), ("海", False), ("📚", False)])
def test_a_book_has_a_cover_where_its_title_can_be_drawn(title: str, has_cover: bool, tmp_path: Path) -> None:
    """A title without letters has none either."""
    notes = write_named(tmp_path / "notes", a_dot_md="# a\n")
    make_book(BuildContext(notes, Config(title=title), encoder=None), tmp_path / "book.epub")
    with ZipFile(tmp_path / "book.epub") as archive:
        assert ("EPUB/cover.png" in archive.namelist()) == has_cover
        assert (b'properties="cover-image"' in archive.read("EPUB/package.opf")) == has_cover
    assert list(faults(tmp_path / "book.epub")) == []


def test_a_link_to_a_book_stays_one(tmp_path: Path) -> None:
    """What it leads to is replaced."""
    notes = write_named(tmp_path / "notes", a_dot_md="# Harbour\n")
    (tmp_path / "book.epub").symlink_to(tmp_path / "shelf.epub")
    make_book(BuildContext(notes, Config(), encoder=None), tmp_path / "book.epub")
    assert (tmp_path / "book.epub").is_symlink()
    assert list(faults(tmp_path / "shelf.epub")) == []
