"""The password of encrypted notes: from the environment, else asked for, once where the site is known by it."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from notegen.cli import password
from notegen.cli.password import PasswordSource
from notegen.errors import NotegenError
from tests.cli.test_refusals import run, said


class Terminal:
    """Somebody who types these lines."""

    def __init__(self, *lines: str) -> None:
        self.lines: Iterator[str] = iter(lines)
        self.asked: list[str] = []

    def __call__(self, prompt: str) -> str:
        """Types the next line; Ctrl-D when there is none."""
        self.asked.append(prompt)
        try:
            return next(self.lines)
        except StopIteration:
            raise EOFError from None


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal, and no password in the environment."""
    monkeypatch.delenv("NOTEGEN_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)


@pytest.mark.parametrize(("word", "is_told"), [("abc", True), ("ten digits", False)])
def test_a_short_password_is_told_once(
    word: str, is_told: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It encrypts all the same; `serve` builds many times."""
    monkeypatch.setenv("NOTEGEN_PASSWORD", word)
    source = PasswordSource()
    assert [source(lambda word: False), source(lambda word: False)] == [word, word]
    assert capsys.readouterr().err.startswith("warning: a password of 3 letters ") is is_told


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> Terminal:
    """Puts somebody at the terminal."""
    terminal = Terminal(*lines)
    monkeypatch.setattr(password, "getpass", terminal)
    return terminal


def test_the_environment_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked then."""
    terminal = typed(monkeypatch)
    monkeypatch.setenv("NOTEGEN_PASSWORD", "from outside")
    assert PasswordSource()(lambda word: False) == "from outside"
    assert terminal.asked == []


def test_a_known_password_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And by `serve`, which builds many times, only the first time."""
    terminal = typed(monkeypatch, "known")
    source = PasswordSource()
    assert [source(lambda word: word == "known") for _ in range(3)] == ["known"] * 3
    assert terminal.asked == ["Password of the encrypted notes: "]


def test_a_new_password_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip of the finger would lock the notes with a password that nobody knows."""
    terminal = typed(monkeypatch, "new", "new")
    assert PasswordSource()(lambda word: False) == "new"
    assert terminal.asked[1] == "Once more, since the site that is there has not this password: "
    typed(monkeypatch, "new", "nwe")
    with pytest.raises(NotegenError, match="the two passwords differ"):
        PasswordSource()(lambda word: False)


@pytest.mark.parametrize("lines", [(), ("",)])
def test_no_password_is_none(lines: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty line and Ctrl-D are a refusal."""
    typed(monkeypatch, *lines)
    with pytest.raises(NotegenError, match="there is no password"):
        PasswordSource()(lambda word: False)


def test_a_build_without_one_is_refused_and_says_how(tmp_path: Path) -> None:
    """With 2, one message and no site; with one it says how many notes are encrypted, and never the password."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_text("---\ndate: 2024-01-01\nencrypt: true\n---\nwords\n")
    assert said(run(tmp_path, "build", "--no-semantic", NOTEGEN_PASSWORD="")) == (
        2,
        "error: some notes are to be encrypted, and there is no password\n"
        "  hint: set NOTEGEN_PASSWORD, or run this in a terminal, which asks for it\n",
    )
    assert not (tmp_path / "site").exists()
    done = run(tmp_path, "build", "--no-semantic", NOTEGEN_PASSWORD="qzxj secret")
    assert done.stdout.decode().splitlines()[0] == "notes     0, 1 encrypted; by words only"
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"qzxj" not in everything + done.stdout + done.stderr


def test_commands_that_only_read_need_none(tmp_path: Path) -> None:
    """For them an encrypted note is withheld: what they print goes to logs and other people's screens."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_text("---\ndate: 2024-01-01\nencrypt: true\n---\n# Quill\n\nwords\n")
    (tmp_path / "notes/b.md").write_text("---\ndate: 2024-01-01\n---\n[[a]] more words\n")
    done = run(tmp_path, "check", NOTEGEN_PASSWORD="")
    assert (done.returncode, b"link-" in done.stdout) == (0, False)
    found = run(tmp_path, "search", "words", "--no-semantic", NOTEGEN_PASSWORD="")
    assert b"b.md" in found.stdout
    assert b"Quill" not in found.stdout


def test_a_site_with_encrypted_notes_is_not_built_again_with_its_password(tmp_path: Path) -> None:
    """Another one builds all anew; without one nothing is said to be up to date."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/quill.md").write_text("---\ndate: 2024-01-01\nencrypt: true\n---\n[[Nib]]\n")
    contents = tmp_path / "site/notegen/locked/contents.js"
    made, said = list[bytes](), list[str]()
    for word in ("first", "first", "second", "second", "first"):
        done = run(tmp_path, "build", "--no-semantic", NOTEGEN_PASSWORD=word)
        made.append(contents.read_bytes())
        said.append(done.stdout.decode())
    assert ["nothing has changed" in output for output in said] == [False, True, False, True, False]
    assert made[0] == made[1] == made[4] != made[2] == made[3]
    assert run(tmp_path, "build", "--no-semantic", NOTEGEN_PASSWORD="").returncode == 2
    assert contents.read_bytes() == made[4]
    for file in (tmp_path / "cache").rglob(
        "*.json"
    ):  # the note, and what it links to, are names that nobody may read
        assert not {"quill", "nib"} & {*re.findall(r"\w+", file.read_text().lower())}


def test_whose_password_opens_nothing_is_told_nothing_of_encrypted_notes(tmp_path: Path) -> None:
    """A changed file is noticed with the right password; what was spoiled on the disk is as if it were not there."""
    (tmp_path / "notes").mkdir()
    note = tmp_path / "notes/quill.md"
    note.write_text("---\ndate: 2024-01-01\nencrypt: true\n---\nOne.\n")
    build = partial(run, tmp_path, "build", "--no-semantic", NOTEGEN_PASSWORD="first")
    assert "1 encrypted" in build().stdout.decode()
    unchanged = build().stdout.decode()
    assert "1 encrypted" in unchanged
    assert "nothing has changed" in unchanged
    (record,) = (tmp_path / "cache").rglob("*.json")
    kept = json.loads(record.read_bytes())
    record.write_text(json.dumps({**kept, "said": kept["said"][:-8] + "AAAAAAA="}))
    assert "nothing has changed" not in build().stdout.decode()
    note.write_text(note.read_text().replace("One", "Two"))
    assert "nothing has changed" not in build().stdout.decode()
