"""The cores that are used are the cores that were given."""

import os
from pathlib import Path

import pytest

from notegen.encoder.cores import usable_cores
from tests.support.files import write_files


@pytest.fixture(autouse=True)
def eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process may run on eight."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(8)), raising=False)


def machine(root: Path, files: dict[str, str]) -> int:
    """The cores on a machine with these files."""
    write_files(root, files)
    return usable_cores(root=root)


def test_without_limits_it_is_what_the_affinity_allows(tmp_path: Path) -> None:
    """As on a machine without control groups, or one that is no Linux."""
    assert machine(tmp_path, {}) == 8


@pytest.mark.parametrize(
    ("granted", "cores"),
    [("200000 100000", 2), ("150000 100000", 2), ("1000 100000", 1), ("max 100000", 8), ("", 8)],
)
def test_a_quota_lowers_it(tmp_path: Path, granted: str, cores: int) -> None:
    """Control groups of version 2: half a core counts as one."""
    files = {"proc/self/cgroup": "0::/user/me\n", "sys/fs/cgroup/user/me/cpu.max": granted}
    assert machine(tmp_path, files) == cores


def test_the_tightest_of_nested_groups_counts(tmp_path: Path) -> None:
    """A container's own files lie at the top, under a path that only its host knows."""
    files = {
        "proc/self/cgroup": "0::/host/container\n",
        "sys/fs/cgroup/cpu.max": "300000 100000",
        "sys/fs/cgroup/host/cpu.max": "400000 100000",
    }
    assert machine(tmp_path, files) == 3


def test_quotas_of_version_1_count(tmp_path: Path) -> None:
    """Two files instead of one; -1 is no limit."""
    limited = {
        "proc/self/cgroup": "5:cpu,cpuacct:/jobs\n4:memory:/jobs\n",
        "sys/fs/cgroup/cpu/jobs/cpu.cfs_quota_us": "400000\n",
        "sys/fs/cgroup/cpu/jobs/cpu.cfs_period_us": "100000\n",
        "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
        "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    }
    assert machine(tmp_path, limited) == 4
