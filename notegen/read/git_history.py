"""When git first saw each file and last saw it change, or why it does not say."""

import re
import subprocess
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from notegen.git import is_in_repository, run_git
from notegen.regex import regex

Silence = Literal["", "refused", "shallow", "missing", "failed"]
"""Why git does not tell: it does not trust the folder's owner, the clone is cut short, there is no git, or else."""

MASS_SHARE = 20
"""One in so many notes of a garden, brought by one commit, are a folder that was put under git, or moved."""
MAX_AT_A_SITTING = 4
"""Notes of one commit that are always taken for written that day."""
MASS_CHANGE_SHARE = 4
"""A commit that changes one in so many notes of a garden has changed how they are written, and not what they say."""
MAX_CHANGED_AT_A_SITTING = 20
"""Notes of one commit that are always taken for changed that day."""

_TRUST = regex(r"safe\.directory (?P<folder>\S.*)")


class Commit(Struct, frozen=True):
    """A commit that brought a file or changed it: the author's calendar day, and its number in the history."""

    day: date
    number: int


class History(Struct, frozen=True):
    """What git knows of a folder's files."""

    firsts: Mapping[str, Commit] = field(default_factory=dict)
    """Path in the folder to the first commit that has it."""
    changes: Mapping[str, tuple[Commit, ...]] = field(default_factory=dict)
    """Path in the folder to the commits that changed it after that, the newest first."""
    silence: Silence = ""
    """Empty also where there is no repository, so that there is nothing to tell."""
    detail: str = ""
    """The folder that git does not trust, or what it says."""


def read_history(root: Path) -> History:
    """The history of a folder; in a shallow clone there is none, since every file seems as old as the deploy there."""
    try:
        asked = run_git(root, "rev-parse", "--is-shallow-repository")
        if asked.returncode:
            return _refusal(root, asked.stderr)
        if asked.stdout.strip() != b"false":
            return History(silence="shallow")
        log = run_git(root, "log", "--reverse", "--diff-filter=AM", "--no-renames", "--name-status", "--relative", "-z",
                   "--format=%x01%ad", "--date=short", "--", ".")  # fmt: skip
    except FileNotFoundError:
        return History(silence="missing" if is_in_repository(root) else "")
    except (OSError, subprocess.TimeoutExpired) as error:
        return History(silence="failed", detail=str(error)) if is_in_repository(root) else History()
    if log.returncode:
        # A repository without a commit has no history either, and that is no fault.
        return History() if b"does not have any commits" in log.stderr else _refusal(root, log.stderr)
    return _history_in(log.stdout.decode("utf-8", errors="replace"))


def mass_commits(history: History, notes: Collection[str]) -> frozenset[int]:
    """The commits that brought so many of the notes at once that their day says nothing of when these were written.

    More than a twentieth of the garden, and in a small one as many as nobody writes at a sitting.
    """
    brought = Counter(history.firsts[note].number for note in notes if note in history.firsts)
    most = max(len(notes) / MASS_SHARE, MAX_AT_A_SITTING)
    return frozenset(number for number, count in brought.items() if count > most)


def mass_changes(history: History, notes: Collection[str]) -> frozenset[int]:
    """The commits that changed so many of the notes at once that they are no sign of work on any: a new way to write.

    More than a quarter of the garden, and more than somebody who commits once a week touches.
    """
    changed = Counter(commit.number for note in notes for commit in history.changes.get(note, ()))
    most = max(len(notes) / MASS_CHANGE_SHARE, MAX_CHANGED_AT_A_SITTING)
    return frozenset(number for number, count in changed.items() if count > most)


def _history_in(log: str) -> History:
    firsts: dict[str, Commit] = {}
    changes: dict[str, list[Commit]] = {}
    for number, commit in enumerate(log.split("\x01")[1:]):
        head, *parts = commit.replace("\n", "\0").split("\0")
        try:
            day = date.fromisoformat(head.strip())
        except ValueError:  # a commit may claim any year
            continue
        parts = list(filter(None, parts))
        for status, name in zip(parts[::2], parts[1::2], strict=False):
            if status == "A":
                firsts.setdefault(name, Commit(day, number))
            else:
                changes.setdefault(name, []).append(Commit(day, number))
    return History(firsts, {name: tuple(reversed(commits)) for name, commits in changes.items()})


def _refusal(root: Path, errors: bytes) -> History:
    said = errors.decode("utf-8", errors="replace").strip()
    if re.search("dubious ownership", said):
        trust = _TRUST.search(said)
        return History(silence="refused", detail=trust["folder"].strip("'\"") if trust else str(root))
    if re.search("not a git repository", said) and not is_in_repository(root):
        return History()
    return History(silence="failed", detail=said.partition("\n")[0].removeprefix("fatal: "))
