"""Where a site can be sent: what one writes for it, and what is meant by that."""

import re
from pathlib import Path

from msgspec import Struct

from notegen.regex import regex

_SCHEME = regex(r"([a-z][a-z0-9+.-]+):(?://)?(.*)", re.DOTALL)
_GIT_SCHEMES = frozenset({"file", "git", "git+ssh", "http", "https", "ssh"})
_ON_HOST = regex(
    r"(?:([^@:/\\\s]+)@(?=[^:]))?(\[[0-9a-fA-F:.]+\]|(?<=@)[^@:/\\\s]|[^@:/\\\s]{2,}):(.*)", re.DOTALL
)
"""`ines@host:path`; a single letter alone before the colon is a disk of Windows."""
_CREDENTIALS = regex(r"(?<=://)(?:[^/@\s:]*:(?!\d+/)[^\s]*@|[^/\s]+@(?<!//git@))")
"""A password may hold signs that should have been written as `%40` or `%2F`; only a port is no password."""
_ONLY_HOST = regex(r"[^@:/\\\s]+@[^@:/\\\s]+")
"""Which of the host's folders is not said; one of this machine that is called so is `./ines@host`."""


class GitTarget(Struct, frozen=True):
    """A branch of a git repository."""

    remote: str
    """The name of a remote of the repository that the notes are in, an address, or a path."""


class FolderTarget(Struct, frozen=True):
    """A folder of this machine."""

    path: str


class RsyncTarget(Struct, frozen=True):
    """A folder that rsync reaches, here or over ssh."""

    destination: str


class BucketTarget(Struct, frozen=True):
    """A bucket of S3, or of what speaks like it."""

    bucket: str
    prefix: str
    """What every key begins with: empty, or ending in a slash."""


TargetChoice = GitTarget | FolderTarget | RsyncTarget | BucketTarget


def read_target(text: str) -> TargetChoice | None:
    """What the text names; empty is `git:origin`. None for an address that nothing is sent to."""
    text = text.strip()
    if not text:
        return GitTarget("origin")
    scheme = _SCHEME.fullmatch(text)
    name, rest = scheme.groups() if scheme else ("", "")
    if name == "s3" and "://" in text:
        bucket, _, prefix = rest.partition("/")
        prefix = "/".join(part for part in prefix.split("/") if part)
        return BucketTarget(bucket, f"{prefix}/" if prefix else "") if bucket else None
    if name == "rsync":
        destination = text if text.startswith("rsync://") else rest
        return RsyncTarget(destination) if rest else None
    if name == "git" and not text.startswith("git://"):
        return GitTarget(rest) if rest and not rest.startswith("-") else None
    if "://" in text:
        return GitTarget(text) if name in _GIT_SCHEMES and rest else None
    if _ONLY_HOST.fullmatch(text):
        return None
    if found := _ON_HOST.fullmatch(text):
        is_git = found[1] == "git" or text.endswith(".git")
        return GitTarget(text) if is_git else RsyncTarget(text)
    if text.rstrip("/\\").endswith(".git") and not re.search(r"(?:^|[/\\])\.git[/\\]*$", text):
        return GitTarget(text)
    return FolderTarget(text)


def from_folder(text: str, folder: Path) -> str:
    """The target as it is named from elsewhere than the folder that paths in it count from.

    Raises:
        RuntimeError: it is in the home of somebody whom the system does not know.
    """
    match read_target(text):
        case FolderTarget(path):
            return str(folder / Path(path).expanduser())
        case GitTarget(remote) if _is_path(remote):
            return f"git:{folder / Path(remote).expanduser()}"
        case RsyncTarget(destination) if _is_path(destination) or (
            "/" not in destination and ":" not in destination
        ):
            return f"rsync:{folder / Path(destination).expanduser()}"
        case _:
            return text


def _is_path(text: str) -> bool:
    """Whether it lies on this machine; a word alone may be the name of a remote."""
    return "://" not in text and not _ON_HOST.fullmatch(text) and bool(re.search(r"[/\\]|\.git\Z", text))


def without_credentials(text: str) -> str:
    """A text in which no address has a user's name or password."""
    return _CREDENTIALS.sub("", text)
