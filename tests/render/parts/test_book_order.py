"""The order of a book's pages."""

from pathlib import Path

from notegen.config import Config
from notegen.link import link_notes
from notegen.model import Garden
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.render.parts.book_order import book_order
from tests.support.golden import write_files


def garden_of(folder: Path, files: str) -> Garden:
    """The garden of these files."""
    write_files(files, folder)
    reading = read_sources(folder, Config())
    return link_notes(parse_notes(reading.sources), reading)


def test_a_table_of_contents_says_what_comes_next(tmp_path: Path) -> None:
    """Each page once, where it is named first; what is missing or elsewhere is none."""
    garden = garden_of(
        tmp_path,
        "=== src/SUMMARY.md\n- [A](a.md)\n  - [C](b/c.md)\n"
        "- [A](a.md#x) [gone](d.md) [far](https://example.org)\n- [B](b.md)\n"
        "=== src/a.md\n=== src/b.md\n=== src/b/c.md\n=== src/other.md\n",
    )
    a, b, c = "src/a.md", "src/b.md", "src/b/c.md"
    assert book_order(garden) == {a: (None, c), c: (a, b), b: (c, None)}


def test_a_garden_without_one_has_no_such_order(tmp_path: Path) -> None:
    """Nor does a note called so that lies deeper, or in a vault of Obsidian."""
    assert not book_order(garden_of(tmp_path / "a", "=== a/b/SUMMARY.md\n[c](c.md)\n=== a/b/c.md\n"))
    files = "=== .obsidian/app.json\n{}\n=== Summary.md\n[[c]]\n=== c.md\n"
    assert not book_order(garden_of(tmp_path / "b", files))
