"""Where no site may be written: over notes, over what people keep, over where they live and stand."""

import os
from collections.abc import Iterator
from pathlib import Path

from notegen.errors import NotegenError
from notegen.errors.site import (
    out_is_above_here,
    out_is_broken_link,
    out_is_file,
    out_is_home,
    out_is_notes,
    out_is_root,
    out_not_ours,
    out_refused,
    site_would_be_empty,
)
from notegen.paths import CANVAS_SUFFIX, NOTE_SUFFIXES
from notegen.write.in_place import read_journal
from notegen.write.manifest import MARK, is_old_site, notes_in_site, take_inventory
from notegen.write.staging import stagings_of
from notegen.write.trees import is_file

HOST_NAMES = frozenset(
    {".DS_Store", ".domains", ".git", ".gitattributes", ".gitignore", ".gitkeep", ".gitmodules", ".hg",
     ".htaccess", ".keep", ".nojekyll", ".well-known", "CNAME", "Thumbs.db", "desktop.ini", "lost+found"}
)  # fmt: skip
"""What git, hosts and systems put into a folder that is to hold a site: none of it is anybody's work."""


def check_out(out: Path, notes: Path) -> None:
    """Refuses to write where it would cost somebody something; called before any work is done.

    Raises:
        NotegenError: `out` is the notes folder or holds it, is a file, is a home folder or above one or above the
            working folder, or holds files that notegen did not make.
    """
    try:
        _check_out(out, notes)
    except (OSError, RuntimeError) as error:
        # RuntimeError: a symbolic link to itself, up to Python 3.12.
        reason = getattr(error, "strerror", None) or str(error)
        raise out_refused(str(out), reason) from error


def check_notes(count: int, notes: Path, out: Path) -> None:
    """Refuses to replace a site that has notes by one that has none; called once it is known how many there are.

    Raises:
        NotegenError: there is no note; most often the folder is not mounted, not synchronised yet, or the wrong one.
    """
    if count == 0 and notes_in_site(out):
        raise site_would_be_empty(str(notes), str(out), (*NOTE_SUFFIXES, CANVAS_SUFFIX))


def _check_out(out: Path, notes: Path) -> None:
    real, root = out.resolve(), notes.resolve()
    if root.is_relative_to(real):
        raise out_is_notes(str(out))
    if os.path.lexists(out) and not out.is_dir():
        raise out_is_file(str(out)) if out.exists() else out_is_broken_link(str(out))
    if refusal := _too_far_up(out, real):
        raise refusal
    if out.is_dir() and (example := next(_foreign_names(real), None)):
        raise out_not_ours(str(out), example)


def _too_far_up(out: Path, real: Path) -> NotegenError | None:
    """Folders that are never replaced, even if a site of ours lies there."""
    if real == real.parent:
        return out_is_root(str(out))
    if _home().is_relative_to(real):
        return out_is_home(str(out))
    here = Path.cwd()
    if here != real and here.is_relative_to(real):
        return out_is_above_here(str(out))
    return None


def _home() -> Path:
    try:
        return Path.home().resolve()
    except RuntimeError:  # nobody says where it is
        return Path("/nowhere")


def _foreign_names(site: Path) -> Iterator[str]:
    """Names in a folder that is no site yet, for which it is not replaced."""
    if is_file(site / MARK) and (is_old_site(site) or take_inventory(site).ours):
        return
    begun = {
        url.split("/")[0]
        for staging in stagings_of(site)
        if (journal := read_journal(staging))
        for url in journal.put
    }
    for name in take_inventory(site).foreign:
        if name not in HOST_NAMES and name.split("/")[0] not in begun:
            yield name
