"""What an audit need not read again, and that nothing hides behind it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.audit.collect import PrivateText
from notegen.audit.file_bytes import bytes_of
from notegen.audit.needles import make_needles
from notegen.audit.readings import Lines, lines_of
from notegen.cache import VectorCache, open_cache
from notegen.config import Config
from notegen.model import Audit, FileDigest, FileDigests
from notegen.page_data import digest_of, digest_of_file
from notegen.write.manifest import files_under
from tests.audit.test_halves import elsewhere, search_of
from tests.support.audits import audit_of, build_unaudited

SECRET = "---\nprivate: true\n---\nThe Zwiebelkuchen waits in the third cellar.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A private note and forty public ones."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "hidden.md").write_text(SECRET, "utf-8")
    for number in range(40):
        (folder / f"note {number}.md").write_text(f"# Note {number}\n\nBoats lie here.\n", "utf-8")
    return folder


@pytest.fixture
def site(notes: Path, tmp_path: Path) -> Path:
    """Their site."""
    return build_unaudited(notes, tmp_path / "site")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    """An empty one."""
    with open_cache(tmp_path / "cache") as opened:
        yield opened


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gets the address of each file that is searched."""
    urls: list[str] = []

    def listed(url: str, content: bytes) -> Lines:
        urls.append(url)
        return lines_of(url, content)

    monkeypatch.setattr("notegen.audit.search.lines_of", listed)
    return urls


def test_a_second_audit_reads_only_what_changed(
    site: Path, notes: Path, cache: VectorCache, read: list[str]
) -> None:
    """And counts all the same."""
    first = audit_of(site, notes, cache=cache)
    assert len(read) > 50
    del read[:]
    page = site / "note-7.html"
    page.write_text(page.read_text("utf-8").replace("Boats", "Ships"), "utf-8")
    again = audit_of(site, notes, cache=cache)
    assert read == ["note-7.html"]
    assert (again.files, again.bytes, again.words, again.leaks) == (first.files, first.bytes, first.words, ())


def test_files_whose_digests_are_told_are_read_only_where_these_are_new(
    site: Path, notes: Path, cache: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them the first time, then those that changed; what is found is the same, in one process or in two."""
    opened: list[str] = []

    def noted(path: str) -> bytes:
        opened.append(path.removeprefix(f"{site}/"))
        return bytes_of(path)

    monkeypatch.setattr("notegen.audit.search.bytes_of", noted)
    urls = [*files_under(site)]
    first = search_of(notes, site, cache)(site, digests=digests_of(site))
    assert sorted(opened) == sorted(urls)
    del opened[:]
    for words in ("Ships lie here.", "The Zwiebelkuchen waits."):
        (site / "note-7.html").write_text(f"<p>{words}", "utf-8")
        search, told = search_of(notes, site, cache), digests_of(site)
        found = search(site, digests=told)
        assert opened == ["note-7.html"]
        assert found == search_of(notes, site)(site)
        assert search(site, elsewhere, told) == found
        assert found.files == first.files
        del opened[:]
    assert leaks(found) == ["note-7.html"]


def test_a_file_is_remembered_by_what_was_read_of_it(site: Path, notes: Path, cache: VectorCache) -> None:
    """Where something else was told of it, that says nothing of the next file which holds that."""
    page = site / "note-7.html"
    innocent = page.read_bytes()
    search_of(notes, site, cache)(site)
    page.write_text("<p>Nothing.", "utf-8")
    told = {"note-7.html": FileDigest(digest_of(b"<p>Zwiebelkuchen"), 16)}
    assert leaks(search_of(notes, site, cache)(site, digests=told)) == []
    page.write_text("<p>Zwiebelkuchen", "utf-8")
    assert leaks(search_of(notes, site, cache)(site, digests=told)) == ["note-7.html"]
    page.write_bytes(innocent)
    assert leaks(search_of(notes, site, cache)(site)) == []


def digests_of(site: Path) -> FileDigests:
    """What all files of a site hold."""
    return {url: FileDigest(*digest_of_file(site / url)) for url in files_under(site)}


def test_a_leak_in_a_file_that_was_searched_is_found(site: Path, notes: Path, cache: VectorCache) -> None:
    """Its bytes are others; the next audit finds it in what it remembers."""
    assert leaks(audit_of(site, notes, cache=cache)) == []
    with (site / "note-7.html").open("a", encoding="utf-8") as page:
        page.write("<p>Zwiebelkuchen")
    assert leaks(audit_of(site, notes, cache=cache)) == ["note-7.html"]
    assert leaks(audit_of(site, notes, cache=cache)) == ["note-7.html"]


def test_what_becomes_private_is_found_in_files_that_were_searched(
    site: Path, notes: Path, cache: VectorCache
) -> None:
    """Other words are looked for, so nothing counts as known."""
    audit_of(site, notes, cache=cache)
    (notes / "note 7.md").write_text("---\nprivate: true\n---\n# Note 7\n\nAn Unterwasserboot.\n", "utf-8")
    (site / "note-8.html").write_text("<p>An Unterwasserboot", "utf-8")
    assert "note-8.html" in leaks(audit_of(site, notes, cache=cache))


def test_a_line_that_two_files_share_is_found_in_the_second_when_the_first_loses_it(
    site: Path, notes: Path, cache: VectorCache
) -> None:
    """A line is read once, in the first file that has it, and remembered with all."""
    pages = [site / "note-30.html", site / "note-31.html"]
    before = pages[0].read_text("utf-8")
    for page in pages:
        page.write_text(page.read_text("utf-8") + "\n<p>Zwiebelkuchen\n", "utf-8")
    assert leaks(audit_of(site, notes, cache=cache)) == ["note-30.html"]
    pages[0].write_text(before, "utf-8")
    assert leaks(audit_of(site, notes, cache=cache)) == ["note-31.html"]


def test_what_was_public_when_it_was_met_is_found_when_it_is_not_any_more(
    site: Path, notes: Path, cache: VectorCache
) -> None:
    """The page has not changed, what is public has: a word of the pages' own is none in another language's."""
    (notes / "open.md").write_text("# Open\n\nZwiebelkuchens everywhere.\n", "utf-8")
    with (site / "note-7.html").open("a", encoding="utf-8") as page:
        page.write("\n<p>Zwiebelkuchen")
    assert leaks(audit_of(site, notes, cache=cache)) == []
    (notes / "open.md").write_text("# Open\n\nNothing.\n", "utf-8")
    assert leaks(audit_of(site, notes, cache=cache)) == ["note-7.html"]


def test_a_private_file_is_found_though_its_copy_was_known(
    site: Path, notes: Path, cache: VectorCache
) -> None:
    """As a whole, byte for byte."""
    (notes / "plan.png").write_bytes(b"\x89PNG plan")
    shutil.copy(notes / "plan.png", site / "plan.png")
    assert leaks(audit_of(site, notes, cache=cache)) == []
    (notes / "_drafts").mkdir()
    (notes / "plan.png").rename(notes / "_drafts/plan.png")
    assert leaks(audit_of(site, notes, cache=cache)) == ["plan.png"]


def leaks(audit: Audit) -> list[str]:
    """The files that show something private."""
    return sorted({leak.file for leak in audit.leaks})


def test_what_texts_hold_is_forgotten_as_when_they_are_looked_through() -> None:
    """Words and rows, also where they are asked of many texts at once and another text had them before."""
    private = [
        PrivateText("a.md", 1, "the zwiebelkuchen waits in the third cellar\nkey of the northern gate"),
        PrivateText("b.md", 3, "seven grey boats lie there\nunter wasser boot"),
    ]
    public = ["boats lie", "The third cellar waits", "a key of the northern gate is here", "wasser", ""]
    looked, held = make_needles(private), make_needles(private)
    looked.forget(public)
    every = held.held_by(public)
    assert every == [one for text in public for one in held.held_by([text])]
    together = held.held_together(public)
    assert {*together.words} == {word for one in every for word in one.words}
    assert {*together.rows} == {row for one in every for row in one.rows}
    held.forget_held([together])
    assert (held.count(), held.digest()) == (looked.count(), looked.digest())
    assert held.digest() != make_needles(private).digest()


def test_what_settings_said_is_looked_for_again_when_they_do_not(
    site: Path, notes: Path, cache: VectorCache
) -> None:
    """What a text holds is remembered of all that is looked for, not of what settings left of it."""
    (notes / "open.md").write_text("# Open\n\nZwiebelkuchen in the third cellar.\n", "utf-8")
    (site / "note-8.html").write_text("<p>Zwiebelkuchen waits in the third", "utf-8")
    said = Config(title="Zwiebelkuchen waits in the third cellar")
    assert leaks(audit_of(site, notes, config=said, cache=cache)) == []
    assert leaks(audit_of(site, notes, cache=cache)) == leaks(audit_of(site, notes)) == ["note-8.html"]
    (notes / "open.md").write_text("# Open\n\nZwiebelkuchen waits in the third cellar.\n", "utf-8")
    assert leaks(audit_of(site, notes, config=said, cache=cache)) == []
    assert audit_of(site, notes, cache=cache) == audit_of(site, notes)


def test_a_link_to_itself_is_passed_over(notes: Path, site: Path) -> None:
    """It holds nothing that could be private, and the audit goes on."""
    (notes / "self.md").symlink_to("self.md")
    (notes / "loop").symlink_to(".")
    assert audit_of(site, notes).leaks == ()
