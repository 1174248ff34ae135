"""Files and folders as such: linked, removed, and given the rights that others have."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

AnyPath = str | Path
"""Of thousands of files as text: a `Path` takes longer to make than the system to answer."""


def is_folder(path: AnyPath) -> bool:
    """Whether a folder itself is there; a symbolic link to one is none."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def is_file(path: AnyPath) -> bool:
    """Whether a plain file itself is there; a symbolic link to one is none."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def is_same(one: AnyPath, other: AnyPath) -> bool:
    """Whether two names are of one file; False where one is missing."""
    try:
        return os.path.samestat(os.lstat(one), os.lstat(other))
    except OSError:
        return False


def copy_rights(model: AnyPath, path: AnyPath) -> None:
    """Give `path` the mode and, where the system lets us, the group and owner of `model`."""
    try:
        wanted, have = os.stat(model), os.stat(path)
    except FileNotFoundError:  # another build has taken it away
        return
    if hasattr(os, "chown") and (wanted.st_uid, wanted.st_gid) != (have.st_uid, have.st_gid):
        try:
            os.chown(path, wanted.st_uid, wanted.st_gid)
        except OSError:  # only root may give a file away
            with suppress(OSError):
                os.chown(path, -1, wanted.st_gid)
    with suppress(OSError):
        os.chmod(path, stat.S_IMODE(wanted.st_mode))


def copy_status(model: AnyPath, path: AnyPath) -> None:
    """Give a folder the rights of another, its times, and, where there are any, its extended attributes."""
    copy_rights(model, path)
    with suppress(OSError):
        shutil.copystat(model, path)


@contextmanager
def writable(folder: AnyPath) -> Iterator[None]:
    """Names in the folder can be made and removed within the block, if it is ours to allow that."""
    mode = stat.S_IMODE(os.stat(folder).st_mode)
    if mode & 0o700 == 0o700:
        yield
        return
    with suppress(OSError):
        os.chmod(folder, mode | 0o700)
    try:
        yield
    finally:
        with suppress(OSError):
            os.chmod(folder, mode)


def remove_tree(tree: AnyPath) -> OSError | None:
    """Remove a folder with all that can be removed in it; gives the first reason why something could not be."""
    return _remove_folder(tree) if is_folder(tree) else _remove_file(tree)


def _remove_folder(tree: AnyPath) -> OSError | None:
    try:
        with writable(tree), os.scandir(tree) as entries:
            refused = [
                error
                for entry in entries
                if (
                    error := (_remove_folder if entry.is_dir(follow_symlinks=False) else _remove_file)(
                        entry.path
                    )
                )
            ]
        if refused:
            return refused[0]
        os.rmdir(tree)
    except FileNotFoundError:
        return None
    except OSError as error:
        return error
    return None


def _remove_file(path: AnyPath) -> OSError | None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return error
    return None
