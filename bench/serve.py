"""Prints how long `notegen serve` takes to answer: its first page, and the page on show after a save.

    python -m bench.serve ../shared/corpora/obsidian-garden-jackyzha0/content [ROUNDS] [--no-semantic]

The vault is copied. Two servers are started, one with nothing kept and one with what the first has kept. In each round
(5 unless said) another note is saved, with one line more, and its page is open: what counts is the time from the save
to the message that has the page reload, and to the last byte of the new page; and the processor time that the server
spent on it, which others on the machine change less. Medians.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from bench.usage import arguments

SECONDS = 3600
"""After which a server is taken not to answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running `notegen serve`."""

    process: subprocess.Popen[str]
    port: int
    began: float

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and the content."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.request("GET", path)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    @contextmanager
    def messages(self, page: str, build: str) -> Iterator[Iterator[dict[str, object]]]:
        """What the tab is told that shows a page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.request("GET", f"/.notegen/status?{urlencode({'page': page, 'build': build})}")
        yield _messages(connection.getresponse())
        connection.close()

    def cpu(self) -> float:
        """Seconds of processor time that the server itself has spent."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(vault: Path, *options: str, rounds: int = 5) -> None:
    """One row a server."""
    with TemporaryDirectory() as folder:
        notes = Path(folder, "notes")
        shutil.copytree(vault, notes)
        environment = {**os.environ, "NOTEGEN_CACHE": str(Path(folder, "cache"))}
        print("| | first page | of it processor | save to message | to the page | of it processor |")
        print("|---|---|---|---|---|---|")
        for title in ("nothing kept", "what was made before kept"):
            with _running(notes, Path(folder, "site"), environment, options) as server:
                first, first_cpu = time.monotonic() - server.began, server.cpu()
                _wait_until_quiet(server)
                saves = [_save(server, notes, number) for number in range(rounds)]
            told, shown, spent = (median(column) for column in zip(*saves, strict=True))
            print(
                f"| {title} | {first:.2f} s | {first_cpu:.2f} s | {told:.3f} s | {shown:.3f} s | {spent:.3f} s |",
                flush=True,
            )


@contextmanager
def _running(
    notes: Path, site: Path, environment: dict[str, str], options: tuple[str, ...]
) -> Iterator[Server]:
    """A server that has sent its first page."""
    command = [sys.executable, "-m", "notegen", "serve", str(notes), "-o", str(site), "--port", "0", *options]
    began = time.monotonic()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            line = next(line for line in process.stdout if line.startswith("serving at "))
            server = Server(process, int(line.split(",")[0].rstrip("/").rpartition(":")[2]), began)
            assert server.get("/")[0] == 200
            yield server
        finally:
            process.kill()


def _wait_until_quiet(server: Server) -> None:
    """Until the background has done all that there is to do."""
    with server.messages("/", "") as messages:
        next(message for message in messages if not message["working"])


def _save(server: Server, notes: Path, number: int) -> tuple[float, float, float]:
    """Seconds to the message, to the page, and of processor time, for a line more in a note."""
    files = sorted(notes.rglob("*.md"))
    middle = (number + 1) * len(files) // 7
    file = next(one for one in files[middle:] + files if server.get(_address(one, notes))[0] == 200)
    page = _address(file, notes)
    status, content = server.get(page)
    assert status == 200, page
    build = content.rpartition(b'data-build="')[2].partition(b'"')[0].decode()
    with server.messages(page, build) as messages:
        next(messages)
        words = f"a line that was not there before, number {number} at {time.monotonic_ns()}"
        before, start = server.cpu(), time.monotonic()
        with file.open("a") as stream:
            stream.write(f"\n\n{words}\n")
        next(message for message in messages if message["build"] != build)
        told = time.monotonic() - start
        assert words.encode() in server.get(page)[1]
        shown = time.monotonic() - start
        spent = server.cpu() - before
    _wait_until_quiet(server)
    return told, shown, spent


def _address(file: Path, notes: Path) -> str:
    url = file.relative_to(notes).with_suffix(".html").as_posix().replace(" ", "-")
    return f"/{quote(url)}"


def _messages(answer: HTTPResponse) -> Iterator[dict[str, object]]:
    while line := answer.readline():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


if __name__ == "__main__":
    vault, *words = arguments("serve VAULT [ROUNDS] [--no-semantic]")
    given = [int(word) for word in words if word != "--no-semantic"]
    main(
        Path(vault),
        *(word for word in words if word == "--no-semantic"),
        rounds=given[0] if given else 5,
    )
