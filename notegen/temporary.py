"""Temporary folders and files, which are removed when the command ends, however it ends.

A `with` block removes its own folder. Ctrl-C and a closed terminal end the process at once, without leaving any block:
then the folders that are left are removed by name.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.util import get_temp_dir
from pathlib import Path
from tempfile import gettempdir

_FOLDERS: set[Path] = set()
_FILES: set[Path] = set()
_MAX_NAME = 48
"""Letters of a file's name that the name of one beside it begins with; systems allow 255 bytes."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """An empty folder that only this user may read; gone after the block."""
    folder = Path(gettempdir(), f"notegen-{secrets.token_hex(8)}")
    _FOLDERS.add(folder)  # before it is there: the process may end in between
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _FOLDERS.remove(folder)


@contextmanager
def temporary_file(beside: Path) -> Iterator[Path]:
    """A place for a file that may take that of another in one step, in the same folder; gone after the block."""
    file = beside.with_name(f".{beside.name[:_MAX_NAME]}.new-{secrets.token_hex(4)}")
    _FILES.add(file)
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)
        _FILES.remove(file)


def count_as_temporary(folder: Path) -> None:
    """From now on the folder is removed where the process ends at once; whoever made it removes it otherwise."""
    _FOLDERS.add(folder)


def count_as_lasting(folder: Path) -> None:
    """From now on it stays where the process ends at once: it holds what somebody needs."""
    _FOLDERS.discard(folder)


def remove_temporary_folders() -> None:
    """Remove all that are left, and the one that `multiprocessing` has: this process ends now."""
    for file in [*_FILES]:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    for folder in [*_FOLDERS, Path(str(get_temp_dir()))]:
        shutil.rmtree(folder, ignore_errors=True)
