"""Doing something as a user who may not do everything, which root may, who runs tests in containers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

NOBODY = 65534
"""A user who owns nothing."""


@contextmanager
def not_as_root() -> Iterator[None]:
    """As nobody where root runs the tests, else as whoever does; what is done must have been loaded before."""
    if os.geteuid() != 0:
        yield
        return
    # Not the effective user alone: `os.access` asks for the real one. The saved one is the way back.
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@contextmanager
def folder_of_all() -> Iterator[Path]:
    """A folder that everybody may enter and write into; pytest's own may be entered by their owner alone."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
