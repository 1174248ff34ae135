"""Memory that nobody uses any more, given back to the system.

The C library keeps what was freed for whoever asks next. Where much was taken in small parts it keeps much: half of the
memory of a model that was let go, and a fifth of one that was just read.
"""

import ctypes
import sys


def give_back_free_memory() -> None:
    """Ask the C library to give back what it holds free; takes some milliseconds. Nothing where it is not glibc."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
