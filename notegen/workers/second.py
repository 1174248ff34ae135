"""The map, the search index and what the audit looks for, made by another process while this one makes pages.

The other is forked from this one and has all that this one has, so that next to nothing is handed over to it; what it
makes comes back as bytes when it is asked for, and it then searches the new site. It begins as soon as notes are linked
where their vectors are nearly all known, and is told of the others; it makes ready for the audit until then. The cache
is closed while it is forked and opened again by each, as two builds would have it open. Where the other fails or is
killed, this one does all that itself, and says what is wrong.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from notegen.cache import VectorCache
from notegen.model import Audit, FileDigests, KnownFile, Leak, OutputFile, Problem, Url
from notegen.packed import pack, unpacker
from notegen.timing import Stopwatch
from notegen.workers.forked import Channel, Worker, WorkerGoneError, can_fork
from notegen.workers.jobs import Elsewhere, Job

MIN_NOTES = 300
"""Notes from which on it pays: to fork a process and to hand its files over takes some hundredths of a second."""
MAX_NOTES = 4000
"""Notes up to which memory allows it: both processes hold the garden, since Python counts references within it."""

_BYTES_AT_ONCE = 1 << 20
T = TypeVar("T")


NO_DIGESTS: FileDigests = {}
"""Of a site of which nothing is known."""


class Search(Protocol):
    """Searches a site for what is private."""

    def __call__(
        self, site: Path, elsewhere: Elsewhere | None = None, digests: FileDigests = NO_DIGESTS
    ) -> Audit:
        """Searches its files.

        Args:
            elsewhere: may do a part of it meanwhile; None to do all here.
            digests: what files hold: those that were searched for the same before are not read.
        """


Prepare = Callable[[], Search]
"""Reads the notes for the audit."""
Look = Callable[[Path, FileDigests], tuple[Leak, ...]]
"""Searches a new site for what is private; is told what files hold."""
Meaning = TypeVar("Meaning")
"""What a garden's notes mean, from which the map and the index are made."""
Drawn = TypeVar("Drawn")
"""The map, as it is drawn."""


class Index(Protocol):
    """A search index: its files are made as they are gone through."""

    @property
    def facts(self) -> Mapping[str, object]:
        """For notegen.json."""

    @property
    def files(self) -> Iterable[OutputFile]:
        """All of them."""


class Work(Struct, Generic[Meaning, Drawn], frozen=True):
    """What there is to be made; it uses no cache but the one."""

    prepare: Prepare | None
    """Makes ready for the look; None where that is not asked for."""
    draw: Callable[[Meaning], Drawn]
    index: Callable[[Meaning, Stopwatch], Index]
    complete: Callable[[Any], Meaning]
    """Makes of what was handed over what notes mean, in a process that began before that was known."""


class _File(NamedTuple):
    """A file as it is handed over: with its content, or the path of what to copy, or what it is known by."""

    url: Url
    content: bytes = b""
    path: str = ""
    digest: bytes = b""
    size: int = 0


class _Facts(NamedTuple):
    """What is told once files are made."""

    number: int
    """Of the files."""
    facts: dict[str, Any]
    """Of the index."""
    seconds: dict[str, float]
    """By stage."""
    problems: tuple[Problem, ...]


class _Looked(NamedTuple):
    """What is told at last."""

    leaks: tuple[Leak, ...]
    seconds: float
    """Of the audit, as far as they were not told with the files."""
    problems: tuple[Problem, ...]
    """Likewise."""


class _Question(NamedTuple):
    """What this process asks of the other: files from a place on, what one holds, or what is found in a site."""

    what: Literal["files", "content", "leaks"]
    place: int = 0
    site: str = ""


_facts = unpacker(_Facts)
_files = unpacker(list[_File])
_question = unpacker(_Question)


def second_process_pays(notes: int, jobs: int) -> bool:
    """Whether a garden of so many notes is worth another process, and has the memory for it."""
    return jobs > 1 and MIN_NOTES <= notes <= MAX_NOTES and can_fork()


class SecondProcess(Generic[Meaning, Drawn]):
    """The other process as this one sees it: asked for the map, jobs, all files, and the look, in this order.

    The look ends it. Where there is none, or it is gone, all is made here.
    """

    def __init__(
        self,
        work: Work[Meaning, Drawn],
        cache: VectorCache | None,
        clock: Stopwatch,
        *,
        is_wanted: bool = True,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """What may begin.

        Args:
            clock: told of the stages for how many seconds the other worked beside this one.
            is_wanted: whether another process is to begin at all.
            elsewhere: may do a part of the look where none begins.
        """
        self._todo: Work[Meaning, Drawn] | None = work
        self._prepare, self._cache, self._clock, self._is_wanted = work.prepare, cache, clock, is_wanted
        self._elsewhere = elsewhere
        self._worker: Worker | None = None
        self._meaning: Meaning | None = None
        self._told: Mapping[str, object] | None = None
        self._is_map_here = False
        self._jobs: list[Job[Any]] = []
        self._given: list[Any] = []

    @property
    def is_at_work(self) -> bool:
        """Whether there is another process."""
        return self._worker is not None

    @property
    def may_begin(self) -> bool:
        """Whether there is to be another process, and is none yet."""
        return self._is_wanted and not self._worker

    def elsewhere(self, job: Job[T]) -> Callable[[], T]:
        """Has a job done by the other once the map is drawn; asked before it begins. What is given waits for it.

        Args: job: done here where the other is gone.
        """
        number = len(self._jobs)
        self._jobs.append(job)

        def take() -> T:
            given: T
            try:
                self._receive_given()
                given = self._given[number]
            except WorkerGoneError:
                given = job(self._cache)
            return given

        return take

    def begin(self) -> None:
        """Start it before it is known what notes mean."""
        if self._is_wanted:
            self._start(None)

    def hand_over(self, meaning: Meaning, handed: object) -> None:
        """What notes mean, of which all is made.

        Args:
            handed: what the other process has to be told of it; it listens once it is ready for the audit, and this one
                waits for that where there is more than some hundred kilobytes.
        """
        self._meaning = meaning
        if self._worker:
            with suppress(WorkerGoneError):
                self._worker.channel.send(handed)
        else:
            _ = self._index  # what takes most memory comes while there is little else
            if self._is_wanted:
                self._start((meaning, self._index))

    def _start(self, known: "tuple[Meaning, Index] | None") -> None:
        self._worker = Worker(_help, self._cache, self._work, known, self._jobs, self._cache)

    def drawn(self) -> Drawn:
        """The map."""
        began = time.perf_counter()
        try:
            seconds, made = self._receive_map()
        except WorkerGoneError:
            return self._work.draw(self._known)
        self._clock.count("map", max(seconds - (time.perf_counter() - began), 0.0))
        return made

    def _receive_map(self) -> tuple[float, Drawn]:
        seconds, made = self._channel.receive()
        self._is_map_here = True
        return seconds, made

    def _receive_given(self) -> None:
        """What the jobs gave, after the map."""
        if not self._is_map_here:  # a garden without meaning is not asked for it
            self._receive_map()
        while len(self._given) < len(self._jobs):
            self._given.append(self._channel.receive())

    def files(self) -> Iterator[OutputFile]:
        """All files in order; from where the other fails, those that are made here."""
        if not self._worker:
            index = self._index
            self._todo = self._meaning = None  # all is made that needs the notes' vectors
            yield from index.files
            return
        taken = 0
        try:
            number = self._wait()
            while taken < number:
                for file in _files.decode(self._ask(_Question("files", taken))):
                    yield self._read(file, taken)
                    taken += 1
        except WorkerGoneError:
            yield from self._here[taken:]

    @property
    def facts(self) -> Mapping[str, object]:
        """Of the index, once its files were gone through."""
        return self._index.facts if self._told is None else self._told

    def look(self, site: Path, digests: FileDigests) -> tuple[Leak, ...]:
        """What is found in the site, of which this one searches a part; the other is not needed any more.

        Args: digests: what its files hold, as far as that is known.
        """
        try:
            return self._look_with_other(site, digests)
        except WorkerGoneError:
            return _prepared(self._prepare, self._clock)(site, self._elsewhere, digests).leaks
        finally:
            if self._worker:
                self._worker.end()

    def _look_with_other(self, site: Path, digests: FileDigests) -> tuple[Leak, ...]:
        self._channel.send_bytes(pack(_Question("leaks", site=str(site))))
        self._channel.send(digests)
        began, worked = time.perf_counter(), 0.0
        while not isinstance(answer := self._channel.receive(), _Looked):
            start = time.perf_counter()
            done = answer(self._cache)
            worked += time.perf_counter() - start
            self._channel.send(done)
        waited = time.perf_counter() - began - worked
        self._clock.count("audit", max(answer.seconds - waited, 0.0))
        if self._cache:
            self._cache.report(answer.problems)
        return answer.leaks

    def _wait(self) -> int:
        """How many files there are, once all are made."""
        began = time.perf_counter()
        self._receive_given()
        told = _facts.decode(self._channel.receive_bytes())
        waited = time.perf_counter() - began
        for stage, seconds in told.seconds.items():
            self._clock.count(stage, seconds - waited * (stage == "index"))
        self._told = told.facts
        if self._cache:
            self._cache.report(told.problems)
        return told.number

    def _read(self, file: _File, place: int) -> OutputFile:
        if file.digest:
            return KnownFile(file.url, file.digest, file.size, partial(self._content, place))
        return OutputFile(file.url, Path(file.path) if file.path else file.content)

    def _content(self, place: int) -> bytes:
        """What a known file holds, which is seldom asked: where the site does not have it."""
        try:
            return self._ask(_Question("content", place))
        except WorkerGoneError:
            return self._here[place].read()

    @cached_property
    def _here(self) -> list[OutputFile]:
        return [*self._index.files]

    @cached_property
    def _index(self) -> Index:
        return self._work.index(self._known, self._clock)

    @property
    def _work(self) -> Work[Meaning, Drawn]:
        assert self._todo is not None, "nothing is asked for once files are gone through"
        return self._todo

    @property
    def _known(self) -> Meaning:
        assert self._meaning is not None, "nothing is asked for before it is told"
        return self._meaning

    @property
    def _channel(self) -> Channel:
        if not self._worker:
            raise WorkerGoneError
        return self._worker.channel

    def _ask(self, question: _Question) -> bytes:
        self._channel.send_bytes(pack(question))
        return self._channel.receive_bytes()


def _help(
    channel: Channel,
    work: Work[Meaning, Drawn],
    known: tuple[Meaning, Index] | None,
    jobs: Sequence[Job[Any]],
    cache: VectorCache | None,
) -> None:
    """What the other process does."""
    before = len(cache.problems) if cache else 0
    if cache:
        cache.take_up()
    clock, search = Stopwatch(), None
    if known is None:
        search = _prepared(work.prepare, clock)
        meaning = work.complete(channel.receive())
    else:
        meaning, index = known
    with clock.time("map"):
        drawn = work.draw(meaning)
    channel.send((clock.seconds()["map"], drawn))
    for job in jobs:
        channel.send(job(cache))
    if known is None:
        index = work.index(meaning, clock)
    made = [*clock.timed("index", index.files)]
    problems = cache.problems[before:] if cache else ()
    stages = {stage: spent for stage, spent in clock.seconds().items() if stage != "map"}
    channel.send_bytes(pack(_Facts(len(made), {**index.facts}, stages, problems)))
    told, before = clock.seconds().get("audit", 0.0), before + len(problems)
    with ThreadPoolExecutor(1) as pool:  # files are handed over while notes are read for the audit
        site = pool.submit(_hand_over, channel, made)
        search = search or _prepared(work.prepare, clock)
        path = site.result()
    with clock.time("audit"):
        leaks = search(path, partial(_begin_elsewhere, channel), channel.receive()).leaks
    problems = cache.problems[before:] if cache else ()
    channel.send(_Looked(leaks, clock.seconds()["audit"] - told, problems))


def _prepared(prepare: Prepare | None, clock: Stopwatch) -> Search:
    assert prepare is not None, "whoever has no look is not asked"
    with clock.time("audit"):
        return prepare()


def _hand_over(channel: Channel, made: Sequence[OutputFile]) -> Path:
    """Answers questions for files until a site is to be searched, which is given."""
    while (question := _question.decode(channel.receive_bytes())).what != "leaks":
        place = question.place
        is_one = question.what == "content"
        channel.send_bytes(made[place].read() if is_one else pack(_some(made, place)))
    return Path(question.site)


def _begin_elsewhere(channel: Channel, job: Job[T]) -> Callable[[], T]:
    """Has a job done by the build's own process, which waits for what is found."""
    channel.send(job)
    return channel.receive


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
