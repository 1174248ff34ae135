"""Rounds in the background end with their foreground."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_what_a_round_still_writes_goes_with_a_foreground_that_is_killed(tmp_path: Path) -> None:
    """Whoever removes it would find the folder full again and again, were the round not ended before."""
    kept = tmp_path / "kept"
    kept.mkdir()
    # Until nobody holds its output any more.
    command = [sys.executable, "-m", "tests.support.busy_rounds", str(kept)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGKILL, "", "")
    assert not kept.exists()
