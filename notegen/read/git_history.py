"""When git first saw each file."""

import subprocess
from datetime import date
from pathlib import Path


def first_commits(root: Path) -> dict[str, date]:
    """Path relative to `root` to the author's calendar day of the first commit that has it.

    Empty outside a repository, without git, and in a shallow clone, where every file seems as old as the deploy.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    log = _git(root, "log", "--reverse", "--diff-filter=A", "--no-renames", "--name-only", "--relative", "-z",
               "--format=%x01%ad", "--date=short", "--", ".")  # fmt: skip
    days: dict[str, date] = {}
    for commit in log.split("\x01")[1:]:
        head, *names = commit.replace("\n", "\0").split("\0")
        day = date.fromisoformat(head.strip())
        for name in filter(None, names):
            days.setdefault(name, day)
    return days


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "-c", "core.quotepath=off", *words],
            capture_output=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""
