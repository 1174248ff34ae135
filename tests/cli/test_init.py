"""`notegen init`: what it asks where somebody can answer, and that what it writes is read as it was meant."""

import os
import pty
import select
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from notegen.cli import cli
from notegen.cli.init import facts_of, look_around, propose
from notegen.config import Config, load_config
from notegen.errors import NotegenError
from notegen.reports import InitFacts, report_init, settings_text
from tests.conftest import ROOT
from tests.support.files import write_files

DATED = "---\ndate: 2024-01-01\n---\n"


@given(st.text(), st.text(), st.sampled_from(["all", "opt-in"]), st.sets(st.sampled_from([".txt", ".qmd"])))
def test_what_is_written_is_read_as_it_was_meant(
    title: str, author: str, publish: str, extensions: set[str]
) -> None:
    """Whatever letters a title has; and every remark that is a setting is one."""
    title, author = (text.encode("utf-8", "replace").decode() for text in (title, author))
    facts = InitFacts(1, extensions=(".md", *sorted(extensions)))
    text = settings_text(facts, title=title, author=author, address="", language="de", publish=publish)
    read = tomllib.loads(text)
    assert (read["title"], read.get("author", ""), read["publish"]) == (title, author, publish)
    assert tuple(read.get("extensions", [".md"])) == facts.extensions


def test_every_remark_that_is_a_setting_is_one(tmp_path: Path) -> None:
    """Without the `#`, the file is a notegen.toml as well."""
    facts = InitFacts(1, others=((".text", 1),))
    text = settings_text(facts, title="T", author="", address="", language="de", publish="all")
    lines = [line.removeprefix("# ") if " = " in line else line for line in text.splitlines()]
    file = write_files(tmp_path, {"notegen.toml": "\n".join(lines)}) / "notegen.toml"
    config = load_config(file)
    assert (config.author, config.extensions, config.tool) == ("Ines", (".md", ".text"), "obsidian")
    assert len(lines) == len(text.splitlines())


@pytest.mark.parametrize(
    ("files", "extensions", "tool"),
    [
        ({"a.md": "", "b.txt": ""}, (".md",), "auto"),
        ({"README.md": "", "b.txt": "", "c.txt": ""}, (".md", ".txt"), "auto"),
        ({"a.md": "", "b.qmd": "", "c.mdx": "", "requirements.txt": ""}, (".md", ".qmd"), "auto"),
        ({"a.org": "", "b.org": ""}, (".md",), "logseq"),
        ({"a.org": "", "b.md": ""}, (".md",), "auto"),
        ({"a.png": ""}, (".md",), "auto"),
    ],
)
def test_what_is_read_is_proposed(
    tmp_path: Path, files: dict[str, str], extensions: tuple[str, ...], tool: str
) -> None:
    """Plain texts where they are more than the notes, other endings of Markdown's always, Org where all is Org."""
    found = look_around(write_files(tmp_path, files))
    assert (found.config.extensions, found.config.tool) == (extensions, tool)


@pytest.mark.parametrize(
    ("files", "publish", "language"),
    [
        ({"a.md": "x", "b.md": "y"}, "all", "en"),
        ({"a.md": "---\npublish: true\n---\n", "b.md": "---\nlang: fr\n---\n"}, "opt-in", "fr"),
        ({"a.md": "---\npublish: true\nlang: de\n---\n"}, "all", "de"),
    ],
)
def test_notes_say_what_is_public_and_their_language(
    tmp_path: Path, files: dict[str, str], publish: str, language: str
) -> None:
    """Who marks some as public means that others are not."""
    found = look_around(write_files(tmp_path, files))
    config = propose(found, tmp_path, facts_of(found))
    assert (config.publish, config.language) == (publish, language)


def test_nothing_there_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notegen.toml in the notes or beside them, or a link that leads nowhere; the notes stay too."""
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {"notes/a.md": "x", "notes/notegen.toml": "title = 'Mine'\n"})
    for _ in range(2):
        assert isinstance(CliRunner().invoke(cli, ["init", "notes", "--yes"]).exception, NotegenError)
        (tmp_path / "notes/notegen.toml").replace(tmp_path / "notegen.toml")
        assert (tmp_path / "notegen.toml").read_text() == "title = 'Mine'\n"
        (tmp_path / "notegen.toml").replace(tmp_path / "notes/notegen.toml")
    (tmp_path / "notes/notegen.toml").unlink()
    (tmp_path / "notes/notegen.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert isinstance(CliRunner().invoke(cli, ["init", "notes", "--yes"]).exception, NotegenError)
    assert not (tmp_path / "elsewhere.toml").exists()
    assert sorted(path.name for path in (tmp_path / "notes").iterdir()) == ["a.md", "notegen.toml"]


def answered(folder: Path, answers: list[str], *words: str) -> tuple[int, str]:
    """The exit status of `notegen init` in a terminal where somebody types these lines, and what the terminal shows."""
    ours, theirs = pty.openpty()
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "NOTEGEN_CACHE": str(folder / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    env |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Ines"}
    command = [sys.executable, "-m", "notegen", "init", *words]
    with subprocess.Popen(
        command, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            select.select([ours], [], [])
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # Linux's way to say that the other end is closed
                break
            if not chunk:
                break
            shown += chunk
            if answers and shown.rstrip(b" ").endswith(b":"):
                os.write(ours, answers.pop(0).encode() + b"\n")
        os.close(ours)
        return process.wait(), shown.decode().replace("\r\n", "\n")


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
def test_five_questions_are_asked_in_a_terminal(tmp_path: Path) -> None:
    """Each proposes an answer; a wrong one is asked for again with the reason, and an address is mended."""
    write_files(tmp_path, {"notes/a.md": f"{DATED}x"})
    answers = ["My garden", "", "notes", "me.example/notes/index.html", "Deutsch!", "de", "some", "opt-in"]
    status, shown = answered(tmp_path, answers, "notes")
    assert status == 0
    assert shown == (
        "notes     1\n"
        "dates     2024-01-01 to 2024-01-01\n"
        "Title of the site [Notes]: My garden\n"
        "Author, for the foot of each page (`-` for none) [Ines]: \n"
        "Address the site will have (empty where it is not known yet): notes\n"
        "`notes` is not the address of a folder, such as `https://me.example/notes/`, without `?`, `#` or the name of "
        "a page\n"
        "Address the site will have (empty where it is not known yet): me.example/notes/index.html\n"
        "Language of the pages [en]: Deutsch!\n"
        "`Deutsch!` is not the tag of a language, such as `en` or `pt-BR`\n"
        "Language of the pages [en]: de\n"
        "What is public: `all` that is not private, or `opt-in`, only what says `publish: true` [all]: some\n"
        "`some` is not `all` or `opt-in`\n"
        "What is public: `all` that is not private, or `opt-in`, only what says `publish: true` [all]: opt-in\n"
        "written   notes/notegen.toml\n"
        "build     notegen build notes\n"
    )
    config = load_config(tmp_path / "notes/notegen.toml")
    assert config == Config(
        title="My garden",
        author="Ines",
        base_url="https://me.example/notes/",
        language="de",
        publish="opt-in",
    )


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
def test_nothing_is_asked_with_yes(tmp_path: Path) -> None:
    """Nor is somebody's name published that nobody confirmed; an end of input writes nothing."""
    write_files(tmp_path, {"notes/a.md": f"{DATED}x"})
    assert answered(tmp_path, [], "notes", "--yes")[0] == 0
    assert load_config(tmp_path / "notes/notegen.toml") == Config(title="Notes")
    (tmp_path / "notes/notegen.toml").unlink()
    status, _ = answered(tmp_path, ["Title", "\x04"], "notes")
    assert status == 130
    assert not (tmp_path / "notes/notegen.toml").exists()


def test_an_encrypted_note_is_not_called_private(tmp_path: Path) -> None:
    """It is published, for who has the password."""
    notes = {"a.md": DATED, "b.md": "---\nencrypt: true\n---\n", "c.md": "---\nprivate: true\n---\n"}
    facts = facts_of(look_around(write_files(tmp_path, notes)))
    assert (facts.withheld, facts.encrypted) == (("c.md",), ("b.md",))
    assert report_init(facts)[-2:] == ["private   1: c.md", "encrypted 1: b.md"]
