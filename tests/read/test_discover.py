"""Which files are part of a garden: no other site, no cache, nothing that cannot be named or read."""

import os
import sys
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.errors.problems import word_problem
from notegen.model import Code, Reading
from notegen.paths import MAX_FOLDER_LEVELS
from notegen.read import read_sources
from notegen.read.decode import mapping_without_surrogates
from notegen.stamps import Tree, seen_in
from tests.support.rights import folder_of_all, not_as_root


def read(root: Path, **texts: str) -> Reading:
    """The folder with these files, `__` a slash."""
    for name, text in texts.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return read_sources(root, Config(), skip=[root / "cache", root / "vectors.sqlite"])


def names(reading: Reading) -> list[str]:
    """The notes and files that were found."""
    return sorted([*(source.id for source in reading.sources), *reading.assets])


def test_another_site_and_the_cache_are_no_part_of_the_notes(tmp_path: Path) -> None:
    """Wherever they lie; on top of the notes a file of that name is only a file."""
    files = {"a.md": "x", "notegen.json": "{}", "public__notegen.json": "{}", "public__a.html": "x",
             "public__deep__b.md": "x", "deep__old__notegen.json": "{}", "deep__old__b.md": "x", "deep__c.md": "x",
             "cache__vectors.sqlite": "x", "vectors.sqlite": "x", "deep__vectors.sqlite": "x"}  # fmt: skip
    assert names(read(tmp_path, **files)) == ["a.md", "deep/c.md", "deep/vectors.sqlite", "notegen.json"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("name", [b"caf\xe9.md", b"caf\xe9.png", b"\xff", b"a\xc3"])
def test_a_name_that_is_no_utf8_is_left_out(tmp_path: Path, name: bytes) -> None:
    """A note, a picture or a folder; the message can be shown anywhere."""
    path = tmp_path / os.fsdecode(name)
    if path.suffix:
        path.write_text("x")
    else:
        (path / "deep").mkdir(parents=True)
        (path / "deep/b.md").write_text("x")
    reading = read(tmp_path, **{"a.md": "x"})
    assert names(reading) == ["a.md"]
    (problem,) = reading.problems
    assert problem.code is Code.FILE_NAME_NOT_UTF8
    assert problem.place.path == name.decode("utf-8", "backslashreplace")


@pytest.mark.parametrize(
    "board",
    [
        '{"nodes": [{"id": "1", "type": "text", "text": "a\\ud800b"}]}',
        '{"nodes": [{"id": "1", "type": "file", "file": "\\udfff.md"}]}',
        '{"nodes": [{"id": "1", "type": "file", "file": "a[\\ud800.md", "subpath": "#\\udc00"}]}',
        '{"nodes": [], "metadata": {"frontmatter": {"title": "\\udc00", "\\ud800": ["\\ud83d"]}}}',
    ],
)
def test_half_a_letter_shows_as_what_it_is(tmp_path: Path, board: str) -> None:
    """An escape of JSON's can make what no file can hold; YAML refuses it itself."""
    (source,) = read(tmp_path, **{"a.canvas": board}).sources
    assert f"{source.text}{source.properties}".encode()
    # In an address, which is made of bytes, it is one that was replaced.
    assert [problem.code for problem in source.problems] == [Code.TEXT_LONE_SURROGATE] * ("a[" not in board)
    (source,) = read(tmp_path, **{"b.md": '---\ntitle: "\\ud800"\n---\n'}).sources[1:]
    assert [problem.code for problem in source.problems] == [Code.FRONT_MATTER_INVALID]


def test_an_alias_of_an_alias_costs_nothing() -> None:
    """What is held many times is looked at once."""
    value: list[object] = ["\ud800"]
    for _ in range(60):
        value = [value] * 9
    values, found = mapping_without_surrogates({"a": value}, '"\\ud800"')
    assert found
    inner = values["a"]
    for _ in range(60):
        inner = inner[0]  # type: ignore[index]
    assert inner == ["�"]


@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_an_unreadable_picture_is_a_problem() -> None:
    """And no file of the garden."""
    with folder_of_all() as folder:
        (folder / "p.png").write_bytes(b"")
        assert names(read(folder, **{"a.md": "x"})) == ["a.md", "p.png"]
        (folder / "p.png").chmod(0)
        with not_as_root():
            reading = read_sources(folder, Config())
        assert names(reading) == ["a.md"]
        assert [(problem.code, problem.place.path) for problem in reading.problems] == [
            (Code.FILE_UNREADABLE, "p.png")
        ]


def test_pictures_in_folders_that_tools_hide_are_files_of_the_notes(tmp_path: Path) -> None:
    """GitBook's and Azure DevOps', in any folder; what else lies there is no note, and stays hidden."""
    shown = (".gitbook/assets/image (1).png", ".gitbook/assets/deep/a.md", "docs/.gitbook/assets/b.svg",
             "wiki/.attachments/c.png")  # fmt: skip
    hidden = (".gitbook/includes/d.md", ".gitbook/e.png", ".gitbook/assets/.old/f.png", ".gitbook/.g.png",
              ".attachments-of-mine/h.png", ".obsidian/.attachments/i.png", ".gitbooks/assets/j.png")  # fmt: skip
    for name in (*shown, *hidden):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    reading = read(tmp_path, **{"a.md": "x"})
    assert [source.id for source in reading.sources] == ["a.md"]
    assert names(reading) == sorted(["a.md", *shown])


def test_what_lies_too_deep_is_left_out_and_told(tmp_path: Path) -> None:
    """Python follows no thousand calls, and no system takes a path of thousands of letters."""
    deepest = "/".join("d" * (MAX_FOLDER_LEVELS - 1))
    reading = read(tmp_path, **{"a.md": "A", f"{deepest}/b.md": "B", f"{deepest}/d/d/d/c.md": "C"})
    told = [(str(problem.place), word_problem(problem)) for problem in reading.problems]
    assert names(reading) == ["a.md", f"{deepest}/b.md"]
    assert told == [(f"{deepest}/d", "the file cannot be read: it lies more than 400 folders deep")]
    stamped = [path for path, _ in seen_in([Tree(tmp_path, is_garden=True)])]
    assert any(path.endswith(f"{deepest}/b.md") for path in stamped)
    assert not any(path.endswith("c.md") for path in stamped)
