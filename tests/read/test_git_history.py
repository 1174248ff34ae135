"""What git knows of the notes, and what is said when it does not tell."""
# ruff: noqa: E501  # messages whole, on a line

import os
import subprocess
from pathlib import Path

import pytest

from notegen.config import Config, NoteSettings
from notegen.errors.problems import word_hint, word_problem
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
    days = [f"{note.dating.source} {note.dating.iso[:4]}".strip() for note in notes]
    return days, [f"{p.place}: {word_problem(p)}; {word_hint(p)} [{p.code}]" for p in problems]


def test_history_dates_a_note(repository: Path) -> None:
    """Nothing is said."""
    assert said(repository) == (["git 2019"], [])


def test_a_hook_of_git_may_build(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git names its repository to a hook by a path that is true where the hook runs, not where the notes lie."""
    (repository / "notes").mkdir()
    (repository / "notes/n.md").write_text("three")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "x")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert said(repository / "notes") == (["git 2019"], [])


def test_a_shallow_clone_is_named_once(repository: Path, tmp_path: Path) -> None:
    """With what makes it whole, and no word of writing the day of the checkout down."""
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "clone")
    (tmp_path / "clone/new.md").write_text("x")
    days, problems = said(tmp_path / "clone")
    assert days == ["nothing"] * 2
    assert problems == [
        ".: git does not tell when notes are from: this clone has only the last commits; notes that state no "
        "date stand last; `git fetch --unshallow`, or `fetch-depth: 0` where a build service checks out [git-silent]"
    ]


def test_a_folder_of_somebody_else_is_named_once(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that says it is to be trusted."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    _, problems = said(repository)
    assert problems == [
        ".: git does not tell when notes are from: the folder belongs to somebody else, and git does not trust it; notes "
        f"that state no date stand last; `git config --global --add safe.directory {repository}` [git-silent]"
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
        ".: git does not tell when notes are from: it is not installed; notes that state no date stand last; "
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


def commit(folder: Path, year: int, *names: str) -> None:
    """One commit of that year with new notes of these names."""
    stamp = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{year}-05-06T12:00:00")
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"About {name}.")
    for words in (("add", "."), ("commit", "-qm", "x")):
        subprocess.run(
            [*GIT, *words], cwd=folder, env={**os.environ, **stamp}, check=True, capture_output=True
        )


def test_a_commit_that_brought_a_folder_dates_none_of_it(tmp_path: Path) -> None:
    """More than a twentieth of the garden, and more than a sitting's work; a note of its own commit has its day."""
    git(tmp_path, "init", "-q")
    commit(tmp_path, 2015, *(f"old {number}.md" for number in range(9)))
    commit(tmp_path, 2016, "alone.md")
    commit(tmp_path, 2017, *(f"sitting {number}.md" for number in range(4)))
    commit(tmp_path, 2018, *(f"2014-01-{number:02} stated.md" for number in range(1, 9)))
    days, problems = said(tmp_path)
    assert days == [
        *["file name 2014"] * 8,
        "git 2016",
        *["nothing"] * 9,
        *["git 2017"] * 4,
    ]
    assert problems[0] == (
        "old 0.md: no date in the note, its name or git; it stands last, and 2015-05-06 is a guess; "
        "add `date: 2015-05-06` to its front matter, or the day to its name [date-from-file-time]"
    )


def test_a_commit_of_many_notes_is_small_in_a_large_garden(tmp_path: Path) -> None:
    """Up to a twentieth."""
    git(tmp_path, "init", "-q")
    for year in range(1990, 2015):
        commit(tmp_path, year, *(f"{year}/{number}.md" for number in range(5)))
    assert set(said(tmp_path)[0]) == {f"git {year}" for year in range(1990, 2015)}
    commit(tmp_path, 2016, *(f"moved/{number}.md" for number in range(7)))
    assert said(tmp_path)[0].count("nothing") == 7


def edit(folder: Path, day: str, *names: str) -> None:
    """One commit of that day which changes the notes of these names, or brings them."""
    stamp = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00")
    for name in names:
        with (folder / f"{name}.md").open("a") as file:
            file.write(f"{day}\n\n")
    subprocess.run([*GIT, "add", "."], cwd=folder, check=True, capture_output=True)
    subprocess.run(
        [*GIT, "commit", "-qm", "x"],
        cwd=folder,
        env={**os.environ, **stamp},
        check=True,
        capture_output=True,
    )


def changes(folder: Path, config: Config | None = None) -> dict[str, str]:
    """The day on which each note was last changed."""
    notes = parse_notes(read_sources(folder, config or Config()).sources)
    return {Path(note.id).stem: str(note.changed) for note in notes}


def test_git_says_when_a_note_was_changed(tmp_path: Path) -> None:
    """Its last commit after the first one; front matter wins, and a day that is not after the note's is none."""
    git(tmp_path, "init", "-q")
    edit(tmp_path, "2019-05-06", "a", "b", "c")
    edit(tmp_path, "2020-01-01", "a", "b", "c")
    edit(tmp_path, "2021-01-01", "a")
    (tmp_path / "b.md").write_text("---\ndate: 2022-02-02\n---\n")
    (tmp_path / "c.md").write_text("---\nupdated: 2019-12-12\n---\n")
    assert changes(tmp_path) == {"a": "2021-01-01", "b": "None", "c": "2019-12-12"}
    edit(tmp_path, "2022-03-01", "b")
    assert changes(tmp_path)["b"] == "2022-03-01"


def test_a_commit_that_changes_nearly_all_notes_is_no_change(tmp_path: Path) -> None:
    """It says how notes are written, as a new formatter does."""
    git(tmp_path, "init", "-q")
    names = [f"n{number}" for number in range(24)]
    edit(tmp_path, "2019-05-06", *names)
    edit(tmp_path, "2020-01-01", *names[:20])
    edit(tmp_path, "2021-01-01", *names[:21])
    found = changes(tmp_path)
    assert [found[name] for name in names[18:22]] == ["2020-01-01", "2020-01-01", "None", "None"]


def test_git_is_not_asked_where_nobody_wants_to_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `note.changed = false`, and notes that state their days."""
    git(tmp_path, "init", "-q")
    edit(tmp_path, "2019-05-06", "2019-01-01")
    edit(tmp_path, "2020-01-01", "2019-01-01")
    assert changes(tmp_path) == {"2019-01-01": "2020-01-01"}
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert changes(tmp_path, Config(note=NoteSettings(changed=False))) == {"2019-01-01": "None"}
    assert read_sources(tmp_path, Config()).problems == ()
