"""Files that are put into the new folder before it is known which of them stay: the site is the same as without."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from notegen.errors import NotegenError
from notegen.model import FileDigests, OutputFile
from notegen.temporary import remove_temporary_folders
from notegen.write import MARK, FileStamps, NewSite, write_site
from notegen.write.second_names import Naming
from notegen.write.staging import Staging
from tests.support.folding_disk import fold_names

NAMES = ("a.html", "b.html", "c", "c/d.html", "c/e/f.html", "g/h.html", "g/h.html.js", "i/j/k", "i")


def at_once(job: Any) -> Callable[[], Any]:
    """As another process would that has done it long before it is asked."""
    made = job(None)
    return lambda: made


def late(job: Any) -> Callable[[], Any]:
    """As where the other process is gone before it began."""
    return lambda: job(None)


def halfway(job: Any) -> Callable[[], Any]:
    """As where it is killed when some files have their names."""
    for path in sorted(job.old.glob("*.html")):
        os.link(path, job.new / path.name)
    return lambda: job(None)


def some_site(chance: Random) -> list[OutputFile]:
    """Files of which some are there, with one of few contents; no file lies where another's folder is."""
    found: dict[str, OutputFile] = {MARK: OutputFile(MARK, b"{}")}
    for name in chance.sample(NAMES, chance.randrange(len(NAMES))):
        if not any(one.startswith(f"{name}/") or name.startswith(f"{one}/") for one in found):
            found[name] = OutputFile(name, chance.choice((b"one", b"two", b"three")))
    return [found[name] for name in sorted(found)]


def everything(folder: Path) -> dict[str, bytes | None]:
    """All files of a folder, and all folders in it."""
    paths = sorted(folder.rglob("*"))
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in paths}


def aged(folder: Path) -> None:
    """As if all files had been written long ago."""
    for path in folder.rglob("*"):
        os.utime(path, (1_500_000_000, 1_500_000_000))


@pytest.mark.parametrize("elsewhere", [at_once, late, halfway])
@pytest.mark.parametrize("seed", range(4))
def test_any_site_after_any_other_is_the_same(tmp_path: Path, seed: int, elsewhere: Any) -> None:
    """Files and folders that come, go and change places; what stays is the same file, and known by its stamp."""
    chance, kept = Random(seed), b""
    ahead, plain = tmp_path / "ahead", tmp_path / "plain"
    for _ in range(12):
        files = some_site(chance)
        before = {path: path.stat() for path in ahead.rglob("*") if path.is_file()}
        held = {path: path.read_bytes() for path in before}
        stamps = FileStamps(kept)
        with NewSite(ahead) as new:
            new.name_ahead(elsewhere)
            written = new.write(files, stamps=stamps)
        assert written.files == write_site(files, plain).files
        assert everything(ahead) == everything(plain)
        assert [path.name for path in sorted(tmp_path.iterdir())] == ["ahead", "plain"]
        for path, status in before.items():
            if held[path] == (path.read_bytes() if path.is_file() else None):
                assert path.stat().st_ino == status.st_ino
        aged(ahead)
        stamps = FileStamps()
        write_site(files, ahead, stamps=stamps)
        kept = stamps.lasting()


def test_what_a_file_holds_is_not_asked_of_one_that_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is what is saved: no name is given to it, and it is not read."""
    site, files = tmp_path / "site", [OutputFile("a.html", b"one"), OutputFile(MARK, b"{}")]
    stamps = FileStamps()
    write_site(files, site)
    aged(site)
    write_site(files, site, stamps=stamps)
    with NewSite(site) as new:
        new.name_ahead(at_once)

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a name is given twice")

        monkeypatch.setattr(os, "link", refuse)
        new.write(files, stamps=FileStamps(stamps.lasting()))
    assert (site / "a.html").read_bytes() == b"one"


def test_a_site_that_is_refused_is_as_it_was(tmp_path: Path) -> None:
    """And nothing lies beside it."""
    site = tmp_path / "site"
    write_site([OutputFile("a.html", b"one"), OutputFile(MARK, b"{}")], site)

    def inspect(new: Path, digests: FileDigests) -> None:
        raise NotegenError("refused")

    with NewSite(site) as new:
        new.name_ahead(at_once)
        files = [OutputFile("a.html", b"two"), OutputFile(MARK, b"{}")]
        with pytest.raises(NotegenError, match="refused"):
            new.write(files, inspect=inspect)
    assert (site / "a.html").read_bytes() == b"one"
    assert [*tmp_path.iterdir()] == [site]


def test_who_gives_names_stops_where_the_folder_is_gone(tmp_path: Path) -> None:
    """As where the build fails meanwhile, and its folder is removed beside it."""
    site = tmp_path / "site"
    write_site([OutputFile("a/b.html", b"one"), OutputFile(MARK, b"{}")], site)
    begun: list[Any] = []

    def elsewhere(job: Any) -> Callable[[], Any]:
        begun.append(job)
        return lambda: job(None)

    with NewSite(site) as new:
        new.name_ahead(elsewhere)
    assert [*tmp_path.iterdir()] == [site]
    assert begun[0](None) == {}
    assert [*tmp_path.iterdir()] == [site]


def test_where_the_process_ends_at_once_the_folder_goes_until_it_begins_to_be_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by Ctrl-C; from then on it holds what the next build needs to bring that to its end."""
    monkeypatch.setattr("notegen.temporary.get_temp_dir", lambda: tmp_path / "none")  # the test's own
    site = tmp_path / "site"
    files = [OutputFile("a.html", b"one"), OutputFile(MARK, b"{}")]
    write_site(files, site)
    with NewSite(site) as new:
        new.name_ahead(at_once)
        assert len([*tmp_path.iterdir()]) == 2
        remove_temporary_folders()
        assert [*tmp_path.iterdir()] == [site]
    there: list[bool] = []

    def put_in_place(staging: Staging, site: Path) -> None:
        remove_temporary_folders()
        there.append(staging.new.exists())

    monkeypatch.setattr("notegen.write._put_in_place", put_in_place)
    write_site(files, site)
    assert there == [True]
    assert [*tmp_path.iterdir()] == [site]


def test_names_are_not_given_where_letters_case_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder would keep the name that it had."""
    (tmp_path / "old").mkdir()
    write_site([OutputFile("Notes/a.html", b"one"), OutputFile(MARK, b"{}")], tmp_path / "old")
    (tmp_path / "staging/new").mkdir(parents=True)
    naming = Naming(tmp_path / "old", tmp_path / "staging/new")
    with monkeypatch.context() as folding:
        fold_names(folding, tmp_path)
        assert naming() == {}
    assert set(naming()) == {"Notes/a.html", MARK, "notegen/files.txt"}


def test_a_link_is_no_file_of_the_site(tmp_path: Path) -> None:
    """Somebody put it there in place of one: it is left out, and nothing is written through it."""
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere.txt"
    files = [OutputFile("a.html", b"one"), OutputFile(MARK, b"{}")]
    write_site(files, site)
    elsewhere.write_text("mine")
    (site / "a.html").unlink()
    (site / "a.html").symlink_to(elsewhere)
    with NewSite(site) as new:
        new.name_ahead(at_once)
        new.write(files)
    assert not (site / "a.html").is_symlink()
    assert ((site / "a.html").read_bytes(), elsewhere.read_text()) == (b"one", "mine")
