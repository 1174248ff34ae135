"""What git knows of the notes, and what is said when it does not tell."""
# ruff: noqa: E501  # messages whole, on a line

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.errors import word_hint, word_problem
from notegen.parse import parse_notes
from notegen.read import read_sources

GIT = ["git", "-c", "user.name=n", "-c", "user.email=n@example.invalid", "-c", "protocol.file.allow=always"]
STAMP = {"GIT_AUTHOR_DATE": "2019-05-06T12:00:00", "GIT_COMMITTER_DATE": "2019-05-06T12:00:00"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A note without a date, committed in 2019 and once more later."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    for text in ("one", "two"):
        (folder / "old.md").write_text(text)
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "x")
    return folder


def git(folder: Path, *words: str) -> None:
    """Runs git there, as of 2019."""
    subprocess.run([*GIT, *words], cwd=folder, env={**os.environ, **STAMP}, check=True, capture_output=True)


def said(folder: Path) -> tuple[list[str], list[str]]:
    """The days of the notes, and the problems with what to do about them."""
    reading = read_sources(folder, Config())
    notes = parse_notes(reading.sources)
    problems = [*reading.problems, *(problem for note in notes for problem in note.problems)]
    days = [f"{note.dating.source} {note.dating.day:%Y}" for note in notes]
    return days, [f"{p.place}: {word_problem(p)}; {word_hint(p)} [{p.code}]" for p in problems]


def test_history_dates_a_note(repository: Path) -> None:
    """Nothing is said."""
    assert said(repository) == (["git 2019"], [])


def test_a_shallow_clone_is_named_once(repository: Path, tmp_path: Path) -> None:
    """With what makes it whole, and no word of writing the day of the checkout down."""
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "clone")
    (tmp_path / "clone/new.md").write_text("x")
    days, problems = said(tmp_path / "clone")
    assert days == [f"file time {date.today():%Y}"] * 2
    assert problems == [
        ".: git does not tell when notes are from: this clone has only the last commits; those without a date have their "
        "file's time; `git fetch --unshallow`, or `fetch-depth: 0` where a build service checks out [git-silent]"
    ]


def test_a_folder_of_somebody_else_is_named_once(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that says it is to be trusted."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    _, problems = said(repository)
    assert problems == [
        ".: git does not tell when notes are from: the folder belongs to somebody else, and git does not trust it; those "
        f"without a date have their file's time; `git config --global --add safe.directory {repository}` [git-silent]"
    ]


def test_a_folder_below_the_repository_is_asked_too(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The remedy names the repository, not the folder."""
    (repository / "sub").mkdir()
    (repository / "sub/a.md").write_text("x")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert f"safe.directory {repository}`" in said(repository / "sub")[1][0]


def test_git_that_is_not_there_is_named_where_there_is_a_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere nobody needs it."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert said(repository)[1] == [
        ".: git does not tell when notes are from: it is not installed; those without a date have their file's time; "
        "install git where the site is built [git-silent]"
    ]
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/a.md").write_text("x")
    assert "[date-from-file-time]" in said(tmp_path / "plain")[1][0]


def test_a_broken_repository_is_named(repository: Path) -> None:
    """In git's own words."""
    (repository / ".git/HEAD").write_text("nonsense")
    (problem,) = said(repository)[1]
    assert "see what `git log` says in the folder of the notes [git-silent]" in problem


def test_a_repository_without_a_commit_is_no_fault(tmp_path: Path) -> None:
    """Its notes are as new as they seem."""
    git(tmp_path, "init", "-q")
    (tmp_path / "a.md").write_text("x")
    assert "[date-from-file-time]" in said(tmp_path)[1][0]


def test_dates_of_ones_own_need_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told of a history that nobody asks for."""
    (repository / "old.md").write_text("---\ndate: 2024-01-01\n---\nx")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert said(repository) == (["front matter 2024"], [])


def test_a_repository_runs_no_program(repository: Path, tmp_path: Path) -> None:
    """Whatever its settings say: folders of notes are handed on."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "gpg.program",
        "core.pager",
        "diff.external",
        "core.sshCommand",
        "core.editor",
    ):
        git(repository, "config", key, str(program))
    git(repository, "config", "log.showSignature", "true")
    assert said(repository)[0] == ["git 2019"]
    assert not (tmp_path / "ran").exists()
