"""Which files of a site's folder are ours: the list that a build writes, and what lies beside them.

The list is a file of the site, `notegen/files.txt`: one address a line, ascending, itself among them. What is not in
it is somebody's own, and is kept whatever it is called.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from notegen.model import OutputFile, Url
from notegen.paths import INTERNAL, SITE_MARK, fold
from notegen.write.trees import is_file, is_folder, is_same

MARK: Url = SITE_MARK
"""The file whose presence says that a folder is a site of ours and may be replaced."""

MANIFEST: Url = f"{INTERNAL}/files.txt"

NO_JEKYLL: Url = ".nojekyll"
"""The one file on top of a site that begins with a dot and is ours; somebody else's says the same, and is left."""

OWN_PREFIX = ".notegen-"
"""What a build's own lock and staging folder are called inside a site, where they must lie there."""


class Inventory(Struct, frozen=True):
    """What lies in a site's folder."""

    ours: frozenset[str] = frozenset()
    """The files that a build of ours put there, by address, whether they are still there or not."""
    foreign: tuple[str, ...] = ()
    """What somebody else put there, ascending: files, and folders that hold nothing of ours, as one entry each."""


def manifest_of(urls: Iterable[Url]) -> OutputFile:
    """The list of a site's files, from the addresses of all others."""
    text = "".join(f"{url}\n" for url in sorted({*urls, MANIFEST}))
    return OutputFile(MANIFEST, text.encode("utf-8", "surrogateescape"))


def take_inventory(site: Path) -> Inventory:
    """What is ours in the folder, and what is not; empty where there is no folder.

    Raises:
        OSError: a folder in it cannot be read.
    """
    if not is_folder(site):
        return Inventory()
    listed = listed_files(site)
    if listed is None:
        return _without_manifest(site)
    files, folders = _Names(site, listed), _Names(site, folders_above(listed))
    return Inventory(listed, tuple(sorted(_foreign_in(str(site), "", files, folders))))


def our_files(site: Path) -> frozenset[str]:
    """The files of ours in the folder, as its inventory has them, without a look at what else lies there."""
    listed = listed_files(site) if is_folder(site) else frozenset()
    return _without_manifest(site).ours if listed is None else listed


def folders_above(urls: Iterable[Url]) -> set[str]:
    """Every folder that one of the files lies in, however deep; not the site's own."""
    folders = {url.rpartition("/")[0] for url in urls} - {""}
    return folders.union(
        *({folder[:end] for end, letter in enumerate(folder) if letter == "/"} for folder in folders)
    )


class _Names:
    """Addresses as a disk may list them: in other case or with other accents than they were written."""

    def __init__(self, site: Path, names: Collection[str]) -> None:
        self._site = site
        self._names = names

    def has(self, path: str) -> bool:
        """Whether a path is one of them, spelled so or otherwise."""
        if path in self._names:
            return True
        twin = self._folded.get(fold(path))
        return twin is not None and is_same(f"{self._site}/{twin}", f"{self._site}/{path}")

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {fold(name): name for name in self._names}


def _foreign_in(folder: str, prefix: str, files: _Names, folders: _Names) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if not prefix and entry.name.startswith(OWN_PREFIX):
                continue
            if not entry.is_dir(follow_symlinks=False):
                if not files.has(path):
                    yield path
            elif folders.has(path):
                yield from _foreign_in(entry.path, f"{path}/", files, folders)
            else:
                yield path


def listed_files(site: Path) -> frozenset[str] | None:
    """The addresses in the list; None for a folder without one that can be read."""
    if not is_file(site / MANIFEST):
        return None
    try:
        text = (site / MANIFEST).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return None
    # A list that somebody changed must not lead out of the folder.
    return frozenset(
        line for line in text.split("\n") if line and line[0] != "/" and ".." not in line.split("/")
    )


def _without_manifest(site: Path) -> Inventory:
    """A site from before there was a list is ours whole, but for dot files on top; any other folder is not ours."""
    names = sorted(name for name in os.listdir(site) if not name.startswith(OWN_PREFIX))
    if not is_old_site(site):
        return Inventory(foreign=tuple(name for name in names if name != MARK))
    foreign = tuple(name for name in names if name.startswith(".") and name != NO_JEKYLL)
    ours = (file for name in names if name not in foreign for file in files_under(site, name))
    return Inventory(frozenset(ours), foreign)


def files_under(folder: Path, path: str = "") -> Iterator[str]:
    """All files in a folder, by their paths from it; of a `path` in it, those below, or the file itself."""
    if is_folder(folder / path):
        yield from _files_in(str(folder / path), f"{path}/" if path else "")
    else:
        yield path


def _files_in(folder: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _files_in(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def is_old_site(site: Path) -> bool:
    """Whether a folder is a site that was made before sites had a list of their files."""
    whole = is_file(site / MARK) and is_file(site / "index.html") and is_folder(site / INTERNAL)
    return whole and not is_file(site / MANIFEST)


def notes_in_site(site: Path) -> int:
    """How many notes the site there has, as it says itself; 0 where there is none, or where it does not say."""
    try:
        facts = json.loads((site / MARK).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return 0
    notes = facts.get("notes") if isinstance(facts, dict) else None
    return notes if isinstance(notes, int) else 0
