"""A job that a process is forked for is done once, whatever becomes of that process."""

import os
import signal
import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path

import pytest

from notegen.cache import VectorCache, open_cache
from notegen.model import Code, Place, Problem
from notegen.workers.jobs import fork_for
from notegen.workers.second import MIN_NOTES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


def maker(cache: VectorCache | None) -> int:
    """Who does it."""
    return os.getpid()


def test_another_process_does_it_and_ends() -> None:
    """And it is told for how long that one was at work beside this one."""
    seconds: list[float] = []
    done = fork_for(maker, count=seconds.append)
    assert len(active_children()) == 1
    assert done() != os.getpid()
    assert active_children() == []
    assert len(seconds) == 1
    assert seconds[0] >= 0


def test_both_have_the_cache_and_its_problems_are_told(tmp_path: Path) -> None:
    """What the other puts this one finds."""

    def put(cache: VectorCache | None) -> int:
        assert cache
        cache.put_derived("made", {b"b" * 16: b"there"})
        cache.report([Problem(Code.CACHE_DAMAGED, Place("file"))])
        return os.getpid()

    with open_cache(tmp_path) as cache:
        cache.put_derived("made", {b"a" * 16: b"before"})
        done = fork_for(put, cache=cache)
        cache.put_derived("made", {b"c" * 16: b"here"})
        assert done() != os.getpid()
        assert [problem.code for problem in cache.problems] == [Code.CACHE_DAMAGED]
        keys = [b"a" * 16, b"b" * 16, b"c" * 16]
        assert sorted(cache.get_derived("made", keys).values()) == [b"before", b"here", b"there"]


@pytest.mark.parametrize("fate", ["killed", "failing"])
def test_where_the_other_is_gone_it_is_done_here(fate: str) -> None:
    """The system kills it, short of memory, or something goes wrong there."""
    home = os.getpid()

    def fatal(cache: VectorCache | None) -> int:
        if os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL) if fate == "killed" else 1 / 0
        return os.getpid()

    assert fork_for(fatal)() == home
    assert active_children() == []


def test_what_fails_there_is_said_here() -> None:
    """As if there were one process."""

    def failing(cache: VectorCache | None) -> float:
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        fork_for(failing)()


SEARCHED = """
import os, sys
import notegen.audit.search
from notegen.__main__ import main

home, fate, search = os.getpid(), sys.argv.pop(1), notegen.audit.search._search_rest

def searched(*arguments):
    print("searched", "here" if os.getpid() == home else "there", file=sys.stderr, flush=True)
    if fate == "killed" and os.getpid() != home:
        os.kill(os.getpid(), 9)
    return search(*arguments)

notegen.audit.search._search_rest = searched
main()
"""
"""notegen, which says who searches a half of a site."""


@pytest.mark.parametrize("fate", ["well", "killed"])
@pytest.mark.parametrize("page", ["0.html", "z.html"])
def test_a_site_that_leaks_is_told_whatever_becomes_of_who_searches_half(
    tmp_path: Path, fate: str, page: str
) -> None:
    """In the half that is searched here, and in the other."""
    notes, site = tmp_path / "notes", tmp_path / "site"
    notes.mkdir()
    site.mkdir()
    for number in range(MIN_NOTES):
        (notes / f"Tide {number}.md").write_text(f"# Tide {number}\n\nThe harbour has wall {number}.\n")
        (site / f"Tide-{number}.html").write_text(f"<p>The harbour has wall {number}.\n")
    (notes / "Cellar.md").write_text("---\nprivate: true\n---\nThe password is Zwiebelturm.\n")
    (site / page).write_text("<p>A Zwiebelturm\n")
    words = ["audit", str(notes), str(site), "--jobs", "2"]
    environment = {**os.environ, "NOTEGEN_CACHE": str(tmp_path / "cache")}
    made = subprocess.run(
        [sys.executable, "-c", SEARCHED, fate, *words], env=environment, capture_output=True, text=True
    )
    assert made.returncode == 1
    assert page in made.stdout
    assert "Cellar.md" in made.stdout
    asked = [line for line in made.stderr.splitlines() if line.startswith("searched")]
    assert asked == ["searched there", *["searched here"][: fate == "killed"]]
