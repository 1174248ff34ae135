"""What helpers make of a line is what this process makes, whatever becomes of them."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.load import read_notes
from notegen.workers.helpers import Helpers

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked"),
    pytest.mark.usefixtures("nothing_else_runs"),
]

LINE = range(300)


@pytest.fixture(params=[0, 1, 3])
def helpers(request: pytest.FixtureRequest) -> Iterator[Helpers]:
    """None, one, some."""
    with Helpers() as helpers:
        helpers.begin(request.param)
        yield helpers


def doubling(fate: str, home: int) -> Callable[[bytes], bytes]:
    """Gives what says a thing twice; but for what it is to be with the 200th in another process."""
    if fate == "not ready" and os.getpid() != home:
        raise ValueError

    def make(source: bytes) -> bytes:
        if source.startswith(b"200 ") and os.getpid() != home:
            if fate == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if fate == "failing":
                raise ValueError
        return source * 2

    return make


@pytest.mark.parametrize("size", [1, 100_000, 3_000_000])
@pytest.mark.parametrize("fate", ["well", "killed", "failing", "not ready"])
def test_nothing_is_missing_and_nothing_is_another(helpers: Helpers, fate: str, size: int) -> None:
    """However large things are, also where a pipe holds none of them; and line after line."""
    line = LINE if size < 1_000_000 else range(190, 206)

    def source(number: int) -> bytes:
        return f"{number} ".encode() + b"x" * size

    begin = partial(doubling, fate, os.getpid())
    for _ in range(2):
        make = begin()
        with helpers.made(line, source, begin) as made_of:
            assert all((made_of(one) or make(source(one))) == source(one) * 2 for one in line)


def test_they_make_what_is_at_the_end() -> None:
    """And are gone once they are let go."""
    with Helpers() as helpers:
        helpers.begin(2)
        helpers.begin(2)
        assert len(active_children()) == 2
        begin = partial(doubling, "well", os.getpid())
        with helpers.made(LINE, lambda number: f"{number}".encode(), begin) as made_of:
            while not (last := made_of(LINE[-1])):
                pass
            assert last == b"299299"
    assert active_children() == []
    assert not helpers.are_there


def test_in_a_forked_process_there_are_none() -> None:
    """It would take from the pipes what is for this one."""
    with Helpers() as helpers:
        helpers.begin(1)
        assert helpers.are_there
        if not (child := os.fork()):
            os._exit(helpers.are_there)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_none_begin_beside_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may hold a lock. Nor where nobody would end them."""
    Helpers().begin(2)
    assert active_children() == []
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: False)
    with Helpers() as helpers:
        helpers.begin(2)
        assert not helpers.are_there


@pytest.mark.parametrize(("jobs", "count"), [(1, 0), (2, 0), (4, 2)])
def test_they_begin_before_many_new_notes_are_read(
    jobs: int, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as processes may be, less this one and the second; however few are looked up at a time."""
    asked: list[int] = []
    monkeypatch.setattr(Helpers, "begin", lambda self, count: asked.append(count))
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: True)
    monkeypatch.setattr("notegen.read.kept_sources._AT_ONCE", 100)
    for number in range(320):
        (tmp_path / f"{number}.md").write_text("A note.\n")
        os.utime(tmp_path / f"{number}.md", (0, 0))
    with open_cache(tmp_path / "cache") as cache:
        context = BuildContext(tmp_path, Config(), None, cache=cache, jobs=jobs, skip=(tmp_path / "cache",))
        read_notes(context)
        assert asked == [count]
        (tmp_path / "1.md").write_text("Another.\n")
        read_notes(context)
        assert len(asked) == 1
