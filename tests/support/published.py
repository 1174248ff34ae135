"""Places that a site is published to, each as the program that keeps it: what lies there, and what others do there."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from notegen.config import Config, PublishingSettings
from notegen.model import OutputFile
from notegen.publish import Plan, SiteFiles, Target, make_plan, open_target, read_site
from notegen.write import write_site

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Ines",
    "GIT_AUTHOR_EMAIL": "ines@example.org",
    "GIT_COMMITTER_NAME": "Ines",
    "GIT_COMMITTER_EMAIL": "ines@example.org",
}


class Kept(Protocol):
    """A place with a site."""

    to: str
    """What one writes for it."""

    def files(self) -> dict[str, bytes]:
        """All that lies there."""

    def put(self, path: str, content: str) -> None:
        """Somebody else puts a file there."""


class KeptFolder:
    """A folder."""

    def __init__(self, folder: Path, to: str) -> None:
        self.folder = folder
        self.to = to

    def files(self) -> dict[str, bytes]:
        """All that lies there, links as what they lead to."""
        found = (path for path in self.folder.rglob("*") if path.is_symlink() or path.is_file())
        return {
            path.relative_to(self.folder).as_posix(): os.fsencode(os.readlink(path))
            if path.is_symlink()
            else path.read_bytes()
            for path in found
        }

    def put(self, path: str, content: str) -> None:
        """Somebody else puts a file there."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")


class KeptBranch:
    """The branch `gh-pages` of a bare repository."""

    def __init__(self, folder: Path) -> None:
        git(folder.parent, "init", "--quiet", "--bare", str(folder))
        self.folder = folder
        self.to = str(folder)

    def files(self) -> dict[str, bytes]:
        """All that the branch has."""
        if not self.commits():
            return {}
        names = git(self.folder, "ls-tree", "-r", "-z", "--name-only", "gh-pages").split(b"\0")
        return {os.fsdecode(name): git(self.folder, "show", b"gh-pages:" + name) for name in names if name}

    def put(self, path: str, content: str) -> None:
        """Somebody else commits a file."""
        checkout = self.folder.parent / f"other-{uuid4().hex}"
        git(self.folder, "worktree", "prune")
        start = ["gh-pages"] if self.commits() else ["--orphan"]
        if self.commits():
            git(self.folder, "worktree", "add", "--quiet", str(checkout), *start)
        else:
            empty = git(
                self.folder, "commit-tree", "-m", "Begin", git(self.folder, "mktree").decode().strip()
            )
            git(self.folder, "update-ref", "refs/heads/gh-pages", empty.decode().strip())
            git(self.folder, "worktree", "add", "--quiet", str(checkout), "gh-pages")
        KeptFolder(checkout, "").put(path, content)
        git(checkout, "add", "--force", path)
        git(checkout, "commit", "--quiet", "-m", "Another's")
        git(self.folder, "worktree", "remove", "--force", str(checkout))

    def commits(self) -> list[str]:
        """The subjects of the branch's commits, the last one first."""
        ran = subprocess.run(
            ["git", "-C", str(self.folder), "log", "--format=%s", "gh-pages"],
            capture_output=True, text=True, check=False, env={**os.environ, **GIT},
        )  # fmt: skip
        return ran.stdout.splitlines()


class KeptBucket:
    """What lies under a prefix of a bucket."""

    def __init__(self, client: object, bucket: str, prefix: str) -> None:
        self.client = client
        self.bucket = bucket
        self.prefix = prefix
        self.to = f"s3://{bucket}/{prefix}"

    def files(self) -> dict[str, bytes]:
        """All objects under the prefix."""
        listed = self.client.list_objects_v2(Bucket=self.bucket, Prefix=self.prefix)  # type: ignore[attr-defined]
        return {
            one["Key"].removeprefix(self.prefix): self.client.get_object(Bucket=self.bucket, Key=one["Key"])[  # type: ignore[attr-defined]
                "Body"
            ].read()
            for one in listed.get("Contents", ())
        }

    def put(self, path: str, content: str) -> None:
        """Somebody else puts an object there."""
        self.client.put_object(Bucket=self.bucket, Key=self.prefix + path, Body=content.encode())  # type: ignore[attr-defined]


def git(folder: Path, *words: str | bytes) -> bytes:
    """What git prints, with a name for whoever commits."""
    ran = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, check=True, stdin=subprocess.DEVNULL,
        env={**os.environ, **GIT},
    )  # fmt: skip
    return ran.stdout


def kept_of(path: Path) -> tuple[int, int, int]:
    """What tells whether a file or folder was written, though not whether it was read."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size


def has_rsync() -> bool:
    """Whether there is an rsync of this millennium; macOS brings one of 2006, or another program of that name."""
    if not shutil.which("rsync"):
        return False
    said = subprocess.run(["rsync", "--version"], capture_output=True, text=True, check=False).stdout
    return re.search(r"rsync\s+version [3-9]", said) is not None


def site_of(folder: Path, texts: Mapping[str, str], *, title: str = "Tides", base_url: str = "") -> SiteFiles:
    """A site of these pages, written as a build writes one, with a first page."""
    pages = {"index.html": f"<title>{title}</title>", **texts}
    write_site([OutputFile(url, text.encode()) for url, text in pages.items()], folder / "site")
    return read_site(folder / "site", base_url, domain="")


def target_of(folder: Path, to: str, **settings: object) -> Target:
    """What a notegen.toml names by `to`, for notes and a site in the folder."""
    (folder / "notes").mkdir(exist_ok=True)
    return open_target(
        Config(publishing=PublishingSettings(to=to, **settings)),  # type: ignore[arg-type]
        notes=folder / "notes",
        site=folder / "site",
        cache=folder / "cache",
        may_ask=False,
        on_wait=lambda: None,
    )


def publish(target: Target, site: SiteFiles, *, replace: bool = False) -> Plan:
    """Send the site; gives what was done."""
    plan = make_plan(site, target.look(site), target.name, replace=replace)
    if not plan.is_empty:
        target.send(plan, site, lambda stage, done, total: None)
    return plan


def contents(site: SiteFiles) -> dict[str, bytes]:
    """All files of a site."""
    return {url: site.content(url) for url in site.sources}
