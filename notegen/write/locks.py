"""Who may change a folder now: one build or publish at a time, whoever started it. The only importer of filelock.

The system lets go of a lock when its process ends, however it ends, so a lock that can be taken belongs to nobody
alive. A lock's file goes before the lock does; who waited for that file notices and makes a new one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EROFS
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.errors.site import another_build
from notegen.write.manifest import OWN_PREFIX
from notegen.write.trees import is_folder

if TYPE_CHECKING:
    from filelock import FileLock

PATIENCE = 1.0
"""Seconds to wait before saying so: another build's change takes a fraction of one."""
MAX_WAIT = 60.0
"""Seconds after which a build gives up."""


@contextmanager
def site_lock(site: Path, beside: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Nobody else changes the site within the block.

    There is a lock beside the site and one in it: who sees the site through a mount has only the second, and who may
    not write in it only the first.

    Args:
        beside: the file that is locked in the folder above.
        on_wait: called once if it takes a while.

    Raises:
        NotegenError: another build did not end in time.
        OSError: neither lock can be had.
    """
    with ExitStack() as held:
        count, refused = 0, None
        for path in (beside, site / f"{OWN_PREFIX}lock"):
            try:
                if is_folder(path.parent):
                    held.enter_context(lock_held(path, on_wait, lambda: another_build(str(site))))
                    count += 1
            except OSError as error:
                if not isinstance(error, PermissionError) and error.errno != EROFS:
                    raise
                refused = error
        if refused and not count:
            raise refused
        yield


def owned(path: Path) -> "FileLock":
    """The lock of a file that nobody else knows yet, held until it is let go or this process ends."""
    from filelock import FileLock  # a build with nothing to do takes no lock

    lock = FileLock(path)
    lock.acquire(timeout=0)
    return lock


def is_free(path: Path) -> bool:
    """Whether the owner of a lock's file is dead."""
    try:
        owned(path).release()
    except OSError:  # as a timeout is
        return False
    return True


@contextmanager
def lock_held(path: Path, on_wait: Callable[[], None], busy: Callable[[], NotegenError]) -> Iterator[None]:
    """Nobody else holds the lock of this file within the block.

    Args:
        on_wait: called once if it takes a while.
        busy: what to raise where its owner does not end in time.

    Raises:
        NotegenError: as `busy` says.
        OSError: the file cannot be made.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        on_wait()
        try:
            lock.acquire(timeout=MAX_WAIT)
        except Timeout as error:
            raise busy() from error
    mine = path.lstat()
    try:
        yield
    finally:
        with suppress(OSError):
            # The folder may have been exchanged for another in the meantime, with a lock of somebody else's.
            if os.path.samestat(path.lstat(), mine):
                path.unlink()
        lock.release()
