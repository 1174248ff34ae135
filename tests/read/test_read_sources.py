"""A folder of notes, read: what is found, what is kept back, what is odd about it."""

import gc
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from notegen.config import Config, LineBreaks
from notegen.errors import NotegenError, word_error
from notegen.errors.problems import word_problem
from notegen.model import Reading, Source
from notegen.read import ReadMemory, read_sources


def plant(root: Path, **files: str) -> None:
    """Writes notes: the keyword is the name, `__` a folder's slash."""
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def said(reading: Reading) -> list[str]:
    """Every problem in words, with its place."""
    problems = [*reading.problems, *(p for source in reading.sources for p in source.problems)]
    return [f"{p.place}: {word_problem(p)}" for p in problems]


def test_a_reading_is_freed_when_nobody_has_it(tmp_path: Path) -> None:
    """By count alone: a build looks for no cycles, and the texts of all notes are no small thing."""
    plant(tmp_path, tides="The tide falls.", moon="A moon.")
    searched = gc.isenabled()
    gc.disable()
    try:
        reading = read_sources(tmp_path, Config())
        texts = {source.text for source in reading.sources}
        del reading
        assert not [one for one in gc.get_objects() if type(one) is Source and one.text in texts]
    finally:
        if searched:
            gc.enable()


def test_dot_folders_ignored_files_and_the_site_are_left_out(tmp_path: Path) -> None:
    """Only what a person would call notes is read, in one order."""
    plant(tmp_path, b="", a__c="", node_modules__x="", site__old="", drafts__d="", logseq__bak__z="")
    plant(tmp_path / ".obsidian", hidden="")
    (tmp_path / "pic.png").write_bytes(b"p")
    reading = read_sources(tmp_path, Config(ignore=("drafts/",)), skip=(tmp_path / "site",))
    assert [source.id for source in reading.sources] == ["a/c.md", "b.md"]
    assert list(reading.assets) == ["pic.png"]


def test_symbolic_links_are_followed_inside_only(tmp_path: Path) -> None:
    """A link to a folder inside is followed once; one out, up or to nowhere is told and not followed."""
    notes, outside = tmp_path / "notes", tmp_path / "outside"
    plant(notes, real__n="")
    plant(outside, secret="")
    for name, goal in {
        "in": "real",
        "out": "../outside",
        "up": ".",
        "gone": "nowhere",
        "self": "self",
    }.items():
        (notes / name).symlink_to(goal)
    reading = read_sources(notes, Config())
    assert [source.id for source in reading.sources] == ["in/n.md", "real/n.md"]
    assert said(reading) == [
        "gone: the file cannot be read: it leads nowhere",
        "out: the symbolic link leads out of the notes folder, to `../outside`",
        "self: the symbolic link leads back to a folder that holds it",
        "up: the symbolic link leads back to a folder that holds it",
    ]


@pytest.mark.promise("A private note is dropped before anything is made from it")
@pytest.mark.parametrize("comes_another", [False, True])
def test_a_folder_that_goes_while_it_is_read_is_no_garden_of_half_its_notes(
    tmp_path: Path, comes_another: bool
) -> None:
    """A drive that is taken out, or another branch that is checked out; one note that goes is told by itself."""
    notes, other = tmp_path / "notes", tmp_path / "other"
    plant(notes, a="A", b="B")
    plant(other, a="A of another")

    def go(unknown: int) -> None:
        notes.rename(tmp_path / "away")
        if comes_another:
            other.rename(notes)

    with pytest.raises(NotegenError, match="was moved or replaced while its notes were read"):
        read_sources(notes, Config(), on_unknown=go)
    here = tmp_path / ("notes" if comes_another else "away")
    plant(here, c="C", d="D")
    reading = read_sources(here, Config(), on_unknown=lambda unknown: (here / "c.md").unlink())
    assert [problem.place.path for problem in reading.problems] == ["c.md"]
    assert "d.md" in [source.id for source in reading.sources]


@pytest.mark.parametrize(
    "head",
    [
        "draft: true", "Draft: yes", "private: true", "publish: false", "published: false", "publish: no",
        'publish: "false"', "private: perhaps", "draft: [broken\nprivate: true", "{private: true", "published: off",
    ],
)  # fmt: skip
def test_a_private_note_is_not_read_on(tmp_path: Path, head: str) -> None:
    """Every way to keep a note back works, and one that cannot be understood does too."""
    plant(tmp_path, n=f"---\n{head}\n---\nsecret words")
    reading = read_sources(tmp_path, Config())
    assert not reading.sources
    assert reading.withheld == {"n.md"}
    assert "secret" not in repr(reading)


@pytest.mark.promise("when in doubt a note is private")
@pytest.mark.parametrize(
    "text", ["---\nprivate: true\n\nsecret", "\n---\nprivate: true\n---\nsecret", "+++\ndraft = true\n"]
)
def test_front_matter_that_is_not_quite_one_still_keeps_a_note_back(tmp_path: Path, text: str) -> None:
    """Not closed, or not on the first line: withheld, and told, since its writer meant it to be."""
    plant(tmp_path, n=text, rule="---\nA rule, then text that says:\nnothing private\n")
    reading = read_sources(tmp_path, Config())
    assert reading.withheld == {"n.md"}
    assert [source.id for source in reading.sources] == ["rule.md"]
    (line,) = said(reading)
    assert line.startswith(
        "n.md:1: the front matter is not valid YAML: it is not closed by a line `---`, or not on top"
    )


@pytest.mark.promise("when in doubt a note is private")
def test_a_note_kept_back_for_an_unclear_flag_is_told(tmp_path: Path) -> None:
    """Otherwise its writer would look for it in vain."""
    plant(tmp_path, n="---\ndraft: maybe\n---\n")
    assert said(read_sources(tmp_path, Config())) == [
        'n.md:2: `draft: "maybe"` does not say plainly who may see the note; taken as withheld'
    ]


@pytest.mark.parametrize(
    "head", ["draft: false", "publish: true", "published: 2024-01-02", "private:", "x: y", ""]
)
def test_a_public_note_is_read(tmp_path: Path, head: str) -> None:
    """The other value, none, or a date do not keep a note back."""
    plant(tmp_path, n=f"---\n{head}\n---\nwords")
    assert [source.text for source in read_sources(tmp_path, Config()).sources] == ["words"]


def test_an_unclear_flag_is_told_with_its_line(tmp_path: Path) -> None:
    """A quoted boolean is taken as meant, with a warning."""
    plant(tmp_path, n='---\ntitle: x\npublish: "true"\n---\n')
    assert said(read_sources(tmp_path, Config())) == [
        'n.md:3: `publish: "true"` does not say plainly who may see the note; taken as true'
    ]


def test_front_matter_keeps_dates_as_written_and_lines_count_on(tmp_path: Path) -> None:
    """YAML dates stay text, so that an impossible one cannot raise; the body knows its first line."""
    plant(tmp_path, n="---\ndate: 2024-02-30\ntags: [a, b]\n---\n\nbody")
    (source,) = read_sources(tmp_path, Config()).sources
    assert source.properties == {"date": "2024-02-30", "tags": ["a", "b"]}
    assert (source.text, source.first_line) == ("\nbody", 5)


def test_bad_front_matter_is_told_and_the_note_kept(tmp_path: Path) -> None:
    """The place is the file's own line and column."""
    plant(tmp_path, n="---\ntitle: [a\n---\nbody")
    reading = read_sources(tmp_path, Config())
    assert [source.text for source in reading.sources] == ["body"]
    assert said(reading) == [
        "n.md:3:1: the front matter is not valid YAML: did not find expected ',' or ']'",
    ]


def test_hugo_front_matter_and_a_rule_on_top(tmp_path: Path) -> None:
    """TOML between plus signs is read; a note that begins with a rule has no front matter."""
    plant(tmp_path, a='+++\ntitle = "T"\n+++\nbody', b="---\njust words\n---\nmore", c="---\nno end")
    by_id = {source.id: source for source in read_sources(tmp_path, Config()).sources}
    assert by_id["a.md"].properties == {"title": "T"}
    assert by_id["b.md"].text == "---\njust words\n---\nmore"
    assert by_id["c.md"].text == "---\nno end"


@pytest.mark.promise("its first line or git")
def test_git_knows_since_when(tmp_path: Path) -> None:
    """The first commit dates a note that has no date of its own; later commits do not."""
    plant(tmp_path, old="one", deep__er="two")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=n@example.invalid"]
    for day in ("2019-03-04", "2022-01-01"):
        plant(tmp_path, old=day)
        stamp = {
            **os.environ,
            "GIT_AUTHOR_DATE": f"{day}T23:30:00-05:00",
            "GIT_COMMITTER_DATE": f"{day}T12:00:00",
        }
        if day == "2019-03-04":
            subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "-m", day], check=True, env=stamp)
    sources = read_sources(tmp_path, Config()).sources
    assert {source.id: source.committed for source in sources} == {
        "deep/er.md": date(2019, 3, 4),
        "old.md": date(2019, 3, 4),
    }


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "gone",
            "error: there is no folder `{}`\n  hint: name the folder of your notes: `notegen build NOTES`",
        ),
        ("file", "error: `{}` is a file, not a folder\n  hint: name the folder that holds your notes"),
    ],
)
def test_a_wrong_folder_is_refused(tmp_path: Path, name: str, message: str) -> None:
    """One message, with the path as it was given."""
    (tmp_path / "file").write_text("")
    with pytest.raises(NotegenError) as caught:
        read_sources(tmp_path / name, Config())
    assert word_error(caught.value) == message.format(tmp_path / name)


@pytest.mark.parametrize(
    ("setting", "kept"), [("auto", [True, False]), ("keep", [True, True]), ("join", [False] * 2)]
)
def test_line_ends_are_kept_as_the_tool_does_unless_a_setting_says_otherwise(
    tmp_path: Path, setting: LineBreaks, kept: list[bool]
) -> None:
    """Obsidian keeps them, plain Markdown does not."""
    plant(tmp_path, a__n="one\ntwo", b="one\ntwo")
    (tmp_path / "a" / ".obsidian").mkdir()
    sources = read_sources(tmp_path, Config(line_breaks=setting)).sources
    assert [source.hard_breaks for source in sources] == kept


def test_a_tool_that_is_set_is_every_note_s(tmp_path: Path) -> None:
    """What tools left in folders is not looked at, and what the set one keeps for itself is left out."""
    plant(tmp_path, n="#[[a]]", v__m="", dash="")
    (tmp_path / "v" / ".obsidian").mkdir()
    for name in ("folder.yaml", "x.tpl", "pic.png"):
        (tmp_path / name).touch()
    reading = read_sources(tmp_path, Config(tool="emanote"))
    assert [(root.path, root.tool) for root in reading.roots] == [("", "emanote")]
    assert {source.tool for source in reading.sources} == {"emanote"}
    assert list(reading.assets) == ["pic.png"]


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("template:\n  theme: red\n", "emanote"),
        ("# x\nemanote:\n  folder-folgezettel: false\n", "emanote"),
        ("page:\n  lang: en\n\n  siteTitle: x\n", "emanote"),
        ("page:\r\n  siteUrl: x\r\n", "emanote"),
        ("page:\n  title: x\nother:\n  siteTitle: x\n", "plain"),
        ("apiVersion: v1\nentries:\n  template: x\n", "plain"),
        ("", "plain"),
    ],
)
def test_an_index_yaml_is_emanote_s_by_its_keys(tmp_path: Path, text: str, tool: str) -> None:
    """Other tools have files of that name too."""
    plant(tmp_path, n="")
    (tmp_path / "index.yaml").write_bytes(text.encode())
    (source,) = read_sources(tmp_path, Config()).sources
    assert source.tool == tool


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("a/**", ["b/a/y.md", "b/x.md", "top.md"]),
        ("a", ["b/a/y.md", "b/x.md", "top.md"]),
        ("**/a/**", ["b/x.md", "top.md"]),
        ("*.md", ["a/x.md", "b/a/y.md", "b/x.md"]),
        ("**/x.md", ["b/a/y.md", "top.md"]),
        ("/b/x.md", ["a/x.md", "b/a/y.md", "top.md"]),
        ("  # top.md\n\ntop.md  ", ["a/x.md", "b/a/y.md", "b/x.md"]),
        ("top?md\nto[p].md\n!top.md", ["a/x.md", "b/a/y.md", "b/x.md", "top.md"]),
    ],
)
def test_an_emanoteignore_keeps_out_what_it_names(tmp_path: Path, pattern: str, left: list[str]) -> None:
    """Its patterns begin at its own folder, wherever that lies, and have no signs but stars."""
    plant(tmp_path / "book", a__x="", b__x="", b__a__y="", top="")
    plant(tmp_path, top="", a__x="")
    (tmp_path / "book" / ".emanoteignore").write_text(pattern)
    notes = [source.id for source in read_sources(tmp_path, Config()).sources]
    assert notes == ["a/x.md", *(f"book/{note}" for note in left), "top.md"]


def test_an_emanoteignore_that_cannot_be_read_stops_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows then what is private."""

    def refuse(self: Path, *args: object) -> str:
        raise PermissionError(13, "Permission denied")

    plant(tmp_path, n="")
    (tmp_path / ".emanoteignore").touch()
    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(NotegenError, match="emanoteignore` cannot be read: Permission denied"):
        read_sources(tmp_path, Config())


def test_folders_that_a_vault_excludes_from_publish_are_kept_out(tmp_path: Path) -> None:
    """But for a note that says `publish: true`; settings that make no sense exclude nothing."""
    plant(
        tmp_path,
        v__In__a="",
        v__In__deep__b="---\npublish: 'true'\n---\n",
        v__Inner="",
        In__c="",
        w__In__d="",
    )
    for vault, excluded in (("v", '["In/", 3, ""]'), ("w", '{"In": true}')):
        (tmp_path / vault / ".obsidian").mkdir()
        (tmp_path / vault / ".obsidian" / "publish.json").write_text(f'{{"excluded": {excluded}}}')
    reading = read_sources(tmp_path, Config())
    assert [source.id for source in reading.sources] == [
        "In/c.md",
        "v/In/deep/b.md",
        "v/Inner.md",
        "w/In/d.md",
    ]
    assert reading.withheld == {"v/In/a.md"}


def test_a_view_lists_what_is_so_now_though_one_note_alone_is_read_again(tmp_path: Path) -> None:
    """The page that shows it says what another states: all of them are read, as from nothing."""
    files = {
        ".obsidian/app.json": "{}",
        "Books.md": "![[Books.base]]",
        "Books.base": 'filters: file.hasTag("book")',
        "Sea.md": "#book",
        "Tides.md": "#water",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    memory = ReadMemory()
    read_sources(tmp_path, Config(), memory=memory)
    (tmp_path / "Tides.md").write_text("#book and #water", "utf-8")
    again = read_sources(tmp_path, Config(), memory=memory, only=["Tides.md"])
    shown = {source.id: source.text for source in again.sources}["Books.md"]
    assert shown == "[Sea](</Sea.md>) · [Tides](</Tides.md>)"
    assert again.sources == read_sources(tmp_path, Config()).sources


def test_files_that_begin_as_documents_are_known(tmp_path: Path) -> None:
    """Whatever they are called, but for text and what every browser knows by its name."""
    for name in ("a.log", "b", "c.json", "d.txt", "e.svg", "f.log", "g.png", "h.drawio"):
        (tmp_path / name).write_text("\ufeff \n<p>" if name[0] != "f" else "a <p>", encoding="utf-8")
    (tmp_path / "i.log").write_text("<p>", encoding="utf-16")
    reading = read_sources(tmp_path, Config())
    assert sorted(reading.documents) == ["a.log", "b", "c.json", "h.drawio", "i.log"]
