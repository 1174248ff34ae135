"""Copies of notes that are not public, by programs and by hand: their names and their words tell."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.model import Code, Reading
from notegen.read import ReadMemory, read_sources

PLAN = (
    "We leave the house in spring, sell the boat, and tell nobody before the bank has said yes to the loan.\n"
)
OTHER = "Lentils with salt and pepper, cooked slowly in an old pot that somebody brought from the market.\n"


def write(root: Path, **texts: str) -> None:
    """Notes by name."""
    for name, text in texts.items():
        (root / f"{name}.md").write_text(text)


def shown(reading: Reading) -> list[str]:
    """The notes that are published."""
    return [source.id for source in reading.sources]


@pytest.mark.parametrize(
    "name",
    ["Plan 2", "Plan 12", "Plan (1)", "Plan(1)", "Plan copy", "Plan copy 2", "Plan - Copy", "Plan - Copy (2)",
     "Plan - Kopie", "Plan Kopie", "Plan – copie", "Copy of Plan", "Kopie von Plan", "Plan-LAPTOP", "Plan_old",
     "Plan-Ines-MacBook-Pro", "Plan backup"],
)  # fmt: skip
def test_a_copy_from_before_its_note_was_private_is_kept_back(tmp_path: Path, name: str) -> None:
    """It is told, with what it is a copy of, and a link to it names it no more than one to the note."""
    write(tmp_path, **{"Plan": f"---\nprivate: true\n---\n{PLAN}And more.\n", name: PLAN, "a": f"[[{name}]]"})
    reading = read_sources(tmp_path, Config())
    assert shown(reading) == ["a.md"]
    assert f"{name}.md" in reading.withheld
    assert [(one.code, one.place.path, dict(one.facts)) for one in reading.problems] == [
        (Code.COPY_OF_PRIVATE, f"{name}.md", {"note": "Plan.md"})
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [("Plan 2", OTHER), ("Plan 2", f"---\npublish: true\n---\n{PLAN}"), ("Plan for all", PLAN), ("Planning", PLAN),
     ("Plan 2", f"{PLAN}{OTHER}"), ("Plan 2", "We leave.\n"), ("plan-b", PLAN)],
)  # fmt: skip
def test_what_has_other_words_another_name_or_says_so_is_public(tmp_path: Path, name: str, text: str) -> None:
    """A second part, a version for everybody, a note that a shorter one began."""
    write(tmp_path, **{"Plan": f"---\nprivate: true\n---\n{PLAN}", name: text})
    assert shown(read_sources(tmp_path, Config())) == [f"{name}.md"]


def test_a_copy_of_an_encrypted_note_is_not_published_in_the_clear(tmp_path: Path) -> None:
    """Nor does one of a note that waits for its day come before it."""
    write(tmp_path, Plan=f"---\nencrypt: true\n---\n{PLAN}", **{"Plan 2": PLAN})
    write(tmp_path, Soon=f"---\npublishDate: 2090-01-01\n---\n{OTHER}", **{"Soon (1)": OTHER})
    reading = read_sources(tmp_path, Config())
    assert shown(reading) == []
    assert {"Plan 2.md", "Soon (1).md"} <= reading.withheld


def test_what_a_template_begins_is_no_copy_of_it(tmp_path: Path) -> None:
    """Though it has its name and its words."""
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian/templates.json").write_text('{"folder": "Meeting"}')
    write(tmp_path, Meeting=PLAN, **{"Meeting 2": PLAN})
    assert shown(read_sources(tmp_path, Config())) == ["Meeting 2.md"]


def test_a_copy_is_found_when_it_alone_is_read_again(tmp_path: Path) -> None:
    """As `serve` does with a note that was saved."""
    write(tmp_path, Plan=f"---\nprivate: true\n---\n{PLAN}", **{"Plan 2": OTHER})
    memory = ReadMemory()
    assert shown(read_sources(tmp_path, Config(), memory=memory)) == ["Plan 2.md"]
    write(tmp_path, **{"Plan 2": PLAN})
    assert shown(read_sources(tmp_path, Config(), memory=memory, only=["Plan 2.md"])) == []
