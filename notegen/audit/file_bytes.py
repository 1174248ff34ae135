"""What a file holds, by the system's own calls: thousands of small ones take half as long as by Python's streams."""

import os
import stat
import sys
from errno import EINVAL
from pathlib import Path

from notegen.errors.reasons import is_no_file
from notegen.read.decode import decode

_PIECE_BYTES = 1 << 16
# A pipe is not waited for: it gives nothing until somebody writes into it.
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def bytes_of(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """All bytes of a file, or the first ones.

    Args:
        most: how many, at most; None for all.

    Raises:
        OSError: it cannot be read, or is no file.
    """
    limit = sys.maxsize if most is None else most
    file = os.open(path, _READING)
    try:
        status = os.fstat(file)
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise OSError(EINVAL, is_no_file())
        wanted = min(status.st_size, limit)
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
        return decode(bytes_of(path, most), os.path.basename(path))[0]
    except OSError:
        return None


def size_of(file: Path | str) -> int:
    """How many bytes a file has; -1 where that cannot be asked."""
    try:
        return os.stat(file).st_size
    except OSError:
        return -1


def bytes_if_there(file: Path) -> bytes:
    """What a file holds; nothing where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
