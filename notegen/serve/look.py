"""Finds what changed by looking again and again, where the system does not tell: on disks that others write to too.

Each look asks the disk of every file what it says of it; what it says otherwise than before has changed.
"""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from notegen.stamps import Tree, seen_in

SECONDS = 1.0
"""Seconds between two looks."""
_SHARE = 10
"""How many times as long as a look took the next one waits at least: a slow disk has other things to do."""

_MOUNTS = Path("/proc/self/mountinfo")
_SHARED = frozenset(
    "9p afs ceph cifs coda drvfs fuse lustre ncpfs nfs nfs4 prl_fs smb3 smbfs vboxsf virtiofs vmhgfs".split()
)
"""Kinds of disks, as Linux calls them, of which it sees no change that another machine makes, or a virtual one's host.

Of `fuse` also those whose name goes on behind a dot, as that of sshfs does; `fuseblk` is a disk of this machine.
"""


def look_for_changes(trees: Sequence[Tree], end: Event) -> Iterator[set[str]]:
    """What changed since the look before, as whole paths, until `end` is set; first, once it has looked, nothing."""
    before = dict(seen_in(trees))
    yield set()
    pause = SECONDS
    while not end.wait(pause):
        began = time.monotonic()
        now = dict(seen_in(trees))
        pause = max(SECONDS, _SHARE * (time.monotonic() - began))
        if before != now:
            yield {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
            before = now


def shared_disk(path: Path, mounts: str | None = None) -> str:
    """The kind of disk that a path lies on, if changes there may not be told; else empty.

    Args:
        mounts: what Linux says of all disks; None to ask it. Other systems say nothing.
    """
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
        except OSError:
            return ""
    real = os.path.realpath(path)
    kind, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        if len(fields := before.split(" ")) < 5 or not after:
            continue
        point = _unescaped(fields[4])
        # Of two at one place the later is on top.
        if len(point) >= longest and Path(real).is_relative_to(point):
            kind, longest = after.split(" ")[0], len(point)
    return kind if kind.partition(".")[0] in _SHARED else ""


def _unescaped(path: str) -> str:
    r"""Spaces and the like stand there as `\040`."""
    return path.replace(r"\040", " ").replace(r"\011", "\t").replace(r"\012", "\n").replace(r"\134", "\\")
