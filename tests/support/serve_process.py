"""A `serve` in a process of its own, on real files and a real port."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

import pytest

from tests.conftest import ROOT
from tests.support.waiting import PATIENCE


@dataclass(frozen=True, slots=True)
class Served:
    """A running `serve`: what it says, its address, and its folders."""

    process: subprocess.Popen[str]
    reader: Thread
    lines: SimpleQueue[str]
    notes: Path
    site: Path
    said: list[str] = field(default_factory=list)

    def save(self, name: str, text: str) -> None:
        """Write a note as one change."""
        save(self.notes / name, text)

    def says(self, part: str) -> str:
        """Wait for a line that holds `part` and give it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and (self.reader.is_alive() or not self.lines.empty()):
            try:
                line = self.lines.get(timeout=0.1)
            except Empty:
                continue
            self.said.append(line)
            if part in line:
                return line
        pytest.fail(f"`serve` never said {part!r}, but:\n" + "\n".join(self.said))

    @property
    def port(self) -> int:
        """The port that it says it serves on; ask once it has said so."""
        (line,) = (line for line in self.said if line.startswith("serving at "))
        return int(line.split(",")[0].rstrip("/").rpartition(":")[2])

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """The status, the headers in lower case and the text that it answers with."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    @contextmanager
    def news(self) -> Iterator[Callable[[], dict[str, str]]]:
        """Opens the stream of news; the function waits for the next."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/.notegen/status")
        stream = connection.getresponse()
        yield lambda: next_news(stream)
        connection.close()

    def interrupt(self) -> tuple[int, list[str]]:
        """Send Ctrl-C and give the exit status and the last lines."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE)
        self.reader.join()
        return status, [self.lines.get() for _ in range(self.lines.qsize())]


def save(file: Path, text: str) -> None:
    """Write a file as one change: an empty one, which might be told of by itself, is not seen on the way."""
    draft = file.parent.parent / ".draft"  # where nobody takes it for a part of a theme
    draft.write_text(text)
    draft.replace(file)


def next_news(stream: HTTPResponse) -> dict[str, str]:
    """The next event of a stream of news, which says now and then that there is none."""
    end = time.monotonic() + PATIENCE
    while not (line := stream.readline()).startswith(b"data: "):
        assert line, "the stream of news ended"
        assert time.monotonic() < end, "no news"
    news = json.loads(line.removeprefix(b"data: "))
    assert isinstance(news, dict)
    return news


@contextmanager
def starting(folder: Path) -> Iterator[Callable[..., Served]]:
    """Gives what starts a `serve` of `folder/notes`, which has one note, and ends it with the block.

    Its arguments are the port, 0 for any, where the site lies under `folder`, and files to watch besides.
    """
    notes = folder / "notes"
    notes.mkdir()
    (notes / "first.md").write_text("hello")

    def start(*, port: int = 0, site: str = "site", extra: tuple[Path, ...] = ()) -> Served:
        arguments = [notes, folder / site, port, *extra]
        return stack.enter_context(
            running("tests.support.copying_server", *arguments, notes=notes, site=folder / site)
        )

    with ExitStack() as stack:
        yield start


@contextmanager
def running(module: str, *arguments: object, notes: Path, site: Path) -> Iterator[Served]:
    """Runs a module as a program that serves `site`, made from `notes`; tells it to end at the end."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell that runs the tests in the background makes them deaf to Ctrl-C, and what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout
        lines: SimpleQueue[str] = SimpleQueue()
        reader = Thread(target=_read, args=(process.stdout, lines), daemon=True)
        reader.start()
        try:
            yield Served(process, reader, lines, notes, site)
        finally:
            end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Tell a program to end, as service managers do, so that it leaves nothing behind.

    Raises:
        TimeoutExpired: it goes on; it is killed.
    """
    process.terminate()
    try:
        process.wait(PATIENCE)
    finally:
        process.kill()


def _read(output: IO[str], lines: SimpleQueue[str]) -> None:
    for line in output:
        lines.put(line.rstrip("\n"))
