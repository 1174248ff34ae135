"""`notegen addresses`, and the setting by which a build does the same."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from notegen.cli import cli


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two notes."""
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "Tides.md").write_text("---\ndate: 2024-01-01\n---\nThe sea rises.\n")
    (folder / "Harbour.md").write_text("---\ndate: 2024-01-02\n---\nA harbour.\n")
    return folder


def said(*words: str | Path) -> str:
    """What a command prints that is well."""
    ran = CliRunner().invoke(cli, [*map(str, words)], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_the_command_keeps_and_tells(notes: Path) -> None:
    """What it wrote, or would not, and which notes have moved."""
    file = notes / "notegen-addresses.jsonl"
    assert said("addresses", notes, "--dry-run") == f"found     2 notes; {file} is left as it is\n"
    assert not file.exists()
    assert said("addresses", notes) == f"kept      2 notes in {file}\n"
    assert said("addresses", notes) == f"kept      2 notes in {file}, which said so already\n"
    (notes / "Tides.md").rename(notes / "Moon.md")
    told = said("addresses", notes, "--dry-run")
    assert told.splitlines()[1:] == ["moved     Tides.html leads to Moon.md"]
    assert "Moon" not in file.read_text()


def test_a_build_keeps_nothing_unless_it_is_told_to(notes: Path, tmp_path: Path) -> None:
    """With `keep_addresses` it does, and the next site has a page at the old address; then all is as it was."""
    site = tmp_path / "site"
    said("build", notes, "-o", site, "--no-semantic")
    assert {path.name for path in notes.iterdir()} == {"Tides.md", "Harbour.md"}
    (notes / "notegen.toml").write_text("keep_addresses = true\n")
    said("build", notes, "-o", site, "--no-semantic")
    (notes / "Tides.md").rename(notes / "Moon.md")
    said("build", notes, "-o", site, "--no-semantic")
    assert 'content="0; url=Moon.html"' in (site / "Tides.html").read_text()
    first = (site / "Tides.html").read_bytes(), (notes / "notegen-addresses.jsonl").read_bytes()
    said("build", notes, "-o", site, "--no-semantic")
    assert "nothing has changed" in said("build", notes, "-o", site, "--no-semantic")
    assert first == ((site / "Tides.html").read_bytes(), (notes / "notegen-addresses.jsonl").read_bytes())
