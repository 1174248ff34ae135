"""Sends a plan file by file, in an order in which readers see a whole site at every moment.

    list of both --> what pages load --> pages --> what is gone is removed --> list of the new site

The list of our files goes first. It names those of the old site and those of the new one, so that a publish that goes
on after an interruption knows all that is ours. There is only one list: it also shows that another publish began.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from notegen.errors.publish import another_publish
from notegen.model import Url
from notegen.publish.plan import Plan
from notegen.publish.site_files import SiteFiles, list_of, urls_in
from notegen.write.manifest import MANIFEST


class Place(Protocol):
    """Where files are put one by one, or in batches."""

    def read_list(self) -> bytes | None:
        """The list of files that is there; None where there is none."""

    def put_list(self, text: bytes) -> None:
        """Replace it."""

    def put(self, urls: Sequence[Url], done: Callable[[int], None]) -> None:
        """Put these files there in whatever order, each whole or not at all.

        Args:
            done: called with how many more are there.
        """

    def remove(self, urls: Sequence[Url]) -> None:
        """Remove these, and the folders that are empty then; what is gone already is no fault."""


def send_in_order(
    place: Place, plan: Plan, site: SiteFiles, target: str, progress: Callable[[str, int, int], None]
) -> None:
    """Do what the plan says.

    Args:
        progress: called with the name of a stage, how many files of it are done, and how many there are.

    Raises:
        NotegenError: another publish has begun since the plan was made, or another build changed the site.
    """
    site.require_unchanged()
    _require(place, plan.listed, target)
    if is_longer := not plan.meanwhile <= plan.listed:
        place.put_list(list_of(plan.meanwhile))
    if plan.first:
        place.remove(plan.first)
    phases = plan.phases()
    total, count = sum(map(len, phases)), 0

    def done(more: int) -> None:
        nonlocal count
        count += more
        progress("send", count, total)

    for phase in phases:
        place.put(phase, done)
        site.require_unchanged()
    if last := [url for url in plan.removed if url not in plan.first]:
        _require(place, plan.meanwhile, target)
        place.remove(last)
    if is_longer or MANIFEST in (*plan.added, *plan.changed):
        place.put_list(site.content(MANIFEST))


def _require(place: Place, listed: frozenset[Url], target: str) -> None:
    if urls_in(place.read_list() or b"") != listed:
        raise another_publish(target)
