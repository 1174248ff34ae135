"""What a page says of itself to those who show links to it: golden cases of small folders of notes."""

import re
from pathlib import Path

import pytest

from notegen.config import find_config, load_config
from notegen.errors.problems import word_problem
from notegen.link import link_notes
from notegen.model import Code, Insights
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.render import render_pages
from notegen.theme import Theme
from tests.support.gardens import text_of
from tests.support.golden import Case, check_case, read_cases, write_files

_SAID = re.compile(r'<(?:meta (?:name="(?:description|twitter)|property)|link rel="canonical)[^>]*>')
_PROPERTIES = re.compile(r"<dt>(.*?)</dt> <dd>(.*?)</dd>")


@pytest.mark.parametrize("case", read_cases("head"), ids=str)
def test_a_page_says_of_itself_what_the_case_says(
    case: Case, theme: Theme, tmp_path: Path, update_cases: bool
) -> None:
    """Each note's page: its head, the properties it shows; then the files that are copied, redirects and problems."""
    write_files(case.given, tmp_path)
    config = load_config(find_config(tmp_path))
    reading = read_sources(tmp_path, config)
    garden = link_notes(parse_notes(reading.sources), reading)
    pages = {page.url: page for page in render_pages(garden, Insights(), theme, config)}
    lines = []
    for id, url in garden.urls.items():
        page = text_of(pages[url])
        lines += [f"=== {id}", *_SAID.findall(page)]
        lines += [f"{name}: {value}" for name, value in _PROPERTIES.findall(page)]
    lines += [f"copied {path} to {url}" for path, url in garden.assets.items()]
    lines += [f"{url} leads to {id}" for url, id in garden.redirects.items()]
    lines += [f"withheld {id}" for id in sorted(reading.withheld)]
    dull = (Code.DATE_FROM_FILE_TIME,)
    lines += [f"! {p.place} {word_problem(p)}" for p in garden.problems if p.code not in dull]
    check_case(case, "\n".join(lines), update=update_cases)
