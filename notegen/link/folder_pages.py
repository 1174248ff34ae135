"""Finds the folder that an address means. Each folder with notes in it has a page, with or without an index note."""

from collections import defaultdict
from collections.abc import Iterable
from posixpath import dirname, join, normpath

from notegen.model import NoteId
from notegen.paths import fold


class FolderPages:
    """The folders that hold published notes; a look-up is a few dictionary reads."""

    def __init__(self, notes: Iterable[NoteId]) -> None:
        paths: set[str] = set()
        for note in notes:
            folder = dirname(note)
            while folder and folder not in paths:
                paths.add(folder)
                folder = dirname(folder)
        self._by_path: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in sorted(paths, key=lambda path: (path.count("/"), path)):
            self._by_path.setdefault(fold(path), path)
            self._by_name[fold(path.rpartition("/")[2])].append(path)
        self._ending: dict[str, str | None] = {}

    def at(self, target: str, start: str) -> str | None:
        """The folder of exactly this path: from the folder `start`, unless a slash begins it, else from the top."""
        plain = target.strip("/")
        if not plain:
            return None
        near = None if target.startswith("/") else self._by_path.get(fold(normpath(join(start, plain))))
        return near or self._by_path.get(fold(plain))

    def ending(self, target: str) -> str | None:
        """The folder whose path ends so: of several the one with the fewest parts, and none of equals."""
        plain = fold(target.strip("/"))
        if plain not in self._ending:
            named = self._by_name.get(plain.rpartition("/")[2], ()) if plain else ()
            same = [path for path in named if f"/{fold(path)}".endswith(f"/{plain}")]
            is_tie = len(same) > 1 and same[0].count("/") == same[1].count("/")
            self._ending[plain] = None if is_tie or not same else same[0]
        return self._ending[plain]
