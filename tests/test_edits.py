"""A build that remembers gives what a build from nothing gives."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("seed", [1, 2])
def test_a_build_after_any_edit_equals_one_from_nothing(tmp_path: Path, seed: int) -> None:
    """As `tests.support.edits` says."""
    command = [sys.executable, "-m", "tests.support.edits", "12", str(tmp_path), "--seed", str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("0 differences in 12 steps\n", 0), done.stderr


def test_so_does_one_of_words_by_several_processes(tmp_path: Path) -> None:
    """As gardens are built that are too large for two processes to hold."""
    given = ["3", str(tmp_path), "--seed", "3", "--words", "--jobs", "2"]
    command = [sys.executable, "-m", "tests.support.edits", *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("0 differences in 3 steps\n", 0), done.stderr


def test_so_does_one_with_encrypted_notes(tmp_path: Path) -> None:
    """Notes are encrypted and opened again, and the password changes: all that is kept of them is encrypted as well.

    Built by one process, and by two.
    """
    given = ["7", str(tmp_path), "--seed", "5", "--locked", "--jobs", "1", "2"]
    command = [sys.executable, "-m", "tests.support.edits", *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("0 differences in 7 steps\n", 0), done.stderr
