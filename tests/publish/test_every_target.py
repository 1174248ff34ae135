"""What holds wherever a site is published: a folder, a branch, a folder behind rsync, a bucket."""

from pathlib import Path

import pytest

from notegen.errors import NotegenError
from notegen.publish import make_plan
from tests.support.published import Kept, contents, publish, site_of, target_of

PAGES = {
    "a b.html": "one",
    "sea/tide.html": "two",
    "sea/köln.html": "drei",
    "notegen/style.0123abcd.css": "p {}",
}


def test_a_second_publish_sends_nothing_and_a_third_what_changed(kept: Kept, tmp_path: Path) -> None:
    """Every file of the site is there, and what no build makes any more is not, nor the folder it was in."""
    site = site_of(tmp_path, PAGES)
    first = publish(target_of(tmp_path, kept.to), site)
    assert set(first.added) == site.sources.keys()
    assert kept.files() == contents(site)
    assert publish(target_of(tmp_path, kept.to), site).is_empty
    site = site_of(tmp_path, {"a b.html": "one more", "new.html": "", "notegen/style.0123abcd.css": "p {}"})
    third = publish(target_of(tmp_path, kept.to), site)
    assert (third.added, third.changed) == (("new.html",), ("a b.html", "notegen/files.txt"))
    assert third.removed == ("sea/köln.html", "sea/tide.html")
    assert kept.files() == contents(site)
    assert publish(target_of(tmp_path, kept.to), site).is_empty


def test_what_others_have_there_stays(kept: Kept, tmp_path: Path) -> None:
    """Before the first publish and after it, beside the site's files and in their folders."""
    kept.put("README.md", "mine")
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    kept.put("sea/boat.jpg", "a boat")
    site = site_of(tmp_path, {})
    assert "sea/tide.html" in publish(target_of(tmp_path, kept.to), site).removed
    assert kept.files() == {**contents(site), "README.md": b"mine", "sea/boat.jpg": b"a boat"}


@pytest.mark.parametrize("theirs", ["a b.html", "sea", "sea/tide.html/x"])
def test_what_is_in_the_way_is_named_and_nothing_is_sent(kept: Kept, tmp_path: Path, theirs: str) -> None:
    """A file of that name, and where folders are folders one where a folder must be, or a folder where a file must."""
    kept.put(theirs, "mine")
    before = kept.files()
    if kept.to.startswith("s3:") and theirs != "a b.html":
        publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
        assert kept.files()[theirs] == b"mine"
        return
    with pytest.raises(NotegenError, match=f"not of this site, where it needs the place: `{theirs}`"):
        publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    assert kept.files() == before


def test_a_file_that_says_the_same_is_in_nobodys_way(kept: Kept, tmp_path: Path) -> None:
    """As when a site was copied there by hand before."""
    kept.put("a b.html", "one")
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, kept.to), site)
    assert kept.files() == contents(site)


def test_a_page_may_take_the_place_of_a_folder_and_a_folder_that_of_a_page(
    kept: Kept, tmp_path: Path
) -> None:
    """As long as all that was there was the site's own."""
    for pages in ({"x/y.html": "deep", "z.html": "flat"}, {"x": "flat", "z.html/a.html": "deep"}):
        site = site_of(tmp_path, pages)
        publish(target_of(tmp_path, kept.to), site)
        assert kept.files() == contents(site)


def test_a_list_that_somebody_changed_costs_nobody_a_file(kept: Kept, tmp_path: Path) -> None:
    """Names that lead out, hidden ones and those that no disk can have are never the site's."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    outside = tmp_path / "precious"
    outside.write_text("mine")
    kept.put("hidden/.env", "mine")
    listed = kept.files()["notegen/files.txt"].decode()
    odd = f"no\0name\n{'long' * 70}.html\na//b\n"
    kept.put("notegen/files.txt", f"../precious\n/{outside}\nhidden/.env\n{odd}{listed}")
    site = site_of(tmp_path, {})
    publish(target_of(tmp_path, kept.to), site)
    assert outside.read_text() == "mine"
    assert kept.files() == {**contents(site), "hidden/.env": b"mine"}


def test_another_gardens_site_is_replaced_only_if_that_is_meant(kept: Kept, tmp_path: Path) -> None:
    """By its title, unless the address is the same, or most of the notes are; of what is the same all is replaced."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES, base_url="https://a.example/"))
    renamed = site_of(tmp_path, PAGES, title="Ebb", base_url="https://a.example/")
    publish(target_of(tmp_path, kept.to), renamed)
    moved = site_of(tmp_path, PAGES, title="Ebb and flow")
    publish(target_of(tmp_path, kept.to), moved)
    before = contents(moved)
    other = site_of(tmp_path, {"x.html": ""}, title="Bread")
    with pytest.raises(NotegenError, match="has another site, `Ebb and flow`, and this one is `Bread`"):
        publish(target_of(tmp_path, kept.to), other)
    assert kept.files() == before
    publish(target_of(tmp_path, kept.to), other, replace=True)
    assert kept.files() == contents(other)


def test_most_of_a_site_is_removed_only_if_that_is_meant(kept: Kept, tmp_path: Path) -> None:
    """As when the folder of the notes is not mounted or half there."""
    publish(
        target_of(tmp_path, kept.to), site_of(tmp_path, {f"note-{number}.html": "" for number in range(9)})
    )
    left = site_of(tmp_path, {"note-0.html": ""})
    with pytest.raises(NotegenError, match="has 9 pages of notes, and 8 of them would be removed"):
        publish(target_of(tmp_path, kept.to), left)
    publish(target_of(tmp_path, kept.to), left, replace=True)
    assert kept.files() == contents(left)


@pytest.mark.parametrize("gone", [False, True])
def test_a_site_that_is_built_anew_while_a_question_waits_is_not_mixed(
    kept: Kept, tmp_path: Path, *, gone: bool
) -> None:
    """Pages of one build would name files that only the other has; the next publish sends the newer one."""
    first = site_of(tmp_path, {"a.html": "a1", "b.html": "b1"})
    publish(target_of(tmp_path, kept.to), first)
    site = site_of(tmp_path, {"a.html": "a2", "b.html": "b2"})
    target = target_of(tmp_path, kept.to)
    plan = make_plan(site, target.look(site), "there")
    before = kept.files()
    newer = site_of(tmp_path, {"a.html": "a3", **({} if gone else {"b.html": "b3"}), "c.html": "c3"})
    with pytest.raises(NotegenError, match="another build has changed the site"):
        target.send(plan, site, lambda stage, done, total: None)
    assert kept.files() == before
    publish(target_of(tmp_path, kept.to), newer)
    assert kept.files() == contents(newer)
