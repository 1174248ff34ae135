"""Single jobs done by another process, while this one does another part of the work.

Two ways: a process for each job, forked for it and gone with it, which has all that this one has; or one process that
does one job after the other and holds nothing but what each brings, since it began while this one was small. A process
that is forked from one that holds a large garden soon has it twice, as Python counts references within it.
"""

import pickle
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from queue import SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from notegen.cache import VectorCache
from notegen.free_memory import give_back_free_memory, keep_large_blocks_apart
from notegen.model import Problem
from notegen.timing import Stopwatch
from notegen.workers.forked import Channel, Worker, WorkerGoneError, can_fork

T = TypeVar("T")
Job = Callable[[VectorCache | None], T]
"""Is given the cache as the process that does it has it; what it gives can be pickled."""
Count = Callable[[float], None]
"""Told for how many seconds another process worked beside this one."""


class Elsewhere(Protocol):
    """Has a job done by another process."""

    def __call__(self, job: Job[T]) -> Callable[[], T]:
        """Begin it; what is given waits for what it gives, and is asked once.

        Args:
            job: can be pickled. Where the other process fails or is killed it is done here, and says what is wrong.
        """


def forking(
    cache: VectorCache | None, clock: Stopwatch, stage: str, *, is_wanted: bool = True
) -> Elsewhere | None:
    """Has each job done by a process of its own, whose time counts for a stage; None where none is to be forked.

    Args:
        cache: closed while one is forked.
    """
    return (
        partial(fork_for, cache=cache, count=partial(clock.count, stage))
        if is_wanted and can_fork()
        else None
    )


def fork_for(
    job: Job[T], *, cache: VectorCache | None = None, count: Count = lambda seconds: None
) -> Callable[[], T]:
    """Begin a process for a job, which need not be pickled; what is given waits for what that gives, and ends it."""
    worker = Worker(_do_one, cache, job, cache)
    begun = _Begun(job, worker.channel, cache, count)

    def take() -> T:
        try:
            return begun.take()
        finally:
            worker.end()

    return take


@contextmanager
def early_process(
    cache: VectorCache | None, clock: Stopwatch, *, is_wanted: bool = True
) -> Iterator["EarlyProcess | None"]:
    """One process for many jobs, for as long as the block lasts; None where it is not wanted, or none can be forked.

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
    """One process for many jobs, as the build's own sees it."""

    def __init__(self, cache: VectorCache | None, clock: Stopwatch) -> None:
        """Begin it; for the arguments see `early_process`."""
        self._cache, self._clock = cache, clock
        self._worker = Worker(_do_each, cache, cache)
        self._last: _Begun[Any] | None = None

    def elsewhere(self, stage: str) -> Elsewhere:
        """Has jobs done there, whose time counts for the stage."""
        return partial(self._begin, stage)

    def end(self) -> None:
        """It is not needed any more, whatever it does."""
        self._worker.end()

    def _begin(self, stage: str, job: Job[T]) -> Callable[[], T]:
        with suppress(WorkerGoneError):  # of which receiving tells
            self._worker.channel.send_bytes(pickle.dumps(job))
        count = partial(self._clock.count, stage)
        self._last = _Begun(job, self._worker.channel, self._cache, count, before=self._last)
        return self._last.take


class _Done(Struct, frozen=True):
    """What a job gave, and what went wrong with the cache meanwhile."""

    value: Any
    seconds: float
    problems: tuple[Problem, ...]


class _Begun(Generic[T]):
    """A job that another process was told of."""

    def __init__(
        self,
        job: Job[T],
        channel: Channel,
        cache: VectorCache | None,
        count: Count,
        *,
        before: "_Begun[Any] | None" = None,
    ) -> None:
        """Args: before: the job that was begun before, which is done before."""
        self._job: Job[T] | None = job
        self._before = before
        self._channel, self._cache, self._count = channel, cache, count
        self._given: list[T] = []

    def receive(self) -> None:
        """Wait until it is done, unless that was done."""
        if self._before:
            self._before.receive()
            self._before = None
        if self._job:
            self._given.append(self._received(self._job))
            self._job = None  # as large as what it was made of

    def take(self) -> T:
        """What it gives; asked once, since it may be large."""
        self.receive()
        return self._given.pop()

    def _received(self, job: Job[T]) -> T:
        began = time.perf_counter()
        try:
            done: _Done = self._channel.receive()
        except WorkerGoneError:
            return job(self._cache)
        self._count(max(done.seconds - (time.perf_counter() - began), 0.0))
        if self._cache:
            self._cache.report(done.problems)
        value: T = done.value
        return value


def _do_one(channel: Channel, job: Job[Any], cache: VectorCache | None) -> None:
    if cache:
        cache.take_up()
    channel.send_bytes(_done(job, cache))


def _do_each(channel: Channel, cache: VectorCache | None) -> None:
    """Does one job after the other, whoever waits for what: they come and go while others are done."""
    keep_large_blocks_apart()
    if cache:
        cache.take_up()
    jobs, done = SimpleQueue[bytes](), SimpleQueue[bytes]()
    for pass_on in (partial(_take_in, channel, jobs), partial(_give_out, channel, done)):
        threading.Thread(target=pass_on, daemon=True).start()
    while True:
        done.put(_done(pickle.loads(jobs.get()), cache))
        give_back_free_memory()


def _take_in(channel: Channel, jobs: SimpleQueue[bytes]) -> None:
    with suppress(WorkerGoneError):
        while True:
            jobs.put(channel.receive_bytes())


def _give_out(channel: Channel, done: SimpleQueue[bytes]) -> None:
    with suppress(WorkerGoneError):
        while True:
            channel.send_bytes(done.get())


def _done(job: Job[Any], cache: VectorCache | None) -> bytes:
    """Does it; as `_Done` pickled."""
    began, before = time.perf_counter(), len(cache.problems) if cache else 0
    value = job(cache)
    return pickle.dumps(_Done(value, time.perf_counter() - began, cache.problems[before:] if cache else ()))
