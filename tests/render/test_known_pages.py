"""Pages that are known by what making them asked: which are made again, and that no other file is taken for one."""

import shutil
import sys
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path

import pytest

import notegen.render.pages.markdown
import notegen.render.pages.notes
from notegen.build import build
from notegen.cache import open_cache
from notegen.config import Config, ExportSettings
from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.model import Note
from notegen.render.pages.markdown import note_as_markdown
from notegen.render.site import Site
from tests.support.files import files_in

NOTES = {
    "index.md": "# Home\n\nSee [[Sea]].\n",
    "Sea.md": "---\ndate: 2024-05-01\n---\n# Sea\n\nTides and salt.\n",
    "Harbour.md": "---\ndate: 2024-05-03\n---\n# Harbour\n\nShips come in from the [[Sea]] at noon.\n",
    "Bread.md": "---\ndate: 2023-02-01\n---\n# Bread\n\nFlour and water.\n",
    "Oven.md": "---\ndate: 2022-01-01\n---\n# Oven\n\nHot. ![[Bread]]\n",
}


class Garden:
    """Notes, a site and a cache, and which notes' pages were made by the last build."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.notes, self.site = folder, folder / "notes", folder / "site"
        self.made: list[str] = []
        page_of = notegen.render.pages.notes._note_page

        def count(*given: object) -> object:
            self.made.append(given[1].id)  # type: ignore[attr-defined]  # a note
            return page_of(*given)  # type: ignore[arg-type]  # as they came

        monkeypatch.setattr(notegen.render.pages.notes, "_note_page", count)
        for name, text in NOTES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """A note, as an editor saves it."""
        (self.notes / name).parent.mkdir(parents=True, exist_ok=True)
        (self.notes / name).write_text(text, encoding="utf-8")

    def build(self, config: Config | None = None, *, jobs: int = 1) -> set[str]:
        """Build with what is kept; gives the notes whose pages were made by this process."""
        self.made.clear()
        with open_cache(self.folder / "cache") as cache:
            context = BuildContext(self.notes, config or Config(title="T"), None, cache=cache, jobs=jobs)
            build(context, self.site)
        return set(self.made)


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Garden:
    """One that was built once, from nothing."""
    garden = Garden(tmp_path, monkeypatch)
    assert garden.build() == {*NOTES} - {"index.md"}
    return garden


def test_a_page_is_made_again_when_what_it_asked_has_another_answer(garden: Garden) -> None:
    """What a note says counts for its own page, and for those that quote, embed or name it."""
    assert garden.build() == set()
    garden.write("Harbour.md", NOTES["Harbour.md"].replace("noon", "night"))
    assert garden.build() == {"Harbour.md", "Sea.md"}
    assert "at night" in (garden.site / "Sea.html").read_text("utf-8")
    garden.write("Bread.md", NOTES["Bread.md"].replace("water", "salt"))
    assert {"Bread.md", "Oven.md"} <= garden.build()
    assert "Harbour.md" not in garden.made
    assert "Flour and salt" in (garden.site / "Oven.html").read_text("utf-8")


def test_a_page_that_only_names_a_note_stays_as_it_is(garden: Garden) -> None:
    """Its title counts there, what it says does not, be it more words, a heading or a link."""
    told = NOTES["Sea.md"].replace("# Sea", "# Sea\n\nAll of it, as far as it goes. And all its weather.")
    garden.write("Sea.md", told)
    garden.build()
    garden.write("Sea.md", told + "\nMore of it.\n")
    assert garden.build() == {"Sea.md"}
    garden.write("Sea.md", told + "\n## Waves\n\nOf [an ocean](https://sea.example/).\n")
    assert garden.build() == {"Sea.md"}
    garden.write("Sea.md", told.replace("# Sea", "# The sea"))
    assert {"Harbour.md", "Sea.md"} <= garden.build()
    assert "The sea" in (garden.site / "Harbour.html").read_text("utf-8")


def test_what_every_page_shows_makes_all_of_them_again(garden: Garden) -> None:
    """A setting, a template of a theme and what it includes."""
    every = {*NOTES} - {"index.md"}
    assert garden.build(Config(title="Other")) == every
    garden.write("theme/footer.html", '{% include "own/said.txt" %}')
    garden.write("theme/own/said.txt", "one")
    assert garden.build() == every
    garden.write("theme/own/said.txt", "two")
    assert garden.build() == every
    assert "two" in (garden.site / "Sea.html").read_text("utf-8")


def test_what_a_site_with_an_address_has_more_is_known_too(garden: Garden) -> None:
    """Its cards, feeds and data for programs."""
    config = Config(title="T", base_url="https://me.example/", description="Notes", author="A. N. Author")
    assert garden.build(config) == {*NOTES} - {"index.md"}
    assert garden.build(config) == set()
    garden.write("Harbour.md", NOTES["Harbour.md"].replace("noon", "night"))
    assert garden.build(config) == {"Harbour.md", "Sea.md"}


def test_markdown_is_made_again_where_it_would_be_another(
    garden: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its note says, or one that it shows; none of the others, and all where an address is new."""
    config = Config(title="T", export=ExportSettings(markdown=True))
    written: list[str] = []

    def count(site: Site, note: Note, address_of: Callable[[str, str], str]) -> str:
        written.append(note.id)
        return note_as_markdown(site, note, address_of)

    monkeypatch.setattr(notegen.render.pages.markdown, "note_as_markdown", count)
    garden.build(config)
    assert {*written} == {*NOTES}
    written.clear()
    garden.write("Bread.md", NOTES["Bread.md"].replace("water", "salt"))
    garden.build(config)
    assert {*written} == {"Bread.md", "Oven.md"}
    assert "Flour and salt" in (garden.site / "Oven.html.md").read_text("utf-8")
    written.clear()
    garden.write("Salt.md", "Salt.\n")
    garden.build(config)
    assert {*written} == {*NOTES, "Salt.md"}


def test_a_file_that_somebody_changed_is_not_taken_over(garden: Garden) -> None:
    """In place, of the same size, or gone: the next build makes the page, and that one alone."""
    page = garden.site / "Sea.html"
    was = page.read_bytes()
    for spoiled in (was.replace(b"salt", b"tlas"), was + b"<p>mine", b""):
        page.write_bytes(spoiled)
        assert garden.build() == {"Sea.md"}
        assert page.read_bytes() == was
    page.unlink()
    assert garden.build() == {"Sea.md"}
    assert page.read_bytes() == was


def test_a_link_home_is_not_one_that_leads_nowhere(garden: Garden) -> None:
    """Both hold no more than what they are, and which one it is decides what the page shows."""
    garden.write("Oven.md", "# Oven\n\nHot. [home](index.md) [gone](index.html)\n")
    garden.build()
    first = (garden.site / "Oven.html").read_text("utf-8")
    (garden.notes / "index.md").unlink()
    assert "Oven.md" in garden.build()
    assert (garden.site / "Oven.html").read_text("utf-8") != first


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many processes are at work, also at a few pages."""
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: True)
    monkeypatch.setattr("notegen.render.known_pages.MIN_SHARED", 2)
    monkeypatch.setattr("notegen.render.known_pages._CHUNK", 2)
    return 3


def many_notes(garden: Garden) -> None:
    """So many that others have something to do."""
    for number in range(60):
        text = f"---\ndate: 2024-05-{number % 28 + 1}\ntags: [t{number % 7}]\n---\n[[note {number // 3}]], [[Sea]]\n"
        garden.write(f"note {number}.md", text)


forks = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


@forks
def test_several_processes_make_the_pages_of_one(tmp_path: Path, several: int, garden: Garden) -> None:
    """And what is kept of them is the same: the next build makes no page again, whoever made it first."""
    many_notes(garden)
    every = garden.build(Config(title="Other"))
    site = files_in(garden.site)
    for path in ("cache", "site"):
        shutil.rmtree(garden.folder / path)
    here = garden.build(Config(title="Other"), jobs=several)
    assert set() < here < every
    assert files_in(garden.site) == site
    assert garden.build(Config(title="Other")) == set()
    garden.write("note 7.md", "Nothing but a word.\n")
    assert "note 7.md" in garden.build(Config(title="Other"), jobs=several)
    assert garden.build(Config(title="T"), jobs=several) < every


@forks
def test_a_template_that_fails_elsewhere_fails_here(several: int, garden: Garden) -> None:
    """With the words that one process has for it, and the site as it was."""
    many_notes(garden)
    garden.build()
    site = files_in(garden.site)
    garden.write("theme/note.html", "{% if language == 'de' %}{{ nothing }}{% endif %}")
    garden.write("note 40.md", "---\nlang: de\n---\nHalt\n")
    said = []
    for jobs in (1, several):
        with pytest.raises(NotegenError) as failure:
            garden.build(jobs=jobs)
        said.append(str(failure.value))
        assert active_children() == []
    assert said[0] == said[1]
    assert "nothing" in said[0]
    assert files_in(garden.site) == site
