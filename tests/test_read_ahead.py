"""What another process reads ahead is what this one would read, and it begins only where it pays."""

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from notegen.build import build
from notegen.cache import VectorCache, open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encrypt import CONTENTS, open_vault, salt_of_site
from notegen.errors import NotegenError
from notegen.load import read_notes
from notegen.read_ahead import Ahead, begun_ahead

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


@pytest.fixture(autouse=True)
def _small_gardens_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests of this process may have loaded the encoder's libraries, or left a thread; here none is at work."""
    monkeypatch.setattr("notegen.workers.jobs.can_fork", lambda: True)
    monkeypatch.setattr("notegen.read_ahead.MIN_NOTES", 3)
    monkeypatch.setattr("notegen.read_ahead.MIN_FOR_HELPERS", 3)
    monkeypatch.setattr("notegen.write.file_stamps.RACY_NS", -(10**12))  # a site is known at once


def context_of(folder: Path, cache: VectorCache | None) -> BuildContext:
    """A build by two processes without meaning, of the notes in the folder."""
    return BuildContext(folder / "notes", Config(), None, cache=cache, jobs=2)


def written(folder: Path, *names: str) -> None:
    """Notes that say something new."""
    (folder / "notes").mkdir(exist_ok=True)
    for name in names:
        file = folder / f"notes/{name}.md"
        file.write_text(f"{file.read_text() if file.exists() else ''}Of {name} there is [[more]].\n")


def begun(ahead: Ahead | None) -> Ahead:
    """One that could begin."""
    assert ahead is not None
    return ahead


def test_what_is_read_ahead_is_what_is_read(tmp_path: Path) -> None:
    """With how many notes are new, private ones and boards among them; a build goes on from there."""
    written(tmp_path, "a", "b", "c")
    with open_cache(tmp_path / "cache") as cache:
        context = context_of(tmp_path, cache)
        build(context, tmp_path / "site")
        written(tmp_path, "b")
        (tmp_path / "notes/secret.md").write_text("---\npublic: false\n---\nHidden.\n")
        (tmp_path / "notes/board.canvas").write_text('{"nodes": [], "edges": []}')
        with begun_ahead(context, tmp_path / "site", reads=True) as ahead:
            assert begun(ahead).read is not None
            report = build(context, tmp_path / "site", ahead=ahead)
        assert report.notes == 4
        with begun_ahead(context, tmp_path / "site", reads=True) as ahead:
            read = begun(ahead).read
            assert read is not None
            found = read()
        assert found.reading == read_notes(context, skip=(tmp_path / "site",))
        assert found.unknown == 1  # what is private is kept nowhere


def test_where_much_is_new_it_is_left_to_those_who_have_help(tmp_path: Path) -> None:
    """Several processes read very many notes, which this one begins."""
    written(tmp_path, "a", "b", "c")
    with open_cache(tmp_path / "cache") as cache:
        context = context_of(tmp_path, cache)
        build(context, tmp_path / "site")
        written(tmp_path, "a", "b", "c")
        with begun_ahead(context, tmp_path / "site", reads=True) as ahead:
            read = begun(ahead).read
            assert read is not None
            found = read()
            assert (found.reading, found.unknown) == (None, 3)
        with begun_ahead(context, tmp_path / "site", reads=True) as ahead:
            assert build(context, tmp_path / "site", ahead=ahead).notes == 3


def test_it_begins_only_where_the_site_is_known(tmp_path: Path) -> None:
    """Not for the first build, a few notes, another cache or one process; of a large garden it reads nothing."""
    written(tmp_path, "a", "b", "c")
    site = tmp_path / "site"
    with open_cache(tmp_path / "cache") as cache, open_cache(tmp_path / "other") as other:
        context = context_of(tmp_path, cache)
        with begun_ahead(context, site, reads=True) as ahead:
            assert ahead is None
        build(context, site)
        for left in (replace(context, jobs=1), context_of(tmp_path, other), context_of(tmp_path, None)):
            with begun_ahead(left, site, reads=True) as ahead:
                assert ahead is None
        with begun_ahead(context, site, reads=False) as ahead:
            assert ahead is None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("notegen.read_ahead.MAX_NOTES", 2)
            with begun_ahead(context, site, reads=True) as ahead:
                assert begun(ahead).read is None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("notegen.read_ahead.MIN_NOTES", 4)
            with begun_ahead(context, site, reads=True) as ahead:
                assert ahead is None


def test_what_the_folder_refuses_is_said_here(tmp_path: Path) -> None:
    """The other process fails, and this one finds why."""
    written(tmp_path, "a", "b", "c")
    with open_cache(tmp_path / "cache") as cache:
        context = context_of(tmp_path, cache)
        build(context, tmp_path / "site")
        themed = replace(context, config=replace(context.config, theme=str(tmp_path / "none")))
        with begun_ahead(themed, tmp_path / "site", reads=True) as ahead:
            read = begun(ahead).read
            assert read is not None
            with pytest.raises(NotegenError):
                read()


def test_keys_of_encrypted_notes_are_made_ahead(tmp_path: Path) -> None:
    """Of the password that is at hand, where the site has such notes; those of another than is then given serve not."""
    written(tmp_path, "a", "b", "c")
    site = tmp_path / "site"
    made = "notegen.locked_site.open_vault"
    with open_cache(tmp_path / "cache") as cache:
        context = replace(
            context_of(tmp_path, cache), password=lambda opens: "six words", password_at_hand="six words"
        )
        build(context, site)
        with begun_ahead(context, site, reads=True) as ahead:
            assert begun(ahead).vault is None
        (tmp_path / "notes/d.md").write_text("---\nencrypt: true\n---\nQuills.\n")
        build(context, site)
        before = (site / CONTENTS).read_bytes()
        with begun_ahead(replace(context, password_at_hand=""), site, reads=True) as ahead:
            assert begun(ahead).vault is None
        with begun_ahead(context, site, reads=True) as ahead, pytest.MonkeyPatch.context() as patch:
            patch.setattr(made, lambda password, salt: pytest.fail("they are there"))
            build(context, site, ahead=ahead)
        assert (site / CONTENTS).read_bytes() == before
        other = replace(context, password=lambda opens: "six other words")
        with begun_ahead(context, site, reads=True) as ahead:
            build(other, site, ahead=ahead)
        assert open_vault("six other words", salt_of_site(context.config, context.notes)).opens(site)
