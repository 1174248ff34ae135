"""Where a git target lies, and who publishes there, as far as the repository of the notes says."""

import os
import re
from pathlib import Path

from msgspec import Struct

from notegen.check.hosts import HostName
from notegen.errors.publish import git_not_trusted, no_git_remote, no_git_repository, publish_to_own_branch
from notegen.publish.git_commands import ask_repository, said_by
from notegen.targets import GitTarget

NOBODY = ("notegen", "notegen@localhost")
"""Who makes a commit where git has no name; its own guess would tell the name of the machine."""


class Remote(Struct, frozen=True):
    """A repository to be published to."""

    url: str
    name: str
    """As a person names it: a remote's name, else the address."""


def find_remote(target: GitTarget, notes: Path, branch: str) -> Remote:
    """The address that a remote's name stands for, or that is one already.

    Raises:
        NotegenError: the notes are in no repository, git does not trust that, it has no such remote, or the branch is
            the one that the notes are on.
    """
    if _is_address(target.remote):
        path = Path(target.remote).expanduser() if _is_path(target.remote) else None
        return Remote(str(path.absolute()) if path else target.remote, target.remote)
    folder = notes.absolute()
    asked = ask_repository(folder, ["rev-parse", "--show-toplevel"])
    if asked.returncode:
        if b"dubious ownership" in asked.stderr:
            raise git_not_trusted(str(folder), said_by(asked))
        raise no_git_repository(str(notes), target.remote)
    top = Path(os.fsdecode(asked.stdout.removesuffix(b"\n")))
    found = ask_repository(folder, ["remote", "get-url", "--push", "--", target.remote])
    if found.returncode:
        known = os.fsdecode(ask_repository(folder, ["remote"]).stdout).split()
        raise no_git_remote(target.remote, known)
    url = os.fsdecode(found.stdout).split("\n")[0]
    head = os.fsdecode(ask_repository(folder, ["symbolic-ref", "--quiet", "--short", "HEAD"]).stdout).strip()
    if head == branch:
        raise publish_to_own_branch(branch)
    return Remote(str(top / url) if _is_path(url) else url, target.remote)


def committer(notes: Path) -> tuple[str, str]:
    """The name and the address that a commit is made with."""
    name, email = (
        os.environ.get(f"GIT_COMMITTER_{part}") or _setting(notes, f"user.{part.lower()}")
        for part in ("NAME", "EMAIL")
    )
    # What would end the line, or the address in it.
    clean = re.compile(r"[<>\r\n\0]")
    return clean.sub("", name).strip() or NOBODY[0], clean.sub("", email).strip() or NOBODY[1]


def _setting(notes: Path, key: str) -> str:
    asked = ask_repository(notes.absolute(), ["config", "--get", key])
    if asked.returncode:  # a folder that git does not trust has no settings; one's own are still there
        asked = ask_repository(Path(os.sep), ["config", "--global", "--get", key])
    return asked.stdout.decode("utf-8", "replace").strip()


def _is_address(text: str) -> bool:
    return any(sign in text for sign in ("/", "\\", ":")) or text in (".", "..") or Path(text).is_dir()


def _is_path(text: str) -> bool:
    return "://" not in text and not re.match(r"[^/\\]{2,}:", text)


def host_of(url: str) -> HostName | None:
    """The host whose pages are made of a repository, if it is one that we know."""
    found = re.search(r"(?:^|[/@.])(github|gitlab)\.com[:/]", url, re.IGNORECASE)
    return {"github": "github", "gitlab": "gitlab"}.get(found[1].lower()) if found else None  # type: ignore[return-value]
