"""The bar on a terminal says how far the work is, how fast it goes and how long it will take."""

import os
import pty
import re
import subprocess
import sys

from tests.conftest import ROOT

PROGRAM = """
from notegen.cli.progress import show_progress
with show_progress(quiet=False) as progress:
    for done in range(0, 2001):
        progress("embed", done, 2000)
        sum(range(2000))
"""


def test_it_counts_and_says_pace_and_time_left() -> None:
    """In a terminal of a hundred columns."""
    outer, inner = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm-256color"}
    started = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, stderr=inner)
    os.close(inner)
    shown = b""
    try:
        while part := os.read(outer, 65536):
            shown += part
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(outer)
    assert started.wait() == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode())
    assert re.search(r"understanding passages .* \d+/2000 [\d,.]+ a second \d+:\d\d:\d\d", plain)


def test_nothing_shows_without_a_terminal() -> None:
    """Not in a pipe, where it would be noise."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b""
