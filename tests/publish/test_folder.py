"""A folder: where no site belongs, rights, links, and what a killed publish leaves."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from notegen.errors import NotegenError
from tests.conftest import ROOT
from tests.support.folding_disk import fold_names
from tests.support.published import KeptFolder, contents, kept_of, publish, site_of, target_of
from tests.support.rights import folder_of_all, not_as_root

PAGES = {"a.html": "one", "sea/b.html": "two"}


def refusal(tmp_path: Path, to: str) -> str:
    """What is said of a folder that no site belongs in."""
    with pytest.raises(NotegenError) as refused:
        publish(target_of(tmp_path, to), site_of(tmp_path, PAGES))
    return refused.value.message.replace(str(tmp_path), "HERE")


def test_no_site_goes_where_it_would_be_lost_among_other_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home, the top of a disk, above where one stands, the notes, the site, and repositories of other things."""
    monkeypatch.setenv("HOME", str(tmp_path / "home/ines"))
    for name in ("home/ines", "here/below", "notes/study", "code/.git", "bare.d/objects", "bare.d/refs"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "notes/study/a.md").write_text("a")
    (tmp_path / "code/main.py").write_text("")
    (tmp_path / "bare.d/HEAD").write_text("")
    monkeypatch.chdir(tmp_path / "here/below")
    said = {
        to: refusal(tmp_path, str(tmp_path / to)).partition("` ")[2]
        for to in (
            "home/ines",
            "home",
            "here",
            "notes",
            "notes/study",
            "site",
            "code",
            "code/.git/x",
            "bare.d",
        )
    }
    up = "is a home folder, the top of a disk, or above the folder that you are in"
    among = "holds notes, and the site would lie among them"
    assert said == {
        "home/ines": up,
        "home": up,
        "here": up,
        "notes": among,
        "notes/study": among,
        "site": "is where the site is built, or holds it",
        "code": "is a git repository with other things in it, such as `main.py`",
        "code/.git/x": "is git's own",
        "bare.d": "is a git repository without a working tree",
    }
    assert up in refusal(tmp_path, os.sep) or among in refusal(tmp_path, os.sep)


def test_a_checkout_that_is_for_the_site_is_no_repository_of_other_things(tmp_path: Path) -> None:
    """With what hosts put there, and one that has the site already whatever else it has."""
    folder = tmp_path / "checkout"
    for name in (".git/HEAD", "CNAME", "README.md", ".github/x"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine")
    publish(target_of(tmp_path, str(folder)), site_of(tmp_path, PAGES))
    (folder / "main.py").write_text("mine")
    publish(target_of(tmp_path, str(folder)), site_of(tmp_path, {"a.html": "more"}))
    assert (folder / ".git/HEAD").read_text() == "mine"
    assert not (folder / "sea").exists()


def test_files_have_the_rights_that_a_new_file_has_or_that_they_had(tmp_path: Path) -> None:
    """So that a server may read them; and what has not changed is not written."""
    folder = tmp_path / "public"
    before = os.umask(0o027)
    try:
        publish(target_of(tmp_path, str(folder)), site_of(tmp_path, PAGES))
        (folder / "a.html").chmod(0o604)
        unchanged = kept_of(folder / "sea/b.html")
        publish(target_of(tmp_path, str(folder)), site_of(tmp_path, {**PAGES, "a.html": "more"}))
    finally:
        os.umask(before)
    assert (folder / "a.html").stat().st_mode & 0o777 == 0o604
    assert (folder / "sea/b.html").stat().st_mode & 0o777 == 0o640
    assert kept_of(folder / "sea/b.html") == unchanged


@pytest.mark.parametrize("numbers_spellings", [False, True])
@pytest.mark.parametrize("text", ["one", "two"])
def test_a_page_whose_name_changed_in_case_alone_is_there_where_case_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, numbers_spellings: bool
) -> None:
    """There both names are of one file, which is called by the new one afterwards; what is somebody's stays."""
    folder = tmp_path / "public"
    before = site_of(tmp_path, {"Tide.html": "one", "Sea/b.html": "one", "c.html": "one"})
    fold_names(monkeypatch, folder, numbers_spellings=numbers_spellings)
    publish(target_of(tmp_path, str(folder)), before)
    (folder / "Sea/own.txt").write_text("theirs")
    for _ in range(2):
        publish(target_of(tmp_path, str(folder)), site_of(tmp_path, {"tide.html": text, "sea/b.html": text}))
        assert (folder / "tide.html").read_text() == text
        assert (folder / "Sea/b.html").read_text() == text
        assert not os.path.lexists(folder / "c.html")
        assert (folder / "Sea/own.txt").read_text() == "theirs"


def test_nothing_is_written_or_removed_through_a_link(tmp_path: Path) -> None:
    """A folder of the site that somebody replaced by a link to one of theirs."""
    folder = tmp_path / "public"
    publish(target_of(tmp_path, str(folder)), site_of(tmp_path, PAGES))
    (folder / "sea").rename(tmp_path / "theirs")
    (folder / "sea").symlink_to(tmp_path / "theirs")
    assert refusal(tmp_path, str(folder)).endswith("where it needs the place: `sea`")
    site = site_of(tmp_path, {"a.html": "one"})
    publish(target_of(tmp_path, str(folder)), site)
    assert (tmp_path / "theirs/b.html").read_text() == "two"
    assert (folder / "sea").is_symlink()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are others on this system")
def test_a_folder_that_may_not_be_written_is_named() -> None:
    """And nothing is half there."""
    with folder_of_all() as here:
        site = site_of(here, PAGES)
        # All is loaded by this, which nobody may be forbidden to read.
        publish(target_of(here, str(here / "first")), site)
        folder = here / "public"
        folder.mkdir(mode=0o555)
        target = target_of(here, str(folder))
        with not_as_root(), pytest.raises(NotegenError) as refused:
            publish(target, site)
        assert refused.value.message == f"`{folder}/notegen` cannot be used: Permission denied"
        assert list(folder.iterdir()) == []


def test_a_file_where_the_folder_would_be_is_refused(tmp_path: Path) -> None:
    """In one message."""
    (tmp_path / "public").write_text("")
    assert refusal(tmp_path, str(tmp_path / "public")) == "`HERE/public` cannot be used: Not a directory"
    assert refusal(tmp_path, str(tmp_path / "public/x")) == "`HERE/public/x` cannot be used: Not a directory"


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.support.published import publish, site_of, target_of

here, left = Path(sys.argv[1]), int(sys.argv[2])

def count(event, arguments):
    global left
    if event in ("open", "os.rename", "os.remove", "os.rmdir") and str(here / "public") in str(arguments[0]):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

target, site = target_of(here, str(here / "public")), site_of(here, {"a.html": "more", "c/d.html": "new"})
sys.addaudithook(count)
publish(target, site)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_a_killed_publish_is_finished_by_the_next(tmp_path: Path) -> None:
    """Killed before each fourth thing that it does there; nothing of it is left over."""
    folder = tmp_path / "public"
    kept = KeptFolder(folder, str(folder))
    steps, ended = 0, False
    while not ended:
        publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
        kept.put("theirs.txt", "mine")
        run = [sys.executable, "-c", KILLED, str(tmp_path), str(steps)]
        ended = subprocess.run(run, cwd=ROOT, check=False, capture_output=True).returncode == 0
        steps += 4
        site = site_of(tmp_path, {"e.html": "newest"})
        publish(target_of(tmp_path, kept.to), site)
        assert kept.files() == {**contents(site), "theirs.txt": b"mine"}
        assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["notegen"]
    assert steps > 20
