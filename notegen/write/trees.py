"""Files and folders as such: linked, removed, and given the rights that others have."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def is_folder(path: Path) -> bool:
    """Whether a folder itself is there; a symbolic link to one is none."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Whether a plain file itself is there; a symbolic link to one is none."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def is_same(one: Path, other: Path) -> bool:
    """Whether two names are of one file; False where one is missing."""
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False


def copy_rights(model: Path, path: Path) -> None:
    """Give `path` the mode and, where the system lets us, the group and owner of `model`."""
    try:
        wanted, have = model.stat(), path.stat()
    except FileNotFoundError:  # another build has taken it away
        return
    if hasattr(os, "chown") and (wanted.st_uid, wanted.st_gid) != (have.st_uid, have.st_gid):
        try:
            os.chown(path, wanted.st_uid, wanted.st_gid)
        except OSError:  # only root may give a file away
            with suppress(OSError):
                os.chown(path, -1, wanted.st_gid)
    with suppress(OSError):
        path.chmod(stat.S_IMODE(wanted.st_mode))


def copy_status(model: Path, path: Path) -> None:
    """Give a folder the rights of another, its times, and, where there are any, its extended attributes."""
    copy_rights(model, path)
    with suppress(OSError):
        shutil.copystat(model, path)


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Names in the folder can be made and removed within the block, if it is ours to allow that."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o700 == 0o700:
        yield
        return
    with suppress(OSError):
        folder.chmod(mode | 0o700)
    try:
        yield
    finally:
        with suppress(OSError):
            folder.chmod(mode)


def remove_tree(tree: Path) -> OSError | None:
    """Remove a folder with all that can be removed in it; gives the first reason why something could not be."""
    try:
        if not is_folder(tree):
            tree.unlink(missing_ok=True)
            return None
        with writable(tree), os.scandir(tree) as entries:
            refused = [error for entry in entries if (error := remove_tree(Path(entry.path)))]
        if refused:
            return refused[0]
        tree.rmdir()
    except FileNotFoundError:
        return None
    except OSError as error:
        return error
    return None
