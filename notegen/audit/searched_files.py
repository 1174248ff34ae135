"""What an audit met in each file of a site, remembered: the next one need not read it for the same again."""

import hashlib
from collections.abc import Mapping, Sequence

from notegen.audit.needles import Needles
from notegen.cache import VectorCache, code_of_notegen
from notegen.model import Url
from notegen.packed import pack, unpack, unpacker

_KIND = "searched"
_lines = unpacker(list[tuple[int, str]])

MetLines = Sequence[tuple[int, str]]
"""The lines of a file in which something was met, by number, as written: what is public may have changed since."""


class SearchedFiles:
    """Knows files by their address and bytes, and by all that was looked for in them."""

    def __init__(self, cache: VectorCache | None, needles: Needles) -> None:
        self._cache = cache
        self._sought = code_of_notegen() + needles.digest() if cache else b""

    def keys(self, contents: Mapping[Url, bytes]) -> dict[Url, bytes]:
        """What files are known by; none where nothing is remembered."""
        return {url: self._key(url, content) for url, content in contents.items()} if self._cache else {}

    def _key(self, url: Url, content: bytes) -> bytes:
        name = url.encode("utf-8", "surrogateescape")
        digest = hashlib.blake2b(self._sought + b"%d " % len(name) + name, digest_size=16)
        digest.update(content)
        return digest.digest()

    def known(self, keys: Mapping[Url, bytes]) -> dict[Url, MetLines]:
        """The files that were searched before."""
        found = self._cache.get_derived(_KIND, list(keys.values())) if self._cache else {}
        read = {url: unpack(found[key], _lines) for url, key in keys.items() if key in found}
        return {url: lines for url, lines in read.items() if lines is not None}

    def remember(self, met: Mapping[bytes, MetLines]) -> None:
        """What was met in files, by their keys."""
        if self._cache:
            self._cache.put_derived(_KIND, {key: pack(sorted(lines)) for key, lines in met.items()})
