"""What the disk said of a site's files when they were written: one of which it says the same need not be read again."""

import os
import time
from collections.abc import Collection
from hashlib import blake2b

from notegen.model import Url
from notegen.stamps import RACY_NS
from notegen.write.second_names import FileStatus

_SIZE = 16


class FileStamps:
    """Digests, each of a file's address, its size, its time, its inode, and what it holds."""

    def __init__(self, kept: bytes = b"") -> None:
        """Args: kept: what `lasting` gave of the site before; empty where nothing is known."""
        self._before: Collection[bytes] = frozenset(
            kept[start : start + _SIZE] for start in range(0, len(kept), _SIZE)
        )
        self._noted: dict[bytes, int] = {}
        self._put_in_place = 0

    @property
    def know_nothing(self) -> bool:
        """Whether every file is to be read."""
        return not self._before

    def note_if_held(self, url: Url, status: os.stat_result | FileStatus, digest: bytes) -> bool:
        """Whether a file of which the disk says this was known to hold what has this digest; if so it is noted."""
        stamp = _stamp(url, status, digest)
        if stamp not in self._before:
            return False
        self._noted[stamp] = status.st_mtime_ns
        return True

    def note(self, url: Url, status: os.stat_result | FileStatus, digest: bytes) -> None:
        """A file of the new site holds this; nobody else knows it yet."""
        self._noted[_stamp(url, status, digest)] = status.st_mtime_ns

    def note_put_in_place(self) -> None:
        """From now on anybody may change the files."""
        self._put_in_place = time.time_ns()

    def lasting(self) -> bytes:
        """All that was noted but of files so new that another change might leave them looking the same."""
        since = self._put_in_place - RACY_NS
        return b"".join(sorted(stamp for stamp, modified in self._noted.items() if modified < since))


def _stamp(url: Url, status: os.stat_result | FileStatus, digest: bytes) -> bytes:
    facts = f"{url}\0{status.st_size} {status.st_mtime_ns} {status.st_ino} {status.st_dev}\0"
    return blake2b(facts.encode("utf-8", "surrogatepass") + digest, digest_size=_SIZE).digest()
