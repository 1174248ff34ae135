"""Builds in the background, in a process of their own that never makes the foreground wait.

    foreground                                 background
    submit(request) ------- pipe ------------> job(request, teller)
    on_message      <------ pipe ------------- progress, what was found, why it failed

A newer request stops the round of an older one while that encodes, which takes longest; the cache keeps what it has.
"""

import os
import shutil
import signal
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import RLock, Thread

from msgspec import Struct

from notegen.config import Config
from notegen.errors import as_refusal, word_error
from notegen.model import Insights, NoteId, Report

_LONG_STAGES = frozenset({"embed", "draft"})
_NICENESS = 10
_TRIES, _SECONDS_BETWEEN = 100, 0.02
"""To remove a folder in which processes that are killed end what the system does for them."""


class RoundRequest(Struct, frozen=True):
    """What a round is to be for: the notes as they are when it begins, or later."""

    number: int
    config: Config
    password: str
    """The password of encrypted notes; empty if there are none."""
    moment: float
    """The moment that counted as now when the served notes were read, in seconds since 1970."""


class RoundProgress(Struct, frozen=True):
    """How far a stage is."""

    number: int
    stage: str
    done: int
    total: int


class RoundFound(Struct, frozen=True):
    """What a round found, and built."""

    number: int
    insights: Insights
    data: Mapping[str, str]
    """What the scripts of its pages are given."""
    marks: Mapping[NoteId, str]
    """Of the notes that everybody sees, as they were, by which one state of a note is told from another."""
    kept: Path
    """The folder with the files of its site that are made of many notes."""
    report: Report
    is_complete: bool
    """False where meaning is still to come."""


class RoundFailed(Struct, frozen=True):
    """Why there is no site."""

    number: int
    message: str


RoundMessage = RoundProgress | RoundFound | RoundFailed


class SupersededError(Exception):
    """There is a newer request."""


class Teller:
    """Tells the foreground of one round."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self.number = number

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far a stage is.

        Raises:
            SupersededError: the round is no longer wanted.
        """
        if stage in _LONG_STAGES and self._connection.poll():
            raise SupersededError
        self._connection.send(RoundProgress(self.number, stage, done, total))

    def found(self, found: RoundFound) -> None:
        """What was found."""
        self._connection.send(found)


Job = Callable[[RoundRequest, Teller], None]
"""A round; it is handed to another process, and so is a function that can be found there by its name."""


class Rounds:
    """The background as the foreground sees it."""

    def __init__(self, job: Job, kept: Path) -> None:
        """Nothing is begun.

        Args:
            kept: a folder of ours that goes when the foreground is killed, and can no longer remove it.
        """
        self._job = job
        self._kept = kept
        self._lock = RLock()  # Ctrl-C may close them in the middle of a submission
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def submit(self, request: RoundRequest, on_message: Callable[[RoundMessage], None]) -> None:
        """Ask for a round; those that were asked for before and have not begun are left out.

        Args:
            on_message: called in a thread of its own.
        """
        with self._lock:
            with suppress(OSError):
                if self._pipe and self._process and self._process.is_alive():
                    self._pipe.send(request)
                    return
            self._start(on_message)
            assert self._pipe
            self._pipe.send(request)

    def close(self) -> None:
        """End what is going on."""
        with self._lock:
            if self._process and self._process.pid:
                with suppress(OSError):
                    if hasattr(os, "killpg"):
                        os.killpg(self._process.pid, signal.SIGKILL)
                self._process.kill()
                self._process.join()

    def _start(self, on_message: Callable[[RoundMessage], None]) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._job, self._kept))
        self._process.start()
        theirs.close()
        Thread(target=_listen, args=(self._pipe, on_message), daemon=True).start()


def _listen(pipe: Connection, on_message: Callable[[RoundMessage], None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            on_message(pipe.recv())


def _work(connection: Connection, job: Job, kept: Path) -> None:
    """What the process does, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the foreground says what it does
    if hasattr(os, "setsid"):
        os.setsid()  # so that what it starts ends with it
        os.nice(_NICENESS)
    Thread(target=_end_with_parent, args=(kept,), daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionError):
        while True:
            request: RoundRequest = connection.recv()
            while connection.poll():
                request = connection.recv()
            _make(request, connection, job)
    _end_with_parent(kept)


def _end_with_parent(kept: Path) -> None:
    """However that ends: nobody is there any more to be told, or to remove what is kept."""
    parent = parent_process()
    if parent is None:
        return
    parent.join()
    if not hasattr(os, "setsid"):
        shutil.rmtree(kept, ignore_errors=True)
        os._exit(1)
    # A process of its own removes it: once all who write there are killed, it stays removed.
    group = os.getpgrp()
    if os.fork():
        signal.pause()
    os.setsid()
    with suppress(ProcessLookupError):  # both threads may have come here
        os.killpg(group, signal.SIGKILL)
    for _ in range(_TRIES):
        shutil.rmtree(kept, ignore_errors=True)
        if not kept.exists():
            break
        time.sleep(_SECONDS_BETWEEN)  # somebody was at one more file
    os._exit(0)


def _make(request: RoundRequest, connection: Connection, job: Job) -> None:
    try:
        job(request, Teller(connection, request.number))
    except SupersededError:
        return
    except (BrokenPipeError, ConnectionError):
        raise
    # A fault of notegen's own in one note must not end the session of whoever is writing it.
    except Exception as error:
        refusal = as_refusal(error)
        connection.send(
            RoundFailed(request.number, word_error(refusal) if refusal else traceback.format_exc())
        )
