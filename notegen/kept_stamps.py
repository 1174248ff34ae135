"""Keeps the stamps of a site's files from build to build, so that files nobody touched are not read again."""

import os
from hashlib import blake2b
from pathlib import Path

from notegen.cache import VectorCache
from notegen.note_memory import KeptBytes
from notegen.write import FileStamps


class KeptStamps:
    """The stamps of one site."""

    def __init__(self, site: Path, cache: VectorCache | None) -> None:
        """Args: cache: None to read all files."""
        self._kept = KeptBytes("site", cache) if cache else None
        self._key = blake2b(os.fsencode(os.path.realpath(site)), digest_size=16).digest()
        self._before = self._kept.get([self._key]).get(self._key, b"") if self._kept else b""
        self.stamps = FileStamps(self._before)
        """The stamps, for whoever writes the site."""

    @property
    def are_there(self) -> bool:
        """Whether this version wrote the site before, with this cache, so that most of what a build makes is known."""
        return bool(self._before)

    def keep(self) -> None:
        """Keep what the disk says of the site; called once it is written."""
        if self._kept and (now := self.stamps.lasting()) != self._before:
            self._kept.put({self._key: now})
