"""Runs git, asking of a repository only what runs no program of its and asks no other host."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from notegen.regex import regex

_SECONDS = 60

# What a folder that was handed on may say in its `.git/config` runs no program and asks no other host.
_SAFE = (
    ("core.quotepath", "off"),
    ("core.fsmonitor", "false"),
    ("log.showSignature", "false"),
    ("protocol.allow", "never"),
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}
_OF_A_HOOK = regex(
    r"GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX"
    r"|QUARANTINE_PATH|CEILING_DIRECTORIES)"
)


def run_git(
    root: Path, *words: str, given: bytes = b"", seconds: float | None = _SECONDS
) -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder, to some words and to what it is given to read.

    Args:
        seconds: how long it may take; None for as long as it likes.

    Raises:
        FileNotFoundError: there is no git.
        OSError, subprocess.TimeoutExpired: it does not run, or not end.
    """
    options = [word for key, value in _SAFE for word in ("-c", f"{key}={value}")]
    return subprocess.run(
        ["git", "-C", str(root), *options, *words],
        capture_output=True,
        check=False,
        timeout=seconds,
        env={**without_repository(os.environ), **_ENVIRONMENT},
        input=given,
    )


def without_repository(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what names a repository: that of a hook of git's names one, whatever folder is meant."""
    return {key: value for key, value in environment.items() if not _OF_A_HOOK.fullmatch(key)}


def user_name() -> str:
    """What git would sign a commit with; empty where it does not know."""
    try:
        asked = run_git(Path(), "config", "user.name")
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.decode("utf-8", "replace").strip()


def is_in_repository(root: Path) -> bool:
    """Whether a folder or one above it looks like a repository's, whatever git says."""
    folder = root.absolute()
    return any(os.path.lexists(above / ".git") for above in (folder, *folder.parents))


def git_state(root: Path) -> str:
    """All that decides what a repository's history says of a folder: the commit, or what git says instead."""
    if not is_in_repository(root):
        return ""
    try:
        asked = run_git(root, "rev-parse", "--is-shallow-repository", "HEAD")
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return f"{asked.stdout!r} {asked.stderr!r}"
