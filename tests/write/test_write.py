"""The site on disk: whole or not at all, and nothing removed from it that notegen did not make."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import notegen.write.staging
import notegen.write.swap
from notegen.errors import NotegenError, word_error
from notegen.model import OutputFile, Url
from notegen.paths import SEARCH_MANIFEST
from notegen.write import MARK, check_out, write_site
from notegen.write.in_place import move_in, read_journal
from notegen.write.manifest import notes_in_site, take_inventory
from notegen.write.staging import Staging
from tests.support.files import write_named
from tests.support.folding_disk import fold_names

MANIFEST = "notegen/files.txt"


def files(**contents: str) -> list[OutputFile]:
    """Output files: the keyword is the name, `__` a folder's slash; and the mark of a site."""
    pages = [OutputFile(name.replace("__", "/") + ".html", text.encode()) for name, text in contents.items()]
    return [*pages, OutputFile(MARK, b"{}")]


def tree(folder: Path) -> dict[str, str]:
    """Everything under the folder, but for the list of a site's files and its mark."""
    found = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    return {name: p.read_text() for name, p in found.items() if not name.endswith((MANIFEST, MARK))}


@pytest.fixture(params=["exchanged", "renamed", "in place", "without links"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every way to put a site into its place, whatever this system would choose."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(95, "not here")

    if request.param == "renamed":
        monkeypatch.setattr(notegen.write.swap, "can_exchange", lambda folder: False)
    elif request.param == "in place":
        monkeypatch.setattr(notegen.write.staging, "_can_move", lambda site, folder: False)
    elif request.param == "without links":
        monkeypatch.setattr(os, "link", refuse)
    return str(request.param)


def test_a_site_replaces_the_one_before_and_keeps_dot_files(tmp_path: Path, way: str) -> None:
    """Old pages go; what people keep on top, such as a repository, stays; nothing is left beside it."""
    out = tmp_path / "site"
    assert write_site(files(index="1", old="x", a__b="2"), out).files == 5
    write_named(out, **{".gitignore": "*", ".git__HEAD": "h"})
    write_site(files(index="new"), out)
    assert tree(out) == {".git/HEAD": "h", ".gitignore": "*", "index.html": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert {path.name for path in out.iterdir()} == {".git", ".gitignore", "index.html", MARK, "notegen"}


def test_what_somebody_put_into_a_site_is_kept_whatever_it_is_called(tmp_path: Path, way: str) -> None:
    """Files and folders, on top and below, links, and empty folders."""
    out = tmp_path / "site"
    write_site(files(index="1", blog__a="x", gone__b="x"), out)
    write_named(out, CNAME="me.example", blog__README="r", gone__mine="m", pictures__sea="p")
    (out / "empty").mkdir()
    (out / "link").symlink_to("CNAME")
    for number in range(3):
        write_site(files(index=f"{number}", blog__c="x"), out)
    mine = {"CNAME": "me.example", "blog/README": "r", "gone/mine": "m", "link": "me.example"}
    assert tree(out) == {**mine, "pictures/sea": "p", "index.html": "2", "blog/c.html": "x"}
    assert (out / "empty").is_dir()
    assert (out / "link").is_symlink()


@pytest.mark.parametrize("theirs", ["a.html", "a.html/x", "blog", "blog/a.html"])
def test_a_page_that_would_overwrite_somebodys_file_is_refused(tmp_path: Path, way: str, theirs: str) -> None:
    """A file, a folder in the way of a file and a file in the way of a folder; the site stays as it is."""
    out = tmp_path / "site"
    write_site(files(index="old"), out)
    write_named(out, **{theirs.replace("/", "__"): "mine"})
    with pytest.raises(NotegenError, match="was not made by notegen") as caught:
        write_site(files(index="new", a="x", blog__a="x"), out)
    assert f"{out}/{theirs.partition('/x')[0]}`" in caught.value.message
    assert tree(out) == {"index.html": "old", theirs: "mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_file_of_somebodys_that_says_the_same_is_in_nobodys_way(tmp_path: Path, way: str) -> None:
    """It is ours from then on; a `.nojekyll` may say what it likes."""
    out = tmp_path / "site"
    write_named(out, **{".nojekyll": "mine\n"})
    write_site(files(index="old"), out)
    write_named(out, **{"a.html": "same"})
    write_site([*files(a="same"), OutputFile(".nojekyll", b"")], out)
    assert tree(out) == {".nojekyll": "mine\n", "a.html": "same"}
    write_site(files(index="old"), out)
    assert tree(out) == {".nojekyll": "mine\n", "index.html": "old"}


def test_a_folder_may_become_a_file_and_a_file_a_folder(tmp_path: Path, way: str) -> None:
    """What is ours makes way."""
    out = tmp_path / "site"
    write_site([*files(a__b="1"), OutputFile("c", b"2")], out)
    write_site([*files(c__d="3"), OutputFile("a", b"4")], out)
    assert tree(out) == {"a": "4", "c/d.html": "3"}


def test_the_list_of_files_leads_nowhere_else(tmp_path: Path, way: str) -> None:
    """A list that somebody changed, and a link put in a folder's place, cost no file outside the site."""
    out = tmp_path / "site"
    write_site(files(index="1", a__b="x", c__d__e="x"), out)
    write_named(tmp_path, precious="p", elsewhere__b="b", elsewhere__d__e="e")
    with (out / MANIFEST).open("a") as stream:
        stream.write(f"../precious\n{tmp_path}/precious\na/../../precious\n")
    for name in ("a", "c"):
        shutil.rmtree(out / name)
        (out / name).symlink_to("../elsewhere")
    (tmp_path / "elsewhere/b.html").write_text("b")
    (tmp_path / "elsewhere/d/e.html").write_text("e")
    write_site(files(index="2"), out)
    assert tree(tmp_path / "elsewhere") == {"b": "b", "b.html": "b", "d/e": "e", "d/e.html": "e"}
    assert (tmp_path / "precious").read_text() == "p"
    with pytest.raises(NotegenError, match=r"/a` was not made by notegen"):
        write_site(files(index="3", a__b="new"), out)
    assert (tmp_path / "elsewhere/b.html").read_text() == "b"


def test_a_site_from_before_there_was_a_list_is_ours_whole(tmp_path: Path, way: str) -> None:
    """But for dot files on top, as it was then."""
    out = tmp_path / "site"
    write_site(files(index="1", old="x", a__b="2"), out)
    (out / MANIFEST).unlink()
    write_named(out, **{".git__HEAD": "h", "notegen__style.css": "s"})
    write_site(files(index="new"), out)
    assert tree(out) == {".git/HEAD": "h", "index.html": "new"}


def test_unchanged_files_keep_their_times_and_changed_ones_their_rights(tmp_path: Path, way: str) -> None:
    """So rsync, backups and ETags see a change only where there is one."""
    out = tmp_path / "site"
    write_site(files(same="1", changed="1", a__same="1"), out)
    for name in ("same.html", "changed.html", "a/same.html"):
        (out / name).chmod(0o664)
        os.utime(out / name, (1e9, 1e9))
    (out / "a").chmod(0o2775)
    before = {name: (out / name).stat() for name in ("same.html", "a/same.html", ".")}
    write_site(files(same="1", changed="2", a__same="1"), out)
    after = {name: (out / name).stat() for name in ("same.html", "changed.html", "a/same.html", "a", ".")}
    assert {
        name: (stat.S_IMODE(one.st_mode), one.st_mtime) for name, one in after.items() if "same" in name
    } == {
        "same.html": (0o664, 1e9),
        "a/same.html": (0o664, 1e9),
    }
    assert stat.S_IMODE(after["changed.html"].st_mode) == 0o664
    assert after["changed.html"].st_mtime > 1e9
    assert stat.S_IMODE(after["a"].st_mode) == 0o2775
    if way in ("exchanged", "in place"):
        assert [before[name].st_ino for name in before] == [after[name].st_ino for name in before]


def test_a_file_system_that_makes_inodes_up_is_asked_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some list all files with the same one: what changed is put into the site all the same."""

    class MadeUp:
        """An entry of a folder as such a system lists it."""

        def __init__(self, entry: os.DirEntry[str]) -> None:
            self._entry = entry
            self.name, self.path = entry.name, entry.path

        def inode(self) -> int:
            """The same of all."""
            return 0xFFFFFFFF

        def is_dir(self, *, follow_symlinks: bool = True) -> bool:
            """As it is."""
            return self._entry.is_dir(follow_symlinks=follow_symlinks)

    @contextmanager
    def listing(path: str) -> Iterator[Iterator[MadeUp]]:
        with os.scandir(path) as entries:
            yield map(MadeUp, entries)

    out = tmp_path / "site"
    write_site(files(a="one", deep__b="one", deep__c="one"), out)
    with monkeypatch.context() as patch:
        patch.setattr(notegen.write.swap, "scandir", listing)
        write_site(files(a="two", deep__b="one", deep__c="two"), out)
    assert tree(out) == {"a.html": "two", "deep/b.html": "one", "deep/c.html": "two"}


@pytest.mark.parametrize("lists_lower", [False, True])
def test_where_case_does_not_count_no_page_goes_or_stays_for_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, lists_lower: bool
) -> None:
    """A note or a folder of which one letter is another by now, and a page that goes."""
    out = tmp_path / "site"

    def write_folded(**contents: str) -> dict[str, str]:
        with monkeypatch.context() as patch:
            fold_names(patch, tmp_path, lists_lower=lists_lower)
            write_site(files(**contents), out)
        return {name.lower(): said for name, said in tree(out).items()}

    write_folded(Alpha="1", Dir__b="1", Gone="1", Dir__Gone="1", same="1")
    write_named(out, **{"Mine.txt": "m", "Dir__own.txt": "o"})
    theirs = {"mine.txt": "m", "dir/own.txt": "o"}
    for text in ("1", "2", "2"):
        pages = {"alpha.html": text, "dir/b.html": text, "same.html": "1"}
        assert write_folded(alpha=text, dir__b=text, same="1") == {**pages, **theirs}, text
    assert write_folded(ALPHA="4", DIR="4") == {"alpha.html": "4", "dir.html": "4", **theirs}


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux says which files are open")
def test_a_disk_that_keeps_open_files_has_nothing_left_beside_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Network disks and FUSE give a file that is removed while it is open another name in its folder."""
    unlink = os.unlink

    def keep_open_ones(path: str | Path) -> None:
        opened = (os.path.realpath(entry) for entry in Path("/proc/self/fd").iterdir())
        if os.path.realpath(path) in opened:
            os.rename(path, Path(path).with_name(".nfs000000000001"))
        else:
            unlink(path)

    out = tmp_path / "site"
    monkeypatch.setattr(os, "unlink", keep_open_ones)
    for text in ("one", "two"):
        assert write_site(files(a=text), out).left == ()
        assert not list(tmp_path.glob(".site.new-*")), text
        assert not list(out.glob(".notegen-new-*")), text


def test_the_folder_itself_keeps_its_mode_and_group(tmp_path: Path, way: str) -> None:
    """A folder that a group shares stays one; new files in it are the group's too."""
    out = tmp_path / "site"
    write_site(files(index="1"), out)
    if os.geteuid() == 0:
        os.chown(out, -1, 33)
    out.chmod(0o2775)
    write_site(files(index="2", new__a="3"), out)
    status = out.stat()
    assert stat.S_IMODE(status.st_mode) == 0o2775
    assert {status.st_gid, (out / "new").stat().st_gid, (out / "new/a.html").stat().st_gid} == {status.st_gid}


def test_another_build_at_the_wrong_moment_is_not_mixed_in(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is compared, the other build puts its own there, and only then it is taken over as unchanged."""
    out = tmp_path / "site"
    write_site(files(a="1", b="1", only1="x"), out)
    link, begun = os.link, [False]

    def meanwhile(source: Path, name: Path, **options: bool) -> None:
        if not begun[0]:
            begun[0] = True
            write_site(files(a="2", b="2", only2="x"), out)
        link(source, name, **options)

    monkeypatch.setattr(os, "link", meanwhile)
    write_site(files(a="1", b="1", only1="x"), out)
    assert tree(out) == {"a.html": "1", "b.html": "1", "only1.html": "x"}


@pytest.mark.promise("A failed build leaves the old site as it was")
def test_a_failure_leaves_the_old_site_as_it_was(tmp_path: Path, way: str) -> None:
    """Whatever breaks while files are made, not a byte of the site changes."""

    def broken() -> Iterator[OutputFile]:
        yield from files(index="new")
        raise RuntimeError("a stage failed")

    out = tmp_path / "site"
    write_site(files(index="old"), out)
    with pytest.raises(RuntimeError):
        write_site(broken(), out)
    assert tree(tmp_path) == {"site/index.html": "old"}


def test_a_picture_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """It vanished, or is on a bad disk: the site is made without it, and says so."""
    out = tmp_path / "site"
    gone = tmp_path / "gone.png"
    written = write_site([*files(index="new"), OutputFile("gone.png", gone)], out)
    assert (written.files, written.unreadable) == (3, (("gone.png", "No such file or directory"),))
    assert tree(tmp_path) == {"site/index.html": "new"}


def test_what_the_disk_refuses_is_told(tmp_path: Path) -> None:
    """Two files with one address are a mistake of ours, and no reason to lose the old site."""
    out = tmp_path / "site"
    twice: list[OutputFile] = [OutputFile("a.html", b"1"), OutputFile("a.html", b"2")]
    with pytest.raises(NotegenError) as caught:
        write_site(twice, out)
    assert word_error(caught.value) == (
        f"error: `{out}/a.html` cannot be written: File exists\n"
        "  hint: there was no site before, and there is none now"
    )
    write_site(files(index="old"), out)
    with pytest.raises(NotegenError) as caught:
        write_site(twice, out)
    assert caught.value.hint == "the previous site is as it was"
    assert tree(tmp_path) == {"site/index.html": "old"}


def test_folders_of_others_with_a_name_like_ours_are_left_alone(tmp_path: Path) -> None:
    """Only what has a lock that nobody holds is swept, or nothing in it at all."""
    out = tmp_path / "site"
    write_site(files(index="1"), out)
    write_named(
        tmp_path,
        **{".site.new__a": "1", ".site.old__a": "1", ".site.new-0badcafe__a": "1", ".site.new-x__lock": "1"},
    )
    (tmp_path / ".site.new-00000000").mkdir()
    write_site(files(index="2"), out)
    assert tree(tmp_path) == {
        ".site.new-0badcafe/a": "1", ".site.new-x/lock": "1", ".site.new/a": "1", ".site.old/a": "1",
        "site/index.html": "2",
    }  # fmt: skip
    assert not (tmp_path / ".site.new-00000000").exists()


def test_a_long_name_leaves_room_for_the_folder_beside(tmp_path: Path) -> None:
    """The longest that a disk allows is a site; a longer one is refused before any work."""
    out = tmp_path / ("ä" * 127)
    for text in ("1", "2"):
        write_site(files(index=text), out)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    with pytest.raises(NotegenError, match="cannot hold the site: File name too long"):
        check_out(tmp_path / ("x" * 300), tmp_path / "notes")


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


@pytest.mark.parametrize("name", [".bashrc", ".ssh/id", ".config/x", ".profile", "README.md"])
def test_a_folder_with_dot_files_is_somebodys_too(tmp_path: Path, name: str) -> None:
    """But for what git and hosts put into the folder of a site."""
    out = tmp_path / "out"
    write_named(out, **{".git__HEAD": "h", "CNAME": "x", ".nojekyll": ""})
    check_out(out, tmp_path / "notes")
    write_named(out, **{name.replace("/", "__"): "x"})
    with pytest.raises(NotegenError, match="files that notegen did not make"):
        check_out(out, tmp_path / "notes")


def test_a_notegen_json_alone_makes_no_folder_ours(tmp_path: Path) -> None:
    """A repository may hold one; a site has a first page and a folder of its own beside it."""
    write_named(tmp_path / "out", **{"README.md": "x", MARK: '{"notes": 3}'})
    with pytest.raises(NotegenError, match=r"such as `README.md`"):
        check_out(tmp_path / "out", tmp_path / "notes")


def test_home_and_the_folders_above_are_never_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even empty, even with a site of ours in it."""
    home, work = tmp_path / "users/me", tmp_path / "work/here"
    home.mkdir(parents=True)
    work.mkdir(parents=True)
    write_site(files(index="1"), home)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(work)
    for out in (home, home.parent, work.parent, Path("..")):
        with pytest.raises(NotegenError, match="would be"):
            check_out(out, Path("/elsewhere/notes"))
    check_out(Path(), tmp_path / "notes")


def test_a_working_folder_that_is_gone_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(NotegenError, match="cannot hold the site: No such file or directory"):
        check_out(Path("site"), Path("notes"))


@pytest.mark.parametrize(
    ("said", "notes"), [('{"notes": 3}', 3), ("{}", 0), ("[]", 0), ('{"notes": "x"}', 0), ("", 0)]
)
def test_a_site_says_how_many_notes_it_has(tmp_path: Path, said: str, notes: int) -> None:
    """Or it does not, and then nothing is at stake."""
    assert notes_in_site(tmp_path) == 0
    write_named(tmp_path, **{MARK: said})
    assert notes_in_site(tmp_path) == notes


def test_a_build_in_the_folder_of_the_site_leaves_the_shell_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-o .`: the folder is filled where it is."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for text in ("1", "2"):
        write_site(files(index=text, **{f"a{text}": "x"}), Path())
    assert os.path.samefile(here, Path.cwd())
    assert tree(here) == {"index.html": "2", "a2.html": "x"}
    assert sorted(os.listdir()) == ["a2.html", "index.html", "notegen", MARK]


def test_the_list_names_every_file(tmp_path: Path) -> None:
    """Itself too, one a line, ascending."""
    urls: list[Url] = ["b.html", "a/ü.html", MARK]
    write_site([OutputFile(url, b"") for url in urls], tmp_path / "site")
    assert (tmp_path / "site" / MANIFEST).read_text(
        "utf-8"
    ) == "a/ü.html\nb.html\nnotegen.json\nnotegen/files.txt\n"


def test_in_place_what_points_at_the_search_index_comes_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader in between is led to an index that is whole, and the old one is still there."""
    site = tmp_path / "site"
    old, pointer, new = (f"notegen/search{name}.js" for name in ("/1/w-1", "", "/2/w-1"))
    write_site([OutputFile(MARK, b"{}"), OutputFile(old, b"1"), OutputFile(pointer, b"1")], site)
    urls = (MARK, MANIFEST, pointer, SEARCH_MANIFEST, "notegen/search/offered.js", new)
    staging = Staging(site / ".notegen-staging", inside=True)
    for url in urls:
        path = staging.new / url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("2")
    monkeypatch.setattr("notegen.write.in_place.finish", lambda *_: None)
    move_in(staging, site, urls, take_inventory(site))
    journal = read_journal(staging)
    assert journal is not None
    assert journal.put[:4] == (new, "notegen/search/offered.js", SEARCH_MANIFEST, pointer)
    assert {*journal.put[4:]} == {MARK, MANIFEST}
    assert (journal.early, journal.late) == ((), (old,))
