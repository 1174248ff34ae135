"""What lies in a folder that is no note: for messages to somebody whose notes are not found, or not all of them."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from msgspec import Struct

from notegen.config import CONFIG_NAME
from notegen.paths import CANVAS_SUFFIX, NOTE_SUFFIXES, SITE_MARK

_MIN_LIKENESS = 0.7  # difflib's ratio: `gardn` and `garden` have .91, `nowhere` and `other` .67


class Leftovers(Struct, frozen=True):
    """What is in a folder beside its notes, as far as it is not hidden."""

    endings: tuple[tuple[str, int], ...] = ()
    """What files end in, in lower case, with how many do, the most frequent first; empty for those without."""
    is_empty: bool = False
    """Whether there is nothing at all, not even something hidden."""
    is_site: bool = False
    """Whether the folder is a site of notegen's."""

    def count(self, endings: Sequence[str]) -> int:
        """How many files end in one of these."""
        return sum(count for ending, count in self.endings if ending in endings)

    @property
    def left_out(self) -> int:
        """How many have the ending of a note all the same, so that something else leaves them out."""
        return self.count((*NOTE_SUFFIXES, CANVAS_SUFFIX))


def find_leftovers(root: Path, skip: Sequence[Path] = (), notes: Sequence[str] = ()) -> Leftovers:
    """What is there beside the notes.

    Args:
        skip: folders and files that are no part of the notes.
        notes: the notes, by their paths in the folder.
    """
    away = {os.path.realpath(path) for path in skip}
    known = frozenset(notes)
    files = [path for path in _files(root, away) if path not in known]
    counts = Counter(PurePosixPath(path).suffix.lower() for path in files)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    is_empty = not os.listdir(root)
    return Leftovers(tuple(ordered), is_empty, os.path.lexists(root / SITE_MARK))


def folder_like(missing: Path) -> str:
    """The folder that may have been meant by one that is not there: beside it, and called nearly so; else empty."""
    try:
        beside = [entry.name for entry in os.scandir(missing.parent) if entry.is_dir()]
    except OSError:
        return ""
    alike = get_close_matches(
        missing.name, [name for name in beside if not name.startswith(".")], 1, _MIN_LIKENESS
    )
    return str(missing.parent / alike[0]) if alike else ""


def _files(root: Path, away: set[str]) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        here = Path(folder).relative_to(root)
        if SITE_MARK in names and here.parts:  # a site of notegen's
            folders.clear()
            continue
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(os.path.join(folder, name)) not in away
        )
        for name in sorted(names):
            if (
                name != CONFIG_NAME
                and not name.startswith(".")
                and os.path.realpath(os.path.join(folder, name)) not in away
            ):
                yield (here / name).as_posix()
