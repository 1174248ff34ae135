"""`notegen publish` as it is typed: what it asks, what it prints, how it exits."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notegen.check.hosts import LIMITS, Limits
from notegen.cli import cli
from notegen.errors import NotegenError
from notegen.publish.git_remote import host_of
from tests.support.published import KeptBranch, git, kept_of


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a note, and the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/tide.md").write_text("---\ndate: 2024-05-01\n---\n# Tide\n\nIt rose.\n")
    return tmp_path


def run(*words: str, answer: str | None = None, monkeypatch: pytest.MonkeyPatch | None = None) -> Result:
    """What the command prints; with an answer, in a terminal."""
    if monkeypatch is not None:
        monkeypatch.setattr("notegen.cli.publish.is_terminal", lambda: True)
    return CliRunner().invoke(cli, ["publish", "--no-semantic", *words], input=answer)


def test_an_answer_decides(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no, which is what enter alone means, nothing is sent and the status is 1."""
    refused = run("--to", "public", answer="\n", monkeypatch=monkeypatch)
    assert (refused.exit_code, (garden / "public").exists()) == (1, False)
    assert refused.output.splitlines()[-2:] == ["Publish this? [y/N]: ", "note: nothing was sent"]
    agreed = run("--to", "public", answer="y\n", monkeypatch=monkeypatch)
    assert (agreed.exit_code, agreed.output.splitlines()[-1]) == (0, "published `public`")
    again = run("--to", "public", answer="", monkeypatch=monkeypatch)
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, "target    `public`: nothing has changed")


def test_without_a_terminal_somebody_must_have_said_yes(garden: Path) -> None:
    """Before anything is built."""
    refused = run("--to", "public")
    assert isinstance(refused.exception, NotegenError)
    assert refused.exception.message == "there is nobody to ask whether to publish"
    assert not (garden / "site").exists()


def test_a_dry_run_builds_shows_and_sends_nothing(garden: Path) -> None:
    """It exits 0."""
    shown = run("--to", "public", "--dry-run")
    assert (shown.exit_code, (garden / "public").exists()) == (0, False)
    assert "\nadded     " in shown.output
    assert shown.output.splitlines()[-1] == "note: nothing was sent"


def test_json_tells_each_file(garden: Path) -> None:
    """And whether it was sent."""
    facts = json.loads(run("--to", "public", "--json", "--dry-run").output)
    assert facts["target"] == "`public`"
    assert {"tide.html", "notegen/files.txt"} <= set(facts["added"])
    assert (facts["changed"], facts["removed"], facts["sent"], facts["problems"]) == ([], [], False, [])
    assert facts["bytes"] > 10_000
    assert json.loads(run("--to", "public", "--json", "--yes").output)["sent"] is True
    facts = json.loads(run("--to", "public", "--json", "--yes").output)
    assert (facts["added"], facts["bytes"], facts["sent"]) == ([], 0, False)


def test_settings_say_where(garden: Path) -> None:
    """A folder counts from the file's, and a domain becomes a file."""
    (garden / "notes/notegen.toml").write_text(
        '[publishing]\nto = "../public"\ndomain = "tides.example"\n', "utf-8"
    )
    assert run("--yes").exit_code == 0
    assert (garden / "public/CNAME").read_text() == "tides.example"
    assert "CNAME\n" in (garden / "public/notegen/files.txt").read_text()
    (garden / "notes/notegen.toml").write_text('[publishing]\nto = "../public"\n', "utf-8")
    assert "CNAME" in run("--yes").output
    assert not (garden / "public/CNAME").exists()


def test_what_a_build_refuses_is_not_published(garden: Path) -> None:
    """As when the template is broken: what was published before is as it was."""
    run("--to", "public", "--yes")
    before = {path: kept_of(path) for path in (garden / "public").rglob("*")}
    (garden / "notes/theme").mkdir()
    (garden / "notes/theme/note.html").write_text("{% if %}")
    assert isinstance(run("--to", "public", "--yes").exception, NotegenError)
    assert {path: kept_of(path) for path in (garden / "public").rglob("*")} == before


def test_what_lies_in_the_sites_folder_and_is_nobodys_is_not_sent(garden: Path) -> None:
    """No build has made it, and no audit has looked at it."""
    run("--to", "public", "--yes")
    (garden / "site/.git").mkdir()
    (garden / "site/.git/config").write_text("secret")
    (garden / "site/secret.txt").write_text("secret")
    assert run("--to", "public", "--yes").output.splitlines()[-1].endswith("nothing has changed")


def test_nothing_can_be_published_to_what_is_no_target(garden: Path) -> None:
    """In one message that says what is one."""
    refused = run("--to", "ftp://example.org", "--yes").exception
    assert isinstance(refused, NotegenError)
    assert refused.message == "nothing can be published to `ftp://example.org`"


@pytest.mark.parametrize("option", [("--branch", "pages"), ("--squash",)])
def test_what_is_for_a_repository_is_refused_elsewhere(garden: Path, option: tuple[str, ...]) -> None:
    """It was passed over: the folder had the site, and no branch anything."""
    result = run("--to", "out", *option, "--yes")
    assert isinstance(result.exception, NotegenError)
    assert result.exception.message == f"`{option[0]}` is for a repository, and the site would go to `out`"
    assert not (garden / "out").exists()


def test_a_domain_is_a_name_and_no_address(garden: Path) -> None:
    """GitHub would not know what to do with one."""
    (garden / "notes/notegen.toml").write_text('[publishing]\ndomain = "https://tides.example/"\n', "utf-8")
    refused = run("--yes").exception
    assert isinstance(refused, NotegenError)
    assert refused.hint == "did you mean `tides.example`?"


def test_a_table_called_publish_is_told_from_the_setting(garden: Path) -> None:
    """Which notes are published is one thing, where to is another."""
    (garden / "notes/notegen.toml").write_text('[publish]\nto = "public"\n', "utf-8")
    refused = run("--yes").exception
    assert isinstance(refused, NotegenError)
    assert refused.hint == "did you mean `[publishing]`?"


def test_what_a_known_host_would_refuse_is_noted_before_the_question(
    garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the address that the branch is pushed to; the site is sent all the same if that is meant."""
    kept = KeptBranch(garden / "remote.git")
    git(garden, "init", "--quiet", "--initial-branch=main")
    git(garden, "config", f"url.{kept.to}.insteadOf", "https://github.com/me/notes.git")
    monkeypatch.setitem(LIMITS, "github", Limits(files=3, file_bytes=50_000))
    said = run("--to", "https://github.com/me/notes.git", "--yes").output
    assert "note: .: `github` refuses the site: it has " in said
    assert "note: notegen/style." in said
    assert kept.commits()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://github.com/me/notes.git", "github"),
        ("git@github.com:me/notes", "github"),
        ("ssh://git@ssh.github.com:443/me/notes.git", "github"),
        ("https://gitlab.com/me/notes", "gitlab"),
        ("https://notgithub.com/me/notes", None),
        ("https://github.com.example.org/me/notes", None),
        ("/srv/github.com.git", None),
    ],
)
def test_a_host_is_known_by_its_name(url: str, host: str | None) -> None:
    """And not by a name that looks like it."""
    assert host_of(url) == host


def test_a_branch_with_a_history_says_that_it_forgets_nothing(garden: Path) -> None:
    """Where the page of a note goes; not with one commit alone, nor in a folder, nor where a note is only edited."""
    kept = KeptBranch(garden / "site.git")
    secret = garden / "notes/secret.md"
    told: dict[str, list[bool]] = {}
    for name, options in {"history": (), "one commit": ("--squash",), "folder": ("--to", "public")}.items():
        for text in ("One.\n", "Two.\n", "---\nprivate: true\n---\nTwo.\n"):
            secret.write_text(text)
            ran = run("--yes", "--to", kept.to, *options)
            assert ran.exit_code == 0
            told.setdefault(name, []).append("the history of the branch keeps the pages" in ran.output)
    assert told == {
        "history": [False, False, True],
        "one commit": [False, False, False],
        "folder": [False, False, False],
    }


NOTES = {
    "tide": "The water rises at new and full moon, when sun and moon pull in one line, says the pilot.",
    "bread": "Flour, water and salt, kneaded at night and baked at dawn in the oven of the neighbours.",
}


def publish_notes(garden: Path, settings: str = "", *options: str) -> list[str]:
    """What a publish to a folder notes beside what it does."""
    (garden / "notes/notegen.toml").write_text(f"{settings}\n[publishing]\nto = '../public'\n", "utf-8")
    said = run(*options, *([] if "--dry-run" in options else ["--yes"]))
    assert said.exit_code == 0, said.output
    return [line.removeprefix("note: ") for line in said.output.splitlines() if line.startswith("note: ")]


@pytest.fixture
def published(garden: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two notes that were published."""
    monkeypatch.setenv("NOTEGEN_CACHE", str(garden / "cache"))
    for name, text in NOTES.items():
        (garden / f"notes/{name}.md").write_text(f"---\ndate: 2024-05-01\n---\n{text}\n")
    assert publish_notes(garden) == []
    return garden


def test_notes_that_moved_are_told_and_can_be_led_on(published: Path) -> None:
    """Before their old pages go, which a dry run shows too, or afterwards: what was published is remembered."""
    (published / "notes/sea").mkdir()
    (published / "notes/tide.md").rename(published / "notes/sea/moon.md")
    told = publish_notes(published, "", "--dry-run")[0]
    assert told.startswith(
        "1 page moved, from `tide.html` to `sea/moon.md`; what links to the old address leads"
    )
    assert "`notegen addresses notes`" in told
    assert publish_notes(published) == [told]
    assert not (published / "public/tide.html").exists()
    assert CliRunner().invoke(cli, ["addresses", "notes", "--no-semantic"]).exit_code == 0
    assert publish_notes(published) == []
    assert 'content="0; url=sea/moon.html"' in (published / "public/tide.html").read_text()


def test_several_that_moved_are_counted(published: Path) -> None:
    """The first of them as an example; one written since is not known, and one that was deleted did not move."""
    (published / "notes/new.md").write_text(
        "Nobody has read this, and it may lie wherever its writer wants it to."
    )
    (published / "notes/sea").mkdir()
    for name in NOTES:
        (published / f"notes/{name}.md").rename(published / f"notes/sea/{name}.md")
    (told,) = publish_notes(published)
    assert told.startswith("2 pages moved, the first from `bread.html` to `sea/bread.md`; ")
    (published / "notes/sea/tide.md").unlink()
    assert publish_notes(published) == []


def test_a_note_that_became_private_has_not_moved(published: Path) -> None:
    """Neither has one that is renamed and made private, and what it was called is forgotten."""
    (published / "notes/tide.md").unlink()
    (published / "notes/plan.md").write_text(f"---\nprivate: true\n---\n{NOTES['tide']}\n")
    assert publish_notes(published) == []
    (kept,) = (published / "cache").rglob("notegen-addresses.jsonl")
    assert "bread" in kept.read_text()
    assert "tide" not in kept.read_text()


def test_addresses_that_are_kept_are_no_news(published: Path) -> None:
    """In the notes folder; one that was written after that is known by the last publish."""
    assert CliRunner().invoke(cli, ["addresses", "notes", "--no-semantic"]).exit_code == 0
    (published / "notes/late.md").write_text(
        "Lentils, salt and pepper, cooked slowly in an old pot from the market."
    )
    assert publish_notes(published) == []
    for name in ("tide", "late"):
        (published / f"notes/{name}.md").rename(published / f"notes/{name}-2.md")
    (told,) = publish_notes(published)
    assert told.startswith("1 page moved, from `late.html` to `late-2.md`; ")


def test_another_title_is_told_where_there_is_a_feed(published: Path) -> None:
    """What the ids of its entries were made of keeps them."""
    assert publish_notes(published, 'title = "Harbour"') == []
    address = 'base_url = "https://me.example/"\n'
    assert publish_notes(published, f'{address}title = "Harbour"') == []
    (told,) = publish_notes(published, f'{address}title = "The sea"')
    assert told == (
        'followers of the feed are told of all its notes once more; `feeds.id = "Harbour"` keeps that from them'
    )
    assert publish_notes(published, f'{address}title = "Tides"\nfeeds.id = "The sea"') == []
    assert publish_notes(published, f'{address}title = "Moon"\nfeeds.count = 0') == []
