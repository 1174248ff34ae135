"""Notes that lie elsewhere than when their addresses were kept: known again, and nothing told of what is private."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from notegen.cli.kept_addresses import keep_addresses
from notegen.config import Config
from notegen.errors.problems import word_hint, word_problem
from notegen.link import link_notes
from notegen.link.moved import share_of_words
from notegen.model import Garden
from notegen.parse import parse_notes
from notegen.paths import ADDRESSES_FILE
from notegen.read import read_sources

TIDES = "The sea rises and falls twice a day, for the moon pulls the water and the shore turns below it."
BREAD = (
    "Flour, water, salt and time: nothing else goes into a sourdough that somebody kneads by hand in March."
)


def garden_of(folder: Path, config: Config | None = None) -> Garden:
    """The garden of a folder as it is now."""
    reading = read_sources(folder, config or Config())
    return link_notes(parse_notes(reading.sources), reading)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some notes whose addresses are kept."""
    for name, text in {
        "a/Tides.md": TIDES,
        "Bread.md": BREAD,
        "Short.md": "Too short.",
        "With id.md": "---\nid: 7\n---\nAnything.",
        "index.md": "# Home",
    }.items():
        write(tmp_path / name, text)
    keep_addresses(garden_of(tmp_path), tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    """A file with this text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def move(folder: Path, before: str, now: str, text: str | None = None) -> None:
    """Puts a note elsewhere, and another text into it if there is one."""
    (folder / now).parent.mkdir(parents=True, exist_ok=True)
    (folder / before).rename(folder / now)
    if text is not None:
        write(folder / now, text)


def moved(folder: Path, config: Config | None = None) -> Mapping[str, str]:
    """Which old addresses lead to which notes."""
    garden = garden_of(folder, config)
    assert garden.moved.items() <= garden.redirects.items()
    return garden.moved


def kept(folder: Path) -> str:
    """What the file holds after the addresses were kept once more."""
    keep_addresses(garden_of(folder), folder)
    return (folder / ADDRESSES_FILE).read_text("utf-8")


def test_a_note_is_known_again(folder: Path) -> None:
    """By its bytes, by the id that it states, or by most of its words."""
    assert moved(folder) == {}
    move(folder, "a/Tides.md", "b/High water.md")
    move(folder, "With id.md", "Renamed.md", "---\nid: 7\n---\nAll else is new.")
    move(folder, "Bread.md", "Sourdough.md", f"{BREAD} Bake it.")
    assert moved(folder) == {
        "Bread.html": "Sourdough.md",
        "With-id.html": "Renamed.md",
        "a/Tides.html": "b/High water.md",
    }


def test_a_file_of_the_same_name_needs_less(folder: Path) -> None:
    """In another folder a third of its words are enough; of two that are as like it neither is taken."""
    text = TIDES.replace("the moon pulls the water", "nobody knows what reason")
    move(folder, "a/Tides.md", "b/Tides.md", text)
    assert moved(folder) == {"a/Tides.html": "b/Tides.md"}
    write(folder / "c/Tides.md", text)
    assert moved(folder) == {}


def test_what_is_new_is_no_note_that_moved(folder: Path) -> None:
    """A name says nothing without the words, nor do a few words."""
    (folder / "a/Tides.md").unlink()
    write(folder / "b/Tides.md", BREAD.replace("sourdough", "cake"))
    move(folder, "Short.md", "Brief.md", "Too brief.")
    assert moved(folder) == {}


def test_an_old_address_is_kept_from_move_to_move(folder: Path) -> None:
    """As often as the addresses were kept between; the id of a feed's entry stays the first."""
    for place in ("b/One.md", "c/Two.md"):
        before = next(path for path in folder.rglob("*.md") if TIDES in path.read_text("utf-8"))
        move(folder, before.relative_to(folder).as_posix(), place)
        kept(folder)
    garden = garden_of(folder)
    assert garden.moved == {"a/Tides.html": "c/Two.md", "b/One.html": "c/Two.md"}
    assert garden.first_ids == {"c/Two.md": "a/Tides.md"}
    move(folder, "c/Two.md", "a/Tides.md")
    assert moved(folder) == {"b/One.html": "a/Tides.md", "c/Two.html": "a/Tides.md"}
    assert garden_of(folder).first_ids == {}


def test_an_address_that_is_taken_stays_with_who_has_it(folder: Path) -> None:
    """Nothing is said of it, since nobody asked for it."""
    move(folder, "Bread.md", "Loaf.md")
    write(folder / "bread.md", "Another note with words of its own that nobody could take for the first one.")
    garden = garden_of(folder)
    assert garden.moved == {}
    assert not [one for one in garden.problems if one.code.startswith(("former", "url"))]


def test_nothing_private_is_told(folder: Path) -> None:
    """Not by a note that became private before or after it moved, nor by a name or a folder that is private now."""
    move(folder, "a/Tides.md", "b/Tides.md", f"---\nprivate: true\n---\n{TIDES}")
    assert moved(folder) == {}
    assert "Tides" not in kept(folder)
    write(folder / "b/Tides.md", TIDES)
    kept(folder)
    move(folder, "b/Tides.md", "Moon.md")
    write(folder / "secret/Tides.md", "---\nprivate: true\n---\nMine.")
    assert moved(folder) == {}
    (folder / "secret/Tides.md").unlink()
    write(folder / "b/Diary.md", "---\nprivate: true\n---\nMine.")
    assert moved(folder) == {}
    write(folder / "b/Public.md", "Anybody's.")
    assert moved(folder) == {"b/Tides.html": "Moon.md"}


def test_an_encrypted_note_is_forgotten(folder: Path) -> None:
    """As a private one is."""
    move(folder, "Bread.md", "Loaf.md", f"---\nencrypt: true\n---\n{BREAD}")
    assert moved(folder) == {}
    assert "Bread" not in kept(folder)
    assert "Loaf" not in kept(folder)


def test_the_file_is_known_to_hold_a_private_note(folder: Path) -> None:
    """Until the addresses are kept once more."""
    write(folder / "Bread.md", f"---\nprivate: true\n---\n{BREAD}")
    problems = [one for one in garden_of(folder).problems if one.code == "address-of-private-note"]
    assert [f"{one.place}: {word_problem(one)}; {word_hint(one)}" for one in problems] == [
        "notegen-addresses.jsonl: the address of `Bread.md` is kept here, and the note is not public any more; "
        "`notegen addresses` takes it out; no site shows it"
    ]
    kept(folder)
    assert not [one for one in garden_of(folder).problems if one.code == "address-of-private-note"]


def test_a_file_that_was_merged_or_edited_is_read_as_far_as_it_goes(folder: Path) -> None:
    """Marks of a merge are passed over; an address that no page can have leads nowhere."""
    path = folder / ADDRESSES_FILE
    lines = [
        "<<<<<<< HEAD",
        *path.read_text("utf-8").splitlines(),
        "=======",
        "[1]",
        "{",
        json.dumps(
            {"note": "Bread.md", "url": "Bread.html", "former": ["../up.html", ".git/x.html", "old.html"]}
        ),
    ]
    path.write_text("\n".join(reversed(lines)), "utf-8")
    assert moved(folder) == {"old.html": "Bread.md"}


def test_the_file_is_no_attachment_and_the_same_for_the_same_notes(folder: Path) -> None:
    """It is in no site, and keeping once more changes nothing."""
    before = (folder / ADDRESSES_FILE).stat().st_mtime_ns
    assert not keep_addresses(garden_of(folder), folder)
    assert (folder / ADDRESSES_FILE).stat().st_mtime_ns == before
    reading = read_sources(folder, Config())
    garden = link_notes(parse_notes(reading.sources), reading, Config(attachments="all"))
    assert ADDRESSES_FILE not in garden.assets


def test_sketches_compare_by_the_smallest_hashes() -> None:
    """Alike, half alike, and nothing in common."""
    words = [f"{number:06x}" for number in range(16)]
    assert share_of_words("".join(words), "".join(words)) == 1
    assert share_of_words("".join(words[:8]), "".join(words[4:12])) == 0.5
    assert share_of_words("".join(words[:8]), "".join(words[8:])) == 0
    assert share_of_words("", "".join(words)) == 0
