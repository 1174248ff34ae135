"""However `serve` is told to end, it leaves nothing in the system's place for temporary files, and nobody at work."""

import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from notegen.paths import SITE_MARK
from tests.support.serve_process import Served, running
from tests.support.waiting import PATIENCE, await_true

ENDINGS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
"""Ctrl-C, `kill`, a closed terminal: the status of a build that it ends."""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place for temporary files, of this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _all_are_heard() -> Iterator[None]:
    """Also where whoever runs the tests is to stay when the terminal closes, and so what they start."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", ENDINGS, ids=lambda number: number.name)
def test_while_it_begins(number: signal.Signals, tmp_path: Path, temporary: Path) -> None:
    """As soon as it has a folder of its own, in whatever it is at."""
    for some in range(60):
        save(tmp_path / f"notes/{some}.md", f"[[{some + 1}]] " * 50)
    with serving(tmp_path) as served:
        await_true(lambda: any(temporary.iterdir()))
        assert ended(served, number) in {0, ENDINGS[number]}
    assert [*temporary.iterdir()] == []


def test_while_a_round_is_under_way(tmp_path: Path, temporary: Path) -> None:
    """It knows of a change, and builds in the background."""
    save(tmp_path / "notes/a.md", "hello")
    with serving(tmp_path) as served:
        served.says("serving at")
        served.save("a.md", "---\ndate: 2024-01-01\n---\nchanged")
        served.says("`a.md` changed")
        assert ended(served, signal.SIGTERM) == 0
    assert [*temporary.iterdir()] == []


def test_while_it_waits(tmp_path: Path, temporary: Path) -> None:
    """All is built: to end it is no failure."""
    save(tmp_path / "notes/a.md", "hello")
    with serving(tmp_path) as served:
        served.says("serving at")
        await_true(lambda: (tmp_path / "site/index.html").exists())
        assert ended(served, signal.SIGHUP) == 0
    assert [*temporary.iterdir()] == []


def test_where_it_is_killed_its_rounds_tidy_up(tmp_path: Path, temporary: Path) -> None:
    """`kill -9` leaves it no time; the process that builds in the background is left, and removes what it kept."""
    save(tmp_path / "notes/a.md", "hello")
    with serving(tmp_path) as served:
        await_true(lambda: any(temporary.glob(f"*/*/{SITE_MARK}")))
        assert ended(served, signal.SIGKILL) == -signal.SIGKILL
    await_true(lambda: not any(temporary.iterdir()))


def test_what_is_not_to_be_heard_is_not(tmp_path: Path, temporary: Path) -> None:
    """As `nohup` asks it: a closed terminal ends nothing."""
    save(tmp_path / "notes/a.md", "hello")
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with serving(tmp_path) as served:
        served.says("serving at")
        served.process.send_signal(signal.SIGHUP)
        served.save("a.md", "---\ndate: 2024-01-01\n---\nchanged")
        served.says("`a.md` changed")
        assert ended(served, signal.SIGTERM) == 0
    assert [*temporary.iterdir()] == []


def save(path: Path, words: str) -> None:
    """Write a dated note."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\ndate: 2024-01-01\n---\n{words}\n")


def serving(folder: Path) -> AbstractContextManager[Served]:
    """`serve` of the notes below a folder."""
    arguments = ["serve", folder / "notes", "-o", folder / "site", "--port", 0, "--no-semantic"]
    return running("notegen", *arguments, notes=folder / "notes", site=folder / "site")


def ended(served: Served, number: signal.Signals) -> int:
    """The status with which a signal ends it."""
    os.kill(served.process.pid, number)
    status = served.process.wait(PATIENCE)
    served.reader.join()  # nobody holds its output any more, so all it started is gone
    return status
