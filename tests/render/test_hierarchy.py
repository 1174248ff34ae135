"""The way down to a note and what lies below it, as pages show them: golden cases of small folders of notes."""

import re
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.link import link_notes
from notegen.model import Garden, Insights
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.render import render_pages
from notegen.theme import Theme
from tests.support.gardens import text_of
from tests.support.golden import Case, check_case, read_cases, write_files

_ABOVE = re.compile(r'<(nav|p) class="breadcrumbs".*?</\1>')
_BELOW = re.compile(r'<section class="note-section" aria-labelledby="Below">.*?</section>', re.DOTALL)


@pytest.mark.parametrize("case", read_cases("hierarchy"), ids=str)
def test_a_page_shows_its_place_as_the_case_says(
    case: Case, theme: Theme, tmp_path: Path, update_cases: bool
) -> None:
    """Of each note's page what stands over the title, and the list of what lies below."""
    write_files(case.given, tmp_path)
    garden = grown(tmp_path)
    pages = {page.url: page for page in render_pages(garden, Insights(), theme, Config())}
    lines = []
    for id, url in garden.urls.items():
        page = text_of(pages[url])
        lines += [f"=== {id}", *(found[0] for found in _ABOVE.finditer(page)), *_BELOW.findall(page)]
    check_case(case, "\n".join(lines), update=update_cases)


def test_hundreds_of_notes_below_one_are_folded_and_then_counted(theme: Theme, tmp_path: Path) -> None:
    """A year of journals stays a page that opens at once."""
    write_files("=== dendron.yml\n=== daily.md\n", tmp_path)
    for n in range(250):
        (tmp_path / f"daily.n{n:03}.md").touch()
    garden = grown(tmp_path)
    pages = {page.url: page for page in render_pages(garden, Insights(), theme, Config())}
    (below,) = _BELOW.findall(text_of(pages["daily.html"]))
    shown, _, folded = below.partition("<details")
    assert (shown.count("<a "), folded.count("<a ")) == (40, 160)
    assert "160 more (and 50 not listed)" in folded


def grown(folder: Path) -> Garden:
    """The garden of the notes in a folder."""
    reading = read_sources(folder, Config())
    return link_notes(parse_notes(reading.sources), reading)
