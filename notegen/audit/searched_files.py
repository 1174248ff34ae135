"""Remembers which needles each file of a site holds, so that the next audit need not search an unchanged file."""

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import Struct

from notegen.audit.needles import Needles
from notegen.cache import VectorCache, code_of_notegen
from notegen.model import Url
from notegen.packed import pack, unpack, unpacker

_KIND = "searched"

MetLines = Sequence[tuple[int, str]]
"""The lines of a file in which something was met, by number, as written: what is public may have changed since."""


class SearchedFile(Struct, frozen=True):
    """A file and what was met in it."""

    key: bytes
    """What the file is known by."""
    lines: tuple[tuple[int, str], ...]


_groups = unpacker(tuple[SearchedFile, ...])


class SearchedFiles:
    """Knows files by their address and what they hold, and by all that was looked for in them; in groups.

    A group is files that follow each other. In most nothing is met, and a row of its own for each would be most of what
    is kept.
    """

    def __init__(self, cache: VectorCache | None, needles: Needles) -> None:
        self._cache = cache
        self._sought = code_of_notegen() + needles.digest() if cache else b""

    @property
    def are_kept(self) -> bool:
        """Whether anything is remembered."""
        return self._cache is not None

    def key(self, url: Url, content: bytes) -> bytes:
        """What a file is known by.

        Args: content: its digest, see `page_data.digest_of`.
        """
        name = url.encode("utf-8", "surrogateescape")
        return hashlib.blake2b(
            b"%b%d %b%b" % (self._sought, len(name), name, content), digest_size=16
        ).digest()

    def known(self, first: Url) -> dict[bytes, MetLines]:
        """The files of a group that were searched before, by their keys.

        Args:
            first: the address of the group's first file.
        """
        if self._cache is None:
            return {}
        row = self.key(first, b"")
        content = self._cache.get_derived(_KIND, [row]).get(row)
        group = unpack(content, _groups) if content else None
        return {one.key: one.lines for one in group or ()}

    def remember(self, first: Url, met: Mapping[bytes, MetLines]) -> None:
        """What was met in each file of a group, by their keys."""
        if self._cache:
            files = [SearchedFile(key, tuple(sorted(lines))) for key, lines in met.items()]
            self._cache.put_derived(_KIND, {self.key(first, b""): pack(files)})
