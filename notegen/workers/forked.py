"""A process that is forked from this one, the channel between both, and when one may be forked at all."""

import gc
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cached_property
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from typing import Any, Concatenate, ParamSpec

from notegen.cache import VectorCache

P = ParamSpec("P")

_PIPE_BYTES = 1 << 20
"""So much may wait in a pipe, where the system allows it, while who it is for is at something long."""
_LIBRARIES_WITH_THREADS = ("onnxruntime", "tokenizers")
"""Those that a forked process may find locked; numpy puts its threads away before a fork."""


def can_fork() -> bool:
    """Whether this process may be forked: nothing else runs in it.

    A thread, such as a server's, may hold a lock that nobody would ever let go in a forked process.
    """
    return sys.platform == "linux" and _is_alone()


def _is_alone() -> bool:
    return threading.active_count() == 1 and not sys.modules.keys() & {*_LIBRARIES_WITH_THREADS}


class WorkerGoneError(Exception):
    """Nobody is at the other end of a channel, or nobody ever was."""


class Channel:
    """What one of two processes has of the pipes between them.

    What it reads and writes is pickled, but for bytes where a method says so. All raise `WorkerGoneError`.
    """

    def __init__(self, taken: Connection, given: Connection) -> None:
        self._taken, self._given = taken, given

    @cached_property
    def room(self) -> int:
        """Bytes that may wait for the other process without this one waiting."""
        import fcntl  # not on Windows, where nothing is forked

        return fcntl.fcntl(self._given.fileno(), fcntl.F_GETPIPE_SZ)

    @cached_property
    def _poll(self) -> select.poll:
        poll = select.poll()
        poll.register(self._taken.fileno(), select.POLLIN)
        return poll

    def has_something(self) -> bool:
        """Whether to receive would not wait; also where the other process is gone."""
        return bool(self._poll.poll(0))

    def receive(self) -> Any:
        """What was sent; waits for it."""
        with _told():
            return self._taken.recv()

    def receive_bytes(self) -> bytes:
        """Bytes that were sent as such; waits for them."""
        with _told():
            return self._taken.recv_bytes()

    def send(self, what: object) -> None:
        """Waits where there is no room."""
        # `Connection.send` sends a view of a file in memory: where nobody takes it, the file is closed before the view
        # is, and from 3.13 on Python says so on standard error.
        self.send_bytes(pickle.dumps(what))

    def send_bytes(self, content: bytes) -> None:
        """Send bytes as such; waits where there is no room."""
        with _told():
            self._given.send_bytes(content)

    def close(self) -> None:
        """Closing twice is no error."""
        self._taken.close()
        self._given.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise WorkerGoneError from error


class Worker:
    """Another process as this one sees it, forked when it is made; one that is gone where none could begin.

    It ends as this one does, and is deaf to Ctrl-C. Its processor time counts as this one's once it is ended.
    """

    def __init__(
        self,
        work: Callable[Concatenate[Channel, P], None],
        cache: VectorCache | None,
        /,
        *arguments: P.args,
        **named: P.kwargs,
    ) -> None:
        """Begin it.

        Args:
            work: what it does, with its own end of the channel; what that raises ends it, and is said by nobody.
            cache: closed while it is forked and open again after that; `work` may take it up, as two builds would have
                it open.
        """
        context = get_context("fork")
        taken, theirs_given = context.Pipe(duplex=False)
        theirs_taken, given = context.Pipe(duplex=False)
        for end in (theirs_given, given):
            _enlarge(end)
        self.channel, theirs = Channel(taken, given), Channel(theirs_taken, theirs_given)

        def begin() -> None:
            begin_to_help()
            self.channel.close()  # so that nobody has it once the process that was forked is gone
            with suppress(Exception):  # whatever fails there fails again where it can be said
                work(theirs, *arguments, **named)

        self._process = context.Process(target=begin, daemon=True)
        # No memory for it, or as many processes as may be: then nobody answers.
        with suppress(OSError), deaf_to_interrupts(), cache.let_go() if cache else nullcontext():
            self._process.start()
        theirs.close()

    def end(self) -> None:
        """It is not needed any more, whatever it is at: it has nothing to put in order."""
        if self._process.pid:  # it began
            self._process.kill()
            self._process.join()  # so that its processor time counts
        self.channel.close()


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


def _enlarge(pipe: Connection) -> None:
    """Let more wait in a pipe, where the system allows it."""
    import fcntl  # not on Windows, where nothing is forked

    with suppress(OSError):
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
