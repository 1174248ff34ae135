"""Exchanging the names of two folders in one step, where the system can: there is no moment at which one is missing.

Linux has renameat2(2) with RENAME_EXCHANGE (3.15, glibc 2.28), macOS renamex_np(2) with RENAME_SWAP (10.12). A file
system may refuse either, so whoever wants to rely on it asks `can_exchange` about the folder in question.
"""

import ctypes
import os
import sys
from contextlib import suppress
from errno import ENOSYS
from pathlib import Path

_AT_FDCWD = -100
"""Linux, fcntl.h: names count from the working folder, as usual."""
_SWAP = 2
"""RENAME_EXCHANGE in Linux' fs.h, and RENAME_SWAP in macOS' stdio.h: both are 2."""


def exchange(one: Path, other: Path) -> None:
    """Give each of two names what the other names; both are there before, after, and at every moment between.

    Raises:
        OSError: they are as they were; this system or file system cannot do it, or may not here.
    """
    call = _EXCHANGE.get(sys.platform)
    if call is None:
        raise OSError(ENOSYS, os.strerror(ENOSYS), str(one))
    call(os.fsencode(one), os.fsencode(other))


def can_exchange(folder: Path) -> bool:
    """Whether two folders in `folder` can be exchanged; found out by doing it to two new ones, which go again."""
    one, other = folder / "one", folder / "other"
    try:
        one.mkdir()
        other.mkdir()
        exchange(one, other)
    except OSError:
        return False
    else:
        return True
    finally:
        for made in (one, other):
            with suppress(OSError):
                made.rmdir()


def _exchange_on_linux(one: bytes, other: bytes) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):  # an old C library
        raise OSError(ENOSYS, os.strerror(ENOSYS), os.fsdecode(one))
    _raise_errno(libc.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, ctypes.c_uint(_SWAP)), one)


def _exchange_on_macos(one: bytes, other: bytes) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    _raise_errno(libc.renamex_np(one, other, ctypes.c_uint(_SWAP)), one)


def _raise_errno(result: int, path: bytes) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), os.fsdecode(path))


_EXCHANGE = {"linux": _exchange_on_linux, "darwin": _exchange_on_macos}
