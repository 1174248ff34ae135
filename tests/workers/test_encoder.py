"""An encoder in another process gives what it gives here, whatever becomes of that process."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.cache import VectorCache, open_cache
from notegen.model import Encoder
from notegen.workers.encoder import encoder_apart
from notegen.workers.jobs import fork_for

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked"),
    pytest.mark.usefixtures("nothing_else_runs"),
]


class PidEncoder:
    """Gives each text the process that encodes it for a vector; as a question, less one."""

    fingerprint, dimensions = "pid", 1

    def __init__(self, *, fatal_to_others: bool = False, fails: bool = False) -> None:
        self.home, self.fatal_to_others, self.fails = os.getpid(), fatal_to_others, fails
        self.unloaded = 0

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """As `Encoder` has it."""
        for done, _ in enumerate(texts, start=1):
            if progress:
                progress(done)
            if self.fatal_to_others and os.getpid() != self.home:
                os.kill(os.getpid(), signal.SIGKILL)
        if self.fails:
            raise ZeroDivisionError
        return np.full((len(texts), 1), os.getpid(), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Encoder` has it."""
        return np.full((len(texts), 1), os.getpid() - 1, np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As `Encoder` has it."""
        return [*map(len, texts)]

    def expect(self) -> None:
        """As `Encoder` has it."""

    def unload(self) -> None:
        """As `Encoder` has it."""
        self.unloaded += 1


@contextmanager
def apart(encoder: Encoder, jobs: int = 2) -> Iterator[Encoder]:
    """The encoder, which works apart."""
    with encoder_apart(encoder, None, jobs) as found:
        assert found
        yield found


def test_another_process_encodes_and_ends() -> None:
    """All that is asked goes to one process, and what is told of it comes here."""
    encoder, told = PidEncoder(), list[int]()
    with apart(encoder) as other:
        assert (other.fingerprint, other.dimensions) == ("pid", 1)
        assert active_children() == []
        passages = other.encode_passages(["tide", "wall"], progress=told.append)
        ((maker,),) = other.encode_queries(["harbour"]).tolist()
        assert passages.tolist() == [[maker + 1], [maker + 1]]
        assert maker + 1 != os.getpid()
        assert other.count_tokens(["tide", "octopus"]) == [4, 7]
        assert told == [1, 2]
    assert active_children() == []
    assert encoder.unloaded == 1


def test_after_it_is_unloaded_another_one_begins() -> None:
    """As an encoder is loaded again."""
    with apart(PidEncoder()) as other:
        ((one,),) = other.encode_passages(["tide"]).tolist()
        other.unload()
        assert active_children() == []
        ((two,),) = other.encode_passages(["tide"]).tolist()
    assert len({one, two, os.getpid()}) == 3


def test_where_it_is_killed_this_process_encodes() -> None:
    """The system does so, short of memory."""
    with apart(PidEncoder(fatal_to_others=True)) as other:
        assert other.encode_passages(["tide"]).tolist() == [[os.getpid()]]
        assert other.encode_passages(["wall"]).tolist() == [[os.getpid()]]


def test_what_fails_there_is_said_here() -> None:
    """As if there were one process."""
    with pytest.raises(ZeroDivisionError), apart(PidEncoder(fails=True)) as other:
        other.encode_passages(["tide"])


def test_one_core_has_one_process() -> None:
    """The encoder is handed back as it is."""
    encoder = PidEncoder()
    with apart(encoder, jobs=1) as same:
        assert same is encoder


def test_beside_a_thread_this_process_encodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may hold a lock that a forked process would wait for."""
    monkeypatch.undo()
    done = Event()
    thread = Thread(target=done.wait)
    thread.start()
    try:
        with apart(PidEncoder()) as other:
            assert other.encode_passages(["tide"]).tolist() == [[os.getpid()]]
    finally:
        done.set()
        thread.join()


def test_the_cache_is_closed_while_it_begins(tmp_path: Path) -> None:
    """And is open again after it."""
    with open_cache(tmp_path) as cache, encoder_apart(PidEncoder(), cache, 2) as other:
        assert other
        cache.put_derived("made", {b"a" * 16: b"before"})
        assert other.encode_passages(["tide"]).tolist() != [[os.getpid()]]
        assert cache.get_derived("made", [b"a" * 16]) == {b"a" * 16: b"before"}


def test_one_that_is_expected_begins_before_the_first_text() -> None:
    """What it is asked to load by is no answer to anything; where it comes to nothing, this process encodes."""
    with apart(PidEncoder()) as other:
        other.expect()
        (expected,) = active_children()
        other.expect()
        ((maker,),) = other.encode_passages(["tide"]).tolist()
        assert other.count_tokens(["tide", "of"]) == [4, 2]
        assert [one.pid for one in active_children()] == [expected.pid] == [maker]
        other.unload()
        ((maker,),) = other.encode_passages(["tide"]).tolist()
        assert maker not in (expected.pid, os.getpid())
    with apart(PidEncoder()) as other:
        other.expect()
        (expected,) = active_children()
        os.kill(expected.pid or 0, signal.SIGKILL)
        assert other.encode_passages(["tide"]).tolist() == [[os.getpid()]]


def test_a_process_that_was_forked_from_this_one_leaves_its_encoder_alone() -> None:
    """It encodes itself, and to unload there ends no process here."""
    with encoder_apart(PidEncoder(), None, 2) as encoder:
        assert encoder
        there = encoder.encode_passages(["a"])[0, 0]

        def elsewhere(cache: VectorCache | None) -> tuple[float, int]:
            made = float(encoder.encode_passages(["a"])[0, 0])
            encoder.unload()
            return made, os.getpid()

        made, forked = fork_for(elsewhere)()
        assert made == forked != there
        assert encoder.encode_passages(["a"])[0, 0] == there
