"""`serve` as a person meets it: a terminal, a browser's requests, and files that change."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from notegen.serve import serve
from tests.conftest import ROOT
from tests.support.copying_server import ICON, Copied
from tests.support.serve_process import Served, end, running, save, starting
from tests.support.waiting import PATIENCE, await_true

Start = Callable[..., Served]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a `serve` of a small folder of notes; ends it with the test."""
    with starting(tmp_path) as start:
        yield start


def body_of(page: str) -> str:
    """A page without the script that the server adds."""
    return re.sub(r"<script src=\"/\.notegen/reload\.js\" data-build=\"[0-9a-f]+\"></script>", "", page)


def test_a_changed_note_is_built_and_told_to_open_pages(start: Start) -> None:
    """News names another build, and the page is the new one."""
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        first = next_news()
        served.save("first.md", "changed")
        served.says("`first.md` changed")
        second = next_news()
    assert first["failure"] == second["failure"] == ""
    assert first["build"] != second["build"]
    assert body_of(served.get("/first.html")[2]) == f"{ICON}<body>changed</body>"


def test_a_page_carries_the_build_it_is_of(start: Start) -> None:
    """The script comes last in the body of what is served, and is not in the file."""
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        build = next_news()["build"]
    script = f'<script src="/.notegen/reload.js" data-build="{build}"></script>'
    assert served.get("/first.html")[2] == f"{ICON}<body>hello{script}</body>"
    assert (served.site / "first.html").read_text() == f"{ICON}<body>hello</body>"
    assert "EventSource" in served.get("/.notegen/reload.js")[2]


def test_a_day_that_comes_is_built_though_no_file_changes(start: Start) -> None:
    """And open pages are told."""
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        first = next_news()
        (served.notes.parent / "due").touch()
        served.says("the day of some notes has come, or is over")
        assert next_news()["build"] != first["build"]


def test_a_failed_rebuild_keeps_the_old_site_until_the_next_good_one(start: Start) -> None:
    """The terminal and the pages are told why; a build that works clears it."""
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        first = next_news()
        served.save("broken.md", "")
        message = "error: the note is broken\n  --> broken.md:1\n  hint: mend it"
        assert next_news() == {"build": first["build"], "failure": message}
        served.says("  hint: mend it")
        assert body_of(served.get("/first.html")[2]) == f"{ICON}<body>hello</body>"
        (served.notes / "broken.md").unlink()
        mended = next_news()
    assert mended["failure"] == ""
    assert mended["build"] != first["build"]


def test_a_fault_of_notegen_does_not_end_the_session(start: Start) -> None:
    """The traceback is shown, and the next change is built."""
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        next_news()
        served.save("fault.md", "")
        assert next_news()["failure"].startswith("Traceback (most recent call last)")
        served.says("AssertionError: a mistake of ours")
        (served.notes / "fault.md").unlink()
        assert next_news()["failure"] == ""


def test_what_the_disk_refuses_is_one_message(start: Start) -> None:
    """As without room for temporary files: no fault of notegen's, and so no traceback."""
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        next_news()
        served.save("full.md", "")
        assert next_news()["failure"].startswith("error: `/tmp/kept` cannot be used: No space left on device")


def test_a_first_build_that_fails_ends_at_once(start: Start, tmp_path: Path) -> None:
    """There is no site to keep serving: the error goes to whoever called."""
    (tmp_path / "notes/broken.md").write_text("")
    served = start()
    served.says("notegen.errors.NotegenError: the note is broken")
    assert served.process.wait(PATIENCE) == 1


def test_what_is_no_note_does_not_rebuild(start: Start) -> None:
    """Dot folders, dot files, backup files and the site itself, here inside the notes, are passed over."""
    served = start(site="notes/site")
    served.says("serving at ")
    (served.notes / ".git").mkdir()
    for name in (".git/index", ".first.md.swp", "first.md~", "site/stray.html"):
        (served.notes / name).write_text("x")
    served.save("second.md", "x")
    served.says("`second.md` changed")
    assert [line for line in served.said if line.endswith("changed")] == ["`second.md` changed"]


def test_a_settings_file_is_watched_before_it_exists_and_after_it_is_replaced(
    start: Start, tmp_path: Path
) -> None:
    """Many editors save by putting a new file in the place of the old."""
    settings = tmp_path / "notegen.toml"
    served = start(extra=(settings,))
    served.says("serving at ")
    with served.news() as next_news:
        next_news()
        for text in ("one", "two", "three"):
            save(settings, text)
            served.says("`notegen.toml` changed")
            while text not in served.get("/notegen.html")[2]:
                next_news()


def test_what_is_saved_while_one_watch_follows_another_is_built(start: Start) -> None:
    """Neither need tell of it: the one has ended, the other not begun."""
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        next_news()
        served.save("theme.md", "from now on there is a theme")
        while "late" not in served.get("/late.html")[2]:
            next_news()


@pytest.mark.parametrize("comes_back_at_once", [True, False])
def test_a_folder_of_notes_that_was_replaced_is_followed(
    start: Start, tmp_path: Path, comes_back_at_once: bool
) -> None:
    """As another branch of a repository may do it, or whoever unpacks a backup."""
    notes, other = tmp_path / "notes", tmp_path / "other"
    other.mkdir()
    (other / "first.md").write_text("restored")
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        next_news()
        notes.rename(tmp_path / "away")
        if not comes_back_at_once:
            next_news()
        other.rename(notes)
        while "restored" not in served.get("/first.html")[2]:
            next_news()
        served.save("first.md", "and edited")
        while "and edited" not in served.get("/first.html")[2]:
            next_news()


def test_a_theme_that_comes_later_is_followed(start: Start, tmp_path: Path) -> None:
    """It lies outside the notes, and goes now and then."""
    theme = tmp_path / "theme"
    served = start(extra=(theme,))
    served.says("serving at ")
    with served.news() as next_news:
        next_news()
        for colour in ("red", "green"):
            theme.mkdir()
            for width in ("thin", "thick"):
                (theme / "extra.css").write_text(f"{width} {colour}")
                while f"{width} {colour}" not in served.get("/extra.html")[2]:
                    next_news()
            shutil.rmtree(theme)
            while served.get("/extra.html")[0] == 200:
                next_news()


def test_a_taken_port_is_passed_over(start: Start) -> None:
    """The next free one is used, and the terminal says so."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        served = start(port=port)
        served.says("serving at ")
        assert served.said[0] == f"port {port} is taken"
        assert served.port > port


def test_ctrl_c_ends_it_cleanly(start: Start) -> None:
    """Also while a page listens: no traceback, status 0."""
    served = start()
    served.says("serving at ")
    with served.news() as next_news:
        next_news()
        assert served.interrupt() == (0, ["stopped"])


def test_ctrl_c_ends_it_cleanly_as_soon_as_it_says_that_it_serves(tmp_path: Path) -> None:
    """Though it may be about to open the browser, or to look after the notes."""
    notes = tmp_path / "notes"
    notes.mkdir()
    said: list[str] = []

    def hear(words: str) -> None:
        said.append(words)
        if words.startswith("serving at "):
            raise KeyboardInterrupt

    serve(Copied(notes, tmp_path / "site", []), on_info=hear, on_error=pytest.fail, port=0)
    assert said[1:] == ["stopped"]


def test_the_command_serves_a_folder_and_its_settings(tmp_path: Path) -> None:
    """`notegen serve` rebuilds for a note and for notegen.toml, and shows a setting that is not there."""
    notes, site = tmp_path / "notes", tmp_path / "site"
    notes.mkdir()
    (notes / "first.md").write_text("# First\n\nhello")
    arguments = ["serve", notes, "-o", site, "--port", 0, "--no-semantic"]
    with running("notegen", *arguments, notes=notes, site=site) as served:
        served.says("serving at ")
        with served.news() as next_news:
            next_news()
            served.save("first.md", "# First\n\nchanged")
            while "<p>changed</p>" not in served.get("/first.html")[2]:
                next_news()
            served.save("notegen.toml", 'title = "Harbour"')
            while "Harbour</title>" not in served.get("/first.html")[2]:
                next_news()
            served.save("notegen.toml", 'titel = "Harbour"')
            while "there is no setting `titel`" not in next_news()["failure"]:
                pass
            served.says("error: there is no setting `titel`")
        status, last = served.interrupt()
        assert (status, last[-1]) == (0, "stopped")


LAST = "`last.md` changed"


def changed_by(served: Served, act: Callable[[], object]) -> list[str]:
    """What is said to have changed after something was done, up to the note that is saved after it."""
    before = len(served.said)
    act()
    served.save("last.md", "what came before this is told of before it")
    served.says("`last.md`")
    return [line for line in served.said[before:] if line.endswith(" changed")]


UNREAD = (
    "new.log", "drafts/a.md", "vectors/vectors.sqlite-wal", ".obsidian/workspace.json", ".obsidian/graph.json",
    ".git/index", "node_modules/a/readme.md", "first.md~", "site/a.html", "unused.txt",
)  # fmt: skip


def test_what_no_build_reads_starts_none(tmp_path: Path) -> None:
    """An attachment that no note shows, what is ignored, the cache, a tool's own; all at once, since none is told."""
    notes = tmp_path / "notes"
    (notes / ".obsidian").mkdir(parents=True)  # were it new, the vault would be another tool's
    (notes / "first.md").write_text("---\ndate: 2024-01-01\n---\nhello")
    (notes / "unused.txt").write_text("before")
    (notes / "new.log").write_text("before")
    (notes / "notegen.toml").write_text('ignore = ["drafts/"]\ncache = "vectors"')
    arguments = ["serve", notes, "-o", notes / "site", "--port", 0, "--no-semantic"]
    with running("notegen", *arguments, notes=notes, site=notes / "site") as served:
        served.says("serving at ")
        served.says("open ")  # all is written that a build writes

        def act() -> None:
            for path in UNREAD:
                (notes / path).parent.mkdir(parents=True, exist_ok=True)
                for number in range(3):
                    (notes / path).write_text(f"{number}")

        assert changed_by(served, act) == [LAST]


READ = {
    "second.md": "x", "first.md": "---\ndate: 2024-01-01\n---\nchanged ![[shown.txt]]", "shown.txt": "changed",
    ".obsidian/app.json": '{"strictLineBreaks": true}', ".obsidian/publish.json": '{"excluded": ["a"]}',
    "logseq/config.edn": "{}", "notegen.toml": 'title = "x"', "theme/extra.css": "p {}", "later.txt": "x",
    ".emanoteignore": "first.md",
}  # fmt: skip


def test_what_a_build_reads_starts_one(tmp_path: Path) -> None:
    """And no more than one: notes, what they show, and every file that says how they are read."""
    notes, site = tmp_path / "notes", tmp_path / "site"
    for folder in (notes / ".obsidian", notes / "logseq", notes / "theme"):
        folder.mkdir(parents=True)
    (notes / "theme/extra.css").write_text("a {}")
    (notes / "first.md").write_text("---\ndate: 2024-01-01\n---\n![[shown.txt]]")
    (notes / "shown.txt").write_text("before")
    arguments = ["serve", notes, "-o", site, "--port", 0, "--no-semantic"]
    with running("notegen", *arguments, notes=notes, site=site) as served:
        served.says("serving at ")

        def act() -> None:
            with served.news() as next_news:
                next_news()
                for path, text in READ.items():
                    served.save(path, text)
                    served.says(f"`{path}` changed")
                    next_news()

        assert changed_by(served, act) == [*(f"`{path}` changed" for path in READ), LAST]


def test_settings_that_lie_beside_the_notes_are_watched(tmp_path: Path) -> None:
    """As MkDocs, Hugo and others have them; what they withdraw is gone without a save of a note."""
    notes, site = tmp_path / "docs", tmp_path / "site"
    notes.mkdir()
    (notes / "first.md").write_text("---\ndate: 2024-01-01\n---\nhello")
    (notes / "other.md").write_text("---\ndate: 2024-01-01\n---\nother")
    (tmp_path / "mkdocs.yml").write_text("site_name: Tides\n")
    arguments = ["serve", notes, "-o", site, "--port", 0, "--no-semantic"]
    with running("notegen", *arguments, notes=notes, site=site) as served:
        served.says("serving at ")
        assert served.get("/first.html")[0] == 200
        with served.news() as next_news:
            next_news()
            save(tmp_path / "mkdocs.yml", "site_name: Tides\nexclude_docs: |\n  first.md\n")
            while served.get("/first.html")[0] != 404:
                next_news()


def test_its_own_log_starts_no_build(tmp_path: Path) -> None:
    """`notegen serve . > log.txt`, where every attachment is copied."""
    (tmp_path / "a.md").write_text("---\ndate: 2024-01-01\n---\nhello")
    (tmp_path / "notegen.toml").write_text('attachments = "all"')
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "notegen", "serve", ".", "--port", "0", "--no-semantic", "-o", "site"]
    with (tmp_path / "log.txt").open("w") as log, (tmp_path / "errors.txt").open("w") as errors:
        process = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=log, stderr=errors, text=True)
        try:
            await_true(lambda: "open " in (tmp_path / "log.txt").read_text())
            for name in ("a.md", "b.md"):
                save(tmp_path / name, "---\ndate: 2024-01-01\n---\nchanged")
                said = f"`{name}`"
                await_true(lambda: said in (tmp_path / "log.txt").read_text())  # noqa: B023  # called at once
        finally:
            end(process)
    lines = (tmp_path / "log.txt").read_text().splitlines()
    assert [line for line in lines if line.endswith("changed")] == ["`a.md` changed", "`b.md` changed"]


def test_a_theme_and_a_model_that_settings_come_to_name_are_watched(tmp_path: Path) -> None:
    """The folders that the new settings name, not those of the start."""
    notes, site, theme = tmp_path / "notes", tmp_path / "site", tmp_path / "mine"
    notes.mkdir()
    theme.mkdir()
    (theme / "extra.css").write_text("a {}")
    (notes / "first.md").write_text("---\ndate: 2024-01-01\n---\nhello")
    arguments = ["serve", notes, "-o", site, "--port", 0, "--no-semantic"]
    with running("notegen", *arguments, notes=notes, site=site) as served:
        served.says("serving at ")
        assert changed_by(served, lambda: save(theme / "extra.css", "b { top: 0 }")) == [LAST]
        with served.news() as next_news:
            next_news()
            served.save("notegen.toml", 'theme = "../mine"')
            # The first may be read with the settings, the second before the folder is watched: nobody tells of them.
            for rule in ("i{top:1px}", "u{top:2px}", "s{top:3px}"):
                save(theme / "extra.css", rule)
                while rule not in style_of(served, "/first.html"):
                    next_news()
        served.says("`extra.css` changed")


def style_of(served: Served, page: str) -> str:
    """The sheet that every page has, as this one names it."""
    (sheet,) = re.findall(r'href="(notegen/style[^"]+)"', served.get(page)[2])
    return served.get(f"/{sheet}")[2]
