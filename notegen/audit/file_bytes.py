"""What a file holds, by the system's own calls: thousands of small ones take half as long as by Python's streams."""

import os
import sys
from pathlib import Path

from notegen.read.beginning import open_file
from notegen.read.decode import decode

_PIECE_BYTES = 1 << 16
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def bytes_of(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """All bytes of a file, or the first ones.

    Args:
        most: how many, at most; None for all.

    Raises:
        OSError: it cannot be read.
    """
    limit = sys.maxsize if most is None else most
    file = os.open(path, _READING)
    try:
        wanted = min(os.fstat(file).st_size, limit)
        content = os.read(file, wanted)
        if content and len(content) == wanted:  # as nearly always; else the system gives it in pieces
            return content
        while len(content) < limit and (more := os.read(file, min(_PIECE_BYTES, limit - len(content)))):
            content += more
        return content
    finally:
        os.close(file)


def text_of(path: str | os.PathLike[str], most: int) -> str | None:
    """The text that the first `most` bytes of a file are; None where it cannot be read, or is a pipe."""
    try:
        with open_file(Path(path)) as stream:
            return decode(stream.read(most), os.path.basename(path))[0]
    except OSError:
        return None
