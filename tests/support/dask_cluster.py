"""A Dask cluster of real processes on this machine: a scheduler, and workers that can be ended at any moment."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT
from tests.support.waiting import await_true


class DaskCluster:
    """The processes; ended when the tests are done with them."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(file), **variables)
        await_true(lambda: file.is_file() and "address" in file.read_text("utf-8"))
        self.address: str = json.loads(file.read_text("utf-8"))["address"]

    def start_worker(self, *, threads: int = 1, **variables: str) -> subprocess.Popen[bytes]:
        """A worker of one process without anyone that would start it again; it may not be there yet."""
        return self._start("worker", self.address, "--no-nanny", "--nthreads", str(threads), **variables)

    def await_workers(self, count: int) -> None:
        """Wait until so many workers are there, or no more than so many."""
        log = self.folder / "scheduler0.log"

        def present() -> int:
            said = log.read_text("utf-8")
            return said.count("Register worker") - said.count("Remove worker")

        await_true(lambda: present() == count)

    def end_workers(self) -> None:
        """Kill those that still run, and wait until the scheduler knows."""
        for process in self._running[1:]:
            process.kill()
            process.wait()
        if self.scheduler.poll() is None:
            self.await_workers(0)

    def end(self) -> None:
        """Kill all that still runs."""
        for process in self._running:
            process.kill()
            process.wait()

    def _start(self, what: str, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", what, *words, "--host", "127.0.0.1", "--no-dashboard"]
        environment = {**os.environ, "PYTHONPATH": python_path(), "HOME": str(self.folder), **variables}
        with (self.folder / f"{what}{len(self._running)}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        self._running.append(process)
        return process


@contextmanager
def dask_cluster(folder: Path, **variables: str) -> Iterator[DaskCluster]:
    """A cluster without workers, whose files lie in the folder; the variables are the scheduler's."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = DaskCluster(folder, **variables)
    try:
        yield cluster
    finally:
        cluster.end()


def python_path() -> str:
    """Where processes find this checkout, and what the tests themselves were given."""
    return os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
