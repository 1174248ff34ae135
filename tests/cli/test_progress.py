"""The bar on a terminal says how far the work is, how fast it goes and how long it will take."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

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
    shown = read_all(outer)
    assert started.wait() == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    assert re.search(r"understanding passages .* \d+/2000 [\d,.]+ a second \d+:\d\d:\d\d", plain)


FORKS = """
from notegen.cli.progress import show_progress
from notegen.workers.forked import can_fork
with show_progress(quiet=False) as progress:
    progress("embed", 1, 2)
    found = can_fork()
print(found)
"""


def test_beside_it_a_process_may_be_forked() -> None:
    """It has no thread, so that a build in a terminal uses two processes as one in a pipe does."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-c", FORKS]
    with subprocess.Popen(command, cwd=ROOT, stderr=inner, stdout=subprocess.PIPE, text=True) as started:
        os.close(inner)
        said, _ = started.communicate()
    assert said.strip() == str(sys.platform == "linux")
    assert "understanding passages" in read_all(outer)


def test_every_stage_of_a_build_is_named(tmp_path: Path) -> None:
    """One line at a time, in the words of who waits; what is over at once is not named."""
    for name in ("Tides", "Bread"):
        (tmp_path / f"{name}.md").write_text(f"---\ndate: 2024-01-01\n---\nOf [[{name}]].\n", "utf-8")
    outer, inner = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "notegen", "build", ".", "-o", "site"]
    environment["NOTEGEN_CACHE"] = str(tmp_path / "cache")
    started = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=inner, stdout=subprocess.DEVNULL
    )
    os.close(inner)
    shown = read_all(outer)
    assert started.wait() == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\s*[━╸╺]+[^\n\r]*", "", shown)
    lines = [line.strip() for line in re.split(r"[\r\n]+", plain) if line.strip()]
    assert list(dict.fromkeys(lines)) == [
        "finding notes",
        "reading notes",
        "links between notes",
        "meaning: understanding passages",
        "search files",
        "graph",
        "mentions without a link",
        "similar notes",
        "map and topics",
        "pages",
        "putting the site in its place",
        "looking for what is private in it",
    ]


def read_all(terminal: int) -> str:
    """What a terminal is sent until its other end is closed."""
    shown = b""
    try:
        while part := os.read(terminal, 65536):
            shown += part
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(terminal)
    return shown.decode()


def test_nothing_shows_without_a_terminal() -> None:
    """Not in a pipe, where it would be noise."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b""
