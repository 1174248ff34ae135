"""One job done by a process that is forked for it and ends with it, while this one does another part of the work.

So what it needs is there, and memory has a second copy of what the job changes alone. The cache is closed while it is
forked and opened again by each, as two builds would have it open.
"""

import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Generic, TypeVar

from msgspec import Struct

from notegen.cache import VectorCache
from notegen.model import Problem
from notegen.processes import begin_to_help, can_fork, deaf_to_interrupts, end_helper
from notegen.timing import Stopwatch

T = TypeVar("T")


def forking(
    cache: VectorCache | None, clock: Stopwatch, stage: str, *, is_wanted: bool = True
) -> "Forking | None":
    """Has each job done by a process of its own, whose time counts for a stage; None where none is to be forked."""
    return Forking(cache, partial(clock.count, stage)) if is_wanted and can_fork() else None


class Forking(Struct, frozen=True, eq=False):
    """Has each job done by a process of its own."""

    cache: VectorCache | None
    count: Callable[[float], None] = lambda seconds: None
    """Told for how many seconds the other worked beside this one."""

    def __call__(self, job: Callable[[VectorCache | None], T]) -> Callable[[], T]:
        """Begin it; what is given waits for what it gives. Where the other fails or is killed, that is done here.

        Args:
            job: what it gives can be pickled; it is given the cache as the other process has it.
        """
        context = get_context("fork")
        ours, others = context.Pipe(duplex=False)
        process = context.Process(target=_do, args=(job, self.cache, others, ours), daemon=True)
        # No memory for it, or as many processes as may be: then nobody answers.
        with suppress(OSError), deaf_to_interrupts(), self.cache.let_go() if self.cache else nullcontext():
            process.start()
        others.close()
        return lambda: self._result(job, process, ours)

    def _result(
        self, job: Callable[[VectorCache | None], T], process: ForkProcess, connection: Connection
    ) -> T:
        began = time.perf_counter()
        try:
            done: _Done[T] = connection.recv()
        except (EOFError, OSError):  # it is gone
            return job(self.cache)
        finally:
            end_helper(process)
            connection.close()
        self.count(max(done.seconds - (time.perf_counter() - began), 0.0))
        if self.cache:
            self.cache.report(done.problems)
        return done.value


class _Done(Struct, Generic[T], frozen=True):
    value: T
    seconds: float
    problems: tuple[Problem, ...]
    """Of the cache."""


def _do(
    job: Callable[[VectorCache | None], Any],
    cache: VectorCache | None,
    connection: Connection,
    other_end: Connection,
) -> None:
    """What the other process does."""
    begin_to_help()
    other_end.close()  # so that nobody has it once the process that was forked is gone
    began = time.perf_counter()
    if cache:
        cache.take_up()
    # Whatever fails here fails again where it can be said.
    with suppress(Exception):
        value = job(cache)
        connection.send(_Done(value, time.perf_counter() - began, cache.problems if cache else ()))
