"""Digests of files, kept by what the disk says of them: a model's 23 MB are read for theirs once, not each build."""

from collections.abc import Callable
from pathlib import Path

from notegen.cache import VectorCache
from notegen.stamps import stamp_of

_KIND = "file-digest"


def kept_digests(cache: VectorCache, digest_of: Callable[[Path], str]) -> Callable[[Path], str]:
    """The same digests, each made anew only where the disk does not say that the file is as it was.

    Args:
        digest_of: ASCII digits for what a file holds; what it raises is raised.
    """

    def known(path: Path) -> str:
        stamp = stamp_of(path)  # before it is read: what is changed meanwhile has another afterwards
        if not stamp:
            return digest_of(path)
        kept = cache.get_derived(_KIND, [stamp])
        if stamp in kept:
            return kept[stamp].decode("ascii")
        digest = digest_of(path)
        cache.put_derived(_KIND, {stamp: digest.encode("ascii")})
        return digest

    return known
