"""Where links lead: golden cases of small folders of notes."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.errors.problems import word_problem
from notegen.link import link_notes
from notegen.model import Code
from notegen.parse import parse_notes
from notegen.read import read_sources
from tests.support.golden import Case, check_case, read_cases, word_resolution, write_files


@pytest.mark.promise("Links are found as Obsidian finds them, in an order that was measured")
@pytest.mark.parametrize("case", read_cases("resolve"), ids=str)
def test_links_lead_where_the_case_says(case: Case, tmp_path: Path, update_cases: bool) -> None:
    """Each link's goal, each page's address that is not plain, and every problem, in order."""
    write_files(case.given, tmp_path)
    reading = read_sources(tmp_path, Config())
    garden = link_notes(parse_notes(reading.sources), reading)
    lines = []
    for id, note in garden.notes.items():
        for link, goal in zip(note.links, garden.resolutions[id], strict=True):
            written = link.target + (f"#{link.fragment}" if link.fragment else "")
            lines.append(f"{link.place} {link.kind} <{written}> -> {word_resolution(goal, garden)}")
    lines += [f"{id} has {url}" for id, url in garden.urls.items() if url != id.removesuffix(".md") + ".html"]
    lines += [f"{url} leads to {id}" for url, id in garden.redirects.items()]
    dull = (Code.DATE_FROM_FILE_TIME,)
    lines += [f"! {p.place} {word_problem(p)}" for p in garden.problems if p.code not in dull]
    check_case(case, "\n".join(lines), update=update_cases)
