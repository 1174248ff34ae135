"""A process that does jobs for a build, begun before the build reads its notes, so that it holds none of them.

A process that is forked when notes are linked has all of them too, and as Python counts references within them, memory
soon has them twice. This one has nothing: who gives it a job says all that the job needs. It does one after the other.
Where it fails or is killed, a job is done here, once what it gives is asked for, and says what is wrong.
"""

import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Generic, NamedTuple, TypeVar

from notegen.cache import VectorCache
from notegen.free_memory import give_back_free_memory
from notegen.model import Problem
from notegen.processes import begin_to_help, can_fork, deaf_to_interrupts, end_helper
from notegen.timing import Stopwatch

T = TypeVar("T")
_FAILURES = (EOFError, OSError)
"""What reading meets, and writing, where the process at the other end is gone."""


class _Done(NamedTuple):
    """What a job gave."""

    value: Any
    seconds: float
    problems: tuple[Problem, ...]


@contextmanager
def early_process(
    cache: VectorCache | None, clock: Stopwatch, *, is_wanted: bool = True
) -> Iterator["EarlyProcess | None"]:
    """The process, for as long as the block lasts; None where it is not wanted, or none can be forked.

    Args:
        cache: closed while it is forked; it opens its own.
        clock: told for how many seconds it worked beside this process.
    """
    if not is_wanted or not can_fork():
        yield None
        return
    early = EarlyProcess(cache, clock)
    try:
        yield early
    finally:
        early.end()


class EarlyProcess:
    """The process as the build's own sees it."""

    def __init__(self, cache: VectorCache | None, clock: Stopwatch) -> None:
        """Begin it; for the arguments see `early_process`."""
        self._cache, self._clock = cache, clock
        context = get_context("fork")
        self._connection, others = context.Pipe()
        given = (cache, others, self._connection)
        self._process: ForkProcess = context.Process(target=_work, args=given, daemon=True)
        # No memory for it, or as many processes as may be: then nobody answers.
        with suppress(OSError), deaf_to_interrupts(), cache.let_go() if cache else nullcontext():
            self._process.start()
        others.close()
        self._last: _Job[Any] | None = None

    def elsewhere(self, stage: str) -> "JobsElsewhere":
        """Has jobs done there, whose time counts for the stage."""
        return JobsElsewhere(self, stage)

    def end(self) -> None:
        """It is not needed any more, whatever it does."""
        end_helper(self._process)
        self._connection.close()

    def begin(self, stage: str, job: Callable[[VectorCache | None], T]) -> Callable[[], T]:
        """Have a job done; see `JobsElsewhere`."""
        if self._last:
            self._last.receive()  # else both might wait, each to be heard by the other
        with suppress(*_FAILURES):
            self._connection.send(job)
        begun = _Job(job, stage, self._connection, self._cache, self._clock)
        self._last = begun
        return begun.take


class JobsElsewhere:
    """Has the jobs of one stage done by an early process; a `second_process.Elsewhere`."""

    def __init__(self, early: EarlyProcess, stage: str) -> None:
        self._early, self._stage = early, stage

    def __call__(self, job: Callable[[VectorCache | None], T]) -> Callable[[], T]:
        """Begin it; what is given waits for what it gives, and is asked once.

        Args:
            job: can be pickled, as can what it gives; it is given the cache as the other process has it.
        """
        return self._early.begin(self._stage, job)


class _Job(Generic[T]):
    """A job that was begun."""

    def __init__(
        self,
        job: Callable[[VectorCache | None], T],
        stage: str,
        connection: Connection,
        cache: VectorCache | None,
        clock: Stopwatch,
    ) -> None:
        self._job: Callable[[VectorCache | None], T] | None = job
        self._stage, self._connection, self._cache, self._clock = stage, connection, cache, clock
        self._given: list[T] = []

    def receive(self) -> None:
        """Wait until it is done, unless that was done."""
        if self._job:
            self._given.append(self._received(self._job))
            self._job = None  # as large as what it was made of

    def take(self) -> T:
        """What it gives; asked once, since it may be large."""
        self.receive()
        return self._given.pop()

    def _received(self, job: Callable[[VectorCache | None], T]) -> T:
        began = time.perf_counter()
        try:
            done: _Done = self._connection.recv()
        except _FAILURES:
            return job(self._cache)
        waited = time.perf_counter() - began
        self._clock.count(self._stage, max(done.seconds - waited, 0.0))
        if self._cache:
            self._cache.report(done.problems)
        value: T = done.value
        return value


def _work(cache: VectorCache | None, connection: Connection, other_end: Connection) -> None:
    """What the process does."""
    begin_to_help()
    other_end.close()  # so that nobody has it once the process that was forked is gone
    if cache:
        cache.take_up()
    # Whatever fails here fails again where it can be said.
    with suppress(Exception):
        while True:
            job = connection.recv()
            began, before = time.perf_counter(), len(cache.problems) if cache else 0
            value = job(cache)
            problems = cache.problems[before:] if cache else ()
            content = pickle.dumps(_Done(value, time.perf_counter() - began, problems))
            del job, value  # it may take a while until anybody listens
            give_back_free_memory()
            connection.send_bytes(content)
            del content
