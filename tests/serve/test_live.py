"""Pages of the notes as they are now, and what a round in the background adds to them."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from notegen.build import build
from notegen.config import Config, load_config
from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.live_garden import GardenNow, LiveGarden
from notegen.model import Place
from tests.conftest import ROOT
from tests.support.live_folder import LiveFolder
from tests.support.locked_garden import PASSWORD, SECRETS, write_garden

DATED = "---\ndate: 2024-01-01\n---\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveFolder:
    """An empty folder of notes."""
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    return LiveFolder(tmp_path)


def files_of(site: Path) -> dict[str, bytes]:
    """Every file of a built site but those that no server gives, by its path there."""
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(".")}


def differing(folder: LiveFolder) -> list[str]:
    """What is served otherwise than it was built."""
    return [name for name, content in files_of(folder.site).items() if folder.get(f"/{name}") != content]


def build_afresh(folder: LiveFolder, out: Path) -> dict[str, bytes]:
    """What a build of the notes from nothing gives."""
    shutil.rmtree(out, ignore_errors=True)
    build(
        BuildContext(folder.notes, replace(Config(), search=replace(Config().search, semantic=False)), None),
        out,
    )
    return files_of(out)


def test_once_a_round_is_over_all_is_served_as_it_was_built(folder: LiveFolder) -> None:
    """Pages, the theme's files, search, previews, attachments."""
    shutil.copytree(ROOT / "tests/gardens/everything", folder.notes, dirs_exist_ok=True)
    folder.update()
    folder.settle()
    assert len(files_of(folder.site)) > 40
    assert differing(folder) == []


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_end_in_the_site_of_a_fresh_build(seed: int, folder: LiveFolder, tmp_path: Path) -> None:
    """Texts, links, headings, tags, titles, dates, renames, moves, deletions and private flags, in any order."""
    shutil.copytree(ROOT / "tests/gardens/everything", folder.notes, dirs_exist_ok=True)
    folder.update()
    folder.settle()
    draw = random.Random(seed)
    for step in range(30):
        known = {path: path.read_bytes() for path in folder.notes.rglob("*.md")}
        change_something(folder.notes, draw, step)
        now = {path: path.read_bytes() for path in folder.notes.rglob("*.md")}
        edited = [path.relative_to(folder.notes).as_posix() for path in now if known.get(path) != now[path]]
        folder.live.expect(edited if known.keys() == now.keys() else None)
        folder.update()
        for url in [*folder.live._ready().now.garden.urls.values()]:
            assert folder.get(f"/{url}") is not None
        if draw.random() < 0.2:
            folder.settle()
            assert differing(folder) == []
    folder.settle()
    assert differing(folder) == []
    assert files_of(folder.site) == build_afresh(folder, tmp_path / "fresh")


def change_something(notes: Path, draw: random.Random, step: int) -> None:
    """One thing that people do to a note."""
    files = sorted(notes.rglob("*.md"))
    file, other = draw.choice(files), draw.choice(files)
    text = file.read_text("utf-8")
    body = text.partition("\n---\n")[2] or text
    edits: list[Callable[[], object]] = [
        lambda: file.write_text(f"{text}\n\nWords of step {step}.\n", "utf-8"),
        lambda: file.write_text(f"{text}\n\nOf [[{other.stem}]] and [[{other.stem}#Tides]].\n", "utf-8"),
        lambda: file.write_text(f"{text}\n\n## Tides {step}\n\nHigh. ![[{other.stem}]]\n", "utf-8"),
        lambda: file.write_text(f"{text}\n\n#step{step % 4} on [[2024-01-0{step % 9 + 1}]]\n", "utf-8"),
        lambda: file.write_text(
            f"---\ndate: 2024-02-{step % 27 + 1:02}\ntitle: T {step}\n---\n{body}", "utf-8"
        ),
        lambda: file.write_text(f"---\ndate: 2024-02-02\nprivate: true\n---\n{body}", "utf-8"),
        lambda: file.write_text(body[: len(body) // 2] or "x", "utf-8"),
        lambda: file.rename(file.with_name(f"Renamed {step}.md")),
        lambda: shutil.move(file, notes / f"Moved {step}.md"),
        lambda: file.unlink() if len(files) > 4 else None,
        lambda: (notes / f"New {step}.md").write_text(f"{DATED}# New\n\n[[{other.stem}]]\n", "utf-8"),
    ]
    draw.choice(edits)()


def test_a_page_is_of_now_before_any_round(folder: LiveFolder) -> None:
    """Its text, its backlinks, the lists it stands in."""
    folder.save("a.md", f"{DATED}hello")
    folder.save("b.md", f"{DATED}to [[a]] #sea")
    assert "hello" in folder.text("/a.html")
    assert 'href="b.html"' in folder.text("/a.html")
    assert 'href="../b.html"' in folder.text("/tags/sea.html")
    folder.save("b.md", f"{DATED}nothing")
    assert 'href="b.html">b</a>' not in folder.text("/a.html")
    assert folder.get("/tags/sea.html") is None


def test_a_page_says_only_what_a_reader_sees_when_asked_for_its_version(folder: LiveFolder) -> None:
    """An edit elsewhere, and a round that changes where search lies, are none; what the page shows is."""
    for name in "abc":
        folder.save(f"{name}.md", f"{DATED}{name} [[b]]")
    folder.settle()
    seen = {name: folder.live.version(f"/{name}.html") for name in "abc"}
    folder.save("a.md", f"{DATED}other words [[b]]")
    folder.settle()
    now = {name: folder.live.version(f"/{name}.html") for name in "abc"}
    assert now["a"] != seen["a"]
    assert now["b"] != seen["b"]  # it quotes what links to it
    assert now["c"] == seen["c"]


def test_what_becomes_private_is_gone_at_once_from_everything(folder: LiveFolder) -> None:
    """Its page, mentions of it, and what the last round made of many notes: search, previews, graph."""
    folder.save("Harbour.md", f"{DATED}[[Quillfish]]\n\nsalt and Quillfish")
    folder.save("Quillfish.md", f"{DATED}quillgold of the [[Harbour]]")
    folder.save("Boats.md", f"{DATED}[[Harbour]] boats")
    folder.settle()
    before = files_of(folder.site)
    assert any(b"quillgold" in content for name, content in before.items() if "/search/" in name)
    folder.save("Quillfish.md", "---\ndate: 2024-01-01\nprivate: true\n---\nquillgold of the [[Harbour]]")
    assert folder.get("/Quillfish.html") is None
    served = {name: folder.get(f"/{name}") or b"" for name in before}
    assert [name for name, content in served.items() if b"quillgold" in content.lower()] == []
    assert "data-search" not in folder.text("/Harbour.html")
    folder.settle()
    assert "data-search" in folder.text("/Harbour.html")
    assert differing(folder) == []


def test_a_section_that_becomes_private_takes_search_with_it(folder: LiveFolder) -> None:
    """The index of the last round still has its words."""
    folder.save("a.md", f"{DATED}open\n\n## Plans\n\nquillgold")
    folder.save("b.md", f"{DATED}[[a]]")
    folder.settle()
    folder.save("a.md", f"{DATED}open\n\n## Plans #private\n\nquillgold")
    assert "quillgold" not in folder.text("/a.html")
    assert all(b"quillgold" not in (folder.get(f"/{name}") or b"") for name in files_of(folder.site))


def test_an_earlier_search_stays_for_pages_that_were_open(folder: LiveFolder) -> None:
    """Until something that all could see is no longer to be seen."""
    folder.save("a.md", f"{DATED}one [[b]]")
    folder.save("b.md", f"{DATED}two")
    folder.settle()
    old = {name for name in files_of(folder.site) if name.startswith("notegen/search/")}
    folder.save("a.md", f"{DATED}three [[b]]")
    folder.settle()
    assert old
    assert folder.get("/notegen/search.js") == files_of(folder.site)["notegen/search.js"]
    assert all(folder.get(f"/{name}") is not None for name in old)
    (folder.notes / "b.md").unlink()
    folder.live.expect(None)
    folder.update()
    assert all(folder.get(f"/{name}") is None for name in old | {"notegen/search.js"})


def test_encrypted_notes_are_served_as_they_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No word of theirs is in anything that is served, before a round and after it."""
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    folder = LiveFolder(tmp_path, password=PASSWORD)
    write_garden(folder.notes)
    settings = 'title = "Locked"\nencrypt_tags = ["locked"]\nencrypt_folders = ["quilldir"]\n'
    (folder.notes / "notegen.toml").write_text(settings)
    folder.update()
    early = [folder.text(f"/{url}") for url in folder.live._ready().now.garden.urls.values()]
    folder.settle()
    assert differing(folder) == []
    served = [*early, *((folder.get(f"/{name}") or b"").decode("latin-1") for name in files_of(folder.site))]
    assert [word for word in SECRETS if word.isalpha() for text in served if word in text.lower()] == []
    folder.save("Boats.md", "---\ndate: 2024-02-03\nencrypt: true\n---\n# Boats\n\nBoats carry quillboats.")
    assert folder.get("/Boats.html") is None
    assert all(b"carry fish" not in (folder.get(f"/{name}") or b"") for name in files_of(folder.site))


def test_another_accent_is_another_style_sheet_at_once(folder: LiveFolder) -> None:
    """The page that is open names the new one, which has the colour, and so it is after the round."""
    folder.save("a.md", f"{DATED}hello")
    folder.save("notegen.toml", 'accent = "ocean"')
    (sheet,) = re.findall(r'href="(notegen/style[^"]+)"', folder.text("/a.html"))
    assert b"--accent:light-dark(#0b5d8f," in (folder.get(f"/{sheet}") or b"")
    folder.save("notegen.toml", 'accent = "forest"')
    (other,) = re.findall(r'href="(notegen/style[^"]+)"', folder.text("/a.html"))
    assert b"--accent:light-dark(#2f6b3a," in (folder.get(f"/{other}") or b"")
    assert other != sheet
    folder.settle()
    assert differing(folder) == []


def test_another_style_sheet_asks_for_no_build(folder: LiveFolder) -> None:
    """Pages are the same to their readers but for the sheet they name; what comes with the next note includes it."""
    folder.save("a.md", f"{DATED}hello")
    folder.settle()
    before, styles = folder.live.version("/a.html"), folder.live.styles("/a.html")
    folder.save("theme/extra.css", "p { color: #010203 }")
    assert not folder.rounds.waiting
    assert folder.live.version("/a.html") == before
    (sheet,) = folder.live.styles("/a.html")
    assert (sheet,) != styles
    assert sheet in folder.text("/a.html")
    assert b"#010203" in (folder.get(f"/{sheet}") or b"")
    folder.save("b.md", f"{DATED}more")
    folder.settle()
    assert differing(folder) == []


def test_what_needs_an_address_has_that_of_the_server(folder: LiveFolder, tmp_path: Path) -> None:
    """Feeds, the sitemap and the like are those of a build for that address; the folder of the site has none of them.

    Where the settings give no address, there are none either.
    """
    folder.save("Tides.md", f"{DATED}# Tides\n\nThe #sea, see [[Ebb]].\n")
    folder.save("Ebb.md", "Low.\n")
    assert folder.get("/feed.xml") is folder.get("/sitemap.xml") is folder.get("/llms.txt") is None
    folder.save("notegen.toml", 'base_url = "https://me.example/notes/"\n\n[feeds]\ntags = true\n')
    folder.settle()
    assert not {"feed.xml", "sitemap.xml"} & {*files_of(folder.site)}
    config = replace(load_config(folder.notes / "notegen.toml"), base_url="http://127.0.0.1:8000/")
    words = replace(config, search=replace(config.search, semantic=False))
    build(BuildContext(folder.notes, words, None), tmp_path / "there")
    made = files_of(tmp_path / "there")
    assert {"feed.xml", "feed.json", "tags/sea.xml", "sitemap.xml", "robots.txt", "llms.txt"} <= {*made}
    served = {name: folder.get(f"/{name}") for name in made}
    assert [name for name, content in made.items() if served[name] != content] == ["notegen/files.txt"]


@pytest.mark.parametrize("template", ["note.html", "head.html"])
def test_a_broken_template_leaves_all_as_it_was(template: str, folder: LiveFolder) -> None:
    """With its line; the next save after it is mended goes on."""
    folder.save("a.md", f"{DATED}hello")
    (folder.notes / "theme").mkdir()
    with folder.live.opened.showing("/a.html"):
        with pytest.raises(NotegenError) as refused:
            folder.save(f"theme/{template}", "\n{{ nothing_of_that }}")
        assert refused.value.place == Place(str(folder.notes / "theme" / template), 2)
        assert "hello" in folder.text("/a.html")
        (folder.notes / "theme" / template).unlink()
        folder.live.expect(None, anew=True)
        folder.save("a.md", f"{DATED}mended")
    assert "mended" in folder.text("/a.html")


def test_a_template_that_only_another_page_needs_fails_there(folder: LiveFolder) -> None:
    """The page on show goes on."""
    folder.save("a.md", f"{DATED}hello")
    with folder.live.opened.showing("/a.html"):
        folder.save("theme/calendar.html", "{{ nothing_of_that }}")
    with pytest.raises(NotegenError):
        folder.get("/calendar.html")
    assert "hello" in folder.text("/a.html")


def test_what_is_no_part_of_the_site_is_not_served(folder: LiveFolder) -> None:
    """Nor is what lies beside it, or begins with a dot."""
    folder.save("a.md", f"{DATED}hello ![](seen.txt)")
    folder.save("seen.txt", "seen")
    folder.save("unseen.txt", "unseen")
    folder.settle()
    assert folder.get("/seen.txt") == b"seen"
    paths = (
        "/unseen.txt",
        "/a.md",
        "/../notes/a.md",
        "/.nojekyll",
        "/notegen/../a.md",
        "/notegen/files.txt/",
        "/\\a.html",
        "/notegen/locked/x",
    )
    assert [path for path in paths if folder.get(path)] == []


def test_what_was_not_seen_to_change_is_read_when_a_round_has_it(folder: LiveFolder) -> None:
    """Whatever made it go unseen; and a tool that is known by what notes say."""
    for name in "abcdef":
        folder.save(f"{name}.md", f"{DATED}one line\nand another")
    (folder.notes / "a.md").write_text(f"{DATED}unseen", "utf-8")
    for name in "bcdef":
        folder.save(f"{name}.md", f"{DATED}one line\nand another\n\n![[a]] [[a|b]] ^x\n\n> [!note]\n> %%c%%")
    folder.settle()
    assert "unseen" in folder.text("/a.html")
    assert differing(folder) == []


def test_what_is_saved_while_another_thread_looks_is_read_afterwards(
    folder: LiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round had the notes looked at once more; the save came behind that look and before its end."""
    for name in "ab":
        folder.save(f"{name}.md", f"{DATED}one line")
    (folder.notes / "a.md").write_text(f"{DATED}unseen", "utf-8")
    look, saved = LiveGarden.look, list[str]()

    def look_and_save(*given: Any, **named: Any) -> GardenNow:
        found = look(*given, **named)
        if not saved:
            (folder.notes / "b.md").write_text(f"{DATED}saved meanwhile", "utf-8")
            folder.live.expect(["b.md"])
            saved.append("b.md")
        return found

    monkeypatch.setattr(LiveGarden, "look", look_and_save)
    folder.settle()
    assert "unseen" in folder.text("/a.html")
    assert saved
    folder.update()
    assert "saved meanwhile" in folder.text("/b.html")


def test_a_note_is_served_from_its_day_on(folder: LiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page, links to it, the search: all as a build of that day has it; and again no more once it is over."""
    new_year = 1_798_761_600
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(new_year - 1))
    (folder.notes / "notegen.toml").write_text('time_zone = "UTC"\n')
    folder.save("a.md", f"{DATED}To [[b]].")
    folder.save("b.md", "---\npublishDate: 2027-01-01\nexpiryDate: 2027-01-02\n---\nA secret plan.")
    for seconds, is_shown in ((-1, False), (0, True), (86_400, False)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(new_year + seconds))
        assert [folder.live.is_due(), folder.live.is_due()] == [seconds >= 0, False]
        folder.live.expect(None)
        folder.update()
        assert (folder.get("/b.html") is not None) is is_shown
        assert ("b.html" in folder.text("/a.html")) is is_shown
        folder.settle()
        assert differing(folder) == []
        assert ("b.html" in files_of(folder.site)) is is_shown
