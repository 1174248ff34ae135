"""A staged folder becomes the site, beside which it lies.

    site = A (old)   staging = B (new)      made in peace
    site = B (new)   staging = A (old)      exchanged: in one step there is a new site
    site = B (new)   staging = A (new)      A is brought up to date, out of sight, by second names for B's files
    site = A (new)   staging = B (new)      exchanged again, and B goes

The site's folder is thus the one that it was, and a server, a shell or a mount that stands in it sees the new site.
Where the system cannot exchange names, two renames take their place, and where a file cannot have a second name, B
stays; what somebody else put into A moves over.

A build killed anywhere leaves A or B as the site, whole; `settle` brings what is left to its end.
"""

import os
from contextlib import suppress
from os import scandir
from pathlib import Path

from notegen.write.exchange import can_exchange, exchange
from notegen.write.foreign import link_foreign, move_foreign
from notegen.write.manifest import MANIFEST, OWN_PREFIX, Inventory, our_files, take_inventory
from notegen.write.staging import Staging
from notegen.write.stale import in_the_way, remove_files
from notegen.write.trees import copy_rights, copy_status, is_folder, writable


def swap_in(staging: Staging, site: Path, inventory: Inventory) -> None:
    """Make the staged folder the site; `settle` is to be called next, whatever happens.

    Raises:
        OSError: the site is as it was.
    """
    if not os.path.lexists(site):
        os.rename(staging.new, site)
        return
    staging.note_replaced(site)
    link_foreign(inventory.foreign, site, staging.new)
    _carry_rights(site, staging.new)
    if can_exchange(staging.folder):
        exchange(staging.new, site)
    else:
        os.rename(site, staging.old)
        try:
            os.rename(staging.new, site)
        except BaseException:
            os.rename(staging.old, site)
            raise


def settle(staging: Staging, site: Path) -> None:
    """Bring an exchange to its end, wherever it was left; does nothing where there was none.

    What cannot be brought over stays in the staging folder, which is then still needed.
    """
    held = staging.old_site()
    with suppress(OSError):
        if held is None:
            pass
        elif not os.path.lexists(site):
            os.rename(held, site)
        elif not _give_back(staging, site):
            _give_over(staging, site)


def _give_back(staging: Staging, site: Path) -> bool:
    """Bring the folder that was the site up to date and make it the site again, if that can be."""
    held = staging.old_site()
    if held != staging.new:
        return False
    try:
        _update(held, site, aside=staging.folder / "link")
        exchange(held, site)
    except OSError:
        return False
    return True


def _give_over(staging: Staging, site: Path) -> None:
    """Move what is somebody else's out of the folder that was the site, which is then no longer needed."""
    held = staging.old_site()
    if held is not None:
        move_foreign(take_inventory(held).foreign, held, site)
        staging.forget_old_site()


def _carry_rights(old: Path, new: Path) -> None:
    """Give the new folder and those in it the mode and group that they had in the old one."""
    for folder, _, _ in os.walk(new, topdown=False):
        before = old / os.path.relpath(folder, new)
        if is_folder(before):
            copy_rights(before, Path(folder))
    copy_status(old, new)


def _update(kept: Path, site: Path, *, aside: Path) -> None:
    """Make `kept` hold the same files as the site, under second names; what is only in it and not ours stays."""
    stale = our_files(kept) - our_files(site)
    early = in_the_way(stale, site)
    remove_files(kept, early)
    aside.unlink(missing_ok=True)
    _link_changed(str(site), str(kept), str(aside), top=True)
    remove_files(kept, stale.difference(early))
    # Last, so that whoever is killed on the way knows by the old list what is to go.
    with writable((kept / MANIFEST).parent):
        _put_link(str(site / MANIFEST), str(kept / MANIFEST), str(aside))


def _link_changed(folder: str, kept: str, aside: str, *, top: bool = False) -> None:
    inodes = _inodes_of(kept)
    with writable(kept), scandir(folder) as entries:
        for entry in entries:
            if inodes.get(entry.name) == entry.inode():
                continue
            target = os.path.join(kept, entry.name)
            if top and entry.name.startswith(OWN_PREFIX):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not is_folder(target):
                    os.mkdir(target)
                    copy_status(entry.path, target)
                _link_changed(entry.path, target, aside)
            elif not (entry.name == "files.txt" and Path(target).parts[-2:] == Path(MANIFEST).parts):
                _put_link(entry.path, target, aside)


def _inodes_of(folder: str) -> dict[str, int]:
    """The inode of each name in a folder, as far as listing it tells them: thousands of files need not be asked then.

    Some file systems list made-up ones, all the same, so that the first entry is asked as well.
    """
    with scandir(folder) as found:
        entries = list(found)
    if not entries or entries[0].inode() != os.lstat(entries[0].path).st_ino:
        return {}
    return {entry.name: entry.inode() for entry in entries}


def _put_link(source: str, target: str, aside: str) -> None:
    """Put a second name of a file in the place of another in one step, or where there is none."""
    try:
        there = os.lstat(target)
    except FileNotFoundError:
        os.link(source, target, follow_symlinks=False)
        return
    if not os.path.samestat(os.lstat(source), there):
        os.link(source, aside, follow_symlinks=False)
        os.replace(aside, target)
