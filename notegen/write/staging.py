"""Where a build puts its files before they are the site: a folder of its own, which is swept up once its owner is dead.

.site.new-1a2b3c4d/        beside the site, or .notegen-new-1a2b3c4d in it where folders cannot be exchanged
    lock                   held as long as the build lives
    new/                   the files; for a moment of the exchange, the folder of the site before
    replaces               which folder that is
    old/                   the site before, where the system can only rename
    journal                what is to be moved into the site, where it is filled in place
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from errno import EEXIST, ENOTEMPTY
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from notegen.write.locks import owned
from notegen.write.manifest import OWN_PREFIX
from notegen.write.trees import copy_rights, is_file, is_folder, remove_tree

if TYPE_CHECKING:
    from filelock import BaseFileLock

_MAX_NAME_BYTES = 200
"""File systems allow 255; longer names of sites stand in ours as a digest."""


class Staging(Struct):
    """One such folder, and what lies in it by name."""

    folder: Path
    inside: bool
    """Whether it lies in the site itself, which is then filled in place."""
    held: "BaseFileLock | None" = None

    @property
    def new(self) -> Path:
        """The folder that becomes the site."""
        return self.folder / "new"

    @property
    def old(self) -> Path:
        """The site before, between two renames."""
        return self.folder / "old"

    @property
    def lock(self) -> Path:
        """What is locked while the owner lives."""
        return self.folder / "lock"

    @property
    def journal(self) -> Path:
        """What is to be done in the site; once it is there, it will be."""
        return self.folder / "journal"

    def note_replaced(self, site: Path) -> None:
        """Remember which folder is the site before the exchange, so that it can be told apart afterwards."""
        (self.folder / "replaces").write_text(_identity(site), "ascii")

    def old_site(self) -> Path | None:
        """Where the folder lies that was the site, if it lies here; None before an exchange, and after the second."""
        if is_folder(self.old):
            return self.old
        with suppress(OSError):
            if (self.folder / "replaces").read_text("ascii") == _identity(self.new):
                return self.new
        return None

    def forget_old_site(self) -> None:
        """Nothing of it is needed any longer."""
        (self.folder / "replaces").unlink(missing_ok=True)
        if is_folder(self.old):
            os.rename(self.old, self.folder / "emptied")

    def is_needed(self) -> bool:
        """Whether something in it is not yet where it belongs."""
        return os.path.lexists(self.journal) or self.old_site() is not None

    def remove(self) -> OSError | None:
        """Remove the folder, the lock last, since without one it is not known again; gives why it cannot be.

        By then the lock is let go: of a file that is open network disks and FUSE leave another name in its folder,
        and Windows does not remove it.
        """
        with suppress(OSError):
            for name in os.listdir(self.folder):
                if name != self.lock.name and (refused := remove_tree(self.folder / name)):
                    return refused
        self.let_go()
        return remove_tree(self.folder)

    def let_go(self) -> None:
        """No longer be seen to be at work."""
        if self.held is not None:
            self.held.release()


def lock_beside(site: Path) -> Path:
    """The file beside a site that is locked while the site is changed."""
    return site.parent / f"{_prefix(site)}.lock"


def make_staging(site: Path) -> Staging:
    """A new staging folder; the caller holds the site's lock.

    It lies beside the site, from where a rename puts it in the site's place. It lies inside where that cannot be: where
    the site is a mount point or on another device, or nobody may write beside it. And where this process stands in the
    site: a shell stands there too, then, and must find itself in the site afterwards.

    Raises:
        OSError: there is no room for it, beside or inside.
    """
    if not site.exists():
        return _new(site.parent / f"{_prefix(site)}.new-{secrets.token_hex(4)}", None)
    if not _stands_in(site):
        with suppress(OSError):
            beside = _new(site.parent / f"{_prefix(site)}.new-{secrets.token_hex(4)}", site)
            if _can_move(site, beside.folder):
                return beside
            _discard(beside)
    return _new(site / f"{OWN_PREFIX}new-{secrets.token_hex(4)}", site, inside=True)


def stagings_of(site: Path) -> Iterator[Staging]:
    """The staging folders of all builds of a site, the living and the dead.

    Beside the site only this person's own are looked at: anybody may write into `/tmp`.
    """
    beside, inside = re.escape(f"{_prefix(site)}.new-"), re.escape(f"{OWN_PREFIX}new-")
    for folder, start in ((site.parent, beside), (site, inside)):
        with suppress(OSError):
            for name in sorted(os.listdir(folder)):
                if re.fullmatch(f"{start}[0-9a-f]{{8}}", name) and is_folder(folder / name):
                    staging = Staging(folder / name, inside=start == inside)
                    if (staging.inside or _is_mine(staging.folder)) and _is_staging(staging):
                        yield staging


def _new(folder: Path, model: Path | None, *, inside: bool = False) -> Staging:
    folder.mkdir(mode=0o700)
    staging = Staging(folder, inside)
    try:
        staging.held = owned(staging.lock)
        staging.new.mkdir()
        if model is not None:
            # From the beginning, so that folders in it inherit a group as they would in the site.
            copy_rights(model, staging.new)
            staging.new.chmod(staging.new.stat().st_mode & 0o7777 | 0o700)
    except BaseException:
        _discard(staging)
        raise
    return staging


def _discard(staging: Staging) -> None:
    staging.let_go()
    with suppress(OSError):
        if is_folder(staging.new):
            staging.new.rmdir()
        staging.lock.unlink(missing_ok=True)
        staging.folder.rmdir()


def _prefix(site: Path) -> str:
    name = site.name
    if len(os.fsencode(name)) > _MAX_NAME_BYTES:
        name = hashlib.blake2b(os.fsencode(name), digest_size=16).hexdigest()
    return f".{name}"


def _can_move(site: Path, folder: Path) -> bool:
    """Whether the site's folder can be renamed to this one; asked by a rename that cannot succeed: it is full."""
    try:
        os.rename(site, folder)
    except OSError as error:
        return error.errno in (ENOTEMPTY, EEXIST)
    raise AssertionError("a folder took the place of one that is not empty")


def _stands_in(site: Path) -> bool:
    try:
        return os.path.samefile(site, os.curdir)
    except OSError:
        return False


def _is_staging(staging: Staging) -> bool:
    """Whether a folder of that name is one: it has a lock, or, if its build was killed at once, nothing at all."""
    return is_file(staging.lock) or not os.listdir(staging.folder)


def _is_mine(folder: Path) -> bool:
    return not hasattr(os, "geteuid") or folder.lstat().st_uid == os.geteuid()


def _identity(folder: Path) -> str:
    status = folder.lstat()
    return f"{status.st_dev} {status.st_ino}"
