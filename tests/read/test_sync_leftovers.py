"""What programs that sync leave beside notes: copies of what two machines changed, and stand-ins."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.model import Code, Reading
from notegen.read import read_sources

COPIES = (
    "Tides (Conflicted copy laptop 202503011200).md",
    "Tides (Ines's conflicted copy 2025-03-01).md",
    "Tides (conflicted copy 2025-03-01 120000).md",
    "Tides (In Konflikt stehende Kopie von Ines 2025-03-01).md",
    "Tides (Copie en conflit de Ines 2025-03-01).md",
    "Tides (Copia en conflicto de Ines 2025-03-01).md",
    "Tides (Ines の競合コピー 2025-03-01).md",
    "Tides (Case Conflict).md",
    "Tides (SFConflict ines@a.example 2025-03-07-11-30-28).md",
    "Tides_conflict-20250301-120000.md",
    "Tides_DiskStation_Mar-01-1200-2025_Conflict.md",
    "Tides.sync-conflict-20250301-120000-ABCDEFG.md",
    "Tides [conflicted].md",
    "conflict-files-obsidian-git.md",
)
BESIDE_ITS_OWN = (
    "Tides.conflict.md",
    "Tides-conflict-2025-03-01.md",
    "Tides (conflict 2025-03-01).md",
    "tides (Konflikt).md",
    "Tides.conflict1.md",
)


def read(root: Path, *names: str) -> Reading:
    """A folder of files with these names."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    return read_sources(root, Config())


def problems(reading: Reading) -> list[tuple[Code, str]]:
    """What is told, and of which file."""
    return [(problem.code, problem.place.path) for problem in reading.problems]


def shown(reading: Reading) -> list[str]:
    """The notes that are published."""
    return [source.id for source in reading.sources]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_what_two_machines_changed_is_left_out_and_told(tmp_path: Path, name: str) -> None:
    """Also where what it is a copy of has gone."""
    reading = read(tmp_path, "a.md", name)
    assert shown(reading) == ["a.md"]
    assert problems(reading) == [(Code.COPY_LEFT_OUT, name)]


@pytest.mark.parametrize("name", BESIDE_ITS_OWN)
def test_a_name_that_people_write_too_is_a_copy_s_beside_its_own(tmp_path: Path, name: str) -> None:
    """`Korea (conflict).md` is a note like others, where there is no `Korea.md`."""
    assert shown(read(tmp_path / "alone", "a.md", name)) == sorted(["a.md", name])
    beside = read(tmp_path / "beside", "Tides.md", name)
    assert shown(beside) == ["Tides.md"]
    assert problems(beside) == [(Code.COPY_LEFT_OUT, name)]


@pytest.mark.parametrize(
    "name",
    ["Conflict.md", "The Korean conflict 1950.md", "Conflicts/Tides.md", "Copy on conflict.md", "Tides (conflicts).md",
     "Konflikte und Kopien (1999).md", "Merging conflicted copies.md", "Tides conflict resolution.md"],
)  # fmt: skip
def test_a_note_about_conflicts_is_a_note(tmp_path: Path, name: str) -> None:
    """Words alone make no copy."""
    reading = read(tmp_path, "a.md", name)
    assert shown(reading) == sorted(["a.md", name])
    assert problems(reading) == []


def test_what_lies_in_a_cloud_alone_is_told(tmp_path: Path) -> None:
    """A note that is not on this machine would go from the site without a word; of other files their links tell."""
    stand_ins = ".Tides.md.icloud", "sea/.Moon.md.icloud", "Wind.md.nextcloud", ".harbour.png.icloud"
    reading = read(tmp_path, "a.md", *stand_ins)
    assert shown(reading) == ["a.md"]
    assert list(reading.assets) == []
    assert reading.withheld == {
        "Tides.md",
        "Wind.md",
        "sea/Moon.md",
    }  # it may be private, for all that is known
    assert problems(reading) == [
        (Code.FILE_ELSEWHERE, "Tides.md"),
        (Code.FILE_ELSEWHERE, "Wind.md"),
        (Code.FILE_ELSEWHERE, "sea/Moon.md"),
    ]
    # One that was fetched a moment ago, and what nobody would see anyway, is not told.
    assert problems(read(tmp_path / "there", "Tides.md", ".Tides.md.icloud", ".trash/.b.md.icloud")) == []


LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22e\nsize 12345\n"


@pytest.mark.parametrize("pointer", [LFS, "/annex/objects/SHA256E-s1234--abcdef.jpg\n"])
def test_what_git_has_not_fetched_is_told_and_left_out(tmp_path: Path, pointer: str) -> None:
    """A picture would be a broken one, a note its pointer; a note of which nothing is known may be private."""
    for name in ("Tides.md", "harbour.png", "plan.pdf", "chart.drawio"):
        (tmp_path / name).write_text(pointer)
    (tmp_path / "private").mkdir()
    (tmp_path / "private/boat.png").write_text(pointer)
    (tmp_path / "LFS.md").write_text(f"# What LFS writes\n\n    {pointer}")
    reading = read(tmp_path, "a.md", "quay.png")
    assert shown(reading) == ["LFS.md", "a.md"]
    assert list(reading.assets) == ["quay.png"]
    assert reading.withheld == {"Tides.md"}
    assert problems(reading) == [
        (Code.FILE_ELSEWHERE, name) for name in ("chart.drawio", "harbour.png", "plan.pdf", "Tides.md")
    ]
