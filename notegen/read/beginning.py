"""Opening a file that says something of the folder it lies in, such as a tool's settings, and reading its beginning."""

import os
import stat
from errno import EINVAL, EISDIR
from pathlib import Path
from typing import BinaryIO

from notegen.errors.reasons import is_no_file

_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def open_file(file: Path) -> BinaryIO:
    """A file, to be read. Nothing else is waited for: a pipe gives nothing until somebody writes into it.

    Raises:
        OSError: it is none, or cannot be opened.
    """
    opened = os.open(file, _READING)
    mode = os.fstat(opened).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(opened, "rb")
    os.close(opened)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    raise OSError(EINVAL, is_no_file())


def beginning_of(file: Path, size: int) -> bytes:
    """The file's first `size` bytes; none of one that is not there or cannot be read."""
    try:
        with open_file(file) as stream:
            return stream.read(size)
    except OSError:
        return b""
