"""The map, the search index and what the audit looks for, made by another process while this one makes pages.

The other is forked from this one and has all that this one has, so that nothing need be handed over to it; what it
makes comes back as bytes when it is asked for, and it then searches the new site. The cache is closed while it is
forked and opened again by each, as two builds would have it open. Where the other fails or is killed, this one does all
that itself, and says what is wrong.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from functools import cached_property, partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Literal, NamedTuple

from notegen.cache import VectorCache
from notegen.model import Audit, KnownFile, Leak, OutputFile, Overview, Problem, Url
from notegen.packed import pack, unpacker
from notegen.processes import begin_to_help, can_fork, deaf_to_interrupts

MIN_NOTES = 300
"""Notes from which on it pays: to fork a process and to hand its files over takes some hundredths of a second."""
MAX_NOTES = 4000
"""Notes up to which memory allows it: both processes hold the garden, since Python counts references within it."""

_BYTES_AT_ONCE = 1 << 20
Prepare = Callable[[], Callable[[Path], Audit]]
"""Reads the notes for the audit; what it gives searches a site."""
Look = Callable[[Path], tuple[Leak, ...]]
"""Searches a new site for what is private."""
MakeOverview = Callable[[], Overview | None]
"""Gives the garden from above."""

_FAILURES = (EOFError, OSError)
"""What reading meets, and writing, where the process at the other end is gone."""


class _File(NamedTuple):
    """A file as it is handed over: with its content, or the path of what to copy, or what it is known by."""

    url: Url
    content: bytes = b""
    path: str = ""
    digest: bytes = b""
    size: int = 0


class _Facts(NamedTuple):
    """What is told once files are made and notes read for the audit."""

    number: int
    """Of the files."""
    index_seconds: float
    audit_seconds: float
    problems: tuple[Problem, ...]


class _Question(NamedTuple):
    """What this process asks of the other: files from a place on, what one holds, or what is found in a site."""

    what: Literal["files", "content", "leaks"]
    place: int = 0
    site: str = ""


_facts = unpacker(_Facts)
_files = unpacker(list[_File])
_leaks = unpacker(tuple[Leak, ...])
_question = unpacker(_Question)


def second_process_pays(notes: int, jobs: int) -> bool:
    """Whether a garden of so many notes is worth another process, and has the memory for it."""
    return jobs > 1 and MIN_NOTES <= notes <= MAX_NOTES and can_fork()


def start_second_process(
    files: Iterable[OutputFile],
    prepare: Prepare,
    overview: MakeOverview | None,
    cache: VectorCache | None,
    count: Callable[[str, float], None],
) -> "SecondProcess":
    """Another process, which makes the overview, then the files, and then ready for the look.

    Args:
        files: of the index; made the first time that they are gone through.
        prepare: makes ready for the look.
        overview: None for none; none of the three uses a cache but this one.
        count: told of the stages `map`, `index` and `audit` for how many seconds the other worked beside this one.
    """
    context = get_context("fork")
    ours, others = context.Pipe()
    process = context.Process(target=_help, args=(files, prepare, overview, cache, others, ours), daemon=True)
    second = SecondProcess(files, prepare, overview, cache, process, ours, count)
    # No memory for it, or as many processes as may be: then nobody answers.
    with suppress(OSError), deaf_to_interrupts(), cache.let_go() if cache else nullcontext():
        process.start()
    others.close()
    return second


class SecondProcess:
    """The other process as this one sees it: asked for the overview, for all files, and for the look, in this order.

    The look ends it. Where it is gone, all is made here.
    """

    def __init__(
        self,
        files: Iterable[OutputFile],
        prepare: Prepare,
        overview: MakeOverview | None,
        cache: VectorCache | None,
        process: ForkProcess,
        connection: Connection,
        count: Callable[[str, float], None],
    ) -> None:
        self._made_here, self._prepare, self._overview = files, prepare, overview
        self._cache, self._process, self._connection, self._count = cache, process, connection, count

    def overview(self) -> Overview | None:
        """The garden from above, where it is to make one."""
        if self._overview is None:
            return None
        began = time.perf_counter()
        try:
            seconds, made = self._receive_overview()
        except _HelperError:
            return self._overview()
        self._count("map", seconds - (time.perf_counter() - began))
        return made

    def _receive_overview(self) -> tuple[float, Overview | None]:
        try:
            seconds, made = self._connection.recv()
        except _FAILURES as error:
            raise _HelperError from error
        return seconds, made

    def files(self) -> Iterator[OutputFile]:
        """All files in order; from where the other fails, those that are made here."""
        taken = 0
        try:
            number = self._wait()
            while taken < number:
                for file in _files.decode(self._ask(_Question("files", taken))):
                    yield self._read(file, taken)
                    taken += 1
        except _HelperError:
            yield from self._here[taken:]

    def look(self, site: Path) -> tuple[Leak, ...]:
        """What is found in the site; the other process is not needed any more."""
        try:
            return _leaks.decode(self._ask(_Question("leaks", site=str(site))))
        except _HelperError:
            return self._prepare()(site).leaks
        finally:
            if self._process.pid:
                self._process.kill()  # it has nothing to put in order
                self._process.join()  # so that its processor time counts as this one's
            self._connection.close()

    def _wait(self) -> int:
        """How many files there are, once all are made."""
        began = time.perf_counter()
        facts = _facts.decode(self._receive())
        self._count("index", facts.index_seconds - (time.perf_counter() - began))
        self._count("audit", facts.audit_seconds)
        if self._cache:
            self._cache.report(facts.problems)
        return facts.number

    def _read(self, file: _File, place: int) -> OutputFile:
        if file.digest:
            return KnownFile(file.url, file.digest, file.size, partial(self._content, place))
        return OutputFile(file.url, Path(file.path) if file.path else file.content)

    def _content(self, place: int) -> bytes:
        """What a known file holds, which is seldom asked: where the site does not have it."""
        try:
            return self._ask(_Question("content", place))
        except _HelperError:
            return _content_of(self._here[place])

    @cached_property
    def _here(self) -> list[OutputFile]:
        return [*self._made_here]

    def _ask(self, question: _Question) -> bytes:
        with suppress(*_FAILURES):
            self._connection.send_bytes(pack(question))
        return self._receive()

    def _receive(self) -> bytes:
        try:
            return self._connection.recv_bytes()
        except _FAILURES as error:
            raise _HelperError from error


class _HelperError(Exception):
    """The other process is gone."""


def _help(
    files: Iterable[OutputFile],
    prepare: Prepare,
    overview: MakeOverview | None,
    cache: VectorCache | None,
    connection: Connection,
    other_end: Connection,
) -> None:
    """What the other process does."""
    begin_to_help()
    other_end.close()  # so that nobody has it once the process that was forked is gone
    before = len(cache.problems) if cache else 0
    if cache:
        cache.take_up()
    # Whatever fails here fails again where it can be said.
    with suppress(Exception):
        began = time.perf_counter()
        if overview:
            seen = overview()
            connection.send((time.perf_counter() - began, seen))
            began = time.perf_counter()
        made = [*files]
        done = time.perf_counter()
        search = prepare()
        problems = cache.problems[before:] if cache else ()
        facts = _Facts(len(made), done - began, time.perf_counter() - done, problems)
        connection.send_bytes(pack(facts))
        while True:
            question = _question.decode(connection.recv_bytes())
            connection.send_bytes(_answer(question, made, search))


def _answer(question: _Question, made: Sequence[OutputFile], search: Callable[[Path], Audit]) -> bytes:
    match question.what:
        case "files":
            return pack(_some(made, question.place))
        case "content":
            return _content_of(made[question.place])
        case "leaks":
            return pack(search(Path(question.site)).leaks)


def _some(made: Sequence[OutputFile], start: int) -> list[_File]:
    """The next files, up to some megabyte."""
    packed: list[_File] = []
    size = 0
    for file in islice(made, start, None):
        packed.append(_packed(file))
        size += len(packed[-1].content)
        if size > _BYTES_AT_ONCE:
            break
    return packed


def _packed(file: OutputFile) -> _File:
    if isinstance(file, KnownFile):
        return _File(file.url, digest=file.digest, size=file.size)
    if isinstance(file.content, Path):
        return _File(file.url, path=str(file.content))
    return _File(file.url, file.content)


def _content_of(file: OutputFile) -> bytes:
    assert isinstance(file.content, bytes)
    return file.content
