"""A site of which another process searches a half is searched as by one."""

import pickle
import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from notegen.audit import search as searching
from notegen.audit.verdict import Verdict
from notegen.cache import VectorCache, open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.inspection import begin_audit, prepared_audit
from notegen.load import load_garden
from notegen.workers.jobs import fork_for
from notegen.workers.second import Search

T = TypeVar("T")

SECRET = """---
private: true
title: The second cellar
---
The Zwiebelkuchen waits in the third cellar below the stairs.
Nebelbank, Nordlicht and Wattenmeer are quietly counted by nobody.
"""
SAID = [
    "Boats lie here.",
    "<p>A Zwiebelkuchen",
    "Nebelbank, Nordlicht",
    "waits in the third cellar below",
    '<i class="wattenmeer">',
    "quietly counted by nobody",
    "&#78;ordlicht",
]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A private note and a public one."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "hidden.md").write_text(SECRET, "utf-8")
    (folder / "shown.md").write_text("# Shown\n\nBoats lie here, by the stairs.\n", "utf-8")
    return folder


def a_site(folder: Path, chance: Random) -> Path:
    """Some hundred files in which the same few lines stand, most of them in many, and names that are private."""
    for number in range(chance.randrange(150, 300)):
        place = chance.choice(["", "a", "a/b", "Nebelbank", "c"])
        name = f"{chance.choice(['x', 'x', 'wattenmeer'])}{number}.{chance.choice(['html', 'js', 'txt'])}"
        (folder / place).mkdir(parents=True, exist_ok=True)
        lines = [chance.choice(SAID) + chance.choice(["", f" {number}"]) for _ in range(chance.randrange(4))]
        (folder / place / name).write_text("\n".join(lines), "utf-8")
    return folder


def elsewhere(job: Callable[[VectorCache | None], T], cache: VectorCache | None = None) -> Callable[[], T]:
    """As another process would do it."""
    made = pickle.dumps(pickle.loads(pickle.dumps(job))(cache))
    return lambda: pickle.loads(made)


def search_of(notes: Path, site: Path, cache: VectorCache | None = None) -> Search:
    """The audit of these notes."""
    context = BuildContext(notes, Config(), encoder=None, cache=cache)
    return prepared_audit(context, *load_garden(context, skip=(site,)), skip=(site,))


@pytest.mark.parametrize("with_cache", [False, True])
def test_notes_that_were_looked_through_elsewhere_give_the_same(
    notes: Path, tmp_path: Path, with_cache: bool
) -> None:
    """By what is told of them to another process, and what comes back; the other keeps what this one would."""
    with open_cache(tmp_path / "cache") if with_cache else nullcontext() as cache:
        context = BuildContext(notes, Config(title="T"), encoder=None, cache=cache)
        found = 0
        for seed in range(3):
            site = a_site(tmp_path / f"site{seed}", Random(seed))
            reading, garden = load_garden(context, skip=(site,))
            begun = begin_audit(context, reading, partial(elsewhere, cache=cache), skip=(site,))
            search = prepared_audit(context, reading, garden, skip=(site,), begun=begun)
            whole = search(site)
            assert whole == search_of(notes, site)(site)
            found += len(whole.leaks)
        assert found > 2


@pytest.mark.parametrize("most", [2, 50])
def test_two_halves_are_the_whole(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """The same leaks, in the same order, with the same places, however many are looked at."""
    monkeypatch.setattr(searching, "_MAX_MEETINGS", most)
    found = 0
    for seed in range(3):
        site = a_site(tmp_path / f"site{most}-{seed}", Random(seed))
        search = search_of(notes, site)
        whole = search(site)
        assert search(site, elsewhere) == whole
        found += len(whole.leaks)
    assert found > 6


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
def test_a_process_that_is_forked_finds_the_same(notes: Path, tmp_path: Path) -> None:
    """It is not handed what is looked for, but has it."""
    site = a_site(tmp_path / "site", Random(2))
    with open_cache(tmp_path / "cache") as cache:
        search = search_of(notes, site, cache)
        whole = search_of(notes, site)(site)
        assert whole.leaks
        assert search(site, partial(fork_for, cache=cache)) == whole
        assert search(site, partial(fork_for, cache=cache)) == whole


def test_all_that_was_met_is_the_same(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what is then found to be no leak: an accident of markup, or words that are public."""
    met: list[object] = []
    verdict = Verdict

    def noted(found: object, needles: object, known: object, meetings: object, *others: object) -> object:
        met.append(([*meetings.items()], others))  # type: ignore[attr-defined]
        return verdict(found, needles, known, meetings, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(searching, "Verdict", noted)
    for seed in range(3):
        site = a_site(tmp_path / f"site{seed}", Random(seed))
        search = search_of(notes, site)
        assert search(site, elsewhere) == search(site)
    assert met[::2] == met[1::2]


def test_what_both_remember_is_what_one_does(notes: Path, tmp_path: Path) -> None:
    """A search after an edit finds in both halves what was met before, and what is new."""
    site = a_site(tmp_path / "site", Random(1))
    with open_cache(tmp_path / "cache") as cache:
        search = search_of(notes, site, cache)
        for edit in ("", "a/b/new.html", "z.html"):
            if edit:
                (site / edit).write_text("Nordlicht, Wattenmeer\nA Zwiebelkuchen is counted\n")
            assert (
                search(site, lambda job: elsewhere(job, cache))
                == search(site)
                == search_of(notes, site)(site)
            )
