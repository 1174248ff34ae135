"""Processes that help a build: when one may be forked, how it begins and ends, and how work in a line is shared."""

import gc
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T", int, str)

_PIPE_BYTES = 1 << 20
"""So much may wait in a pipe, where the system allows it, while who it is for is at something long."""
_LIBRARIES_WITH_THREADS = ("onnxruntime", "tokenizers")
"""Those that a forked process may find locked; numpy puts its threads away before a fork."""


def can_fork() -> bool:
    """Whether this process may be forked: nothing else runs in it.

    A thread, such as a server's, may hold a lock that nobody would ever let go in a forked process.
    """
    is_alone = threading.active_count() == 1 and not sys.modules.keys() & {*_LIBRARIES_WITH_THREADS}
    return sys.platform == "linux" and is_alone


def begin_to_help() -> None:
    """What each process that helps does first."""
    gc.disable()  # as in `cycles.py`
    for name in (
        "SIGTERM",
        "SIGHUP",
    ):  # what ends a command says so, and puts things in order, in one process
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def end_helper(process: BaseProcess) -> None:
    """End one of those, whatever it is at, if it ever began: it has nothing to put in order."""
    if process.pid:
        process.kill()
        process.join()  # so that its processor time counts as this one's


def _end_with_parent() -> None:
    """Where this process's parent is killed, nobody tells it that there is no more work."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """What is started in the block is deaf to Ctrl-C: this process says what it does."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def made_from_the_end(
    line: Sequence[T], make: Callable[[T], bytes], jobs: int, *, at_once: int = 1
) -> Iterator[Callable[[T], bytes]]:
    """Gives what other processes made of one in a line by now, or nothing; they begin at its end.

    So who goes through the line from its beginning meets what they made. They are forked, and what they change beside
    is lost. Where one fails or is killed, what it would have made is missing.

    Args:
        line: each once.
        make: what they do; empty bytes for what cannot be made there.
        jobs: processes that there may be, of which this one is one.
        at_once: how many are handed over together.
    """
    others = max(jobs - 1, 0) if can_fork() else 0
    with ExitStack() as stack:
        every = [
            stack.enter_context(_forked(line[::-1][number::others], make, at_once))
            for number in range(others)
        ]
        yield lambda one: next(filter(None, (other.made(one) for other in every)), b"")


@contextmanager
def _forked(line: Sequence[T], make: Callable[[T], bytes], at_once: int) -> Iterator["_Received[T]"]:
    context = get_context("fork")
    ours, others = context.Pipe(duplex=False)
    enlarge_pipe(others)
    process = context.Process(target=_make, args=(line, make, at_once, others, ours), daemon=True)
    with suppress(OSError), deaf_to_interrupts():  # no memory for it, or as many processes as may be
        process.start()
    others.close()
    try:
        yield _Received(line, ours)
    finally:
        end_helper(process)
        ours.close()


def enlarge_pipe(pipe: Connection) -> int:
    """Let more wait in a pipe, where the system allows it; gives the bytes that may."""
    import fcntl  # not on Windows, where nothing is forked

    with suppress(OSError):
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return fcntl.fcntl(pipe.fileno(), fcntl.F_GETPIPE_SZ)


class _Received(Generic[T]):
    """What came from another process, which goes through a line in order."""

    def __init__(self, line: Sequence[T], connection: Connection) -> None:
        self._line: Iterator[T] = iter(line)
        self._connection = connection
        self._poll = select.poll()
        self._poll.register(connection.fileno(), select.POLLIN)
        self._made: dict[T, bytes] = {}
        self._is_open = True

    def made(self, one: T) -> bytes:
        """What was made of one by now; asked once."""
        while self._is_open and self._poll.poll(0):
            try:
                received: list[bytes] = self._connection.recv()
            except (EOFError, OSError):  # it has made all, or is gone
                self._is_open = False
            else:
                self._made.update((next(self._line), content) for content in received)
        return self._made.pop(one, b"")


def _make(
    line: Sequence[T],
    make: Callable[[T], bytes],
    at_once: int,
    connection: Connection,
    other_end: Connection,
) -> None:
    """What another process does."""
    begin_to_help()
    other_end.close()
    # Whatever fails here fails again where it can be said.
    with suppress(Exception):
        for start in range(0, len(line), at_once):
            connection.send([make(one) for one in line[start : start + at_once]])
