"""Whole small gardens, one a tool: each note's title, day, tags, links, body and problems."""

import os
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.errors.problems import word_problem
from notegen.link import link_notes
from notegen.model import Garden, Insights, Note, NoteId
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.render.parts.body import fill_links
from notegen.render.site import open_site
from notegen.theme import load_theme
from tests.support.golden import Case, check_case, read_cases, word_resolution, write_files


@pytest.mark.parametrize("case", read_cases("gardens"), ids=str)
def test_a_garden_of_each_tool_is_read_as_its_tool_reads_it(
    case: Case, tmp_path: Path, update_cases: bool
) -> None:
    """The tools that were recognised, then every note."""
    (tmp_path / "scripts").mkdir()
    for name in ("notegen.js", "enhancements.js"):
        (tmp_path / "scripts" / name).touch()
    write_files(case.given, tmp_path / "notes")
    for path in (tmp_path / "notes").rglob("*"):
        os.utime(path, (0, 0))
    reading = read_sources(tmp_path / "notes", Config())
    garden = link_notes(parse_notes(reading.sources), reading)
    site = open_site(garden, Insights(), load_theme(scripts=tmp_path / "scripts"), Config())
    lines = [f"tool {root.tool} in <{root.path}>" for root in reading.roots]
    lines += [f"withheld {id}" for id in sorted(reading.withheld)]
    for id, note in garden.notes.items():
        lines += [
            f"=== {id}",
            about(note),
            *place(id, garden),
            *goals(note, garden),
            fill_links(note, site).rstrip(),
        ]
    lines += [f"! {problem.place} {word_problem(problem)}" for problem in garden.problems]
    check_case(case, "\n".join(lines), update=update_cases)


def about(note: Note) -> str:
    """Title, day and where it is from, tags and properties in a line."""
    at = f" {note.dating.at}" if note.dating.at else ""
    properties = "".join(f", {key}: {value}" for key, value in note.properties)
    tags = "".join(f" #{tag}" for tag in note.tags)
    changed = f", changed {note.changed}" if note.changed else ""
    return f"“{note.title}” of {note.dating.day}{at} by {note.dating.source}{changed}{tags}{properties}"


def place(id: NoteId, garden: Garden) -> list[str]:
    """What lies above a note and below it; a level with a note in it is followed by that note."""
    levels = [
        f"{level.name} <{level.note}>" if level.note else level.name for level in garden.above.get(id, ())
    ]
    above = [f"below {' / '.join(levels)}"] if levels else []
    below = [f"above {', '.join(garden.below[id])}"] if id in garden.below else []
    return above + below


def goals(note: Note, garden: Garden) -> list[str]:
    """Each link and where it leads."""
    resolutions = zip(note.links, garden.resolutions[note.id], strict=True)
    return [
        f"{link.place.line}:{link.place.column} <{link.target}> -> {word_resolution(goal, garden)}"
        for link, goal in resolutions
    ]
