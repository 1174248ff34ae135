"""Settings of folders: patterns, what lies beside the notes, builds after an edit; `folder_ways.py` has the rest."""

import os
from pathlib import Path
from time import process_time

import pytest

from notegen.audit.folders import FolderWords
from notegen.config import Config
from notegen.errors import NotegenError
from notegen.last_build import stamps_of_inputs
from notegen.model import Reading
from notegen.read import ReadMemory, read_sources
from notegen.read.globs import GlobError, glob_pattern, names_any_part
from tests.support.files import write_named
from tests.support.kept_in_memory import KeptInMemory


def shown(reading: Reading) -> list[str]:
    """The notes that everybody sees."""
    return [source.id for source in reading.sources]


@pytest.mark.parametrize(
    ("glob", "named", "others"),
    [
        ("/posts/**", ["posts/a", "posts/x/a"], ["posts", "posts2/a", "x/posts/a"]),
        ("**/private", ["private", "a/private"], ["privately", "private/a"]),
        ("{/a,/a/**}", ["a", "a/b"], ["b", "ab"]),
        ("posts/*", ["posts/a"], ["posts/a/b"]),
        ("a?c.[mt]d", ["abc.md", "a-c.td"], ["a/c.md", "abc.xd"]),
        ("!(*.md)", ["a.png"], ["a.md", "x/a.png"]),
        ("[!ab]x", ["cx"], ["ax"]),
        ("Straße/*", ["strasse/a"], ["straße/a"]),
    ],
)
def test_patterns_of_paths(glob: str, named: list[str], others: list[str]) -> None:
    """Of folded paths, from where they begin to where they end."""
    pattern = glob_pattern(glob)
    assert [path for path in (*named, *others) if pattern.fullmatch(path)] == named


def test_a_pattern_names_what_lies_in_a_folder() -> None:
    """As lists of what is left out have it; a star may cross slashes."""
    assert names_any_part(glob_pattern("posts"), "posts/x/a.md")
    assert not names_any_part(glob_pattern("a*b"), "a/x/b")
    assert names_any_part(glob_pattern("a*b", crosses=True), "a/x/b")


@pytest.mark.parametrize("glob", ["[a", "{a", "*a" * 9, "!(a"])
def test_a_pattern_that_nobody_understands(glob: str) -> None:
    """Whoever asks keeps everything back."""
    with pytest.raises(GlobError):
        glob_pattern(glob)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ("mkdocs.yml", "exclude_docs: posts/\ndocs_dir: content\n"),
        ("hugo.toml", "[[cascade]]\ndraft = true\n[cascade.target]\npath = '/posts/**'\n"),
        ("quartz.config.ts", "ignorePatterns: ['posts']"),
        ("config/_default/hugo.toml", "ignoreFiles = ['/posts/']\n"),
    ],
)
def test_settings_beside_the_folder_of_notes_count(tmp_path: Path, settings: str, text: str) -> None:
    """Where the folder is called as a site's is; a change of them is a change of what the build reads."""
    write_named(tmp_path / "content", posts__b_dot_md="x", a_dot_md="x")
    before = stamps_of_inputs(tmp_path / "content", Config(), ())
    (tmp_path / settings).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / settings).write_text(text)
    assert shown(read_sources(tmp_path / "content", Config())) == ["a.md"]
    assert not before.hold(stamps_of_inputs(tmp_path / "content", Config(), ()))
    (tmp_path / "content").rename(tmp_path / "other")
    assert shown(read_sources(tmp_path / "other", Config())) == ["a.md", "posts/b.md"]


def test_a_summary_beside_and_after_an_edit_of_it(tmp_path: Path) -> None:
    """Of mdBook's notes those that it lists are published, and others when it lists others."""
    book = tmp_path / "src"
    write_named(book, SUMMARY_dot_md="[A](a.md)", a_dot_md="x", b_dot_md="x")
    (tmp_path / "book.toml").write_text("[book]\ntitle = 'x'\n")
    memory = ReadMemory()
    assert shown(read_sources(book, Config(), memory=memory)) == ["SUMMARY.md", "a.md"]
    write_named(book, SUMMARY_dot_md="[B](b.md), and it is longer")
    assert shown(read_sources(book, Config(), memory=memory, only=["SUMMARY.md"])) == ["SUMMARY.md", "b.md"]


def test_a_draft_of_the_first_page_is_no_draft_of_all(tmp_path: Path) -> None:
    """Whose ever the section is; of every other folder that nobody knows of, its section speaks for it."""
    write_named(tmp_path, _index_dot_md="---\ndraft: true\n---\n", a_dot_md="x")
    assert shown(read_sources(tmp_path, Config())) == ["a.md"]


def test_after_an_edit_of_a_section_its_notes_read_as_from_nothing(tmp_path: Path) -> None:
    """Whatever is remembered of them, by this process or by those before."""
    write_named(tmp_path, posts___index_dot_md="x", posts__b_dot_md="x", a_dot_md="x")
    memory, kept = ReadMemory(), KeptInMemory()
    for head, expected in (
        ("x", ["a.md", "posts/_index.md", "posts/b.md"]),
        ("---\ncascade: {draft: true}\n---\n", ["a.md"]),
        ("---\ncascade: {draft: false}\n---\n", ["a.md", "posts/_index.md", "posts/b.md"]),
        ("---\ncascade: {encrypt: true}\n---\n", ["a.md"]),
    ):
        (tmp_path / "posts/_index.md").write_text(head)
        again = read_sources(tmp_path, Config(), memory=memory, only=["posts/_index.md"])
        assert shown(again) == expected
        assert shown(read_sources(tmp_path, Config(), kept=kept)) == expected


def test_settings_that_refuse_to_be_read_end_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows what is private then."""
    write_named(tmp_path, _config_dot_yml="exclude: [b.md]\n", b_dot_md="x")
    opened = os.open

    def refuse(path: str | Path, *args: int, **options: int) -> int:
        if Path(path).name == "_config.yml":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **options)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(NotegenError, match=r"_config\.yml"):
        read_sources(tmp_path, Config())


def test_attributes_above_the_notes_say_what_git_encrypts(tmp_path: Path) -> None:
    """Up to the repository's own; a build that knew the folder before reads it again where they change."""
    write_named(
        tmp_path, repo__notes__Work__b_dot_md="secret", repo__notes__a_dot_md="open", repo___dot_git__HEAD="x"
    )
    notes = tmp_path / "repo/notes"
    before = stamps_of_inputs(notes, Config(), ())
    assert shown(read_sources(notes, Config())) == ["Work/b.md", "a.md"]
    write_named(tmp_path, repo___dot_gitattributes="notes/Work/** filter=git-crypt\n")
    write_named(tmp_path, _dot_gitattributes="* filter=git-crypt\n")
    assert shown(read_sources(notes, Config())) == ["a.md"]
    assert not stamps_of_inputs(notes, Config(), ()).hold(before)
    write_named(tmp_path, repo___dot_git__info__attributes="/notes/a.md filter=git-crypt\n")
    assert shown(read_sources(notes, Config())) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
@pytest.mark.parametrize("name", ["mkdocs.yml", "_config.yml", "posts.json", ".gitattributes"])
def test_a_pipe_in_place_of_settings_is_not_waited_for(tmp_path: Path, name: str) -> None:
    """Nobody knows what it would say, so that nothing is published."""
    write_named(tmp_path, posts__a_dot_md="x")
    os.mkfifo(tmp_path / "posts" / name)
    with pytest.raises(NotegenError, match="it is no file"):
        read_sources(tmp_path, Config())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_in_place_of_what_says_nothing_of_privacy_is_passed_over(tmp_path: Path) -> None:
    """A bibliography, what Obsidian keeps beside."""
    write_named(tmp_path, a_dot_md="x", _dot_obsidian__x="")
    for name in ("x.bib", ".obsidian/app.json", "notegen-addresses.jsonl"):
        os.mkfifo(tmp_path / name)
    assert shown(read_sources(tmp_path, Config())) == ["a.md"]


@pytest.mark.parametrize("name", ["quartz.config.ts", "docusaurus.config.js"])
@pytest.mark.parametrize("sign", ["", '"', "`"])
def test_lists_that_nothing_closes_take_time_as_they_are_many(name: str, sign: str, tmp_path: Path) -> None:
    """By either reader of settings: what is in one list is not gone through for the next."""

    def seconds(count: int) -> float:
        text = f"ignorePatterns: [{sign}exclude: [{sign}" * count
        (tmp_path / name).write_text(text)
        (tmp_path / "a.md").write_text("Text")
        before = process_time()
        read_sources(tmp_path, Config())
        FolderWords().enter(tmp_path, "", [name])
        return process_time() - before

    assert any(seconds(2000) < 10 * seconds(500) for _ in range(5))
