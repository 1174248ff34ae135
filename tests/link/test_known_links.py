"""Links that are known from the build before lead where those lead that are looked up."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from notegen.cache import VectorCache, open_cache
from notegen.link import garden, known_links
from notegen.link.garden import link_garden
from notegen.model import Garden, Note, Reading, Source
from notegen.note_memory import KeptBytes
from notegen.parse import parse_note
from tests.link.test_relink import differing

TEXTS = {
    "Harbour.md": "# Harbour\n\nBoats and [[Salt#Uses]], [[#Tides]], [gone](gone.md#x).\n\n## Tides\n\nHigh and low.",
    "Salt.md": "# Salt\n\nFrom the [[Harbour#Tides]], [[Nobody]], ![[boat.png]].\n\n## Uses\n\nBread. ^use",
    "deep/Bread.md": "Flour, [[Salt#^use]], [[2024-05-06]], [home](../index.html).\n\n![[Harbour#Tides]]",
    "Diary.md": "On [[2024-05-06]] in the [[Harbor]], [[2024-05]], [all](deep/), [[Salt/Uses]].",
}
READING = Reading((), {"boat.png": Path("boat.png")}, frozenset({"Secret.md"}))


@pytest.fixture(autouse=True)
def _as_a_large_garden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garden, "PACKED_FROM", 0)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    """One that is empty."""
    with open_cache(tmp_path) as cache:
        yield cache


class LookedUp:
    """Counts the notes whose links are looked up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.notes: list[str] = []
        look_up = known_links.note_links

        def count(id: str, note: Note, *args: object, **settings: object) -> object:
            self.notes.append(id)
            return look_up(id, note, *args, **settings)  # type: ignore[arg-type]  # as they came

        monkeypatch.setattr(known_links, "note_links", count)


def linked(texts: dict[str, str], cache: VectorCache | None, reading: Reading = READING) -> Garden:
    """The garden of these notes, by what is kept and puts what is not."""
    notes = [parse_note(source_of(id, text)) for id, text in texts.items()]
    return link_garden(notes, reading, kept=KeptBytes("links", cache) if cache else None).garden


def test_an_edit_looks_up_the_links_of_one_note(cache: VectorCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all where a name is another, or a heading that some link names."""
    looked_up = LookedUp(monkeypatch)
    linked(TEXTS, cache)
    assert sorted(looked_up.notes) == sorted(TEXTS)
    for edited, text, asked in (
        ("Diary.md", "In the [[Harbour]] again.", {"Diary.md"}),
        ("Harbour.md", "# Harbour\n\nOnly [[Salt#Uses]].\n\n## Tides\n\nHigh.", {"Harbour.md"}),
        ("Harbour.md", "# Harbour\n\nOnly [[Salt#Uses]].\n\n## Ebb\n\nLow.", {*TEXTS}),
        ("Salt.md", "Harbor|\n# Salt\n\n## Uses", {*TEXTS}),
    ):
        texts = {**TEXTS, edited: text}
        linked(TEXTS, cache)
        looked_up.notes.clear()
        assert differing(linked(texts, cache), linked(texts, None)) == []
        assert {*looked_up.notes} == asked


def test_files_and_private_notes_say_too_what_a_link_means(cache: VectorCache) -> None:
    """One that comes, and one that is published no longer."""
    linked(TEXTS, cache)
    for reading in (
        Reading((), {}, frozenset({"Secret.md"})),
        Reading((), {"Harbor.png": Path("x"), "boat.png": Path("y")}, frozenset()),
        Reading((), READING.assets, frozenset({"Nobody.md"})),
    ):
        known, anew = linked(TEXTS, cache, reading), linked(TEXTS, None, reading)
        assert differing(known, anew) == []
        assert known.problems == anew.problems


def test_random_edits_give_the_same_garden(cache: VectorCache) -> None:
    """Texts, names, headings, notes that come and go: known or looked up, links lead to the same."""
    chance, texts = random.Random(5), dict(TEXTS)
    lines = [line for text in TEXTS.values() for line in text.split("\n")]
    for number in range(150):
        id = chance.choice([*texts])
        if chance.random() < 0.1 and len(texts) > 2:
            del texts[id]
        elif chance.random() < 0.1:
            texts[f"deep/New {number}.md"] = texts[id]
        elif chance.random() < 0.1:
            texts[id] = f"{chance.choice(['Harbor', 'Nobody', 'Salt'])}|\n{TEXTS['Salt.md']}"
        else:
            texts[id] = f"# {id}\n\n" + "\n\n".join(chance.sample(lines, 4))
        known, anew = linked(texts, cache), linked(texts, None)
        assert differing(known, anew) == []
        assert known.problems == anew.problems


def source_of(id: str, text: str) -> Source:
    """The note's source; a text may begin with another name of the note's."""
    alias, is_alias, rest = text.partition("|\n")
    properties: dict[str, object] = {"date": "2024-05-06"} if id == "Diary.md" else {}
    if is_alias:
        properties["aliases"] = [alias]
    return Source(id, rest if is_alias else text, 1, properties, "0" * 32, date(2024, 1, 1))
