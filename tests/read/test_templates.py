"""Templates: what is left out, how many that are, and the setting that keeps them."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.model import Report, Written
from notegen.read import read_sources
from notegen.reports import report_build, report_check

FILES = {
    ".obsidian/templates.json": '{"folder": "Forms"}',
    "Forms/Day.md": "A day.",
    "loose.md": "# {{title}}",
    "private.md": "---\nprivate: true\n---\nx",
    "note.md": "# A note",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A note, a private one, and two templates."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_templates_are_left_out_and_counted(vault: Path) -> None:
    """They are withheld, so that no link says their names."""
    reading = read_sources(vault, Config())
    assert [source.id for source in reading.sources] == ["note.md"]
    assert reading.withheld == {"Forms/Day.md", "loose.md", "private.md"}
    assert reading.templates == 2


def test_a_setting_keeps_them(vault: Path) -> None:
    """What is private stays so."""
    reading = read_sources(vault, Config(keep_templates=True))
    assert [source.id for source in reading.sources] == ["Forms/Day.md", "loose.md", "note.md"]
    assert reading.withheld == {"private.md"}
    assert reading.templates == 0


def test_a_private_template_is_a_template(vault: Path) -> None:
    """It is counted once."""
    (vault / "loose.md").write_text("---\nprivate: true\n---\n# {{title}}")
    reading = read_sources(vault, Config())
    assert (len(reading.withheld), reading.templates) == (3, 2)
    kept = read_sources(vault, Config(keep_templates=True))
    assert kept.withheld == {"loose.md", "private.md"}


def test_reports_say_how_many() -> None:
    """Nothing where there are none."""
    report = Report(5, 9, 1, (), Written(1, 1), {}, semantic=False, templates=2)
    (notes, *_) = report_build(report, site="s", home="h", notes="n")
    assert notes == "notes     5, 1 withheld, 2 templates left out; by words only"
    assert report_check(5, (), (), templates=1) == "5 notes, 1 template left out: no problems"
    assert report_check(5, (), ()) == "5 notes: no problems"
