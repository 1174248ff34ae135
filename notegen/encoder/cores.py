"""How many processor cores this process was given."""

import math
import os
from pathlib import Path


def usable_cores(*, root: Path = Path("/")) -> int:
    """The cores this process may run on, at least 1: those of its affinity, and no more than its control groups grant.

    A container limited to two cores of a machine of 64 gets 2: more threads would only be stopped in turn.

    Args:
        root: where `proc` and `sys` are, for tests.
    """
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, math.ceil(min(allowed, _quota(root))))


def _quota(root: Path) -> float:
    """The cores that the tightest of this process's control groups grants; infinite without a limit or off Linux."""
    least = math.inf
    for line in _lines(root / "proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        tree = root / "sys/fs/cgroup" / ("cpu" if "cpu" in controllers.split(",") else "")
        if controllers and tree.name != "cpu":
            continue
        # Inside a container the path is the host's, and the group's own files lie at the top.
        here = tree / path.lstrip("/")
        for folder in (here, *here.parents):
            if not folder.is_relative_to(tree):
                break
            least = min(least, _granted(folder))
    return least


def _granted(folder: Path) -> float:
    """Cores from `cpu.max` (version 2: `200000 100000` or `max 100000`) or from its two files of version 1."""
    words = _lines(folder / "cpu.max") or [
        *_lines(folder / "cpu.cfs_quota_us"),
        *_lines(folder / "cpu.cfs_period_us"),
    ]
    numbers = " ".join(words).split()
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers) or int(numbers[1]) == 0:
        return math.inf
    return int(numbers[0]) / int(numbers[1])


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
