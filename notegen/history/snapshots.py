"""The notes folder as it was at the end of each day, from git, in a folder of our own.

Git is only asked which blobs there were and what they hold, so that nothing that a repository says of itself runs: no
filter, no hook, no attribute. Pictures and other large files are there by name alone.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path

from msgspec import Struct, field

from notegen.git import run_git
from notegen.settings_files import is_settings_file
from notegen.temporary import temporary_folder

_MAX_BYTES = 4_000_000
_NO_TEXTS = frozenset(
    ".3gp .7z .avif .bmp .flac .gif .gz .heic .ico .jpeg .jpg .m4a .mkv .mov .mp3 .mp4 .ogg .ogv .otf .pdf .png .tif "
    ".tiff .ttf .wav .webm .webp .woff .woff2 .zip".split()
)
_LONG_AGO = (946_684_800, 946_684_800)
"""What every file's time is, so that a file is known by what else the disk says of it."""


class PastDay(Struct, frozen=True):
    """A day with commits, and the last of them."""

    day: date
    commit: str


def past_days(root: Path, most: int) -> list[PastDay]:
    """The last days with commits, the oldest first; none where git does not tell. One more than `most`, to begin from.

    Of merges only the first parent's side is followed: what was published, not what somebody else had meanwhile.
    """
    if not _is_whole(root):
        return []
    asked = run_git(root, "log", "--first-parent", "--format=%H %ad", "--date=short", "--", ".")
    commits = [line.split(" ") for line in asked.stdout.decode("ascii", "replace").splitlines()]
    days = [next(same) for _, same in groupby(commits, key=lambda commit: commit[1])][: most + 1]
    found = []
    for commit, written in days:
        try:
            found.append(PastDay(date.fromisoformat(written), commit))
        except ValueError:  # a commit may claim any year
            continue
    return found[::-1]


def _is_whole(root: Path) -> bool:
    """Whether there is a repository that has all of its history."""
    try:
        asked = run_git(root, "rev-parse", "--is-shallow-repository")
    except OSError:
        return False
    return asked.returncode == 0 and asked.stdout.strip() == b"false"


class PastFolder(Struct):
    """A folder that is made to hold what the notes folder held, one day after the other."""

    root: Path
    path: Path
    """Where the files are."""
    spare: Path
    """Where the changed files of a day can be laid out alone."""
    blobs: Mapping[str, str] = field(default_factory=dict)
    """What it holds: the object of each path."""

    def move_to(self, commit: str) -> frozenset[str] | None:
        """Make it hold what a commit has; the paths that differ from before. None where git lacks some of it."""
        blobs = _blobs_of(self.root, commit)
        if blobs is None:
            return None
        changed = {path for path, blob in blobs.items() if self.blobs.get(path) != blob}
        contents = _contents(self.root, {blobs[path] for path in changed if _is_text(path)})
        if contents is None:
            return None
        gone = self.blobs.keys() - blobs.keys()
        for path in sorted(gone | (changed & self.blobs.keys())):
            (self.path / path).unlink(missing_ok=True)
            _remove_empty(self.path, path)
        for path in sorted(changed):
            self._write(path, contents.get(blobs[path], b""))
        self.blobs = blobs
        return frozenset(changed | gone)

    def _write(self, path: str, content: bytes) -> None:
        file = self.path / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            os.utime(file, _LONG_AGO)
        except OSError:  # two names that this disk takes for one
            pass

    @contextmanager
    def only(self, paths: frozenset[str]) -> Iterator[Path]:
        """A folder with some of the files alone, and all that says how notes are read."""
        for path in self.blobs:
            if path in paths or is_settings_file(path) or f"/{path}".find("/.") >= 0:
                target = self.spare / path
                target.parent.mkdir(parents=True, exist_ok=True)
                if (self.path / path).is_file():
                    os.link(self.path / path, target)
        yield self.spare
        shutil.rmtree(self.spare)
        self.spare.mkdir()


@contextmanager
def past_folder(root: Path) -> Iterator[PastFolder]:
    """An empty folder that git's days can be laid out in; it is gone afterwards."""
    with temporary_folder() as place:
        folders = place / "notes", place / "some"
        for folder in folders:
            folder.mkdir()
        yield PastFolder(root, *folders)


def _blobs_of(root: Path, commit: str) -> dict[str, str] | None:
    """The objects of a commit's files by their paths, without links and what leads out of the folder."""
    asked = run_git(root, "ls-tree", "-r", "-z", commit)
    if asked.returncode:
        return None
    found = {}
    for entry in asked.stdout.decode("utf-8", "surrogateescape").split("\0"):
        facts, _, path = entry.partition("\t")
        words = facts.split(" ")
        if len(words) == 3 and words[1] == "blob" and words[0] != "120000" and _is_within(path):
            found[path] = words[2]
    return found


def _is_within(path: str) -> bool:
    parts = path.split("/")
    return (
        not {"", ".", "..", ".git"}.intersection(part.lower() for part in parts)
        and "\\" not in path
        and len(path.encode("utf-8", "surrogateescape")) < 2000
    )


def _is_text(path: str) -> bool:
    return os.path.splitext(path)[1].lower() not in _NO_TEXTS


def _contents(root: Path, blobs: set[str]) -> dict[str, bytes] | None:
    """What objects hold, as much of it as a note may have; None where one is not there."""
    if not blobs:
        return {}
    asked = run_git(root, "cat-file", "--batch", given="\n".join(sorted(blobs)).encode())
    found: dict[str, bytes] = {}
    place, said = 0, asked.stdout
    while (end := said.find(b"\n", place)) >= 0:
        name, _, rest = said[place:end].decode("ascii", "replace").partition(" ")
        kind, _, size = rest.partition(" ")
        if kind != "blob" or not size.isdecimal():
            return None
        found[name] = said[end + 1 : end + 1 + min(int(size), _MAX_BYTES)]
        place = end + 1 + int(size) + 1
    return found if len(found) == len(blobs) else None


def _remove_empty(top: Path, path: str) -> None:
    """The folders above a file that is gone, where nothing is in them any more."""
    for folder in (top / path).parents:
        if folder == top:
            return
        try:
            folder.rmdir()
        except OSError:
            return
