"""The site on disk: replaced whole or not at all, and nothing removed from it that is not ours.

    files --> fill --> staging, beside the site --> swap --> site
                       staging, in the site --> in_place --^

Files go into a folder of the build's own; when the last one is there, it becomes the site. Whatever fails before that
leaves the old site as it was. What a killed build left, the next one brings to its end before it begins.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors.site import cannot_write
from notegen.model import FileDigests, OutputFile, Written
from notegen.reports import still_needed
from notegen.stamps import site_stamp
from notegen.temporary import count_as_lasting, count_as_temporary
from notegen.write.check_out import check_notes, check_out
from notegen.write.file_stamps import FileStamps
from notegen.write.fill import fill_folder
from notegen.write.foreign import refuse_clashes
from notegen.write.in_place import finish, move_in
from notegen.write.locks import is_free, site_lock
from notegen.write.manifest import MARK, files_under, listed_files, take_inventory
from notegen.write.second_names import Named, Naming, SecondNames
from notegen.write.staging import Staging, lock_beside, make_staging, stagings_of
from notegen.write.swap import settle, swap_in

if TYPE_CHECKING:
    from notegen.workers.jobs import Elsewhere

__all__ = ["MARK", "FileStamps", "NewSite", "check_notes", "check_out", "is_as_written", "write_site"]


class NewSite:
    """The folder that becomes the site, in place of what the build before put there.

    Of several builds at once each has its own; the last to end is the site. Nothing is on the disk before it is asked
    for, and nothing of it is left beside the site after the block.
    """

    def __init__(self, out: Path, *, on_wait: Callable[[], None] = lambda: None) -> None:
        """Nothing is made yet.

        Args: on_wait: called when another build has the site and it takes a while.
        """
        self._out, self._on_wait = out, on_wait
        self._site = out
        self._staging: Staging | None = None
        self._named: Callable[[], Named] | None = None
        self._left: list[tuple[str, str]] = []

    def __enter__(self) -> "NewSite":
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def name_ahead(self, elsewhere: "Elsewhere") -> None:
        """Has files of the site before put there by another process, before it is known which of them stay.

        Raises:
            NotegenError: as `write` does.
        """
        with _worded(self._out):
            new = self._begun().new
            self._named = elsewhere(Naming(self._site, new))

    def write(
        self,
        files: Iterable[OutputFile],
        *,
        inspect: Callable[[Path, FileDigests], None] = lambda new, digests: None,
        stamps: FileStamps | None = None,
    ) -> Written:
        """Puts the files where the site is, whole or not at all.

        Args:
            inspect: called with the folder of the new site, and what its files are known to hold, before it takes the
                old one's place; what it raises leaves that as it was.
            stamps: of the site before, and then of the new one; None to read all files of the site before.

        Raises:
            NotegenError: the disk refuses, somebody's file is in the way, or another build does not end; the site is
                then as it was, or the message says otherwise.
        """
        with _worded(self._out):
            staging = self._begun()
        try:
            with _worded(self._out, staging):
                site, stamps = self._site, stamps or FileStamps()
                names = SecondNames(staging.new, self._taken())
                filled = fill_folder(files, staging.new, site, stamps, names)
                inspect(staging.new, filled.digests)
                with site_lock(site, lock_beside(site), self._on_wait):
                    stamps.note_put_in_place()
                    count_as_lasting(staging.folder)  # the next build brings to its end what begins here
                    _put_in_place(staging, site)
                    # While no other build can have put its own there.
                    stamp = site_stamp(site, listed_files(site) or ())
        finally:
            self._end()
        return Written(filled.files, filled.size, tuple(filled.unreadable), tuple(self._left), stamp)

    def _begun(self) -> Staging:
        if self._staging is None:
            self._site = site = self._out.resolve()
            site.parent.mkdir(parents=True, exist_ok=True)
            with site_lock(site, lock_beside(site), self._on_wait):
                self._left += _sweep(site)
                self._staging = make_staging(site)
                count_as_temporary(self._staging.folder)
        return self._staging

    def _taken(self) -> Named:
        named, self._named = self._named, None
        return named() if named else {}

    def _end(self) -> None:
        staging, self._staging = self._staging, None
        if staging:
            if self._named:  # the other process may be at it, and finds no folder any more
                with suppress(OSError):
                    os.rename(staging.new, staging.folder / "dropped")
            self._left += _end(staging)
            count_as_lasting(staging.folder)


def write_site(
    files: Iterable[OutputFile],
    out: Path,
    *,
    on_wait: Callable[[], None] = lambda: None,
    inspect: Callable[[Path, FileDigests], None] = lambda new, digests: None,
    stamps: FileStamps | None = None,
) -> Written:
    """Puts the files where `out` is; for the arguments and what it raises see `NewSite`."""
    with NewSite(out, on_wait=on_wait) as new:
        return new.write(files, inspect=inspect, stamps=stamps)


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
