"""A file of the site of which the disk says what it said is not read again."""

import os
from pathlib import Path

import pytest

from notegen.model import KnownFile, OutputFile
from notegen.page_data import digest_of
from notegen.write import MARK, FileStamps, write_site

LONG_AGO = 1_500_000_000


def site(**contents: str) -> list[OutputFile]:
    """Pages by name, and the mark of a site."""
    pages = [OutputFile(f"{name}.html", text.encode()) for name, text in contents.items()]
    return [*pages, OutputFile(MARK, b"{}")]


def built(out: Path, files: list[OutputFile], kept: bytes = b"") -> bytes:
    """Writes a site; gives the stamps that last."""
    stamps = FileStamps(kept)
    write_site(files, out, stamps=stamps)
    return stamps.lasting()


def aged(out: Path) -> None:
    """As if all files had been written long ago."""
    for path in out.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def test_a_file_that_nobody_touched_is_not_read(tmp_path: Path) -> None:
    """It is known by what the disk says, its time too: one that was put back is not told apart."""
    out = tmp_path / "site"
    built(out, site(a="old", b="old"))
    aged(out)
    kept = built(out, site(a="old", b="old"))
    assert kept
    (out / "a.html").write_text("odd")
    (out / "b.html").write_text("odd")
    os.utime(out / "a.html", (LONG_AGO, LONG_AGO))
    assert built(out, site(a="old", b="old"), kept) != kept
    assert (out / "a.html").read_text() == "odd"
    assert (out / "b.html").read_text() == "old"
    built(out, site(a="old", b="old"))
    assert (out / "a.html").read_text() == "old"


def test_a_file_that_is_to_hold_something_else_is_written(tmp_path: Path) -> None:
    """Whatever the disk says of the one before; and one of another address with the same bytes."""
    out = tmp_path / "site"
    built(out, site(a="old", b="one"))
    aged(out)
    kept = built(out, site(a="old", b="one"))
    built(out, site(a="new", b="old", c="one"), kept)
    assert {path.name: path.read_text() for path in out.glob("*.html")} == {
        "a.html": "new",
        "b.html": "old",
        "c.html": "one",
    }


def test_files_that_were_just_written_are_read_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another change within two seconds could leave them looking the same; here within a day, which no build takes."""
    monkeypatch.setattr("notegen.write.file_stamps.RACY_NS", 86_400 * 10**9)
    out = tmp_path / "site"
    assert built(out, site(a="old")) == b""
    aged(out)
    kept = built(out, site(a="old"))
    assert built(out, site(a="old"), kept) == kept
    assert len(built(out, site(a="new"), kept)) < len(kept)


def test_a_known_file_is_neither_made_nor_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the site has another."""
    out = tmp_path / "site"

    def never() -> bytes:
        raise AssertionError("made")

    known = KnownFile("a.html", digest_of(b"old"), 3, never)
    built(out, site(a="old"))
    aged(out)
    kept = built(out, [known, *site()])
    with monkeypatch.context() as patched:
        patched.setattr("notegen.write.fill._status_if_unchanged", lambda *_: None)
        assert built(out, [known, *site()], kept)
    os.utime(out / "a.html")
    built(out, [known, *site()], kept)
    (out / "a.html").write_text("odd")
    with pytest.raises(AssertionError, match="made"):
        built(out, [known, *site()], kept)
