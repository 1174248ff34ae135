"""What git told is kept: it is asked for commits that came since, and what is known is what it would tell."""

import os
import random
import subprocess
from pathlib import Path

import pytest

import notegen.read.git_history
from notegen.git import run_git
from notegen.read.git_history import read_history
from notegen.read.kept_history import keep_history
from tests.support.kept_in_memory import KeptInMemory


class Repository:
    """One whose days go on by themselves."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.day = folder, 0
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str) -> str:
        """Runs git there."""
        stamp = f"2020-{1 + self.day // 28 % 12:02}-{1 + self.day % 28:02}T12:00:00"
        told = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
        command = ["git", "-c", "user.name=n", "-c", "user.email=n@example.invalid", *words]
        return subprocess.run(
            command, cwd=self.folder, env={**os.environ, **told}, check=True, capture_output=True, text=True
        ).stdout

    def commit(self, *notes: str, text: str = "") -> None:
        """Changes these notes, and a day goes by."""
        self.day += 1
        for note in notes:
            (self.folder / note).parent.mkdir(exist_ok=True)
            (self.folder / note).write_text(f"{text} {self.day}")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two notes, one of which has changed."""
    repository = Repository(tmp_path / "repository")
    repository.commit("tide.md", "diary.md")
    repository.commit("tide.md")
    return repository


def asked_of_git(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which commits git is asked to tell of, from now on."""
    asked: list[str] = []

    def noting(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
        if words[0] == "log":
            asked.append(words[words.index("--") - 1])
        return run_git(root, *words)

    monkeypatch.setattr(notegen.read.git_history, "run_git", noting)
    return asked


def test_git_is_asked_for_what_came_since(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """For all once, then for nothing, then for one commit."""
    kept, asked = KeptInMemory(), asked_of_git(monkeypatch)
    first = repository.git("rev-parse", "HEAD").strip()
    keep_history(repository.folder, kept)
    keep_history(repository.folder, kept)
    repository.commit("diary.md")
    second = repository.git("rev-parse", "HEAD").strip()
    history = keep_history(repository.folder, kept)
    assert asked == [first, f"{first}..{second}"]
    assert [commit.day.day for commit in history.changed("diary.md")] == [4]
    assert [commit.day.day for commit in history.changed("tide.md")] == [3]


def test_no_name_of_a_file_is_kept(repository: Repository) -> None:
    """Some are private."""
    kept = KeptInMemory()
    keep_history(repository.folder, kept)
    assert kept.contents
    assert not any(b"diary" in content for content in kept.contents.values())


def test_a_folder_within_has_its_own(repository: Repository) -> None:
    """Its files are called otherwise there."""
    kept = KeptInMemory()
    repository.commit("sea/tide.md")
    for folder in (repository.folder, repository.folder / "sea"):
        assert keep_history(folder, kept) == read_history(folder)
    assert keep_history(repository.folder / "sea", kept).first("tide.md")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_a_history_it_is_told_as_git_tells_it(repository: Repository, seed: int) -> None:
    """Commits, removals, branches that come together again, and commits that are taken back or written anew."""
    chance, kept = random.Random(seed), KeptInMemory()

    def some() -> list[str]:
        return [f"{chance.randrange(8)}.md" for _ in range(chance.randrange(4))]

    def remove() -> None:
        files = sorted(repository.folder.glob("*.md"))
        chance.choice(files).unlink() if len(files) > 1 else None
        repository.commit()

    def merge() -> None:
        repository.git("checkout", "-q", "-b", f"side{repository.day}", f"HEAD~{chance.randrange(2)}")
        repository.commit(f"side{repository.day}.md")
        side = repository.git("rev-parse", "HEAD").strip()
        repository.git("checkout", "-q", "main")
        repository.commit(*some())
        repository.git("merge", "-q", "--no-edit", side)

    def take_back() -> None:
        repository.git("reset", "-q", "--hard", f"HEAD~{chance.randrange(2)}")

    def write_anew() -> None:
        repository.git("commit", "-q", "--amend", "--allow-empty", "-m", f"y{repository.day}")

    for _ in range(12):
        chance.choice([lambda: repository.commit(*some())] * 3 + [remove, merge, take_back, write_anew])()
        assert keep_history(repository.folder, kept) == read_history(repository.folder)


def test_what_is_kept_and_cannot_be_read_is_asked_for_again(repository: Repository) -> None:
    """Nothing is lost by that."""
    kept = KeptInMemory()
    history = keep_history(repository.folder, kept)
    kept.contents = dict.fromkeys(kept.contents, b"no history")
    assert keep_history(repository.folder, kept) == history
