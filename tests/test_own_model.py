"""A model of the user's own, of any kind, gives search by meaning in every language that it knows."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from notegen.cli import cli
from tests.support import own_models


@pytest.fixture(params=own_models.KINDS)
def garden(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Notes with settings that name a model without a query table; the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    model = own_models.KINDS[request.param](tmp_path / "model")
    own_models.write_notes(tmp_path / "notes")
    (tmp_path / "notegen.toml").write_text(f"[encoder]\nfolder = {json.dumps(str(model))}\n", "utf-8")
    return tmp_path


def run(*words: str) -> str:
    """What a command prints."""
    result = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_question_finds_a_note_in_another_language(garden: Path) -> None:
    """By meaning alone: no note has the question's word."""
    for question, note in own_models.ANSWERS.items():
        hit = json.loads(run("search", question, "--json"))[0]
        assert (hit["path"], hit["why"]) == (note, "meaning"), question


def test_the_site_says_that_its_table_was_made(garden: Path) -> None:
    """In notegen.json; `--no-semantic` leaves meaning and table out."""
    run("build", "-o", "site", "--quiet")
    facts = json.loads((garden / "site/notegen.json").read_text("utf-8"))["search"]
    assert (facts["meaning"], facts["table"]) == (True, "drafted")
    run("build", "-o", "site", "--quiet", "--no-semantic")
    facts = json.loads((garden / "site/notegen.json").read_text("utf-8"))["search"]
    assert (facts["meaning"], facts["table"]) == (False, None)
