"""The first hour, as somebody new has it: every message whole, in a terminal of eighty columns and without one."""

import fcntl
import os
import pty
import re
import select
import shlex
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.waiting import PATIENCE
from tests.support.warm_process import run_warm

WALK = ROOT / "tests/cases/walk.txt"

NAMES = "Bread Butter Flour Lentils Milk Oven Rice Salt Soup Tea Water Yeast".split()
STEPS = (
    "init notes",
    "new notes Pantry --date 2024-03-01",
    "build notes",
    "build notes",
    "check notes",
    "search notes soup",
    "search soup notes",
    "related notes Lentl",
    "new notes 'Tea: why?' --date 2024-03-02",
    "new notes 'Tea: why?' --date 2024-03-02",
    "serve notes --port 0",
    "build notes -o site",
    "build nots",
)
_MASKS = (
    (r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07", ""),
    (r"(?m)^[^\n]*[━╸╺][^\n]*\n?", ""),  # bars, which are gone when they are done
    (r"\^C", ""),  # which a terminal shows wherever its cursor is
    (r"\n\n+", "\n"),
    (r"(?m)^(time +).*$", r"\1…"),
    (r"[\d,]+ files, [\d.]+ MB", "… files, … MB"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:…"),
    (r"(?m)^[01]\.\d\d  ", "….…  "),
)


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
def test_the_first_hour_says_what_it_should(tmp_path: Path, update_cases: bool) -> None:
    """The same words for a person and for a log, but for the bars, which are a person's, and the questions."""
    said = "".join(
        f"# {name}\n{walked(tmp_path / name.split()[0], run)}\n"
        for name, run in (("piped", in_pipe), ("in a terminal of 80 columns", in_terminal))
    )
    if update_cases:
        WALK.write_text(said, "utf-8")
    assert said == WALK.read_text("utf-8")


def walked(folder: Path, run: "Callable[[Path, str], str]") -> str:
    """What all steps say, and how each exits that does not with 0."""
    (folder / "notes").mkdir(parents=True)
    for number, name in enumerate(NAMES, 1):
        following = NAMES[number % len(NAMES)]
        text = f"---\ndate: 2024-02-{number:02}\n---\n{name} is made with [[{following}]] and a little patience.\n"
        (folder / "notes" / f"{name}.md").write_text(text, "utf-8")
    pieces = []
    for step in STEPS:
        shown = run(folder, step).replace("\r\n", "\n").replace("\r", "\n").replace(str(folder), "HERE")
        for pattern, words in _MASKS:
            shown = re.sub(pattern, words, shown)
        pieces.append(f"$ notegen {step}\n{shown.strip(chr(10))}\n")
    return "\n".join(pieces)


def in_pipe(folder: Path, step: str) -> str:
    """What a command says where nobody sits before it; but for `serve`, without starting a Python for it."""
    if not step.startswith("serve"):
        done = run_warm(*shlex.split(step), folder=folder, variables=_variables(folder), together=True)
        return _told(done.stdout.decode(), done.returncode)
    outer, inner = os.pipe()
    return _run(
        folder, step, outer, inner, subprocess.DEVNULL, lambda process: process.send_signal(signal.SIGINT)
    )


def in_terminal(folder: Path, step: str) -> str:
    """What a terminal shows, where Enter answers every question and Ctrl-C ends `serve`; the others are forked too."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    if step.startswith("serve"):
        return _run(folder, step, outer, inner, inner, lambda _: _type(outer, b"\x03"))

    def run() -> int:
        variables = {**_variables(folder), "COLUMNS": ""}
        try:
            return run_warm(
                *shlex.split(step), folder=folder, variables=variables, terminal=os.ttyname(inner)
            ).returncode
        finally:
            os.close(inner)

    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(run)
        try:
            shown = _read(outer, folder, step)
        finally:
            os.close(outer)
        return _told(shown, running.result())


def _type(terminal: int, keys: bytes) -> None:
    os.write(terminal, keys)


def _run(
    folder: Path,
    step: str,
    outer: int,
    inner: int,
    stdin: int,
    interrupt: "Callable[[subprocess.Popen[bytes]], None]",
) -> str:
    environment = {**os.environ, **_variables(folder)}
    environment.pop("COLUMNS", None)
    command = ["sh", "-c", f'exec "{sys.executable}" -m notegen {step}']
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=stdin, stdout=inner, stderr=inner, start_new_session=True,
        preexec_fn=partial(_begin, stdin == inner),
    ) as process:  # fmt: skip
        os.close(inner)
        try:
            shown = _read(outer, folder, step, partial(interrupt, process))
        except BaseException:
            process.kill()
            raise
        status = process.wait(PATIENCE)
    os.close(outer)
    return _told(shown, status)


def _told(shown: str, status: int) -> str:
    return f"{shown}\n[exit {status}]" if status else shown


def _variables(folder: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": str(ROOT), "NOTEGEN_CACHE": str(folder / "cache"), "TERM": "xterm",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Ines",
    }  # fmt: skip


def _begin(in_terminal: bool) -> None:
    """Give it the terminal, and let Ctrl-C reach it: what `nohup` or a background job starts ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if in_terminal:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read(outer: int, folder: Path, step: str, interrupt: Callable[[], None] = lambda: None) -> str:
    shown = b""
    is_edited = is_ended = False
    while select.select([outer], [], [], PATIENCE)[0]:
        try:
            chunk = os.read(outer, 65536)
        except OSError:  # how Linux says that the other end of a terminal is closed
            break
        if not chunk:
            break
        shown += chunk
        if step.startswith("init") and shown.endswith(b": "):
            os.write(outer, b"\n")
        if step.startswith("serve") and not is_edited and b"open      file:" in shown:
            is_edited = True
            draft = folder / "notes/.draft"
            draft.write_text("---\ndate: 2024-02-01\n---\nBread is done.\n", "utf-8")
            draft.replace(folder / "notes/Bread.md")
        if is_edited and not is_ended and b"changed" in shown:
            is_ended = True
            interrupt()
    else:
        pytest.fail(f"`notegen {step}` says nothing more after:\n{shown.decode()}")
    return shown.decode()
