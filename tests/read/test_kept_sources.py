"""Notes' files as earlier builds read them: whatever is kept, a folder reads as it does from nothing."""

import os
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.model import Reading
from notegen.packed import KeepingKind
from notegen.read import read_sources
from notegen.read.properties import TruthWord
from tests.support.kept_in_memory import KeptInMemory

GARDENS = Path(__file__).parent.parent / "gardens"
PLAIN = Config()


def read_twice(root: Path, memory: KeptInMemory, config: Config = PLAIN) -> Reading:
    """The folder as read with what is kept, which must be as it is read from nothing."""
    plain = read_sources(root, config)
    assert read_sources(root, config, kept=memory) == plain
    assert read_sources(root, config, kept=memory) == plain
    return plain


@pytest.mark.parametrize("garden", ["everything", "logseq", "meanings"])
def test_a_kept_garden_reads_as_from_nothing(garden: str) -> None:
    """Of every tool, boards and what is withheld included."""
    read_twice(GARDENS / garden, KeptInMemory())


def test_only_notes_that_everybody_sees_are_kept(tmp_path: Path) -> None:
    """Nothing of a private or an encrypted note lies in the cache."""
    (tmp_path / "public.md").write_text("Seen.")
    (tmp_path / "private.md").write_text("---\nprivate: true\n---\nUnseen.")
    (tmp_path / "locked.md").write_text("---\nencrypt: true\n---\nLocked.")
    memory = KeptInMemory()
    reading = read_twice(tmp_path, memory)
    assert [source.id for source in reading.sources] == ["public.md"]
    assert len(reading.encrypted) == 1
    assert len(memory.contents) == 1


def test_what_a_note_is_read_by_decides_whether_it_is_known(tmp_path: Path) -> None:
    """Its text, its place, its day, each setting, and the settings of its tool."""
    (tmp_path / "a.md").write_text("---\ntags: [bread]\ndraft: no\n---\nOne\ntwo.")
    memory = KeptInMemory()

    def reading(config: Config = PLAIN) -> Reading:
        return read_twice(tmp_path, memory, config)

    assert type(reading().sources[0].properties["draft"]) is TruthWord
    assert not reading(Config(private_tags=("bread",))).sources
    assert reading(Config(encrypt_tags=("bread",))).encrypted
    assert not reading(Config(publish="opt-in")).sources
    (tmp_path / ".obsidian").mkdir()
    assert reading().sources[0].hard_breaks
    (tmp_path / ".obsidian/app.json").write_text('{"strictLineBreaks": true}')
    assert not reading().sources[0].hard_breaks
    (tmp_path / ".obsidian/publish.json").write_text('{"excluded": ["deep"]}')
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.md").rename(tmp_path / "deep/a.md")
    assert not reading().sources
    (tmp_path / "deep/a.md").rename(tmp_path / "2024-05-01.md")
    (tmp_path / ".obsidian/daily-notes.json").write_text('{"format": "YYYY-DD-MM"}')
    assert reading().sources[0].properties["date"] == "2024-01-05"
    os.utime(tmp_path / "2024-05-01.md", (0, 0))
    assert reading().sources[0].modified.year == 1970
    (tmp_path / "2024-05-01.md").write_text("---\nprivate: true\n---\nOne.")
    assert not reading().sources


def test_a_spoiled_entry_is_read_anew(tmp_path: Path) -> None:
    """Bytes that are of no note count as absent."""
    (tmp_path / "a.md").write_text("One.")
    memory = KeptInMemory()
    read_twice(tmp_path, memory)
    memory.contents = dict.fromkeys(memory.contents, b"spoiled")
    read_twice(tmp_path, memory)


@pytest.mark.parametrize("value", [(1,), float("nan"), "\ud800", 2**70])
def test_what_could_not_be_read_back_is_not_packed(value: object) -> None:
    """A tuple would come back as a list, and some numbers and letters not at all."""
    assert KeepingKind(dict[str, object], TruthWord).pack({"a": value}) == b""


def test_words_stay_of_their_kind() -> None:
    """Also as keys and within lists, where they equal other words."""
    packing = KeepingKind(dict[str, object], TruthWord)
    value: dict[str, object] = {"a": [TruthWord("no"), "no"], "b": {TruthWord("yes"): 1}}
    again = packing.unpack(packing.pack(value))
    assert again == value
    assert [type(word) for word in again["a"]] == [TruthWord, str]  # type: ignore[attr-defined]
