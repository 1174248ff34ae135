"""A disk on which upper and lower case are one, as those of macOS, Windows and sticks are, on any system.

Names stay as they were first written, and every call that names a file finds it by either spelling.
"""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self
from zlib import crc32

import pytest

import notegen.write.swap

_CALLS = ("chmod", "chown", "lstat", "mkdir", "open", "rmdir", "stat", "unlink", "utime")
_CALLS_OF_TWO = ("link", "rename", "replace")


class _Entry:
    """An entry of a folder, as a disk lists it that keeps names in lower case."""

    def __init__(self, entry: os.DirEntry[str]) -> None:
        self._entry = entry
        self.name = entry.name.lower()
        self.path = os.path.join(os.path.dirname(entry.path), self.name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)


class _Listing:
    """What `scandir` gives there."""

    def __init__(self, entries: Any) -> None:
        self._entries = entries

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> _Entry:
        return _Entry(next(self._entries))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """No more of it is wanted."""
        self._entries.close()


def fold_names(
    monkeypatch: pytest.MonkeyPatch, top: Path, *, lists_lower: bool = False, numbers_spellings: bool = False
) -> None:
    """Below `top` case does not count from now on.

    Args:
        lists_lower: whether every name is listed in lower case, however it was written.
        numbers_spellings: whether a file has an inode for each spelling, as by way of FUSE.
    """
    listdir, lstat, scandir = os.listdir, os.lstat, os.scandir

    def found(path: Any) -> Any:
        """The path as it is spelled there, as far as it is there."""
        if isinstance(path, int | bytes) or not Path(path).is_relative_to(top):
            return path
        there = top
        for part in Path(path).relative_to(top).parts:
            names = () if succeeds(lstat, there / part) or not succeeds(listdir, there) else listdir(there)
            there /= next((name for name in names if name.lower() == part.lower()), part)
        return str(there)

    def succeeds(call: Callable[[Path], object], path: Path) -> bool:
        try:
            call(path)
        except OSError:
            return False
        return True

    def folding(call: Callable[..., Any], named: int) -> Callable[..., Any]:
        return lambda *paths, **others: call(*map(found, paths[:named]), *paths[named:], **others)

    def numbered(path: Any, **others: Any) -> os.stat_result:
        seen = lstat(found(path), **others)
        if not Path(path).is_relative_to(top):
            return seen
        times = {name: getattr(seen, name) for name in ("st_atime_ns", "st_mtime_ns", "st_ctime_ns")}
        return os.stat_result((seen.st_mode, crc32(os.fsencode(path)), *seen[2:]), times)

    def listed(path: Any = ".") -> Any:
        entries = scandir(found(path))
        return _Listing(entries) if lists_lower else entries

    for names, count in ((_CALLS, 1), (_CALLS_OF_TWO, 2)):
        for name in names:
            monkeypatch.setattr(os, name, folding(getattr(os, name), count))
    if numbers_spellings:
        monkeypatch.setattr(os, "lstat", numbered)
    monkeypatch.setattr(io, "open", folding(io.open, 1))
    monkeypatch.setattr(os, "listdir", lambda path=".": listdir(found(path)))
    monkeypatch.setattr(os, "scandir", listed)
    monkeypatch.setattr(notegen.write.swap, "scandir", listed)
