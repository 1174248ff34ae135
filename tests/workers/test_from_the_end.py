"""What two processes make of a line is what one makes, whatever becomes of the other."""

import os
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.model import Reading
from notegen.read import read_sources
from notegen.workers.from_the_end import made_from_the_end
from tests.support.kept_in_memory import KeptInMemory

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked"),
    pytest.mark.usefixtures("nothing_else_runs"),
]

NOTES = [f"note {number}" for number in range(400)]


def made(note: str) -> bytes:
    """Of a note, who made it."""
    return f"{note} by {os.getpid()}".encode()


def test_the_other_begins_at_the_end() -> None:
    """Where this one waits it makes them all; it is gone once they are taken."""
    with made_from_the_end(NOTES, made, 2) as packed_of:
        while not (last := packed_of(NOTES[0])):
            time.sleep(0.01)
        every = [last, *map(packed_of, NOTES[1:])]
    (other,) = {content.rpartition(b" ")[2] for content in every}
    assert int(other) != os.getpid()
    assert [content.rpartition(b" by ")[0].decode() for content in every] == NOTES
    assert packed_of(NOTES[0]) == b""
    assert active_children() == []


def test_with_one_process_nothing_is_made() -> None:
    """And none begins."""
    with made_from_the_end(NOTES, made, 1) as packed_of:
        assert active_children() == []
        assert {packed_of(note) for note in NOTES} == {b""}


@pytest.mark.parametrize("at_once", [1, 7, 16])
def test_several_share_the_line(at_once: int) -> None:
    """Each makes what no other does."""
    with made_from_the_end(NOTES, made, 4, at_once=at_once) as packed_of:
        every: dict[str, bytes] = {}
        while len(every) < len(NOTES):
            every |= {note: content for note in NOTES if (content := packed_of(note))}
    assert [every[note].rpartition(b" by ")[0].decode() for note in NOTES] == NOTES
    assert len({content.rpartition(b" ")[2] for content in every.values()}) == 3


@pytest.mark.parametrize("fate", ["killed", "failing"])
def test_where_the_other_is_gone_nothing_more_is_made(fate: str) -> None:
    """What it made before is there."""

    def until_half(note: str) -> bytes:
        if note == NOTES[100]:
            os.kill(os.getpid(), 9) if fate == "killed" else 1 / 0
        return made(note)

    with made_from_the_end(NOTES, until_half, 2) as packed_of:
        while not packed_of(NOTES[120]):
            time.sleep(0.01)
        for process in active_children():
            process.join()
        assert not any(map(packed_of, NOTES[:101]))
        assert all(map(packed_of, (*NOTES[101:120], *NOTES[121:])))


def a_folder(folder: Path) -> Path:
    """Notes of every kind, most of them public."""
    folder.mkdir()
    for number in range(400):
        head = ["", "---\nprivate: true\n---\n", "---\ntags: [a, b]\ndate: 2024-02-03\n---\n"][number % 7 % 3]
        text = f"{head}# Note {number}\n\nBoats [[note {number // 3}]] lie here. \udcff"
        (folder / f"note {number}.md").write_bytes(text.encode("utf-8", "surrogateescape"))
        os.utime(folder / f"note {number}.md", (0, 0))
    (folder / "broken.md").write_text("---\n: [\n---\nhere\n")
    return folder


def test_what_two_read_is_what_one_reads(tmp_path: Path) -> None:
    """And so is what is kept of it, by which a third one reads."""
    folder = a_folder(tmp_path / "notes")
    one, two = KeptInMemory(), KeptInMemory()
    alone = read(folder, one, 1)
    assert len(alone.sources) > 200
    assert len(alone.withheld) > 50
    assert alone == read(folder, two, 2)
    assert one.contents == two.contents
    assert alone == read(folder, two, 2) == read(folder, None, 2)


def read(folder: Path, kept: KeptInMemory | None, jobs: int) -> Reading:
    """What is read."""
    return read_sources(folder, Config(), kept=kept, jobs=jobs)
