"""When git first saw each file, or why it does not say."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from notegen.git import is_in_repository, run_git

Silence = Literal["", "refused", "shallow", "missing", "failed"]
"""Why git does not tell: it does not trust the folder's owner, the clone is cut short, there is no git, or else."""

_TRUST = re.compile(r"safe\.directory (?P<folder>\S.*)")


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of a folder's files."""

    days: Mapping[str, date] = field(default_factory=dict)
    """Path in the folder to the author's calendar day of the first commit that has it."""
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
        log = run_git(root, "log", "--reverse", "--diff-filter=A", "--no-renames", "--name-only", "--relative", "-z",
                   "--format=%x01%ad", "--date=short", "--", ".")  # fmt: skip
    except FileNotFoundError:
        return History(silence="missing" if is_in_repository(root) else "")
    except (OSError, subprocess.TimeoutExpired) as error:
        return History(silence="failed", detail=str(error)) if is_in_repository(root) else History()
    if log.returncode:
        # A repository without a commit has no history either, and that is no fault.
        return History() if b"does not have any commits" in log.stderr else _refusal(root, log.stderr)
    return History(_first_days(log.stdout.decode("utf-8", errors="replace")))


def _first_days(log: str) -> dict[str, date]:
    days: dict[str, date] = {}
    for commit in log.split("\x01")[1:]:
        head, *names = commit.replace("\n", "\0").split("\0")
        try:
            day = date.fromisoformat(head.strip())
        except ValueError:  # a commit may claim any year
            continue
        for name in filter(None, names):
            days.setdefault(name, day)
    return days


def _refusal(root: Path, errors: bytes) -> History:
    said = errors.decode("utf-8", errors="replace").strip()
    if re.search("dubious ownership", said):
        trust = _TRUST.search(said)
        return History(silence="refused", detail=trust["folder"].strip("'\"") if trust else str(root))
    if re.search("not a git repository", said) and not is_in_repository(root):
        return History()
    return History(silence="failed", detail=said.partition("\n")[0].removeprefix("fatal: "))
