"""When git first saw each file and last saw it change, or why it does not say."""

import re
import subprocess
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b
from itertools import pairwise
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
    """What git knows of a folder's files, which stand in it by digests of their names: some are private."""

    head: str = ""
    """The commit up to which it is told; empty where nothing is."""
    days: Sequence[date] = ()
    """The author's calendar day of each commit that brought or changed a file, the oldest first."""
    firsts: Mapping[bytes, int] = field(default_factory=dict)
    """For each file, the number of the first commit that has it."""
    changes: Mapping[bytes, Sequence[int]] = field(default_factory=dict)
    """For each file, the numbers of the commits that changed it after that, the newest first."""
    silence: Silence = ""
    """Empty also where there is no repository, so that there is nothing to tell."""
    detail: str = ""
    """The folder that git does not trust, or what it says."""

    def first(self, path: str) -> Commit | None:
        """The first commit that has a file, by its path in the folder."""
        number = self.firsts.get(_digest_of(path))
        return None if number is None else Commit(self.days[number], number)

    def changed(self, path: str) -> Iterator[Commit]:
        """The commits that changed it after that, the newest first."""
        return (Commit(self.days[number], number) for number in self.changes.get(_digest_of(path), ()))


def read_history(root: Path, known: History | None = None) -> History:
    """The history of a folder; in a shallow clone there is none, since every file seems as old as the deploy there.

    Args:
        known: what was read of it before: where only commits came, one after the other, only they are asked for.
    """
    try:
        asked = run_git(root, "rev-parse", "--is-shallow-repository", "HEAD")
        is_shallow, _, commit = asked.stdout.decode("ascii", "replace").partition("\n")
        if not is_shallow:
            return _refusal(root, asked.stderr)
        if is_shallow != "false":
            return History(silence="shallow")
        head = "" if asked.returncode else commit.strip()
        if known and head and known.head == head:
            return known
        before = known if known and _follows(root, known.head, head) else History()
        log = run_git(root, "log", "--reverse", "--diff-filter=AM", "--no-renames", "--name-status", "--relative", "-z",
                   "--format=%x01%ad", "--date=short", *_range(before.head, head), "--", ".")  # fmt: skip
    except FileNotFoundError:
        return History(silence="missing" if is_in_repository(root) else "")
    except (OSError, subprocess.TimeoutExpired) as error:
        return History(silence="failed", detail=str(error)) if is_in_repository(root) else History()
    if log.returncode:
        # A repository without a commit has no history either, and that is no fault.
        return History() if b"does not have any commits" in log.stderr else _refusal(root, log.stderr)
    return _with_log(before, log.stdout.decode("utf-8", errors="replace"), head)


def _range(old: str, new: str) -> list[str]:
    """What git is to tell of; nothing for all that there is, and where there is no commit."""
    return [f"{old}..{new}" if old else new] if new else []


def _follows(root: Path, old: str, new: str) -> bool:
    """Whether all that came after a commit is a row of commits, so that git would tell of them last of all."""
    if not old or not new:
        return False
    asked = run_git(root, "rev-list", "--parents", f"{old}..{new}")
    came = [line.split() for line in asked.stdout.decode("ascii").splitlines()]  # each with those before it
    return bool(came) and came == [[*pair] for pair in pairwise([*(one[0] for one in came), old])]


def mass_commits(history: History, notes: Collection[str]) -> frozenset[int]:
    """The commits that brought so many of the notes at once that their day says nothing of when these were written.

    More than a twentieth of the garden, and in a small one as many as nobody writes at a sitting.
    """
    brought = Counter(first.number for note in notes if (first := history.first(note)))
    most = max(len(notes) / MASS_SHARE, MAX_AT_A_SITTING)
    return frozenset(number for number, count in brought.items() if count > most)


def mass_changes(history: History, notes: Collection[str]) -> frozenset[int]:
    """The commits that changed so many of the notes at once that they are no sign of work on any: a new way to write.

    More than a quarter of the garden, and more than somebody who commits once a week touches.
    """
    changed = Counter(commit.number for note in notes for commit in history.changed(note))
    most = max(len(notes) / MASS_CHANGE_SHARE, MAX_CHANGED_AT_A_SITTING)
    return frozenset(number for number, count in changed.items() if count > most)


def _with_log(before: History, log: str, head: str) -> History:
    """What was known, and what git said of the commits that came then."""
    days, firsts, changes = [*before.days], {**before.firsts}, dict[bytes, list[int]]()
    digest_of = cache(_digest_of)
    for commit in log.split("\x01")[1:]:
        said, *parts = commit.replace("\n", "\0").split("\0")
        try:
            day = date.fromisoformat(said.strip())
        except ValueError:  # a commit may claim any year
            continue
        parts = list(filter(None, parts))
        for status, name in zip(parts[::2], parts[1::2], strict=False):
            if status == "A":
                firsts.setdefault(digest_of(name), len(days))
            else:
                changes.setdefault(digest_of(name), []).append(len(days))
        days.append(day)
    newer = {file: [*reversed(numbers), *before.changes.get(file, ())] for file, numbers in changes.items()}
    return History(head, days, firsts, {**before.changes, **newer})


def _digest_of(path: str) -> bytes:
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _refusal(root: Path, errors: bytes) -> History:
    said = errors.decode("utf-8", errors="replace").strip()
    if re.search("dubious ownership", said):
        trust = _TRUST.search(said)
        return History(silence="refused", detail=trust["folder"].strip("'\"") if trust else str(root))
    if re.search("not a git repository", said) and not is_in_repository(root):
        return History()
    return History(silence="failed", detail=said.partition("\n")[0].removeprefix("fatal: "))
