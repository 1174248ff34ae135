"""What git told of a folder's files, kept between builds: thousands of commits take seconds, and an edit adds none."""

import os
from hashlib import blake2b
from pathlib import Path

from notegen.packed import pack, unpack, unpacker
from notegen.read.git_history import History, read_history
from notegen.read.kept_sources import Kept

_history = unpacker(History)


def keep_history(root: Path, kept: Kept | None, before: History | None = None) -> History:
    """The history of a folder, of which git is asked for no more than came since it told another process.

    Args:
        kept: where it is kept; None for nowhere.
        before: what it told this process.
    """
    key = blake2b(b"git " + os.fsencode(os.path.realpath(root)), digest_size=16).digest()
    if kept and not before:
        before = unpack(kept.get([key]).get(key, b""), _history)
    history = read_history(root, before)
    if kept and history.head and history is not before:
        kept.put({key: pack(history)})
    return history
