"""What Ctrl-C does: it ends the process at once, as a kill would, whatever is going on.

A build is whole or not at all however it ends, so nothing needs to be put in order but the terminal. An exception
instead may come up in the middle of a library, which makes another one of it, or in a thread's lock, which is then
never let go. `serve` alone ends by one, while it waits for changes.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from types import FrameType

from notegen.reports import stopped

STOPPED_STATUS = 130
"""128 and the number of the signal, as shells have it."""
SERVED_STATUS = 0
"""Ctrl-C is how one ends `serve`."""


class Interrupts:
    """How Ctrl-C ends this process."""

    def __init__(self) -> None:
        self._status: int | None = STOPPED_STATUS
        """What the process ends with at once; None where an exception is raised instead."""
        self._tidy: list[Callable[[], None]] = []

    def heed(self) -> None:
        """From now on this is what Ctrl-C does, unless it is to be ignored."""
        if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._handle)

    @contextmanager
    def ending(self, status: int | None) -> Iterator[None]:
        """In the block Ctrl-C ends the process with the status; with None, it raises `KeyboardInterrupt`."""
        before, self._status = self._status, status
        try:
            yield
        finally:
            self._status = before

    @contextmanager
    def tidied(self, tidy: Callable[[], None]) -> Iterator[None]:
        """In the block this is called before the process ends."""
        self._tidy.append(tidy)
        try:
            yield
        finally:
            self._tidy.remove(tidy)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._status is None:
            raise KeyboardInterrupt
        for tidy in self._tidy:
            tidy()
        for child in active_children():
            child.kill()
        os.write(2, f"{stopped()}\n".encode())
        os._exit(self._status)


INTERRUPTS = Interrupts()
"""Of this process."""
