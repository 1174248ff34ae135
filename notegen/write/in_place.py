"""A site's folder is filled where it is, for it cannot be exchanged: a mount point, a folder with a closed one above.

First a journal says what will be done; once it is there it will be, by this build or by the next one. Each file takes
its place in one step; on the way the site is of two builds, so this is only done where nothing else can be.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from errno import EACCES
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from notegen.errors.site import site_unfinished
from notegen.model import Url
from notegen.paths import SEARCH_MANIFEST, SEARCH_POINTER, fold
from notegen.write.manifest import MANIFEST, MARK, Inventory
from notegen.write.staging import Staging
from notegen.write.stale import in_the_way, remove_files
from notegen.write.trees import copy_status, is_folder, is_same, writable


class Journal(Struct, frozen=True):
    """What is to be done in the site."""

    put: tuple[Url, ...]
    """The staged files to be moved into their places."""
    early: tuple[Url, ...]
    """The files to be removed before that, since they are in the way."""
    late: tuple[Url, ...]
    """The files to be removed after that."""


def move_in(staging: Staging, site: Path, urls: Iterable[Url], inventory: Inventory) -> None:
    """Make the staged files the site's.

    Raises:
        OSError: the site is as it was.
        NotegenError: something stands in the way half-way; the next build goes on.
    """
    stale = inventory.ours.difference(urls)
    early = in_the_way(sorted(stale), staging.new)
    # Where case does not count, what is found by the new name goes with the old one.
    gone = set(map(fold, early))
    put = [url for url in urls if fold(url) in gone or not is_same(staging.new / url, site / url)]
    # The list of files and the mark come last: whoever is stopped on the way has both, the old ones or the new.
    # Before them what points at the search index, which comes after all that it points at, as its own list does.
    last = (SEARCH_MANIFEST, SEARCH_POINTER)
    order = sorted(put, key=lambda url: (url in (MANIFEST, MARK), url in last and last.index(url) + 1, url))
    journal = Journal(tuple(order), tuple(early), tuple(sorted(stale.difference(early))))
    _refuse_closed_folders([*put, *stale], site)
    _write_durably(json.dumps(asdict(journal)).encode("utf-8", "surrogatepass"), staging.journal)
    finish(staging, site)


def finish(staging: Staging, site: Path) -> None:
    """Do what the journal says, however much of it is done; without a journal, nothing.

    Raises:
        NotegenError: something stands in the way; the journal stays.
    """
    journal = read_journal(staging)
    if journal is None:
        return
    try:
        remove_files(site, journal.early)
        for url in journal.put:
            _move_file(url, staging.new, site)
        remove_files(site, journal.late)
        staging.journal.unlink()
    except OSError as error:
        raise site_unfinished(str(error.filename or site), error.strerror or str(error)) from error


def read_journal(staging: Staging) -> Journal | None:
    """What is still to be done in the site, if anything."""
    try:
        said = json.loads(staging.journal.read_bytes().decode("utf-8", "surrogatepass"))
    except (OSError, ValueError):
        return None
    return Journal(*(tuple(map(str, said[name])) for name in ("put", "early", "late")))


def _move_file(url: Url, new: Path, site: Path) -> None:
    if not os.path.lexists(new / url):  # moved before the build was killed
        return
    folder = (site / url).parent
    _make_folders(new, site, (new / url).parent)
    with writable(folder):
        os.replace(new / url, site / url)


def _make_folders(new: Path, site: Path, folder: Path) -> None:
    target = site / folder.relative_to(new)
    if not is_folder(target):
        _make_folders(new, site, folder.parent)
        with writable(target.parent):
            target.mkdir()
        copy_status(folder, target)


def _refuse_closed_folders(urls: Iterable[Url], site: Path) -> None:
    """Raises the refusal that a move would meet half-way, before the first one."""
    for folder in sorted({folder for url in urls for folder in _deepest_folder(site / url)}):
        if not (os.access(folder, os.W_OK | os.X_OK) or _is_mine(folder)):
            raise PermissionError(EACCES, os.strerror(EACCES), str(folder))


def _deepest_folder(path: Path) -> Iterator[Path]:
    yield next(parent for parent in path.parents if is_folder(parent))


def _is_mine(folder: Path) -> bool:
    return hasattr(os, "geteuid") and folder.stat().st_uid == os.geteuid()


def _write_durably(content: bytes, path: Path) -> None:
    """The file is there whole, even after a loss of power, or not at all."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(draft, path)
    with suppress(OSError):  # Windows opens no folders
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
