"""Advice on a garden: what is none of it. What is, and how it reads, is in `tests/cases/check.md`."""

from pathlib import Path

import pytest

from notegen.check.advice import give_advice, in_order, without_ignored
from notegen.config import Config
from notegen.link import link_notes
from notegen.model import Code, Place, Problem, Reading
from notegen.parse import parse_notes
from notegen.read import read_sources
from tests.support.golden import write_files

HEAD = "---\ndate: 2024-05-01\n---\n"


def review(folder: Path, files: str) -> list[str]:
    """What is said about a folder with these files, one line a problem."""
    write_files(files, folder)
    reading: Reading = read_sources(folder, Config())
    garden = link_notes(parse_notes(reading.sources), reading)
    return [f"{problem.place} {problem.code}" for problem in give_advice(garden, reading)]


@pytest.mark.parametrize(
    "files",
    [
        f"=== only.md\n{HEAD}A garden of one note has nobody to link to.\n",
        f"=== 2024-05-01.md\nA day.\n=== sub/_index.md\n{HEAD}A folder's own.\n=== README.md\n{HEAD}About.\n",
        f"=== a.md\n{HEAD}To the day [[1999-01-01]].\n=== b.md\n{HEAD}Home: [up](index.html).\n",
        f"=== a.md\n{HEAD}![](p.png)\n\n[[b]]\n=== b.md\n{HEAD}<video src=\"v.mp4\"></video>\n=== p.png\n",
        "=== foam.json\n{}\n=== dendron.yml\nversion: 5\n=== x/_config.yml\ntitle: x\n",
        "=== logseq/config.edn\n{}\n=== logseq/custom.css\n\n=== pages/aws.md\n- [[x]] date:: 2024-05-01\n"
        "=== pages/x.md\n- [[AWS]]\n",
        f"=== Caf\u00e9.md\n{HEAD}[[b]]\n=== b.md\n{HEAD}[[Cafe\u0301]] [[b|B]]\n",
        f"=== deep/Note.md\n{HEAD}[[../b]] [[./Note#x]]\n=== b.md\n{HEAD}[t](deep/Note.MD) [u](./deep/Note.html)\n",
        f"=== Bread.md\n---\ndate: 2024-05-01\naliases: [LOAF]\n---\n[[b]]\n=== b.md\n{HEAD}[[loaf]]\n",
    ],
)  # fmt: skip
def test_nothing_is_said(tmp_path: Path, files: str) -> None:
    """Notes with a place, tools' own files, Logseq's names, letters written in two ways, endings, and aliases."""
    assert review(tmp_path, files) == []


def test_a_link_to_oneself_and_a_picture_are_no_links_between_notes(tmp_path: Path) -> None:
    """Nor is a link that leads nowhere."""
    alone = f"=== a.md\n{HEAD}# H\n[[a]] [[#H]] [[gone]] ![[p.png]]\n=== p.png\n"
    assert review(tmp_path, f"{alone}=== b.md\n{HEAD}[[c]]\n=== c.md\n{HEAD}x\n") == ["a.md note-orphan"]


def test_each_of_many_with_one_title_names_the_others(tmp_path: Path) -> None:
    """Three of them, and how many more."""
    write_files("".join(f"=== {name}/x.md\n{HEAD}# Same\n[[a/x]] [[b/x]]\n" for name in "abcde"), tmp_path)
    reading = read_sources(tmp_path, Config())
    problems = give_advice(link_notes(parse_notes(reading.sources), reading), reading)
    assert [problem.code for problem in problems] == [Code.TITLE_TAKEN] * 5
    assert dict(problems[0].facts)["others"] == "`b/x.md`, `c/x.md`, `d/x.md` and 1 more"


def test_problems_are_ordered_and_left_out_by_kind() -> None:
    """By file, line, column, then kind; an ignored kind is absent and the order stays."""
    a = Problem(Code.NOTE_ORPHAN, Place("a.md"))
    b = Problem(Code.LINK_CASE, Place("a.md", 3, 9))
    c = Problem(Code.LINK_MISSING, Place("a.md", 3, 10))
    d = Problem(Code.NOTE_EMPTY, Place("b.md"))
    assert in_order([d, c, b, a]) == (a, b, c, d)
    assert without_ignored((a, b, c, d), [Code.LINK_CASE, Code.NOTE_EMPTY]) == (a, c)
