"""What changed in notes, from git: day by day, for published notes only, and never what was private on the day."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from notegen.build import build
from notegen.config import Config, find_config, load_config
from notegen.context import BuildContext
from notegen.history import Past, read_past
from notegen.inspection import audit
from notegen.load import load_garden, read_notes
from notegen.model import NoteHistory

Files = Mapping[str, str | None]
"""Files that are written on a day; None for one that goes."""

SECRET = "Zebulon keeps fourteen golden spoons below the harbour stairs."
PLAIN = "The sea rises twice a day."


def repository(folder: Path, days: Sequence[Files]) -> Path:
    """A folder of notes with a commit a day, from 1 January 2024 on."""
    folder.mkdir(exist_ok=True)
    git(folder, "init", "-q")
    for number, files in enumerate(days, 1):
        commit(folder, f"2024-01-{number:02}", files)
    return folder


def commit(folder: Path, day: str, files: Files) -> None:
    """One commit of that day."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink() if text is None else path.write_text(text, "utf-8")
    git(folder, "add", "-A")
    stamp = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00")
    git(folder, "-c", "user.name=n", "-c", "user.email=n@example.invalid", "commit", "-qm", "x", **stamp)


def git(folder: Path, *words: str, **environment: str) -> None:
    """Runs git there."""
    subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **environment}, check=True, capture_output=True
    )


def past(folder: Path, **settings: Any) -> Past:
    """What is told of the days before."""
    context = context_of(folder, **settings)
    return read_past(read_notes(context), context)


def context_of(folder: Path, **settings: Any) -> BuildContext:
    """A build of the folder with history."""
    config = load_config(find_config(folder))
    return BuildContext(folder, replace(config, **{"history": True, **settings}), None)


def told(history: NoteHistory) -> list[str]:
    """Each day with its changes, `-` before what went and `+` before what came."""
    signs = {"same": "", "removed": "-", "added": "+"}
    return [
        f"{day.day.day}: "
        + " | ".join(
            "".join(f"{signs[piece.kind]}{{{piece.text}}}" for piece in text.pieces) for text in day.texts
        )
        for day in history.days
    ]


def test_a_note_tells_what_changed_on_each_day(tmp_path: Path) -> None:
    """The newest first: words within a paragraph, paragraphs that came and went; commits of one day are one."""
    folder = repository(
        tmp_path / "n",
        [
            {"a.md": f"# A\n\n{PLAIN}\n", "b.md": "never changed"},
            {"a.md": f"# A\n\n{PLAIN}\n\nAnd it falls.\n"},
            {"a.md": "# A\n\nThe sea rises once a day.\n\nAnd it falls.\n"},
            {"c.md": "new"},
        ],
    )
    commit(folder, "2024-01-05", {"a.md": "# A\n\nSomething in between.\n"})
    commit(folder, "2024-01-05", {"a.md": "# A\n\nThe sea rises once a day.\n"})
    found = past(folder).histories
    assert found.keys() == {"a.md"}
    assert told(found["a.md"]) == [
        "5: -{And it falls.}",
        "3: {The sea rises }-{twice}+{once}{ a day.}",
        "2: +{And it falls.}",
    ]
    assert str(found["a.md"].begun) == "2024-01-01"


def test_only_so_many_days_are_looked_at(tmp_path: Path) -> None:
    """What was before is not told, and neither is when the note was begun."""
    folder = repository(tmp_path / "n", [{"a.md": f"Number {number}."} for number in range(5)])
    history = past(folder, history_days=2).histories["a.md"]
    assert [day.day.day for day in history.days] == [5, 4]
    assert history.begun is None


WAYS: Mapping[str, Sequence[Files]] = {
    "the note was private": [
        {"a.md": f"---\nprivate: true\n---\n{SECRET}\n"},
        {"a.md": PLAIN},
        {"a.md": f"{PLAIN} And falls."},
    ],
    "it was private in between": [
        {"a.md": PLAIN},
        {"a.md": f"---\npublish: false\n---\n{PLAIN}\n\n{SECRET}\n"},
        {"a.md": f"{PLAIN} And falls."},
    ],
    "it was encrypted": [
        {"a.md": f"---\nencrypt: true\n---\n{SECRET}\n"},
        {"a.md": PLAIN},
        {"a.md": f"{PLAIN} And falls."},
    ],
    "a tag made it private": [
        {"a.md": f"{PLAIN} #private\n\n{SECRET}"},
        {"a.md": PLAIN},
        {"a.md": f"{PLAIN} And falls."},
    ],
    "a section was private": [
        {"a.md": f"{PLAIN}\n\n## Mine #private\n\n{SECRET}\n"},
        {"a.md": PLAIN},
        {"a.md": f"{PLAIN} And falls."},
    ],
    "a comment held it": [
        {"a.md": f"{PLAIN}\n\n%% {SECRET} %%\n"},
        {"a.md": f"{PLAIN}\n"},
        {"a.md": f"{PLAIN} And falls."},
    ],
    "the settings of the day kept the folder private": [
        {"x/a.md": SECRET, "notegen.toml": 'private_folders = ["x"]\n'},
        {"x/a.md": PLAIN, "notegen.toml": "title = 'x'\n"},
        {"x/a.md": f"{PLAIN} And falls."},
    ],
    "the settings of the day wanted a word": [
        {"a.md": SECRET, "notegen.toml": 'publish = "opt-in"\n'},
        {"a.md": PLAIN, "notegen.toml": "title = 'x'\n"},
        {"a.md": f"{PLAIN} And falls."},
    ],
    "the settings of the day cannot be read": [
        {"a.md": SECRET, "notegen.toml": 'private_folders = ["x\n'},
        {"a.md": PLAIN, "notegen.toml": "title = 'x'\n"},
        {"a.md": f"{PLAIN} And falls."},
    ],
    "Obsidian excluded it then": [
        {"x/a.md": SECRET, ".obsidian/publish.json": '{"excluded": ["x"]}'},
        {"x/a.md": PLAIN, ".obsidian/publish.json": "{}"},
        {"x/a.md": f"{PLAIN} And falls."},
    ],
    "a settings file alone made it private": [
        {"x/a.md": PLAIN, "notegen.toml": "title = 'x'\n"},
        {"x/a.md": f"{PLAIN}\n\n{SECRET}", "notegen.toml": 'private_folders = ["x"]\n'},
        {"x/a.md": f"{PLAIN} And falls.", "notegen.toml": "title = 'x'\n"},
    ],
    "it named a note that was private": [
        {"a.md": f"{PLAIN} See [[Zebulon]].", "Zebulon.md": "---\nprivate: true\n---\nMine."},
        {"a.md": f"{PLAIN} See nothing.", "Zebulon.md": None},
    ],
    "it named a note that was private later": [
        {"a.md": f"{PLAIN} See [[Zebulon]]."},
        {"a.md": f"{PLAIN} See nothing."},
        {"Zebulon.md": "---\nprivate: true\n---\nMine."},
        {"Zebulon.md": None},
    ],
    "what was public became private": [
        {"a.md": f"{PLAIN}\n\n{SECRET}\n"},
        {"a.md": f"{PLAIN}\n\n%% {SECRET} %%\n"},
    ],
    "what was public became private, and went": [
        {"a.md": PLAIN},
        {"a.md": f"{PLAIN}\n\n{SECRET}\n"},
        {"a.md": f"{PLAIN}\n\n## Mine #private\n\n{SECRET}\n"},
        {"a.md": f"{PLAIN} And falls."},
        {"b.md": "Something else."},
    ],
    "a word in a line became private, and went": [
        {"a.md": f"{PLAIN} Ask Zebulon.\n"},
        {"a.md": f"{PLAIN} Ask %%Zebulon%%.\n"},
        {"a.md": PLAIN},
    ],
    "it named a heading that another note hid": [
        {"a.md": f"{PLAIN} See [[b#Zebulon]].", "b.md": "## Zebulon #private\n\nMine.\n"},
        {"a.md": f"{PLAIN} See nothing.", "b.md": "Other.\n"},
    ],
    "it was moved to a private note, which went": [
        {"a.md": f"{PLAIN}\n\n{SECRET}\n"},
        {"a.md": PLAIN, "z.md": f"---\nprivate: true\n---\n{SECRET}\n"},
        {"a.md": f"{PLAIN} And falls.", "z.md": None},
    ],
    "the note is private now": [
        {"a.md": f"{PLAIN}\n\n{SECRET}\n"},
        {"a.md": PLAIN},
        {"a.md": f"---\nprivate: true\n---\n{PLAIN}\n"},
    ],
    "only the working tree makes it private": [
        {"a.md": f"{PLAIN}\n\n{SECRET}\n"},
        {"a.md": PLAIN},
    ],
    "its day had not come": [
        {"a.md": f"---\npublishDate: 2024-01-03\n---\n{SECRET}\n"},
        {"a.md": f"---\npublishDate: 2024-01-03\n---\n{PLAIN}\n"},
        {"a.md": f"---\npublishDate: 2024-01-03\n---\n{PLAIN} And falls.\n"},
        {"a.md": f"---\npublishDate: 2024-01-03\n---\n{PLAIN} And rises.\n"},
    ],
    "its folder was a link to somewhere else": [{"a.md": PLAIN}, {"a.md": f"{PLAIN} And falls."}],
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_was_private_is_told(way: str, tmp_path: Path) -> None:
    """Whatever made it private, on the day, before or after."""
    folder = repository(tmp_path / "n", WAYS[way])
    if way.startswith("only the working tree"):
        (folder / "z.md").write_text(f"---\nprivate: true\n---\n{SECRET}\n")
    if way.startswith("its folder was a link"):
        (tmp_path / "secret.md").write_text(SECRET)
        (folder / "a.md").unlink()
        (folder / "a.md").symlink_to(tmp_path / "secret.md")
        commit(folder, "2024-01-03", {})
        (folder / "a.md").unlink()
        commit(folder, "2024-01-04", {"a.md": PLAIN})
    assert "Zebulon" not in str(past(folder).histories)


def test_a_note_has_a_history_from_its_day_on(tmp_path: Path) -> None:
    """A day is looked at as it ended: what was published on it was public."""
    head = "---\npublishDate: 2024-01-02T09:00:00Z\n---\n"
    days = [f"{head}{PLAIN}\n", f"{head}{PLAIN} And falls.\n", f"{head}{PLAIN} And rises.\n"]
    (history,) = past(repository(tmp_path / "n", [{"a.md": text} for text in days])).histories.values()
    assert [day.split(":")[0] for day in told(history)] == ["3"]


def test_the_audit_reads_the_days_by_itself(tmp_path: Path) -> None:
    """A page of history that shows what was private then is found, though nothing of it is private now."""
    folder = repository(
        tmp_path / "n",
        [
            {"a.md": PLAIN, "z.md": f"---\nprivate: true\n---\n{SECRET}\n"},
            {"a.md": f"{PLAIN} And falls.", "z.md": None},
        ],
    )
    site, context = tmp_path / "site", context_of(folder)
    build(context, site)
    reading, garden = load_garden(context)
    witness = read_past(reading, context).witness
    assert audit(site, context, reading, garden, past=witness).leaks == ()
    page = site / "a~history.html"
    page.write_text(page.read_text("utf-8").replace("And falls", SECRET), "utf-8")
    leaks = audit(site, context, reading, garden, past=witness).leaks
    assert {(leak.file, leak.note) for leak in leaks} == {("a~history.html", "z.md")}
    assert audit(site, context, reading, garden).leaks == ()


def test_a_page_beside_the_note_tells_it(tmp_path: Path) -> None:
    """The note leads there; without the setting there is neither."""
    folder = repository(
        tmp_path / "n", [{"x/a b.md": f"# A & <b>\n\n{PLAIN}"}, {"x/a b.md": "# A & <b>\n\nThe sea <rises>."}]
    )
    site = tmp_path / "site"
    build(context_of(folder), site)
    page = (site / "x/a-b~history.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert '<time datetime="2024-01-02">' in page
    assert "<del>" in page
    assert '<a href="a-b~history.html">' in (site / "x/a-b.html").read_text("utf-8")
    first = {path: path.read_bytes() for path in site.rglob("*~history.html")}
    build(context_of(folder), site)
    assert first == {path: path.read_bytes() for path in site.rglob("*~history.html")}
    build(context_of(folder, history=False), site)
    assert not list(site.rglob("*history*"))
    assert "~history" not in (site / "x/a-b.html").read_text("utf-8")


def test_a_long_history_fits_a_page(tmp_path: Path) -> None:
    """Of days that a page has no room for only their number of changes is said."""
    words = " ".join(f"word{number}" for number in range(400))
    folder = repository(tmp_path / "n", [{"a.md": f"{number}. {words}{number}"} for number in range(6)])
    days = [f"{line} of day {number}.\n\n" for number in range(6) for line in ("x" * 90,)]
    for number in range(7, 20):
        commit(
            folder, f"2024-01-{number:02}", {"a.md": "".join(f"{number} {line * 30}" for line in days[:3])}
        )
    site = tmp_path / "site"
    build(context_of(folder), site)
    page = (site / "a~history.html").read_text("utf-8")
    assert len(page) < 60_000
    assert "more changes" in page


def test_where_git_does_not_tell_there_is_no_history(tmp_path: Path) -> None:
    """No repository, a clone that is cut short, no git."""
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "a.md").write_text("x")
    assert past(plain).histories == {}
    folder = repository(tmp_path / "n", [{"a.md": "one"}, {"a.md": "two"}])
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{folder}", "clone")
    assert past(tmp_path / "clone").histories == {}
    assert past(folder).histories


def test_a_repository_runs_no_program(tmp_path: Path) -> None:
    """Not even one that it names for the checking out of files."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n")
    program.chmod(0o755)
    folder = repository(
        tmp_path / "n", [{"a.md": "one", ".gitattributes": "*.md filter=x\n"}, {"a.md": "two"}]
    )
    git(folder, "config", "filter.x.smudge", str(program))
    git(folder, "config", "diff.external", str(program))
    assert told(past(folder).histories["a.md"]) == ["2: -{one} | +{two}"]
    assert not (tmp_path / "ran").exists()


def test_history_is_off_by_default() -> None:
    """Nobody's past is shown unasked."""
    assert Config().history is False


def test_notes_in_a_folder_of_a_repository_have_a_history(tmp_path: Path) -> None:
    """Their paths count from the notes folder, and what lies beside it says nothing."""
    folder = repository(
        tmp_path / "n",
        [
            {"notes/a.md": PLAIN, "b.md": "beside"},
            {"notes/a.md": f"{PLAIN} And falls.", "b.md": "beside it"},
            {"b.md": "once more"},
        ],
    )
    found = past(folder / "notes").histories
    assert found.keys() == {"a.md"}
    assert told(found["a.md"]) == ["2: {The sea rises twice a day.}+{ And falls.}"]


def test_names_that_come_and_go_do_not_make_a_note_another(tmp_path: Path) -> None:
    """A note that stayed as it was has no history, however many others became private meanwhile."""
    days: list[Files] = [{"a.md": f"{PLAIN} See [[Draft 2]]."}]
    days += [{f"Draft {number}.md": "---\nprivate: true\n---\nMine."} for number in range(4)]
    assert past(repository(tmp_path / "n", days)).histories == {}
