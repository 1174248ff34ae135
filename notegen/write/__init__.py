"""The site on disk: replaced whole or not at all, and nothing removed from it that is not ours.

    files --> fill --> staging, beside the site --> swap --> site
                       staging, in the site --> in_place --^

Files go into a folder of the build's own; when the last one is there, it becomes the site. Whatever fails before that
leaves the old site as it was. What a killed build left, the next one brings to its end before it begins.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from notegen.errors import cannot_write
from notegen.model import FileDigests, OutputFile, Written
from notegen.reports import still_needed
from notegen.stamps import site_stamp
from notegen.write.check_out import check_notes, check_out
from notegen.write.file_stamps import FileStamps
from notegen.write.fill import fill_folder
from notegen.write.foreign import refuse_clashes
from notegen.write.in_place import finish, move_in
from notegen.write.locks import is_free, site_lock
from notegen.write.manifest import MARK, files_under, listed_files, take_inventory
from notegen.write.staging import Staging, lock_beside, make_staging, stagings_of
from notegen.write.swap import settle, swap_in

__all__ = ["MARK", "FileStamps", "check_notes", "check_out", "is_as_written", "write_site"]


def write_site(
    files: Iterable[OutputFile],
    out: Path,
    *,
    on_wait: Callable[[], None] = lambda: None,
    inspect: Callable[[Path, FileDigests], None] = lambda new, digests: None,
    stamps: FileStamps | None = None,
) -> Written:
    """Puts the files where `out` is, in place of those that the build before put there.

    Of several builds at once each makes its own; the last to end is the site.

    Args:
        on_wait: called when another build has the site and it takes a while.
        inspect: called with the folder of the new site, and what its files are known to hold, before it takes the old
            one's place; what it raises leaves that as it was.
        stamps: of the site before, and then of the new one; None to read all files of the site before.

    Raises:
        NotegenError: the disk refuses, somebody's file is in the way, or another build does not end; `out` is then as
            it was, or the message says otherwise.
    """
    with _worded(out):
        site = out.resolve()
        site.parent.mkdir(parents=True, exist_ok=True)
        with site_lock(site, lock_beside(site), on_wait):
            left = _sweep(site)
            staging = make_staging(site)
    try:
        with _worded(out, staging):
            stamps = stamps or FileStamps()
            filled = fill_folder(files, staging.new, site, stamps)
            inspect(staging.new, filled.digests)
            with site_lock(site, lock_beside(site), on_wait):
                stamps.note_put_in_place()
                _put_in_place(staging, site)
                # While no other build can have put its own there.
                stamp = site_stamp(site, listed_files(site) or ())
    finally:
        left += _end(staging)
    return Written(filled.files, filled.size, tuple(filled.unreadable), tuple(left), stamp)


def is_as_written(out: Path, written: Written) -> bool:
    """Whether a site is still as a build left it, and nothing waits for the next one to bring it to its end."""
    site = out.resolve()
    listed = listed_files(site)
    return listed is not None and not any(stagings_of(site)) and site_stamp(site, listed) == written.stamp


def _put_in_place(staging: Staging, site: Path) -> None:
    inventory = take_inventory(site)
    urls = list(files_under(staging.new))
    refuse_clashes(urls, staging.new, site, inventory)
    try:
        if staging.inside:
            move_in(staging, site, urls, inventory)
        else:
            swap_in(staging, site, inventory)
    finally:
        # Also on the way out, of a refusal or of Ctrl-C between two steps.
        settle(staging, site)


def _sweep(site: Path) -> list[tuple[str, str]]:
    """Bring what killed builds left to its end; gives what cannot be removed, and why."""
    left = []
    for staging in stagings_of(site):
        if is_free(staging.lock):
            if staging.inside:
                finish(staging, site)
            settle(staging, site)
            left += _end(staging)
    return left


def _end(staging: Staging) -> list[tuple[str, str]]:
    """Remove a staging folder that nobody needs; gives what cannot be removed, and why."""
    reason = still_needed() if staging.is_needed() else _reason(staging.remove())
    staging.let_go()
    return [(str(staging.folder), reason)] if reason else []


def _reason(error: OSError | None) -> str:
    return error.strerror or str(error) if error else ""


@contextmanager
def _worded(out: Path, staging: Staging | None = None) -> Iterator[None]:
    """Turns what the system refuses before the site has changed into a message that names the site's file."""
    try:
        yield
    except OSError as error:
        path = Path(error.filename or out)
        if staging is not None and path.is_relative_to(staging.new):
            path = out / path.relative_to(staging.new)
        raise cannot_write(str(path), _reason(error), there=os.path.lexists(out)) from error
