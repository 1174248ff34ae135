"""The setting `extensions`: files with other endings are notes in every way that those with `.md` are."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from notegen.build import build
from notegen.check.advice import give_advice
from notegen.cli import cli
from notegen.config import Config, load_config
from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.load import load_garden
from notegen.model import Code, Garden, Reading, ToAsset, ToNote
from notegen.paths import note_endings, opens_site, page_url
from tests.support.audits import audit_of
from tests.support.files import write_files

TEXTS = (".md", ".txt")
DATED = "---\ndate: 2024-01-01\n---\n"


def loaded(folder: Path, files: dict[str, str], config: Config) -> tuple[Reading, Garden]:
    """A folder with these files, read and linked."""
    return load_garden(BuildContext(write_files(folder, files), config, encoder=None))


def goals(garden: Garden, note: str) -> list[str]:
    """Where the links of a note lead, by path."""
    return [
        to.note if isinstance(to, ToNote) else to.path if isinstance(to, ToAsset) else ""
        for to in garden.resolutions[note]
    ]


def test_links_find_them_with_and_without_their_ending(tmp_path: Path) -> None:
    """As wiki links, as Markdown's, from either kind of note; `.txt` of others stays a file."""
    files = {
        "a.md": "[[b]] [[b.txt]] [[sub/c.TXT]] [b](b.txt) [[d]] [[log.csv]]",
        "b.txt": "[[a]] [[c]] [a](a.md)",
        "sub/c.TXT": "x",
        "d.text": "y",
        "log.csv": "1,2",
    }
    _, garden = loaded(tmp_path, files, Config(extensions=TEXTS))
    assert goals(garden, "a.md") == ["b.txt", "b.txt", "sub/c.TXT", "b.txt", "", "log.csv"]
    assert goals(garden, "b.txt") == ["a.md", "sub/c.TXT", "a.md"]
    assert garden.urls["b.txt"] == "b.html"


def test_without_the_setting_they_are_files(tmp_path: Path) -> None:
    """That a link to `b.txt` shows, and one to `b` does not find."""
    _, garden = loaded(tmp_path, {"a.md": "[[b]] [[b.txt]]", "b.txt": "x"}, Config())
    assert goals(garden, "a.md") == ["", "b.txt"]


def test_two_of_one_name_both_have_a_page(tmp_path: Path) -> None:
    """The second one another address, with a problem that says so."""
    _, garden = loaded(tmp_path, {"a.md": "x", "a.txt": "y"}, Config(extensions=TEXTS))
    assert sorted(garden.urls.values()) == ["a-2.html", "a.html"]
    assert Code.URL_TAKEN in [problem.code for problem in garden.problems]


def test_other_case_is_advice(tmp_path: Path) -> None:
    """The file's own name is shown without its ending."""
    reading, garden = loaded(tmp_path, {"a.md": "[[B]] [[B.txt]]", "b.txt": "x"}, Config(extensions=TEXTS))
    found = [dict(p.facts)["chosen"] for p in give_advice(garden, reading) if p.code is Code.LINK_CASE]
    assert found == ["b", "b"]


@pytest.mark.parametrize(
    "secret",
    ["---\nprivate: true\n---\nZwiebelkuchen", "Zwiebelkuchen #private"],
)
def test_private_ones_are_in_no_byte(tmp_path: Path, secret: str) -> None:
    """Neither what they say nor what they are called, in a link, a property or the text; and the audit looks for it."""
    files = {
        "a.md": f"{DATED[:-4]}see: Oventale.txt\n---\n[[Oventale]] and [[Oventale.txt|this]]; Oventale.txt says it.",
        "Oventale.txt": secret,
    }
    notes = write_files(tmp_path / "notes", files)
    config = Config(extensions=TEXTS)
    build(BuildContext(notes, config, encoder=None), tmp_path / "site")
    shown = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert len(shown) > 5
    for path in shown:
        content = path.read_bytes().lower()
        assert b"oventale" not in content, path
        assert b"zwiebelkuchen" not in content, path
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy/x.html").write_text("<p>a Zwiebelkuchen</p>")
    assert [leak.note for leak in audit_of(tmp_path / "copy", notes, config).leaks] == ["Oventale.txt"]


def test_a_private_text_of_another_ending_is_as_before(tmp_path: Path) -> None:
    """What a withheld attachment is called without its ending is no private name, where such files are no notes."""
    files = {"a.md": f"{DATED}[[Plan]]", "Plan.txt": "---\nprivate: true\n---\n"}
    build(BuildContext(write_files(tmp_path / "notes", files), Config(), encoder=None), tmp_path / "site")
    assert "Plan" in (tmp_path / "site/a.html").read_text("utf-8")


def test_obsidians_template_may_be_one(tmp_path: Path) -> None:
    """A file of templates is named without its ending, whichever that is."""
    files = {".obsidian/daily-notes.json": '{"template": "Day"}', "Day.txt": "# {{title}}", "a.txt": "x"}
    reading, _ = loaded(tmp_path, files, Config(extensions=TEXTS))
    assert (sorted(reading.withheld), [source.id for source in reading.sources]) == (["Day.txt"], ["a.txt"])


def test_one_opens_the_site() -> None:
    """`index.txt` as `index.md` does, which comes before it; no board and no attachment is asked."""
    assert opens_site(["b.txt", "index.txt"]) == "index.txt"
    assert opens_site(["index.txt", "index.md"]) == "index.md"
    assert opens_site(["index.canvas"]) is None
    assert (page_url("a b.txt"), page_url("x.canvas")) == ("a-b.html", "x.canvas.html")
    assert note_endings(["a.TXT", "b.md", "c.org", "d.canvas", "e"]) == (".md", ".markdown", ".mdx", ".txt")


@pytest.mark.parametrize(
    ("written", "endings"),
    [
        ('[".md", ".txt"]', (".md", ".txt")),
        ('["txt", ".TXT"]', (".txt",)),
        ("[]", ()),
    ],
)
def test_endings_are_read_in_one_form(tmp_path: Path, written: str, endings: tuple[str, ...]) -> None:
    """With their dot, in lower case, each once."""
    path = tmp_path / "notegen.toml"
    path.write_text(f"extensions = {written}\n")
    assert load_config(path).extensions == endings


@pytest.mark.parametrize(
    "written", ['[".png"]', '[".md", ".canvas"]', '[".org"]', '["*.txt"]', '["a.b"]', '[""]']
)
def test_what_is_no_markdown_is_refused(tmp_path: Path, written: str) -> None:
    """Pictures, and what is read in a way of its own; with what was written."""
    path = tmp_path / "notegen.toml"
    path.write_text(f"title = 'x'\nextensions = {written}\n")
    with pytest.raises(NotegenError) as caught:
        load_config(path)
    wanted = 'a list of endings of text files in Markdown, such as `[".md", ".txt"]`'
    assert caught.value.message == f"`extensions` is `{written}`, but must be {wanted}"
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_a_build_may_be_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside what the settings say; and what cannot be is refused."""
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {"notes/a.txt": "x", "notes/b.text": "y"})
    words = ["build", "notes", "--no-semantic", "--extension", "txt", "--extension", ".text"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    assert (tmp_path / "site/a.html").exists()
    assert (tmp_path / "site/b.html").exists()
    refused = CliRunner().invoke(cli, ["build", "notes", "--extension", ".png"])
    assert isinstance(refused.exception, NotegenError)
