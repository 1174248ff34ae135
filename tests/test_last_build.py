"""A build with nothing changed does nothing, and whatever a build reads or writes is noticed when it changes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.files import files_in
from tests.support.warm_process import run_warm

HEAVY = (
    "numpy",
    "onnxruntime",
    "tokenizers",
    "jinja2",
    "markdown_it",
    "babel",
    "yaml",
    "rich",
    "latex2mathml",
)
OLD = 1_700_000_000_000_000_000
"""Nanoseconds: a time long before any test."""

NOTES = {
    "index.md": "# Home\n\nSee [[Sea]].\n",
    "Sea.md": "---\ndate: 2024-05-01\n---\n# Sea\n\nTides and salt. ![[pic.png]]\n",
    "deep/Harbour.md": "# Harbour\n\nShips. #port\n",
    "pic.png": "no picture",
    ".obsidian/app.json": "{}",
    "notegen.toml": 'title = "T"\n',
}


class Garden:
    """Notes, a site and a cache in a folder, and the command that builds them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes, self.site, self.cache = (
            folder,
            folder / "notes",
            folder / "site",
            folder / "cache",
        )
        for path, text in NOTES.items():
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        """A note or another file, as an editor saves it."""
        file = self.notes / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def build(self, *words: str, out: Path | None = None, moment: int | None = None) -> bool:
        """Build, for a moment in seconds since 1970 or for now; whether there was nothing to do."""
        clock = {} if moment is None else {"SOURCE_DATE_EPOCH": str(moment), "TZ": "UTC"}
        done = run_warm(
            *("build", str(self.notes), "-o", str(out or self.site), "--no-semantic", "--json", *words),
            folder=self.folder,
            variables={"NOTEGEN_CACHE": str(self.cache), **clock},
        )
        assert done.returncode == 0, done.stderr.decode()
        return bool(json.loads(done.stdout)["unchanged"])

    def files(self, site: Path | None = None) -> dict[str, bytes]:
        """The site's files by path."""
        return files_in(site or self.site)

    def is_as_from_nothing(self, *words: str) -> bool:
        """Whether the site is what a build from nothing gives."""
        cold = self.folder / "cold"
        shutil.rmtree(cold, ignore_errors=True)
        self.build(*words, out=cold)
        return self.files() == self.files(cold)


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    """Built once."""
    garden = Garden(tmp_path)
    assert not garden.build()
    return garden


def test_nothing_changed_is_nothing_to_do(garden: Garden) -> None:
    """The second build reports what the first did, and touches no file."""
    before = {path: path.stat() for path in garden.site.rglob("*")}
    assert garden.build()
    assert {path: path.stat() for path in garden.site.rglob("*")} == before
    assert garden.build("--jobs", "1")


def test_a_day_that_came_is_noticed_and_no_other_is(tmp_path: Path) -> None:
    """Nothing is to be done until a note has its day, or is over; then the site is as from nothing on that day."""
    new_year, day = 1_798_761_600, 86_400
    garden = Garden(tmp_path)
    garden.write(
        "Later.md", "---\npublishDate: 2027-01-01\ntags: [waves]\n---\n# Surf\n\nOf [[Sea]] and surf.\n"
    )
    garden.write(
        "Sale.md", "---\ndate: 2024-01-01\nexpiryDate: 2027-01-03\n---\n# Sale\n\nOf [[Later]] boats.\n"
    )
    for moment, is_done in (
        (new_year - 9 * day, False),
        (new_year - 1, True),
        (new_year, False),
        (new_year + 2 * day - 1, True),
        (new_year + 2 * day, False),
        (new_year + 999 * day, True),
        (new_year - 1, False),
    ):
        assert garden.build(moment=moment) is is_done
        files = garden.files()
        garden.build(out=tmp_path / "cold", moment=moment)
        assert garden.files(tmp_path / "cold") == files
        assert ("Later.html" in files) is (moment >= new_year)
        assert any(b"surf" in content.lower() for content in files.values()) is (moment >= new_year)
        assert ("Sale.html" in files) is (moment < new_year + 2 * day)
        shutil.rmtree(tmp_path / "cold")


def _edit(garden: Garden) -> None:
    garden.write("Sea.md", NOTES["Sea.md"].replace("salt", "wind"))


def _edit_in_secret(garden: Garden) -> None:
    """Bytes of the same number, and the file's times put back."""
    file = garden.notes / "Sea.md"
    status = file.stat()
    _edit(garden)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def _replace(garden: Garden) -> None:
    other = garden.folder / "other.md"
    other.write_text(NOTES["Sea.md"].replace("salt", "wind"), encoding="utf-8")
    other.replace(garden.notes / "Sea.md")


def _rename(garden: Garden) -> None:
    (garden.notes / "deep").rename(garden.notes / "deeper")


def _touch_only(garden: Garden) -> None:
    os.utime(garden.notes / "deep/Harbour.md", ns=(OLD, OLD))


def _spoil_page(garden: Garden) -> None:
    (garden.site / "Sea.html").write_text("mine", encoding="utf-8")


def _move_page_away(garden: Garden) -> None:
    (garden.site / "Sea.html").unlink()


CHANGES: dict[str, Callable[[Garden], object]] = {
    "an edited note": _edit,
    "an edited note with its old times": _edit_in_secret,
    "a note in another's place": _replace,
    "a new note": lambda garden: garden.write("deep/New.md", "# New\n"),
    "a deleted note": lambda garden: (garden.notes / "deep/Harbour.md").unlink(),
    "a renamed folder": _rename,
    "another time of an undated note": _touch_only,
    "a note that is private now": lambda garden: garden.write("Sea.md", "---\nprivate: true\n---\n"),
    "a picture": lambda garden: garden.write("pic.png", "another"),
    "a setting": lambda garden: garden.write("notegen.toml", 'title = "Other"\n'),
    "a tool's setting": lambda garden: garden.write(".obsidian/app.json", '{"strictLineBreaks": true}'),
    "a tool's mark": lambda garden: shutil.rmtree(garden.notes / ".obsidian"),
    "a theme": lambda garden: garden.write("theme/extra.css", "p { color: red }"),
    "a spoiled page": _spoil_page,
    "a page that is gone": _move_page_away,
    "a site that is gone": lambda garden: shutil.rmtree(garden.site),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(garden: Garden, change: str) -> None:
    """And the site is then as one from nothing; after that there is nothing to do again."""
    CHANGES[change](garden)
    assert not garden.build()
    assert garden.is_as_from_nothing()
    assert garden.build()


def test_other_options_are_another_build(garden: Garden) -> None:
    """Each of two ways to build one site undoes the other."""
    address = ("--base-url", "https://example.org/garden/")
    assert not garden.build(*address)
    assert garden.is_as_from_nothing(*address)
    assert garden.build(*address)
    assert not garden.build()
    assert garden.is_as_from_nothing()


def test_what_an_editor_leaves_of_no_use_is_no_change(garden: Garden) -> None:
    """Where Obsidian keeps which panes are open, and what lies in the cache and in the site of others."""
    garden.write(".obsidian/workspace.json", "{}")
    assert garden.build()
    (garden.site / "mine.txt").write_text("mine", encoding="utf-8")
    (garden.cache / "mine.txt").write_text("mine", encoding="utf-8")
    assert garden.build()


def test_what_python_compiles_is_no_change(garden: Garden) -> None:
    """Beside the program's own files, and where a theme has some: whatever command runs first writes it."""
    garden.write("theme/extra.css", "p { color: red }")
    assert not garden.build()
    garden.write("theme/__pycache__/made.cpython-311.pyc", "compiled")
    assert garden.build()


def test_a_commit_that_dates_a_note_is_noticed(garden: Garden) -> None:
    """The day of a note without one is that of its first commit."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(garden.notes)]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Notes", "--date", "2001-02-03T04:05:06"]):
        subprocess.run([*git, *words], check=True)
    assert not garden.build()
    assert b"2001" in (garden.site / "deep/Harbour.html").read_bytes()
    assert garden.build()


def test_what_a_killed_build_left_is_brought_to_its_end(garden: Garden) -> None:
    """Its folder beside the site is swept by a build that has something to do: this one."""
    left = garden.folder / ".site.new-0a1b2c3d"
    left.mkdir()
    (left / "lock").touch()
    assert not garden.build()
    assert not left.exists()


@pytest.mark.parametrize(
    "kept", ["", "{}", "[]", '{"version": 1}', '{"read": {"key": 1}}', "[" * 100_000, "\0"]
)
def test_a_spoiled_memory_is_none(garden: Garden, kept: str) -> None:
    """Then all is built."""
    (file,) = (garden.cache / "last-builds").iterdir()
    file.write_text(kept, encoding="utf-8")
    assert not garden.build()
    assert garden.build()


def test_a_build_with_nothing_to_do_loads_nothing_that_a_build_needs(garden: Garden) -> None:
    """Above all no numpy."""
    words = ["build", str(garden.notes), "-o", str(garden.site), "--no-semantic", "--quiet"]
    script = (
        f"import sys; from notegen.cli import cli; cli.main({words!r}, standalone_mode=False); "
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    environment = {**os.environ, "NOTEGEN_CACHE": str(garden.cache), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


TRACED = """
import os, sys
opened = set()
def hear(event, facts):
    if event == "open" and isinstance(facts[0], str) and facts[2] & (os.O_WRONLY | os.O_RDWR) == 0:
        opened.add(os.path.realpath(facts[0]))
from notegen.cli import cli
sys.addaudithook(hear)
cli.main(sys.argv[1:], standalone_mode=False)
sys.stderr.write("\\n".join(sorted(opened)))
"""


@pytest.mark.parametrize(("name", "options"), [("everything", ()), ("logseq", ("--no-semantic",))])
def test_all_that_a_build_opens_is_looked_at(tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    """Every file that the process reads, once with meaning, is one whose change would be noticed, or Python's own."""
    garden = Garden(tmp_path)
    shutil.copytree(ROOT / "tests/gardens" / name, garden.notes, dirs_exist_ok=True)
    words = ["build", str(garden.notes), "-o", str(garden.site), "--quiet", "--jobs", "1", *options]
    environment = {**os.environ, "NOTEGEN_CACHE": str(garden.cache), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", TRACED, *words], env=environment, capture_output=True, text=True, check=True
    )
    opened = {Path(line) for line in done.stderr.splitlines() if line.startswith("/")}
    looked_at = subprocess.run(
        [sys.executable, "-c", LISTED, str(garden.notes), str(garden.site), str(garden.cache)],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    elsewhere = [Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), garden.site, garden.cache]
    elsewhere += map(Path, ("/proc", "/sys", "/dev", "/usr", "/etc", "/lib", "/tmp/.X11-unix"))
    missed = {
        path
        for path in opened - set(map(Path, looked_at))
        if not any(path.is_relative_to(top) for top in elsewhere) and path.is_file()
        if path.parent.name != "__pycache__"  # made of sources that are looked at
    }
    assert missed == set()
    assert garden.notes / "Sea.md" in opened


LISTED = """
import sys
from pathlib import Path
import notegen.stamps as stamps
from notegen.config import Config
from notegen.last_build import stamps_of_inputs
walk = stamps._Walk.seen
def tell(self):
    for path, seen in walk(self):
        print(path)
        yield path, seen
stamps._Walk.seen = tell
notes, site, cache = map(Path, sys.argv[1:])
stamps_of_inputs(notes, Config(), (site, cache))
"""
