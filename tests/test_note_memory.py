"""What is derived of notes is remembered by their text, and is what deriving it anew gives."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from notegen.cache import VectorCache, open_cache
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import Garden, Related, Vectors
from notegen.note_memory import NoteMemory
from notegen.packed import Decoder, pack, unpacker
from notegen.paths import CACHE_FILE
from notegen.semantic.familiarity import familiarity_of
from notegen.semantic.map.topic_labels import label_topics
from notegen.semantic.note_vectors import note_vectors_of
from notegen.semantic.passages import passages_of
from notegen.semantic.related import relate_notes
from notegen.workers.helpers import Helpers
from tests.support.gardens import grow
from tests.support.word_encoder import TABLE, WordEncoder

TEXTS = {
    "Ebb.md": "# Ebb\n\nThe tide falls from the quay, and boats lie in the mud until noon.\n",
    "Mud.md": "# Mud\n\nThe boats lie in it at every ebb, said the pilot, and wait for noon.\n",
    "Oven.md": "# Oven\n\nBread and salt; the boats are far from here, and mud is no flour.\n",
}


def lengths(garden: Garden, cache: VectorCache | None, *settings: object, each: object = 0) -> list[str]:
    """Derives the length of each note's text; gives the notes that were asked for it."""
    asked: list[str] = []

    def derive(note: str) -> int:
        asked.append(note)
        return sum(len(part) for section in garden.notes[note].sections for part in section.paragraphs)

    notes = tuple(garden.notes)
    found = NoteMemory(garden, cache).values(
        "length", notes, derive, unpacker(int), settings=settings, each=[each] * len(notes)
    )
    assert found == [derive(note) for note in notes]
    return asked[: -len(notes)]


def test_a_value_is_derived_once_for_what_it_hangs_on(tmp_path: Path) -> None:
    """Its title, text, settings, and what else is named; not where its file lies, nor other notes."""
    garden, every = grow(TEXTS), list(TEXTS)
    with open_cache(tmp_path) as cache:
        assert lengths(garden, cache) == every
        assert lengths(garden, cache) == []
        assert lengths(grow({**TEXTS, "Oven.md": "# Oven\n\nBread.\n"}), cache) == ["Oven.md"]
        assert lengths(grow({**TEXTS, "Oven.md": TEXTS["Oven.md"].replace("# ", "# An ")}), cache) == [
            "Oven.md"
        ]
        assert lengths(grow({f"deep/{note}": text for note, text in TEXTS.items()}), cache) == []
        assert lengths(garden, cache, "de") == lengths(garden, cache, each="another") == every
        assert lengths(garden, cache, "de") == []
    assert lengths(garden, None) == every


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
def test_several_make_what_one_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    """In order."""
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: True)
    garden = grow({f"{number}.md": f"# {number}\n\nTide {number}.\n" for number in range(200)})
    notes = [*garden.notes]

    def made(memory: NoteMemory, count: int = 200) -> list[tuple[str, int]]:
        decoder: Decoder[tuple[str, int]] = unpacker(tuple[str, int])
        some = notes[:count]
        return [*memory.made_by_several(some, lambda note: b"of " + note.encode(), begin_to_measure, decoder)]

    with Helpers() as helpers:
        helpers.begin(2)
        memory = NoteMemory(garden, None, helpers)
        assert (
            made(memory) == made(NoteMemory(garden)) == [(f"of {note}", len(f"of {note}")) for note in notes]
        )
        assert made(memory, 0) == []


def begin_to_measure() -> Callable[[bytes], bytes]:
    """Gives what measures a name."""
    return lambda source: pack((source.decode(), len(source)))


def test_a_spoiled_value_is_derived_again(tmp_path: Path) -> None:
    """Bytes that fail their check, and bytes that pass it and are no such value."""
    garden = grow(TEXTS)
    with open_cache(tmp_path) as cache:
        lengths(garden, cache)
    with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
        second = "(SELECT number FROM derived ORDER BY kept_at LIMIT 1 OFFSET 1)"
        connection.execute(f"UPDATE derived SET content = x'00' WHERE number = {second}")
    connection.close()
    with open_cache(tmp_path) as cache:
        assert lengths(garden, cache) == ["Mud.md"]
        key = next(iter(_keys(tmp_path)))
        cache.put_derived("length", {key: b"\xa1x"})
        assert lengths(garden, cache) == ["Ebb.md"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorCache]:
    """One for all stages."""
    with open_cache(tmp_path_factory.mktemp("cache")) as cache:
        yield cache


def test_every_stage_gives_with_a_memory_what_it_gives_without(cache: VectorCache) -> None:
    """Also where one note was edited, another has come, and another name is said."""
    for texts in (
        TEXTS,
        TEXTS,
        {**TEXTS, "Oven.md": "# Oven\n\nBread and salt and flour, for the pilot and his boats at ebb.\n"},
        {**TEXTS, "Pilot.md": "# Pilot\n\nHe knows the mud, the boats, the quay, and where the tide goes.\n"},
    ):
        garden = grow(texts)
        anew = _all_stages(garden, NoteMemory(garden))
        assert _all_stages(garden, NoteMemory(garden, cache)) == anew
        assert anew[0]
        assert isinstance(anew[1], Related)
        assert anew[1].neighbours


def _all_stages(garden: Garden, memory: NoteMemory) -> tuple[object, ...]:
    passages = tuple(passage for note in garden.notes.values() for passage in passages_of(note))
    vectors = Vectors(passages, WordEncoder().encode_passages([each.text for each in passages]), "words")
    table = replace(TABLE, language="en")
    familiarity = familiarity_of(garden, passages, table, memory)
    notes = note_vectors_of(vectors, familiarity)
    halves = [[*garden.notes][:2], [*garden.notes][2:]]
    return (
        find_unlinked_mentions(garden, memory),
        relate_notes(garden, notes, count=5, memory=memory),
        label_topics(garden, halves, "en", memory),
        familiarity,
    )


def _keys(folder: Path) -> list[bytes]:
    with sqlite3.connect(folder / CACHE_FILE) as connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM derived ORDER BY kept_at")]
    connection.close()
    return keys
