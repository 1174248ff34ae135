"""A process that reads a folder again reads only the notes that changed since."""

from pathlib import Path

import pytest

import notegen.read
import notegen.read.one_note
from notegen.config import Config
from notegen.model import NoteId
from notegen.read import ReadMemory, read_sources


@pytest.mark.parametrize("config", [Config(), Config(private_folders=("attic",), encrypt_folders=("safe",))])
def test_only_what_changed_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: Config
) -> None:
    """Also where another note came or went, and with folders that are named in the settings."""
    read: list[NoteId] = []
    read_note = notegen.read.one_note.read_note

    def noting(root: Path, note: NoteId, *given: object, **named: object) -> object:
        read.append(note)
        return read_note(root, note, *given, **named)  # type: ignore[arg-type]  # as they came

    def again() -> list[NoteId]:
        read.clear()
        read_sources(tmp_path, config, memory=memory)
        return sorted(read)

    monkeypatch.setattr(notegen.read, "read_note", noting)
    monkeypatch.setattr("notegen.read.memory._RACY_NS", 0)
    (tmp_path / "sea").mkdir()
    for note in ("a.md", "b.md", "sea/c.md"):
        (tmp_path / note).write_text("# Tides\n")
    memory = ReadMemory()
    assert again() == ["a.md", "b.md", "sea/c.md"]
    assert again() == []
    (tmp_path / "b.md").write_text("# Rivers and tides\n")
    assert again() == ["b.md"]
    (tmp_path / "d.md").write_text("# New\n")
    assert again() == ["d.md"]
    (tmp_path / "a.md").unlink()
    assert again() == []
