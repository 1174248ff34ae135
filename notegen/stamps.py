"""Stamps of files, by which an unchanged one is known without reading it: its size, times, inode and mode.

A file that was written less than RACY_NS before its stamp was taken could be written once more and have the same stamp,
so its content is compared too (git's rule for racy entries of its index).
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from notegen.paths import MAX_FOLDER_LEVELS, SITE_MARK, is_hidden
from notegen.settings_files import is_settings_file

RACY_NS = 2_000_000_000
"""Nanoseconds: the coarsest times that file systems keep, those of FAT."""

_COMPILED = "__pycache__"
"""Python's own, which comes with whatever runs first and says nothing that its sources do not."""
_NEVER_READ = frozenset({".git", ".hg", ".svn", ".trash", _COMPILED, "node_modules"})
_CHUNK_BYTES = 1 << 20

_Seen = os.stat_result | str
"""What the disk says of a file; for all that is no file, in words what there is."""


class Tree(Struct, frozen=True):
    """A folder whose files count with all below it, or a single file."""

    top: Path
    is_garden: bool = False
    """Whether only that counts which notes are read from: of dot files settings, and no site that lies within."""
    without: tuple[Path, ...] = ()
    """What lies within and does not count."""


class Stamps(Struct, frozen=True):
    """What was seen of many files at one moment."""

    key: str
    """A digest of the names and of what the disk says of each."""
    racy: Mapping[str, str]
    """Of the files that were written just before: a digest of what each holds, by its path."""

    def hold(self, now: "Stamps") -> bool:
        """Whether the files seen `now` are those that were seen then."""
        return self.key == now.key and all(
            (now.racy.get(path) or _digest_of(path)) == digest for path, digest in self.racy.items()
        )


def take_stamps(trees: Iterable[Tree], values: Iterable[str] = ()) -> Stamps:
    """What the disk says of the trees' files now; the values count too, whatever they are.

    What cannot be looked at counts by the reason.
    """
    digest = hashlib.blake2b(digest_size=32)
    racy: dict[str, str] = {}
    since = time.time_ns() - RACY_NS
    for value in values:
        digest.update(_line(value))
    for tree in trees:
        for path, seen in _Walk(tree).seen():
            if isinstance(seen, str):
                digest.update(_line(path, seen))
                continue
            digest.update(_line(path, *_facts(seen)))
            if max(seen.st_mtime_ns, seen.st_ctime_ns) >= since and stat.S_ISREG(seen.st_mode):
                racy[path] = _digest_of(path)
    return Stamps(digest.hexdigest(), racy)


def seen_in(trees: Iterable[Tree]) -> Iterator[tuple[str, object]]:
    """Each path in the trees, with what the disk says of it now; two looks at it are compared by value."""
    for tree in trees:
        for path, seen in _Walk(tree).seen():
            yield path, seen if isinstance(seen, str) else _facts(seen)


def stamp_of(path: Path) -> bytes:
    """A digest of a file's real path and of what the disk says of it.

    Empty where that does not tell what it holds: the file was written just before, is none or cannot be looked at.
    """
    since = time.time_ns() - RACY_NS
    try:
        seen = os.stat(path)
    except OSError:
        return b""
    if max(seen.st_mtime_ns, seen.st_ctime_ns) >= since or not stat.S_ISREG(seen.st_mode):
        return b""
    return hashlib.blake2b(_line(os.path.realpath(path), *_facts(seen)), digest_size=32).digest()


def _facts(seen: os.stat_result) -> tuple[int, ...]:
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino, seen.st_mode


def site_stamp(site: Path, urls: Iterable[str]) -> str:
    """A digest of what the disk says of a site's files.

    Without the times of their inodes, which change when another name of the same file goes.
    """
    digest = hashlib.blake2b(digest_size=32)
    for url in sorted(urls):
        try:
            status = os.lstat(f"{site}/{url}")
        except OSError as error:
            digest.update(_line(url, error.errno))
        else:
            digest.update(_line(url, status.st_size, status.st_mtime_ns, status.st_ino, status.st_mode))
    return digest.hexdigest()


class _Walk:
    """Goes through a tree once, in one order whatever order the disk has."""

    def __init__(self, tree: Tree) -> None:
        self.is_garden = tree.is_garden
        self.top = os.path.realpath(tree.top)
        self.without = {os.path.realpath(path) for path in tree.without}

    def seen(self) -> Iterator[tuple[str, _Seen]]:
        """Each file with what the disk says of it, each folder with its rights, what refuses with the reason."""
        try:
            status = os.stat(self.top)
        except OSError as error:
            yield self.top, str(error.errno)
            return
        if stat.S_ISDIR(status.st_mode):
            yield self.top, f"folder {status.st_mode}"
            yield from self._folder(self.top, "", (self.top,))
        else:
            yield self.top, status

    def _folder(self, folder: str, prefix: str, above: tuple[str, ...]) -> Iterator[tuple[str, _Seen]]:
        """What is in a folder; `prefix` is its path in the tree, and `above` are the real paths on the way to it."""
        if len(above) > MAX_FOLDER_LEVELS:  # and so does whoever reads what is in it
            return
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield folder, str(error.errno)
            return
        if self.is_garden and prefix and any(entry.name == SITE_MARK for entry in entries):
            yield folder, SITE_MARK
            return
        for entry in entries:
            if entry.name not in (_NEVER_READ if self.is_garden else {_COMPILED}):
                yield from self._entry(entry, prefix + entry.name, above)

    def _entry(
        self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]
    ) -> Iterator[tuple[str, _Seen]]:
        real = os.path.join(above[-1], entry.name)
        try:
            if entry.is_symlink():
                yield entry.path, f"link {os.readlink(entry.path)}"
                real = os.path.realpath(entry.path)
            status = entry.stat()
        except OSError as error:
            yield entry.path, str(error.errno)
            return
        if real in self.without:
            return
        if stat.S_ISDIR(status.st_mode):
            yield entry.path, f"folder {status.st_mode}"
            if real not in above and real.startswith(os.path.join(self.top, "")):
                yield from self._folder(entry.path, f"{path}/", (*above, real))
        elif not (self.is_garden and is_hidden(path)) or is_settings_file(path):
            yield entry.path, status
        elif entry.name.startswith("."):
            yield entry.path, "hidden"


def _line(*facts: object) -> bytes:
    return f"{facts!r}\n".encode("utf-8", "surrogatepass")


def _digest_of(path: str) -> str:
    """Of what a file holds; of one that cannot be read, the reason."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with open(path, "rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError as error:
        return str(error.errno)
    return digest.hexdigest()
