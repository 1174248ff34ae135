"""Temporary folders, which are removed when the command ends, however it ends.

A `with` block removes its own folder. Ctrl-C and a closed terminal end the process at once, without leaving any block:
then the folders that are left are removed by name.
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
    """Remove all that are left, and the one that `multiprocessing` has: this process ends now."""
    for folder in [*_FOLDERS, Path(str(get_temp_dir()))]:
        shutil.rmtree(folder, ignore_errors=True)
