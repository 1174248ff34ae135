"""Folders for a while, in the system's place for such, that go when the command ends, however it is told to.

A block that ends takes its folder along. Where the process ends at once instead, as Ctrl-C and a closed terminal end
it, no block ends, and what is left is removed by name.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import get_temp_dir
from pathlib import Path
from tempfile import gettempdir

_FOLDERS: set[Path] = set()


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


def remove_temporary_folders() -> None:
    """Remove all there are, with that of Python's own for processes that talk to each other: this process ends."""
    for folder in [*_FOLDERS, Path(str(get_temp_dir()))]:
        shutil.rmtree(folder, ignore_errors=True)
