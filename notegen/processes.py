"""Processes that help a build: when one may be forked, and how it begins and ends."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process

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
