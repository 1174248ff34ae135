"""Streams that print every text, and all of it: what a terminal's encoding lacks is escaped."""

import codecs
import io
import sys
from typing import Any


class AsciiText(io.TextIOWrapper):
    """A stream that knows ASCII only. click, which would send UTF-8 to one that says so, does not hear it say so."""

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute in typeshed, and read-only in fact
        """No name that there is."""
        return "ascii-escaped"


class AllOfIt(io.RawIOBase):
    """Writes to a stream below until all is written, and keeps nothing back.

    One without a buffer, as PYTHONUNBUFFERED has it, gives how many bytes went out, at which nobody looks: where a pipe
    is full and the process is stopped and goes on, or a disk fills up, the rest would be lost without a word. One with
    a buffer keeps what a full disk refuses, tries again as Python ends, and ends with Python's status for that.
    """

    def __init__(self, below: io.RawIOBase) -> None:
        self._below = below

    def write(self, content: Any, /) -> int:
        """All of it has gone out.

        Raises:
            OSError: the rest cannot.
        """
        left = memoryview(content).cast("B")
        size = len(left)
        while left:
            left = left[self._below.write(left) or 0 :]  # none where it would have to wait
        return size

    def writable(self) -> bool:
        """It is for nothing else."""
        return True

    def isatty(self) -> bool:
        """As the stream below."""
        return self._below.isatty()

    def fileno(self) -> int:
        """As the stream below."""
        return self._below.fileno()

    def close(self) -> None:
        """Both."""
        super().close()
        self._below.close()


def set_up_streams() -> None:
    r"""From now on the standard streams show a letter that they cannot by its number, `\u65e5`. Once is enough."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        # None where it is closed.
        if not isinstance(stream, io.TextIOWrapper) or isinstance(stream.buffer, AllOfIt):
            continue
        is_ascii = codecs.lookup(stream.encoding).name == "ascii"
        kind, encoding = (AsciiText, "ascii") if is_ascii else (io.TextIOWrapper, stream.encoding)
        below: Any = stream.detach()
        raw = below.detach() if isinstance(below, io.BufferedWriter) else below
        whole: Any = AllOfIt(raw)
        setattr(sys, name, kind(whole, encoding, "backslashreplace", write_through=True))
