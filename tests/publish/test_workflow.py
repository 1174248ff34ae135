"""The files of build services: what they say is valid, and their commands publish."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from notegen.cli import cli
from notegen.errors import NotegenError
from notegen.publish.workflow import SERVICES
from tests.conftest import ROOT
from tests.support.published import KeptBranch, git

FILES = {
    "github": ".github/workflows/publish-notes.yml",
    "gitlab": ".gitlab-ci.yml",
    "netlify": "netlify.toml",
    "cloudflare": ".github/workflows/publish-notes-to-cloudflare.yml",
}
NOTES = 'my "notes" & ü'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with notes in a folder of an odd name, and a remote; the working folder."""
    folder = tmp_path / "repository"
    (folder / NOTES).mkdir(parents=True)
    (folder / NOTES / "tide.md").write_text("---\ndate: 2024-05-01\n---\n# Tide\n\nIt rose.\n")
    git(folder, "init", "--quiet", "--initial-branch=trunk")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Begin")
    KeptBranch(tmp_path / "remote.git")
    git(folder, "remote", "add", "origin", str(tmp_path / "remote.git"))
    monkeypatch.chdir(folder)
    return folder


def read(path: Path) -> dict[str, Any]:
    """The file as the service reads it; `on` of a workflow is a word, whatever YAML 1.1 says."""
    text = path.read_text("utf-8")
    read: dict[Any, Any] = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    return {"on" if key is True else key: value for key, value in read.items()}


def init(service: str, *more: str) -> str:
    """What the command prints."""
    ran = CliRunner().invoke(cli, ["publish", NOTES, "--init", service, *more])
    if ran.exception:
        raise ran.exception
    return ran.output.splitlines()[0]


def steps_of(service: str, file: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
    """The commands of a service, and what they have in their environment."""
    match service:
        case "gitlab":
            return file["pages"]["script"], file["pages"]["variables"]
        case "netlify":
            return [file["build"]["command"]], file["build"]["environment"]
        case _:
            job = file["jobs"]["publish"]
            return [step["run"] for step in job["steps"] if "run" in step], job["env"]


@pytest.mark.parametrize("service", SERVICES)
def test_the_commands_of_a_service_publish_the_notes(service: str, repository: Path, tmp_path: Path) -> None:
    """As they stand, but for pip: notegen is there already."""
    assert init(service) == f"written   {FILES[service]}"
    commands, environment = steps_of(service, read(repository / FILES[service]))
    assert environment["NOTES"] == NOTES
    program = tmp_path / "bin/notegen"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m notegen "$@" --no-semantic\n')
    program.chmod(0o755)
    (tmp_path / "bin/pip").write_text("#!/bin/sh\n")
    (tmp_path / "bin/pip").chmod(0o755)
    variables = {key: value for key, value in environment.items() if "$" not in value and "CACHE" not in key}
    own = {
        **os.environ,
        **variables,
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    for command in commands:
        subprocess.run(["sh", "-ec", command], cwd=repository, env=own, check=True, capture_output=True)
    served = {"github": None, "gitlab": "public", "netlify": "site", "cloudflare": "site"}[service]
    if served:
        assert "It rose." in (repository / served / "tide.html").read_text("utf-8")
    else:
        assert b"It rose." in git(tmp_path / "remote.git", "show", "gh-pages:tide.html")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_the_whole_history_and_keeps_the_cache(service: str, repository: Path) -> None:
    """And begins when the branch that the notes are on is pushed."""
    init(service)
    text = (repository / FILES[service]).read_text("utf-8")
    assert re.search(r"fetch-depth: 0|GIT_DEPTH: \"0\"|--unshallow", text)
    assert re.search(r"path: ~/\.cache/notegen|NOTEGEN_CACHE", text)
    assert "@" not in re.sub(r"uses: \S+@v\d+", "", text)
    on = read(repository / FILES[service]).get("on")
    assert on is None or on["push"]["branches"] == ["trunk"]


def test_a_file_that_is_there_stays_unless_that_is_meant(repository: Path) -> None:
    """And the command says which."""
    (repository / ".gitlab-ci.yml").write_text("mine")
    with pytest.raises(NotegenError, match=r"there is a `\.gitlab-ci\.yml` already"):
        init("gitlab")
    assert (repository / ".gitlab-ci.yml").read_text() == "mine"
    assert init("gitlab", "--replace") == "replaced  .gitlab-ci.yml"
    assert "pages" in read(repository / ".gitlab-ci.yml")


def test_notes_that_are_elsewhere_are_in_no_workflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service would not find them."""
    (tmp_path / "here").mkdir()
    (tmp_path / NOTES).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    ran = CliRunner().invoke(cli, ["publish", str(tmp_path / NOTES), "--init", "github"])
    assert isinstance(ran.exception, NotegenError)
    assert list((tmp_path / "here").iterdir()) == []
