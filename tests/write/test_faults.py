"""Killed at any moment, two at once, with a spoiled cache: the site is whole, and the next is as one from nothing.

`python -m bench.faults` does the same more often.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill")


@pytest.mark.parametrize(
    ("what", "count", "options"),
    [
        ("steps", 60, []),
        ("steps", 40, ["--in-place"]),
        ("kills", 60, []),
        ("kills", 40, ["--in-place"]),
        ("pairs", 12, []),
        ("pairs", 8, ["--in-place"]),
    ],
)
def test_no_fault_spoils_a_site(tmp_path: Path, what: str, count: int, options: list[str]) -> None:
    """As `tests.support.faults` says."""
    command = [sys.executable, "-m", "tests.support.faults", what, str(count), str(tmp_path), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == (f"0 faults in {count} {what}\n", 0), done.stderr


def test_no_spoiled_cache_costs_a_site(tmp_path: Path) -> None:
    """As `tests.support.spoiled_caches` says."""
    command = [sys.executable, "-m", "tests.support.spoiled_caches", "24", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("0 faults in 24 caches\n", 0), done.stderr
