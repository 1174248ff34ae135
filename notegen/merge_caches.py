"""Joins caches: vectors that other machines made, or other runs, go into the one at hand.

What is read is looked through first, to the last row, and nothing is written unless all of it is good. What is there
already stays as it is. Only vectors are joined: what was made of a whole garden was made of other vectors.
"""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from msgspec import Struct

from notegen.cache import TOKENS, VERSION, VectorCache, checksum_of
from notegen.errors.cache import cache_of_other_version, cache_spoiled, merged_too_large, no_cache_there
from notegen.paths import CACHE_FILE

_ROWS_AT_ONCE = 500
_FAULTS = (sqlite3.Error, ValueError, TypeError, OverflowError)

_Row = tuple[str, bytes, bytes]
"""The encoder, the key and the vector of a row."""


class MergedPart(Struct, frozen=True):
    """What one cache gave."""

    path: str
    added: int
    known: int
    """Vectors that were there already."""
    differing: int
    """Of these, how many are another vector for the same text and encoder; the one that was there stays."""


def merge_caches(
    cache: VectorCache,
    others: Sequence[Path],
    *,
    max_bytes: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[MergedPart, ...]:
    """Put into the cache what it lacks of others, each a folder or its file; one that is interrupted can be begun anew.

    Args:
        max_bytes: of vectors in the cache after which the oldest would be forgotten.
        progress: called with how many rows are looked through and merged, and how many there are.

    Raises:
        NotegenError: one of the others is no cache, of another version or damaged, or together they would be too
            large; nothing was written then. Or the cache cannot be written.
    """
    files = [path / CACHE_FILE if path.is_dir() else path for path in others]
    checked = [_check(file) for file in files]
    total, done = 2 * sum(count for count, _ in checked), 0
    for file in files:
        for some in _rows_of(file):
            done += len(some)
            progress(done, total)
    size = cache.vector_bytes + sum(taken for _, taken in checked)
    if size > max_bytes:
        raise merged_too_large(size, max_bytes)
    parts = []
    for path, file in zip(others, files, strict=True):
        part = MergedPart(str(path), 0, 0, 0)
        for some in _rows_of(file):
            part = _merge(cache, some, part)
            done += len(some)
            progress(done, total)
        parts.append(part)
    return tuple(parts)


def _merge(cache: VectorCache, rows: Sequence[_Row], part: MergedPart) -> MergedPart:
    added, known_before, differing = 0, 0, 0
    by_encoder: defaultdict[str, dict[bytes, bytes]] = defaultdict(dict)
    for encoder, key, vector in rows:
        by_encoder[encoder][key] = vector
    for encoder, vectors in by_encoder.items():
        known = cache.get_many(encoder, tuple(vectors))
        new = {key: np.frombuffer(vector, np.float32) for key, vector in vectors.items() if key not in known}
        cache.put_many(encoder, new)
        cache.check_usable()
        if encoder.endswith(TOKENS):
            continue
        added, known_before = added + len(new), known_before + len(known)
        differing += sum(vectors[key] != vector.tobytes() for key, vector in known.items())
    return MergedPart(part.path, part.added + added, part.known + known_before, part.differing + differing)


def _check(file: Path) -> tuple[int, int]:
    """How many vectors a cache's file has, and their bytes.

    Raises:
        NotegenError: it is no cache of this version, or damaged.
    """
    if not file.is_file():
        raise no_cache_there(str(file))
    try:
        with closing(_open(file)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                raise cache_of_other_version(str(file), int(version), VERSION)
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise cache_spoiled(str(file), str(found))
            sizes = "SELECT count(*), ifnull(sum(length(vector)), 0) FROM vectors"
            count, taken = connection.execute(sizes).fetchone()
            return int(count), int(taken)
    except _FAULTS as error:
        raise cache_spoiled(str(file), str(error)) from error


def _rows_of(file: Path) -> Iterator[list[_Row]]:
    """All rows, some at a time, in no order.

    Raises:
        NotegenError: one cannot be read, or is not as it was put.
    """
    last = -1
    try:
        with closing(_open(file)) as connection:
            while rows := connection.execute(
                "SELECT number, encoder, key, vector, checksum FROM vectors WHERE number > ? ORDER BY number LIMIT ?",
                [last, _ROWS_AT_ONCE],
            ).fetchall():
                last = rows[-1][0]
                if any(checksum != checksum_of(key, vector) for _, _, key, vector, checksum in rows):
                    raise cache_spoiled(str(file), "")
                yield [(str(encoder), key, vector) for _, encoder, key, vector, _ in rows]
    except _FAULTS as error:
        raise cache_spoiled(str(file), str(error)) from error


def _open(file: Path) -> sqlite3.Connection:
    """The file, to be read only; also where nothing can be written beside it, as on a mounted disk."""
    address = file.absolute().as_uri()
    log = file.with_name(f"{file.name}-wal")
    alone = not log.exists() and not os.access(file.parent, os.W_OK)
    return sqlite3.connect(f"{address}?{'immutable=1' if alone else 'mode=ro'}", uri=True)
