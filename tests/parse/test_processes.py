"""Notes parsed by several processes are those of one, whatever becomes of the processes."""

import os
import signal
import subprocess
import sys
from datetime import date
from multiprocessing import active_children, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from msgspec.structs import replace

import notegen.parse.note
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.load import read_notes
from notegen.model import Note, Source
from notegen.parse import expect_notes, parse_notes, parsers_in_waiting
from tests.support.waiting import PATIENCE

SOURCES = [Source(f"{n}.md", f"Note {n} and [[{n + 1}]].\n", 1, {}, "", date(2024, 1, 1)) for n in range(500)]


class Fatal(tuple[str, ...]):
    """No tags; whatever process is sent them ends as one does that the system kills, short of memory."""

    def __reduce__(self) -> tuple[object, ...]:
        return eval, (f"__import__('os').kill(__import__('os').getpid(), {signal.SIGKILL:d})",)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_processes_that_the_system_kills_cost_no_note(monkeypatch: pytest.MonkeyPatch) -> None:
    """This one goes on alone."""
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: False)
    assert parse_notes(SOURCES, jobs=2, private_tags=Fatal()) == parse_notes(SOURCES)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
@pytest.mark.parametrize("jobs", [2, 4])
@pytest.mark.parametrize("fatal", ["", "100.md", "400.md"])
def test_forked_processes_parse_as_one_does(monkeypatch: pytest.MonkeyPatch, jobs: int, fatal: str) -> None:
    """Also where the system kills them at some note."""
    home, alone = os.getpid(), parse_notes(SOURCES)
    parse = notegen.parse.note.parse_note

    def parse_or_end(source: Source, **options: Any) -> Note:
        if source.id == fatal and os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL)
        return parse(source, **options)

    monkeypatch.setattr("notegen.parse.note.parse_note", parse_or_end)
    monkeypatch.setattr(
        "notegen.workers.forked._is_alone", lambda: True
    )  # other tests may have left a thread
    assert parse_notes(SOURCES, jobs=jobs) == alone


def test_beside_a_thread_the_notes_are_the_same() -> None:
    """It may hold a lock that a forked process would wait for, so the others are started in another way."""
    done = Event()
    thread = Thread(target=done.wait)
    thread.start()
    try:
        assert parse_notes(SOURCES, jobs=2) == parse_notes(SOURCES)
    finally:
        done.set()
        thread.join()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
@pytest.mark.parametrize(("jobs", "is_killed"), [(2, False), (4, True)])
def test_those_in_waiting_parse_as_one_does(
    monkeypatch: pytest.MonkeyPatch, jobs: int, is_killed: bool
) -> None:
    """The first notes that come beside a thread; also where the system has killed them before, or kills them then."""
    asked: list[str] = []

    def another() -> BaseContext:
        asked.append("another")
        return get_context("fork")

    monkeypatch.setattr("notegen.parse.processes._context", another)
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: True)
    with parsers_in_waiting(jobs):
        monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: False)
        waiting = active_children()
        assert len(waiting) == jobs - 1
        if is_killed:
            waiting[0].kill()
            waiting[0].join()
        expect_notes(len(SOURCES), jobs=jobs)
        assert parse_notes(SOURCES, jobs=jobs) == parse_notes(SOURCES)
        assert asked == []
        assert active_children() == []
        assert parse_notes(SOURCES, jobs=jobs) == parse_notes(SOURCES)
        assert asked == ["another"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
def test_those_in_waiting_go_with_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there was nothing for them to do."""
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: True)
    with parsers_in_waiting(3):
        assert len(active_children()) == 2
    assert active_children() == []
    with parsers_in_waiting(1):
        assert active_children() == []


def test_what_parses_many_notes_is_started_while_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for what is known, nor for a few, nor where one process is to do it all."""
    asked: list[str] = []
    monkeypatch.setattr("notegen.parse.note.expect_parsing", lambda: asked.append("others"))
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(300):
        (notes / f"{number}.md").write_text(f"Note {number}.\n")
    with open_cache(tmp_path / "cache") as cache:
        context = BuildContext(notes, Config(), encoder=None, cache=cache, jobs=2)
        read_notes(replace(context, jobs=1))
        assert asked == []
    with open_cache(tmp_path / "other") as cache:
        context = BuildContext(notes, Config(), encoder=None, cache=cache, jobs=2)
        read_notes(context)
        assert asked == ["others"]
        os.remove(notes / "0.md")
        (notes / "1.md").write_text("Another.\n")
        read_notes(context)
        assert asked == ["others"]


ENDLESS = """
import os, time
from datetime import date
from notegen.model import Source
from notegen.parse.processes import parsed_by_several

def parse(source):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(600)

sources = [Source(f"{n}.md", "", 1, {}, "", date(2024, 1, 1)) for n in range(40)]
parsed_by_several(parse, sources, 2, lambda done, total: None)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the others have to find this script again")
def test_processes_end_with_the_one_that_they_help() -> None:
    """Nobody else would ever end them where it is killed."""
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        workers = {process.stdout.readline().strip() for _ in range(2)}
        assert len(workers) == 2
        process.kill()
        process.communicate(timeout=PATIENCE)  # until nobody has the other end
