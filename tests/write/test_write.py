"""The site on disk: whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.errors import NotegenError, word_error
from notegen.model import OutputFile, Written
from notegen.write import MARK, check_out, write_site


def files(**contents: str) -> list[OutputFile]:
    """Output files: the keyword is the name, `__` a folder's slash."""
    return [OutputFile(name.replace("__", "/") + ".html", text.encode()) for name, text in contents.items()]


def tree(folder: Path) -> dict[str, str]:
    """Everything under the folder."""
    return {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_site_replaces_the_one_before_and_keeps_dot_files(tmp_path: Path) -> None:
    """Old pages go; what people keep on top, such as a repository, stays; nothing is left beside it."""
    out = tmp_path / "site"
    assert write_site(files(index="1", old="x", a__b="2"), out) == Written(3, 3)
    (out / ".gitignore").write_text("*")
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").write_text("h")
    write_site(files(index="new"), out)
    assert tree(out) == {".git/HEAD": "h", ".gitignore": "*", "index.html": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.promise("A failed build leaves the old site as it was")
def test_a_failure_leaves_the_old_site_as_it_was(tmp_path: Path) -> None:
    """Whatever breaks while files are made, not a byte of the site changes."""

    def broken() -> Iterator[OutputFile]:
        yield from files(index="new")
        raise RuntimeError("a stage failed")

    out = tmp_path / "site"
    write_site(files(index="old"), out)
    with pytest.raises(RuntimeError):
        write_site(broken(), out)
    assert tree(tmp_path) == {"site/index.html": "old"}


def test_what_the_disk_refuses_is_told(tmp_path: Path) -> None:
    """A missing attachment is the disk's refusal: one message, the old site untouched."""
    out = tmp_path / "site"
    write_site(files(index="old"), out)
    gone = tmp_path / "gone.png"
    with pytest.raises(NotegenError) as caught:
        write_site([*files(index="new"), OutputFile("gone.png", gone)], out)
    assert word_error(caught.value) == (
        f"error: `{gone}` cannot be written: No such file or directory\n  hint: the previous site is as it was"
    )
    assert tree(tmp_path) == {"site/index.html": "old"}


@pytest.mark.parametrize("with_new", [True, False])
def test_a_build_killed_between_the_renames_is_mended(tmp_path: Path, with_new: bool) -> None:
    """The site under its other name comes back, and with it what was kept on top."""
    out = tmp_path / "site"
    write_site(files(index="old"), out)
    (out / ".git").write_text("kept")
    out.rename(tmp_path / ".site.old")
    if with_new:
        write_site(files(half="new"), tmp_path / ".site.new")
    write_site(files(index="newest"), out)
    assert tree(tmp_path) == {"site/.git": "kept", "site/index.html": "newest"}


def test_files_that_are_not_ours_are_never_replaced(tmp_path: Path) -> None:
    """The notes, a folder that holds them, and a folder of somebody's files are refused before any work."""
    notes, other, ours, empty = (tmp_path / name for name in ("notes", "other", "ours", "empty"))
    for folder in (notes, other, ours, empty):
        folder.mkdir()
    (other / "thesis.odt").write_text("")
    (ours / MARK).write_text("{}")
    (empty / ".gitignore").write_text("")
    for out in (notes, tmp_path, other):
        with pytest.raises(NotegenError):
            check_out(out, notes)
    for out in (ours, empty, notes / "site", tmp_path / "new"):
        check_out(out, notes)
