"""What changed under the notes is told, also where the system tells nothing."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

import notegen.serve.look
import notegen.serve.watch
from notegen.serve.look import shared_disk
from notegen.serve.watch import watching
from tests.support.waiting import await_true

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:5 / /proc rw - proc proc rw
30 22 0:40 / /srv/team\\040notes rw,relatime shared:7 - nfs4 server:/team rw
31 22 0:41 / /home/me/remote rw - fuse.sshfs me@server: rw
32 22 8:1 / /media/stick rw - fuseblk /dev/sdb1 rw
33 31 8:2 / /home/me/remote/local rw - ext4 /dev/sdc rw
34 22 0:42 / /over rw - cifs //server/over rw
35 34 8:3 / /over rw - xfs /dev/sdd rw
a line that is none
"""

Said = list[str]


@contextmanager
def followed(notes: Path, said: Said, *extra: Path) -> Iterator[Callable[[str], None]]:
    """Watches a folder; gives a function that waits until a file is told of."""
    told: set[Path] = set()
    with watching(notes, notes / "site", extra, on_look=said.append) as changes:

        def collect() -> None:
            for changed in changes:
                told.update(changed)

        Thread(target=collect, daemon=True).start()

        def await_told(name: str) -> None:
            await_true(lambda: (notes / name).resolve() in told)

        yield await_told
    assert not {path.name for path in told} & {"hidden", "a.md~", "page.html"}


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of notes with a site in it, which is looked at without a pause."""
    monkeypatch.setattr(notegen.serve.look, "SECONDS", 0.0)
    folder = tmp_path / "notes"
    (folder / "site").mkdir(parents=True)
    (folder / "site/notegen.json").write_text("{}")
    (folder / "deep").mkdir()
    (folder / "deep/b.md").write_text("one")
    return folder


def change_and_await(notes: Path, await_told: Callable[[str], None]) -> None:
    """New files, edits of the same size, files that go; and what is no note."""
    for name in (".git/hidden", "a.md~", "site/page.html"):
        (notes / name).parent.mkdir(exist_ok=True)
        (notes / name).write_text("x")
    (notes / "a.md").write_text("new")
    await_told("a.md")
    (notes / "deep/b.md").write_text("two")
    await_told("deep/b.md")
    (notes / "later").mkdir()
    (notes / "later/c.md").write_text("x")
    await_told("later/c.md")


def test_where_the_system_watches_no_more_files_they_are_looked_at(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container may have no more watches left than for a few folders."""

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError('OS file watch limit reached. about ["/notes"] (Error { kind: MaxFilesWatch })')

    monkeypatch.setattr(notegen.serve.watch, "watch", refuse)
    said: Said = []
    settings = notes.parent / "notegen.toml"
    with followed(notes, said, settings) as await_told:
        change_and_await(notes, await_told)
        settings.write_text("x")
        await_told("../notegen.toml")
    assert set(said) == {
        "looking for changes every second: the system does not tell of them (OS file watch limit reached)"
    }


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every path is Unicode")
def test_a_path_that_is_no_utf_8_is_looked_at(notes: Path) -> None:
    """The system's watch knows UTF-8 alone."""
    folder = Path(os.fsdecode(os.fsencode(notes.parent) + b"/jos\xe9"))
    notes.rename(folder)
    said: Said = []
    with followed(folder, said) as await_told:
        change_and_await(folder, await_told)
    assert said


def test_a_watch_that_ends_midway_is_followed_by_looks(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when new folders are too many: what came before the first look may be anything."""

    def end_at_once(*_: object, stop_event: notegen.serve.watch._StopEvent, **__: object) -> Iterator[object]:
        stop_event.is_set()
        yield from ()
        raise RuntimeError("error in underlying watcher")

    monkeypatch.setattr(notegen.serve.watch, "watch", end_at_once)
    said: Said = []
    with followed(notes, said) as await_told:
        await_told(".")
        change_and_await(notes, await_told)
    assert said


def test_a_disk_that_others_write_to_is_looked_at(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux tells of no change that another machine makes there."""
    monkeypatch.setattr(notegen.serve.watch, "shared_disk", lambda path: "nfs4")
    monkeypatch.setattr(notegen.serve.watch, "watch", None)
    said: Said = []
    with followed(notes, said) as await_told:
        change_and_await(notes, await_told)
    assert set(said) == {
        "looking for changes every second: a disk of the kind nfs4 does not tell of those that others make"
    }


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/notes", ""),
        ("/srv/team notes/wiki", "nfs4"),
        ("/srv/team", ""),
        ("/home/me/remote", "fuse.sshfs"),
        ("/home/me/remote-not", ""),
        ("/home/me/remote/local/notes", ""),
        ("/media/stick/notes", ""),
        ("/over/notes", ""),
    ],
)
def test_the_kind_of_a_disk_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    """Of two at one place the later one is on top; a stick of this machine is no shared disk."""
    assert shared_disk(Path(path), MOUNTS) == kind


def test_what_is_due_is_told_though_nothing_changed(notes: Path) -> None:
    """As a change of nothing, and as often as it is."""
    due = iter([False, True, False, True])
    with watching(notes, notes / "site", is_due=lambda: next(due)) as changes:
        assert [next(changes), next(changes)] == [[], []]
    assert next(due, None) is None
