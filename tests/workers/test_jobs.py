"""What an early process gives is what this one gives, whatever becomes of it."""

import os
import select
import signal
import sys
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from notegen.cache import VectorCache, open_cache
from notegen.model import Code, Place, Problem
from notegen.timing import Stopwatch
from notegen.workers.jobs import EarlyProcess, early_process
from tests.support.waiting import PATIENCE

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked"),
    pytest.mark.usefixtures("nothing_else_runs"),
]


def made(what: str, cache: VectorCache | None) -> tuple[int, str]:
    """Which process makes it, and what."""
    return os.getpid(), what


def large(number: int, cache: VectorCache | None) -> bytes:
    """More than a pipe holds."""
    return bytes([number]) * 3_000_000


def begun(early: EarlyProcess | None) -> EarlyProcess:
    """One that could begin."""
    assert early is not None
    return early


def test_jobs_are_done_elsewhere_one_after_the_other_and_their_time_counts() -> None:
    """The next may be begun before what the one before gives is taken; with the block the process ends."""
    clock = Stopwatch()
    with early_process(None, clock) as early:
        elsewhere = begun(early).elsewhere("index")
        first, second = elsewhere(partial(large, 1)), elsewhere(partial(large, 2))
        third = begun(early).elsewhere("audit")(partial(made, "c"))
        maker, what = third()
        assert (first(), second(), what) == (large(1, None), large(2, None), "c")
        assert maker != os.getpid()
        assert [*clock.seconds()] == ["index", "audit"]
        assert active_children()
    assert not active_children()


def test_who_has_jobs_done_waits_for_none_that_it_does_not_ask_for(tmp_path: Path) -> None:
    """However much it says while the other process is at something."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    with early_process(None, Stopwatch()) as early:
        elsewhere = begun(early).elsewhere("index")
        first = elsewhere(partial(read_all, gate))
        second = elsewhere(partial(length, b"x" * 5_000_000))
        gate.write_text("open")
        assert first() == "open"
        assert second() == 5_000_000


def test_what_nobody_has_taken_yet_holds_nothing_up(tmp_path: Path) -> None:
    """The next job is done while what the one before gave waits, though a pipe does not hold it."""
    sign = tmp_path / "sign"
    os.mkfifo(sign)
    reading = os.open(sign, os.O_RDONLY | os.O_NONBLOCK)
    with early_process(None, Stopwatch()) as early:
        elsewhere = begun(early).elsewhere("index")
        first, second = elsewhere(partial(large, 1)), elsewhere(partial(write_all, sign))
        assert select.select([reading], [], [], PATIENCE)[0]
        second()
        assert first() == large(1, None)
    os.close(reading)


def write_all(path: Path, cache: VectorCache | None) -> None:
    """Says that it is at work."""
    path.write_text("here")


def read_all(path: Path, cache: VectorCache | None) -> str:
    """Waits until somebody writes there."""
    return path.read_text()


def length(content: bytes, cache: VectorCache | None) -> int:
    """Of much."""
    return len(content)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_where_it_is_killed_jobs_are_done_here(number: int) -> None:
    """The one that it was at, and those that come after it."""
    with early_process(None, Stopwatch()) as early:
        elsewhere = begun(early).elsewhere("index")
        killed = elsewhere(partial(die, os.getpid(), number))
        after = elsewhere(partial(made, "after"))
        assert killed() == "alive"
        assert after() == (os.getpid(), "after")


def die(home: int, number: int, cache: VectorCache | None) -> str:
    """Ends any process but the one at home."""
    if os.getpid() != home:
        os.kill(os.getpid(), number)
    return "alive"


def fail(cache: VectorCache | None) -> None:
    """A job that fails."""
    raise KeyError("here")


def test_what_fails_there_fails_here() -> None:
    """Where it can be said."""
    with early_process(None, Stopwatch()) as early:
        taken = begun(early).elsewhere("index")(fail)
        with pytest.raises(KeyError, match="here"):
            taken()


def keep(content: bytes, cache: VectorCache | None) -> None:
    """Keeps something, and finds fault with the cache."""
    assert cache is not None
    cache.put_derived("made", {b"k" * 16: content})
    cache.report([Problem(Code.CACHE_DAMAGED, Place("file"))])


def test_it_has_a_cache_of_its_own(tmp_path: Path) -> None:
    """What it keeps is there, and what went wrong is told."""
    with open_cache(tmp_path) as cache, early_process(cache, Stopwatch()) as early:
        begun(early).elsewhere("index")(partial(keep, b"content"))()
        assert cache.get_derived("made", [b"k" * 16]) == {b"k" * 16: b"content"}
        assert [problem.code for problem in cache.problems] == [Code.CACHE_DAMAGED]


def test_none_begins_where_it_is_not_wanted_or_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """As beside a thread."""
    with early_process(None, Stopwatch(), is_wanted=False) as early:
        assert early is None
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: False)
    with early_process(None, Stopwatch()) as early:
        assert early is None
