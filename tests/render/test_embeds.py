"""Notes shown in notes: golden cases of small folders."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.link import link_notes
from notegen.model import Insights
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.render.parts.body import fill_links
from notegen.render.site import open_site
from notegen.theme import load_theme
from tests.support.golden import Case, check_case, read_cases, write_files


@pytest.mark.parametrize("case", read_cases("embeds"), ids=str)
def test_bodies_hold_what_they_embed(case: Case, tmp_path: Path, update_cases: bool) -> None:
    """Every note's filled body."""
    (tmp_path / "scripts").mkdir()
    for name in ("notegen.js", "enhancements.js"):
        (tmp_path / "scripts" / name).touch()
    write_files(case.given, tmp_path / "notes")
    reading = read_sources(tmp_path / "notes", Config())
    garden = link_notes(parse_notes(reading.sources), reading)
    site = open_site(garden, Insights(), load_theme(scripts=tmp_path / "scripts"), Config())
    lines = [f"=== {id}\n{fill_links(note, site).rstrip()}" for id, note in garden.notes.items()]
    check_case(case, "\n".join(lines), update=update_cases)
