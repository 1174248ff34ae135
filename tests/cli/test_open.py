"""`notegen build --open`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from notegen.cli import cli


def test_the_first_page_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the site that was built, also where nothing had to be; never of one that was not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    shown: list[str] = []
    monkeypatch.setattr("webbrowser.open", shown.append)
    Path("notes").mkdir()
    words = ["build", "--open", "--no-semantic", "--quiet"]
    assert CliRunner().invoke(cli, words).exception is not None
    assert shown == []
    Path("notes/a.md").write_text("---\ndate: 2024-01-01\n---\nx", "utf-8")
    for _ in range(2):
        assert CliRunner().invoke(cli, words).exit_code == 0
    assert shown == [(tmp_path / "site/index.html").as_uri()] * 2
