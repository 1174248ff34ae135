"""What several processes make of a line is what one makes, in the same order, whatever becomes of the others."""

import mmap
import os
import sys
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from notegen.workers.in_order import made_in_order

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked"),
    pytest.mark.usefixtures("nothing_else_runs"),
]

LINE = [f"page {number}" for number in range(300)]
HOME = os.getpid()


@pytest.fixture
def immortal(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process takes the place of another."""
    monkeypatch.setattr("notegen.workers.in_order._IN_A_LIFE", 1000)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process waits for the others, and makes nothing that they may make."""
    monkeypatch.setattr("notegen.workers.in_order._Line._make_one", lambda line, number: False)


def made(page: str) -> tuple[str, int]:
    """Of a page, who made it."""
    return page, os.getpid()


def taken(several: Iterator[tuple[str, int]], number: int) -> tuple[list[str], set[int]]:
    """So many of what was made, and who made them."""
    some = [next(several) for _ in range(number)]
    return [page for page, _ in some], {maker for _, maker in some}


@pytest.mark.parametrize("length", [0, 1, 16, 17, 300])
@pytest.mark.parametrize("at_once", [1, 7, 400])
@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_it_is_what_one_process_makes(jobs: int, at_once: int, length: int) -> None:
    """However long the line is, and its chunks are."""
    with made_in_order(LINE[:length], made, jobs, at_once=at_once) as several:
        assert [page for page, _ in several] == LINE[:length]
    assert active_children() == []


@pytest.mark.usefixtures("immortal")
def test_each_makes_its_share() -> None:
    """This one makes the first, since nobody has made it yet; whoever it would wait for has made what comes next."""
    with made_in_order(LINE, made, 3, at_once=5) as several:
        assert next(several) == (LINE[0], HOME)
        pages, makers = taken(several, 299)
    assert pages == LINE[1:]
    assert len(makers) == 3


def test_with_one_process_none_is_forked() -> None:
    """This one makes them all."""
    with made_in_order(LINE, made, 1, at_once=5) as several:
        assert active_children() == []
        assert taken(several, 300) == (LINE, {HOME})


def test_nobody_is_far_ahead_of_who_takes() -> None:
    """Four chunks for each process are begun at most."""
    begun = mmap.mmap(-1, len(LINE))

    def noted(number: int) -> int:
        begun[number] = 1
        return number

    with made_in_order(range(300), noted, 3, at_once=5) as several:
        for number in several:
            assert begun.rfind(b"\1") < (number // 5 + 4 * 3) * 5


def test_after_some_chunks_another_takes_the_place_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each makes no more than two, and as many as may be are there at once."""
    monkeypatch.setattr("notegen.workers.in_order._IN_A_LIFE", 2)
    by: dict[int, list[str]] = {}
    with made_in_order(LINE, made, 3, at_once=5) as several:
        for page, maker in several:
            by.setdefault(maker, []).append(page)
            assert len(active_children()) == 2
    del by[HOME]
    assert len(by) > 2
    assert all(len(pages) <= 10 for pages in by.values())


@pytest.mark.usefixtures("immortal", "patient")
def test_what_others_had_when_they_were_killed_is_made_here() -> None:
    """One of them, then all; as where one of the line needs more memory than another process has."""

    def fatal(page: str) -> tuple[str, int]:
        if page in (LINE[100], LINE[200]) and os.getpid() != HOME:
            os.kill(os.getpid(), 9)
        return made(page)

    with made_in_order(LINE, fatal, 3, at_once=5) as several:
        first, _ = taken(several, 100)
        second, makers = taken(several, 100)
        third, last = taken(several, 100)
    assert [*first, *second, *third] == LINE
    assert len(makers) == 2
    assert HOME in makers
    assert last == {HOME}


def test_what_fails_elsewhere_is_made_here() -> None:
    """And the others go on."""

    def failing(page: str) -> tuple[str, int]:
        return (page, 1 // (os.getpid() == HOME)) if page in LINE[40:60] else made(page)

    with made_in_order(LINE, failing, 2, at_once=5) as several:
        pages, makers = taken(several, 300)
    assert pages == LINE
    assert len(makers) > 1


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_what_fails_here_too_is_said_when_its_turn_comes(jobs: int) -> None:
    """With all before it given, and of two that fail the first."""

    def failing(page: str) -> tuple[str, int]:
        if page in LINE[100:]:
            raise ValueError(page)
        return made(page)

    with made_in_order(LINE, failing, jobs, at_once=16) as several:
        assert taken(several, 100)[0] == LINE[:100]
        with pytest.raises(ValueError, match=r"^page 100$"):
            next(several)
    assert active_children() == []


def test_who_stops_early_leaves_no_process() -> None:
    """Whatever they are at."""
    with made_in_order(LINE, made, 3, at_once=2) as several:
        assert taken(several, 7)[0] == LINE[:7]
        assert len(active_children()) == 2
    assert active_children() == []
