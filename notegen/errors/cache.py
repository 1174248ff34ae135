"""Errors about the cache: to clear it, to keep vectors in it, and to join others to it."""

import math

from notegen.errors import NotegenError


def cannot_clear_cache(path: str, reason: str) -> NotegenError:
    """A file of the cache that cannot be removed."""
    return NotegenError(f"`{path}` cannot be removed: {reason}", hint="what was removed before it is gone")


def no_cache_there(path: str) -> NotegenError:
    return NotegenError(
        f"there is no cache `{path}`",
        hint="name the folder of a cache; `notegen cache` says where the one of a machine is",
    )


def cache_of_other_version(path: str, found: int, wanted: int) -> NotegenError:
    what = f"is a cache of version {found}, and this notegen has version {wanted}" if found else "is no cache"
    return NotegenError(
        f"`{path}` {what}", hint="make it with the same notegen as this one; nothing was merged"
    )


def cache_spoiled(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the cache `{path}` is damaged: {reason or 'a vector in it is not as it was put there'}",
        hint="copy it again, with all files beside it, or make it again; nothing more was merged",
    )


def merged_too_large(size: int, limit: int) -> NotegenError:
    return NotegenError(
        f"the caches have up to {size / 1024**3:.1f} GiB together, and with more than {limit / 1024**3:.0f} the oldest"
        " vectors are forgotten",
        hint=f"set `cache_limit = {math.ceil(size / 1024**3)}` in notegen.toml; nothing was merged",
    )


def cannot_keep_vectors(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the cache `{path}` cannot be used: {reason}",
        hint="what was put into it before is kept: run the same command again when it can",
    )
