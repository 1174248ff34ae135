"""What Ctrl-C does, `kill`, and closing the terminal: they end the process at once, whatever is going on.

A build is whole or not at all however it ends, so nothing needs to be put in order but the terminal and temporary
folders. An exception instead may come up in the middle of a library, which makes another one of it, or in a thread's
lock, which is then never released.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import active_children
from types import FrameType

from notegen.reports import stopped
from notegen.temporary import remove_temporary_folders

_STATUS_OF_SIGNALS = 128
STOPPED_STATUS = _STATUS_OF_SIGNALS + signal.SIGINT
"""128 and the number of the signal, as shells have it."""
SERVED_STATUS = 0
"""Ctrl-C is how one ends `serve`."""
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, what `kill` and service managers send, and a terminal that is closed; Windows knows the first alone."""


class Interrupts:
    """How Ctrl-C and its like end this process."""

    def __init__(self) -> None:
        self._status = STOPPED_STATUS
        self._tidy: list[Callable[[], None]] = []

    def heed(self) -> None:
        """Handle these signals from now on, but for those that this process ignores, as `nohup` has it."""
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._handle)

    @contextmanager
    def ending(self, status: int) -> Iterator[None]:
        """In the block the process ends with the status."""
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
        for tidy in self._tidy:
            tidy()
        for child in active_children():
            child.kill()
        remove_temporary_folders()
        with suppress(OSError):  # the terminal may be closed
            os.write(2, f"{stopped()}\n".encode())
        os._exit(_STATUS_OF_SIGNALS + number if self._status == STOPPED_STATUS else self._status)


INTERRUPTS = Interrupts()
"""Of this process."""
