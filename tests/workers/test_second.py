"""Files that another process makes are those of one, whatever becomes of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from notegen.cache import VectorCache, open_cache
from notegen.model import Audit, Code, FileDigests, KnownFile, Leak, OutputFile, Place, Problem
from notegen.page_data import digest_of
from notegen.timing import Stopwatch
from notegen.workers.jobs import Elsewhere
from notegen.workers.second import MIN_NOTES, NO_DIGESTS, Look, Search, SecondProcess, Work
from tests.support.files import files_in

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


def prepare() -> Search:
    """An audit that finds who they are that look, and where."""

    def search(site: Path, elsewhere: Elsewhere | None = None, digests: FileDigests = NO_DIGESTS) -> Audit:
        other = elsewhere(partial(looks, site))() if elsewhere else looks(site, None)
        return Audit(0, 0, (), leaks=(looks(site, None), other))

    return search


def looks(site: Path, cache: VectorCache | None) -> Leak:
    """Who looks."""
    return Leak(str(site), os.getpid(), "word", "note", 1)


def draw(meaning: str) -> tuple[int, str]:
    """For a map, which process draws it, and what it was told."""
    return os.getpid(), meaning


def maker_of(second: SecondProcess[str, tuple[int, str]]) -> int:
    """Which process drew the map."""
    maker, meaning = second.drawn()
    assert meaning == "meaning"
    return maker


LARGE = b"x" * 700_000
"""Of which two are more than is handed over at once."""


class Made:
    """Some files, of which it can be asked who made them."""

    def __init__(
        self, files: list[OutputFile], *, fatal_to: int = 0, cache: VectorCache | None = None
    ) -> None:
        self.files, self.fatal_to, self.cache = files, fatal_to, cache
        self.home = os.getpid()
        self.here = 0

    def __iter__(self) -> Iterator[OutputFile]:
        if os.getpid() != self.home and self.fatal_to:
            os.kill(os.getpid(), self.fatal_to)
        if self.cache:
            self.cache.put_derived("made", {b"k" * 16: b"content"})
            self.cache.report([Problem(Code.CACHE_DAMAGED, Place("file"))])
        self.here += os.getpid() == self.home
        yield from self.files


@dataclass
class FakeIndex:
    """Which process made it, and some files."""

    files: Made
    facts: dict[str, object] = field(default_factory=lambda: {"maker": os.getpid()})


def begun(
    made: Made,
    early: bool,
    *,
    draw: Callable[[str], tuple[int, str]] = draw,
    cache: VectorCache | None = None,
    clock: Stopwatch | None = None,
    is_wanted: bool = True,
    before: Callable[[SecondProcess[str, tuple[int, str]]], None] = lambda second: None,
) -> SecondProcess[str, tuple[int, str]]:
    """A second process that is told what notes mean, before it begins or after.

    Args: before: called with it before it begins.
    """
    work = Work(prepare, draw, lambda meaning, clock: FakeIndex(made), lambda handed: f"{handed}ing")
    second = SecondProcess(work, cache, clock or Stopwatch(), is_wanted=is_wanted)
    before(second)
    if early:
        second.begin()
    second.hand_over("meaning", "mean")
    return second


def files() -> list[OutputFile]:
    """Of every kind."""
    known = KnownFile("known", digest_of(b"known"), 5, lambda: b"known")
    copied = OutputFile("copied", Path("there"))
    return [*(OutputFile(f"{number}", LARGE) for number in range(5)), known, copied, OutputFile("empty", b"")]


def contents(made: Iterator[OutputFile]) -> list[tuple[str, bytes | Path, bool]]:
    """What each is called and holds, and whether that is known before it is made; asked while the others wait."""
    return [(file.url, file.content, isinstance(file, KnownFile)) for file in made]


early_or_late = pytest.mark.parametrize("early", [True, False])
"""Whether it begins before it is known what notes mean."""


@early_or_late
def test_the_files_are_the_same_in_order(early: bool) -> None:
    """With all that they hold, and none of them made here."""
    made, clock = Made(files()), Stopwatch()
    second = begun(made, early, clock=clock)
    assert maker_of(second) != os.getpid()
    assert contents(second.files()) == contents(iter(files()))
    assert made.here == 0
    assert [*clock.seconds()] == ["map", *(["audit", "index"] if early else ["index"])]
    assert (second.facts["maker"] == os.getpid()) is not early
    assert looked(second.look) != os.getpid()
    assert "audit" in clock.seconds()


@early_or_late
@pytest.mark.parametrize("asks_map", [True, False])
def test_jobs_are_done_by_the_other_process_between_the_map_and_the_files(
    early: bool, asks_map: bool
) -> None:
    """Whoever asks for what they gave, or nobody does."""
    taken: list[Callable[[], tuple[str, int]]] = []
    made = Made(files())
    second = begun(made, early, before=partial(ask, jobs(), taken))
    other = maker_of(second) if asks_map else None
    assert taken[1]()[0] == "second"
    name, maker = taken[0]()
    assert name == "first"
    assert maker != os.getpid()
    assert maker == other or not asks_map
    assert contents(second.files()) == contents(iter(files()))


def test_jobs_nobody_asks_for_are_no_files() -> None:
    """What they gave is passed over."""
    second = begun(Made(files()), early=True, before=partial(ask, jobs(), []))
    assert contents(second.files()) == contents(iter(files()))


@early_or_late
def test_where_the_other_process_is_killed_at_a_job_this_one_does_it(early: bool) -> None:
    """And those after it, and the files."""
    taken: list[Callable[[], tuple[str, int]]] = []
    made = Made(files())
    all_jobs: list[Job] = [*jobs(), partial(fatal_elsewhere, os.getpid()), *jobs()]
    second = begun(made, early, before=partial(ask, all_jobs, taken))
    assert [take()[0] for take in taken] == ["first", "second", "fatal", "first", "second"]
    assert taken[2]()[1] == os.getpid()
    assert contents(second.files()) == contents(iter(files()))


Job = Callable[[VectorCache | None], tuple[str, int]]


def ask(
    asked: Iterable[Job],
    taken: list[Callable[[], tuple[str, int]]],
    second: SecondProcess[str, tuple[int, str]],
) -> None:
    """Has jobs done; what waits for each is added to a list."""
    taken.extend([second.elsewhere(job) for job in asked])


def jobs() -> list[Job]:
    """Two, each of which says its name and who does it."""
    return [lambda cache: ("first", os.getpid()), lambda cache: ("second", os.getpid())]


def fatal_elsewhere(home: int, cache: VectorCache | None) -> tuple[str, int]:
    """A job that no other process outlives."""
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return "fatal", os.getpid()


def looked(look: Look) -> int:
    """Which process looks, of which this one does a part."""
    leak, other = look(Path("the site"), NO_DIGESTS)
    assert leak.file == "the site"
    assert other == looks(Path("the site"), None)
    return leak.line


@early_or_late
def test_where_the_other_process_is_killed_this_one_makes_them(early: bool) -> None:
    """The system does so, short of memory; nothing is told of it."""
    made = Made(files(), fatal_to=int(signal.SIGKILL))
    second = begun(made, early)
    assert maker_of(second) != os.getpid()
    assert contents(second.files()) == contents(iter(files()))
    assert made.here == 1
    assert second.facts["maker"] == os.getpid()
    assert looked(second.look) == os.getpid()


@early_or_late
def test_where_it_is_killed_before_the_map_this_one_makes_that_too(early: bool) -> None:
    """And all that comes after."""
    home = os.getpid()

    def fatal(meaning: str) -> tuple[int, str]:
        if os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL)
        return draw(meaning)

    made = Made(files())
    second = begun(made, early, draw=fatal)
    assert maker_of(second) == os.getpid()
    assert contents(second.files()) == contents(iter(files()))
    assert made.here == 1


def test_where_it_is_killed_before_it_is_told_this_one_makes_all() -> None:
    """What notes mean is then told to nobody."""
    made = Made(files())
    work = Work(prepare, draw, lambda meaning, clock: FakeIndex(made), lambda handed: f"{handed}")
    second = SecondProcess(work, None, Stopwatch())
    second.begin()
    _end_all()
    second.hand_over("meaning", "mean")
    assert maker_of(second) == os.getpid()
    assert contents(second.files()) == contents(iter(files()))
    assert second.facts["maker"] == os.getpid()
    assert looked(second.look) == os.getpid()


def test_where_none_is_wanted_all_is_made_here() -> None:
    """Files one by one, as they are asked for."""
    made = Made(files())
    second = begun(made, early=True, is_wanted=False)
    assert active_children() == []
    assert maker_of(second) == os.getpid()
    assert contents(second.files()) == contents(iter(files()))
    assert second.facts["maker"] == os.getpid()
    assert looked(second.look) == os.getpid()


@early_or_late
def test_what_fails_there_is_said_here(early: bool) -> None:
    """As if there were one process."""

    class Failing(Made):
        def __iter__(self) -> Iterator[OutputFile]:
            yield from self.files
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        contents(begun(Failing(files()), early).files())


def test_where_it_is_killed_halfway_the_rest_is_made_here() -> None:
    """A file that was handed over is not given twice."""
    made = Made(files())
    second = begun(made, early=True)
    maker_of(second)
    made_there = second.files()
    first = next(made_there)
    _end_all()
    assert [first.url, *(url for url, _, _ in contents(made_there))] == [file.url for file in files()]
    assert made.here == 1
    assert looked(second.look) == os.getpid()


def _end_all() -> None:
    """The processes that were begun here."""
    for process in active_children():
        process.kill()
        process.join()


def test_both_use_the_cache_and_its_problems_are_told(tmp_path: Path) -> None:
    """Each has its own connection; what one puts the other finds, and no problem is told twice."""
    with open_cache(tmp_path) as cache:
        cache.put_derived("made", {b"a" * 16: b"before"})
        second = begun(Made(files(), cache=cache), early=True, cache=cache)
        cache.put_derived("made", {b"b" * 16: b"meanwhile"})
        maker_of(second)
        assert len(contents(second.files())) == len(files())
        assert looked(second.look) != os.getpid()
        assert [problem.code for problem in cache.problems] == [Code.CACHE_DAMAGED]
        keys = [b"a" * 16, b"b" * 16, b"k" * 16]
        assert sorted(cache.get_derived("made", keys).values()) == [b"before", b"content", b"meanwhile"]


RULE = """
from threading import Event, Thread
from notegen.workers.second import second_process_pays as pays

done = Event()
thread = Thread(target=done.wait)
print(pays(1000, 2), pays(1000, 1), pays(10, 2), pays(10_000, 2))
thread.start()
print(pays(1000, 2))
done.set()
thread.join()
"""


def test_beside_a_thread_nothing_is_forked() -> None:
    """It may hold a lock that a forked process would wait for; and one core, or memory, has no room for two."""
    said = subprocess.run([sys.executable, "-c", RULE], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert said.split() == ["True", "False", "False", "False", "False"]


def test_a_build_of_two_processes_makes_the_site_of_one(tmp_path: Path) -> None:
    """From nothing, and after an edit, when shards are known that the site has already."""
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(MIN_NOTES):
        text = f"# Tide {number}\n\nThe harbour of [[Tide {number // 2}]] has wall {number * 7919}.\n"
        (notes / f"Tide {number}.md").write_text(text)
        os.utime(notes / f"Tide {number}.md", (0, 0))
    for _ in range(2):
        forked = {jobs: _built(tmp_path, jobs) for jobs in (1, 2)}
        assert forked[1] == 0 < forked[2]
        assert files_in(tmp_path / "site1") == files_in(tmp_path / "site2")
        (notes / "Tide 7.md").write_text("# Tide 7\n\nAn octopus by the wall.\n")
        os.utime(notes / "Tide 7.md", (0, 0))


LEAKY = """
import sys
import notegen.markdown.page
from notegen.__main__ import main
from notegen.markdown.hidden import ShownText

notegen.markdown.page.leave_out_hidden = lambda md, text, **_: ShownText(text, tuple(text.split("\\n")))
main()
"""
"""notegen, in which nothing hides what is in comments."""


def test_a_site_that_would_leak_is_refused_by_the_other_process(tmp_path: Path) -> None:
    """With the place, and no site."""
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(MIN_NOTES):
        (notes / f"Tide {number}.md").write_text(f"# Tide {number}\n\nThe harbour has wall {number}.\n")
    (notes / "Tide 7.md").write_text("# Tide 7\n\nShown %%the\n\npassword is Zwiebelturm%% here\n")
    words = ["build", str(notes), "-o", str(tmp_path / "site"), "--jobs", "2", "--no-semantic"]
    environment = {**os.environ, "NOTEGEN_CACHE": str(tmp_path / "cache")}
    made = subprocess.run(
        [sys.executable, "-c", LEAKY, *words], env=environment, capture_output=True, text=True
    )
    assert made.returncode == 2
    assert "the new site would show what is private" in made.stderr
    assert "`Tide 7.md`, line 5" in made.stderr
    assert not (tmp_path / "site").exists()


COUNTED = """
import os, sys
from notegen.__main__ import main

fork = os.fork

def counted():
    print("forked", file=sys.stderr, flush=True)
    return fork()

os.fork = counted
main()
"""
"""notegen, which says when it forks a process."""


def _built(folder: Path, jobs: int) -> int:
    """How many processes were forked."""
    words = ["build", str(folder / "notes"), "-o", str(folder / f"site{jobs}"), "--jobs", str(jobs)]
    command = [sys.executable, "-c", COUNTED, *words, "--no-semantic", "--quiet"]
    environment = {**os.environ, "NOTEGEN_CACHE": str(folder / f"cache{jobs}")}
    ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return ran.stderr.splitlines().count("forked")
