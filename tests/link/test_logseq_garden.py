"""A Logseq graph from its files to its links: one golden garden."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.errors.problems import word_problem
from notegen.link import link_notes
from notegen.model import Code
from notegen.parse import parse_notes
from notegen.read import read_sources
from tests.conftest import ROOT
from tests.support.golden import Case, check_case, read_cases, word_resolution


@pytest.mark.parametrize("case", read_cases("logseq-garden"), ids=str)
def test_a_graph_is_read_and_linked_as_logseq_shows_it(case: Case, update_cases: bool) -> None:
    """Each note's title, day, tags, links and HTML, and every problem, in order."""
    reading = read_sources(ROOT / "tests/gardens" / case.given.strip(), Config())
    garden = link_notes(parse_notes(reading.sources), reading)
    lines = [f"withheld {id}" for id in sorted(reading.withheld)]
    for id, note in garden.notes.items():
        # Days from git and from the disk are those of this checkout, not of the garden.
        own = note.dating.source not in ("git", "nothing")
        day = f", {note.dating.day} by {note.dating.source}" if own else ""
        lines.append(f"=== {id}: {note.title}{day} {' '.join(f'#{tag}' for tag in note.tags)}".rstrip())
        lines += [f"also {alias}" for alias in note.aliases]
        lines += [f"{key}: {value}" for key, value in note.properties]
        for link, goal in zip(note.links, garden.resolutions[id], strict=True):
            lines.append(f"{link.place} {link.kind} <{link.target}> -> {word_resolution(goal, garden)}")
        lines += note.body.rstrip().split("\n")
    dull = (Code.DATE_FROM_FILE_TIME,)
    lines += [f"! {p.place} {word_problem(p)}" for p in garden.problems if p.code not in dull]
    check_case(case, "\n".join(lines), update=update_cases)


def test_org_files_are_pages_of_a_graph_and_files_elsewhere(tmp_path: Path) -> None:
    """Below a graph's folder an Org file has a page, named as a Markdown file's is; beside it, it is an attachment."""
    for path in ("graph/logseq/config.edn", "graph/pages/A plan.org", "other.org"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    reading = read_sources(tmp_path, Config())
    assert list(reading.assets) == ["other.org"]
    assert link_notes(parse_notes(reading.sources), reading).urls == {
        "graph/pages/A plan.org": "graph/pages/A-plan.html"
    }
