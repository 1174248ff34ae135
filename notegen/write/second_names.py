"""Second names of a site's files in the folder of the next one, given before it is known which of them stay.

After an edit nearly all stay, and to give a file its second name takes most of what it takes to put it there. So it is
done by a process that has nothing else to do, while the build's own makes pages.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from notegen.model import Url
from notegen.write.manifest import folders_above, listed_files
from notegen.write.trees import is_folder, remove_tree

if TYPE_CHECKING:
    from notegen.cache import VectorCache  # a build with nothing to do loads no numpy


class FileStatus(NamedTuple):
    """What the disk says of a plain file, under the names that a status of the system has."""

    st_size: int
    st_mtime_ns: int
    st_ino: int
    st_dev: int


Named = dict[Url, FileStatus]
"""The files that were given a second name."""


class Naming(Struct, frozen=True):
    """Gives all files of a site second names in a new folder; doing it again changes nothing."""

    old: Path
    new: Path
    """An empty folder of the build's own."""

    def __call__(self, cache: "VectorCache | None" = None) -> Named:
        """All that can be given one; nothing where the disk does not tell `a.html` from `A.html`.

        A folder has the name there that it was made by, which may not be the one that it is to have then.
        """
        named: Named = {}
        if os.path.lexists(self.new.with_name(self.new.name.upper())):
            return named
        urls = listed_files(self.old) or ()
        with suppress(
            OSError, NotImplementedError
        ):  # the disk has no second names, or the folder was removed
            for folder in sorted(folders_above(urls)):
                with suppress(FileExistsError):
                    os.mkdir(f"{self.new}/{folder}")
            for url in urls:
                path = f"{self.new}/{url}"
                try:
                    os.link(f"{self.old}/{url}", path, follow_symlinks=False)
                except FileExistsError:
                    pass
                except FileNotFoundError:
                    continue
                status = os.lstat(path)
                if stat.S_ISREG(status.st_mode):
                    named[url] = FileStatus(status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev)
                else:
                    os.unlink(path)
        return named


class SecondNames:
    """The names in the new folder that nobody has asked for yet."""

    def __init__(self, new: Path, named: Named | None = None) -> None:
        """Args: named: those that were given there; they are used up."""
        self._new = new
        self._named = named or {}

    def take(self, url: Url) -> FileStatus | None:
        """The file that has the name; None where none has, and then there is room for one."""
        if not self._named:
            return None
        found = self._named.pop(url, None)
        if not found:
            self._make_room(url)
        return found

    def _make_room(self, url: Url) -> None:
        """What was a folder may be a file now, and the other way round."""
        for folder in folders_above([url]):
            if self._named.pop(folder, None):
                os.unlink(self._new / folder)
        if is_folder(self._new / url):
            remove_tree(self._new / url)
            self._named = {name: file for name, file in self._named.items() if not name.startswith(f"{url}/")}

    def remove_rest(self) -> None:
        """Nobody wants them: the new site is without these files, and without folders that had no others."""
        for url in self._named:
            os.unlink(self._new / url)
        for folder in sorted(folders_above(self._named), reverse=True):
            with suppress(OSError):  # it is not empty
                os.rmdir(self._new / folder)
        self._named = {}
