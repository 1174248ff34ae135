"""Sends a built site to where people read it.

    site --> read_site --> Target.look --> make_plan --> Target.send

A target is a branch of a repository, a folder, a folder behind rsync, or a bucket. Each is first only looked at; what
is sent is what differs, and what is removed is what an earlier publish put there and no build makes any more.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from notegen.check.hosts import HostName
from notegen.config import Config
from notegen.errors.publish import target_unknown
from notegen.publish.bucket import Bucket
from notegen.publish.folder import Folder
from notegen.publish.git_branch import Branch
from notegen.publish.plan import Plan, Sight, make_plan
from notegen.publish.rsync import Rsync
from notegen.publish.site_files import SiteFiles, read_site
from notegen.targets import (
    BucketTarget,
    FolderTarget,
    GitTarget,
    RsyncTarget,
    read_target,
    without_credentials,
)

__all__ = ["Plan", "SiteFiles", "Target", "make_plan", "open_target", "read_site"]


class Target(Protocol):
    """Where a site is sent."""

    @property
    def name(self) -> str:
        """As it stands in messages."""

    @property
    def host(self) -> HostName | None:
        """Whose limits count there; None where nobody's are known."""

    @property
    def keeps_past(self) -> bool:
        """Whether what is removed or changed there can still be read, as it was, by who looks for it."""

    def look(self, site: SiteFiles) -> Sight:
        """What it has of the site; nothing is changed there.

        Raises:
            NotegenError: it cannot be reached, or no site belongs there.
        """

    def send(self, plan: Plan, site: SiteFiles, progress: Callable[[str, int, int], None]) -> None:
        """Do what the plan says.

        Raises:
            NotegenError: it refuses, or somebody else changed it since it was looked at.
        """


def open_target(
    config: Config,
    *,
    notes: Path,
    site: Path,
    cache: Path,
    may_ask: bool,
    on_wait: Callable[[], None],
) -> Target:
    """What the settings name.

    Args:
        cache: the folder in which it may keep what it knows of the target.
        may_ask: whether somebody can answer when it asks for a password.
        on_wait: called when another build or publish is at work there and it takes a while.

    Raises:
        NotegenError: it is nothing that a site can be sent to.
    """
    settings = config.publishing
    match read_target(settings.to):
        case FolderTarget(path):
            return Folder(Path(path).expanduser(), notes, site, on_wait)
        case GitTarget() as target:
            return Branch(
                target,
                notes,
                cache,
                branch=settings.branch,
                history=settings.history,
                may_ask=may_ask,
                on_wait=on_wait,
            )
        case BucketTarget() as target:
            return Bucket(target, settings.endpoint)
        case RsyncTarget(destination):
            return Rsync(destination)
        case _:
            raise target_unknown(without_credentials(settings.to))
