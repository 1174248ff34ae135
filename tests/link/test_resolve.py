"""Where links lead: golden cases of small folders of notes."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.errors import word_problem
from notegen.link import link_notes
from notegen.model import Code, Garden, Resolution, ToAsset, ToDay, ToHome, ToNote, ToTag
from notegen.parse import parse_notes
from notegen.read import read_sources
from tests.support.golden import Case, check_case, read_cases


@pytest.mark.parametrize("case", read_cases("resolve"), ids=str)
def test_links_lead_where_the_case_says(case: Case, tmp_path: Path, update_cases: bool) -> None:
    """Each link's goal, each page's address that is not plain, and every problem, in order."""
    plant(case.given, tmp_path)
    reading = read_sources(tmp_path, Config())
    garden = link_notes(parse_notes(reading.sources), reading)
    lines = []
    for id, note in garden.notes.items():
        for link, goal in zip(note.links, garden.resolutions[id], strict=True):
            written = link.target + (f"#{link.fragment}" if link.fragment else "")
            lines.append(f"{link.place} {link.kind} <{written}> -> {words_of(goal, garden)}")
    lines += [f"{id} has {url}" for id, url in garden.urls.items() if url != id.removesuffix(".md") + ".html"]
    lines += [f"{url} leads to {id}" for url, id in garden.redirects.items()]
    dull = (Code.DATE_FROM_FILE_TIME,)
    lines += [f"! {p.place} {word_problem(p)}" for p in garden.problems if p.code not in dull]
    check_case(case, "\n".join(lines), update=update_cases)


def plant(text: str, folder: Path) -> None:
    """Writes the files of `=== path` sections."""
    for section in text.split("=== ")[1:]:
        path, _, content = section.partition("\n")
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def words_of(goal: Resolution, garden: Garden) -> str:
    """A resolution in a line of a case."""
    match goal:
        case ToNote(note, anchor):
            return note + (f" at {anchor}" if anchor else "")
        case ToDay(day):
            return f"the day {day}"
        case ToAsset(path):
            return f"the file {path} as {garden.assets[path]}"
        case ToTag(tag):
            return f"the tag {tag}"
        case ToHome():
            return "the first page"
        case _:
            return "nowhere"
