"""A worker answers on its channel, or is gone; it never outlives whoever began it, nor keeps anybody waiting."""

import os
import sys
from multiprocessing import active_children
from pathlib import Path
from traceback import walk_tb

import pytest

from notegen.cache import VectorCache, open_cache
from notegen.workers.forked import Channel, Worker, WorkerGoneError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


def doubling(channel: Channel, word: str) -> None:
    """Says a word as often as asked, then nothing."""
    channel.send(word * channel.receive())
    channel.send_bytes(channel.receive_bytes() * 2)


def test_it_answers_and_is_gone_when_it_has_done_its_work() -> None:
    """Values, and bytes as they are."""
    worker = Worker(doubling, None, "tide")
    worker.channel.send(2)
    assert worker.channel.receive() == "tidetide"
    worker.channel.send_bytes(b"x" * 3_000_000)
    assert len(worker.channel.receive_bytes()) == 6_000_000
    with pytest.raises(WorkerGoneError):
        worker.channel.receive()
    worker.end()
    worker.end()
    assert active_children() == []


def test_what_nobody_takes_leaves_no_view_of_a_file_behind() -> None:
    """A file in memory that goes with one is closed too early, which Python says where anybody sees it."""
    worker = Worker(lambda channel: None, None)
    with pytest.raises(WorkerGoneError):
        worker.channel.receive()
    with pytest.raises(WorkerGoneError) as raised:
        worker.channel.send("tide")
    assert raised.value.__cause__
    frames = [frame for frame, _ in walk_tb(raised.value.__cause__.__traceback__)]
    views = [one for frame in frames for one in frame.f_locals.values() if isinstance(one, memoryview)]
    assert [view.obj for view in views if not isinstance(view.obj, bytes)] == []
    worker.end()


def test_what_it_raises_is_said_by_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    """Whoever waits for it does the same work, and says what is wrong."""
    worker = Worker(lambda channel: channel.send(1 // 0), None)
    with pytest.raises(WorkerGoneError):
        worker.channel.receive()
    worker.end()
    assert capfd.readouterr() == ("", "")


def test_where_none_can_be_forked_it_is_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No memory for it, or as many processes as may be; the cache is open again."""

    def refuse() -> int:
        raise BlockingIOError

    with open_cache(tmp_path) as cache:
        cache.put_derived("made", {b"k" * 16: b"content"})
        monkeypatch.setattr(os, "fork", refuse)
        worker = Worker(doubling, cache, "tide")
        with pytest.raises(WorkerGoneError):
            worker.channel.send(2)
        with pytest.raises(WorkerGoneError):
            worker.channel.receive()
        assert worker.channel.has_something()
        worker.end()
        assert cache.get_derived("made", [b"k" * 16]) == {b"k" * 16: b"content"}


def test_one_that_is_at_something_is_ended_all_the_same() -> None:
    """Nobody waits for what it would say."""
    worker = Worker(lambda channel: channel.receive(), None)
    assert not worker.channel.has_something()
    assert worker.channel.room >= 4096
    worker.end()
    assert active_children() == []
    with pytest.raises(WorkerGoneError):
        worker.channel.send("tide")


def keeping(channel: Channel, cache: VectorCache) -> None:
    """Keeps something in a file that it has opened itself."""
    cache.take_up()
    cache.put_derived("made", {b"o" * 16: b"other"})
    channel.send("kept")


def test_both_have_the_cache(tmp_path: Path) -> None:
    """It is closed only for as long as one process becomes two."""
    with open_cache(tmp_path) as cache:
        worker = Worker(keeping, cache, cache)
        cache.put_derived("made", {b"h" * 16: b"here"})
        assert worker.channel.receive() == "kept"
        worker.end()
        assert cache.get_derived("made", [b"o" * 16, b"h" * 16]) == {b"o" * 16: b"other", b"h" * 16: b"here"}
