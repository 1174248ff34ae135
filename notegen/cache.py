"""Keeps between builds what takes long to make, in one SQLite file.

Vectors are found by encoder and by the text they were made from; what was made of a note, or of a whole garden, by a
key of all that went into it.

A cache never stops a build. What goes wrong with the file becomes a `Problem` and less is remembered: a damaged
file is set aside and a new one begun; a folder that cannot be written, a full disk or a lock that never opens
leaves the build without.

Several builds may use one file at once, and one that is killed loses only what it had not put yet (SQLite's
write-ahead log).

A row's number is a digest of what it is found by. So a table is one tree and has no index: with a key in two places,
a bad disk could make them disagree, which SQLite sees only when it puts something, builds later.
"""

import hashlib
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from notegen.errors.cache import cannot_keep_vectors
from notegen.model import Code, Place, Problem
from notegen.paths import CACHE_FILE

T = TypeVar("T")

GIB = 1024**3

MAX_VECTOR_BYTES = 2 * GIB
"""Bytes of vectors after which the older half is forgotten: about 1.3 million of 384 dimensions."""
LOCK_TIMEOUT = 30.0
"""Seconds to wait for another build's write, which takes milliseconds."""

MAX_MADE_ENTRIES = 8
"""Of what was made of whole gardens: a build needs the last, some megabytes; more are for several gardens."""

MAX_DERIVED_BYTES = GIB
"""Bytes of what was made of single notes after which the older half is forgotten: of some hundred thousand notes."""

MAX_MADE_BYTES = GIB // 2
"""Of these together; what alone has more is not kept. SQLite holds no value of more than a billion bytes."""

TOKENS = "/tokens"
"""After an encoder's name: how many tokens it read of each text, kept as vectors of one number."""

_ROWS_FORGOTTEN_AT_ONCE = 5000  # ten megabytes, in milliseconds: another build waits no longer for its turn
_MAX_LOG_BYTES = 64 * 1024**2  # what SQLite's write-ahead log is cut to, once all of it is in the file
_MAX_STATEMENT_KEYS = 500  # below the 999 variables that old SQLite allows in a statement
# What the world does to a good file. All else is the file's own fault, since what is asked of it is always the same.
_OF_THE_WORLD = (
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_ABORT,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_AUTH,
)
# Of a damaged file also names that are no UTF-8, and values that are no bytes.
_FAULTS = (sqlite3.Error, ValueError, TypeError, OverflowError)
VERSION = 2
"""Of how the file is laid out; SQLite keeps it as `user_version`."""
_LIBRARIES = (
    "babel ftfy jinja2 latex2mathml markdown-it-py markupsafe mdit-py-plugins msgspec nh3 numpy pygments pystemmer "
    "pyyaml snowballstemmer stopwordsiso"
).split()
"""Whose versions decide what is kept."""
_CODE_ENDINGS = (".py", ".json", ".txt")
"""Of modules, and of data that one reads, which is called as it is and lies beside it."""

# A row that was written half, or that a bad disk changed, fails its check and counts as absent.
_TABLES = (
    """
CREATE TABLE IF NOT EXISTS vectors (
    number INTEGER PRIMARY KEY,
    encoder TEXT NOT NULL,
    key BLOB NOT NULL,
    vector BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    kept_at INTEGER NOT NULL
)
""",
    """
CREATE TABLE IF NOT EXISTS derived (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key BLOB NOT NULL,
    content BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    kept_at INTEGER NOT NULL
)
""",
    """
CREATE TABLE IF NOT EXISTS made (
    number INTEGER PRIMARY KEY,
    key BLOB NOT NULL,
    content BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    kept_at INTEGER NOT NULL
)
""",
)

_NAMES = ("vectors", "derived", "made")
"""Of the tables, in their order."""
_COLUMNS = {"vectors": ("encoder", "vector"), "derived": ("kind", "content")}
"""Of the tables that have kinds: where the kind stands, and what is kept."""
_ASKED = "asked"
"""The kind under which a table's last counting is kept."""


def open_cache(folder: Path, *, max_bytes: int | None = None) -> "VectorCache":
    """The cache in a folder, which is made if need be; one that remembers nothing when that fails.

    Args:
        max_bytes: of vectors; with more, the older half is forgotten now. MAX_VECTOR_BYTES when None.
    """
    return VectorCache(folder / CACHE_FILE, MAX_VECTOR_BYTES if max_bytes is None else max_bytes)


class VectorCache:
    """Vectors by encoder fingerprint and key, and whatever else by key; a context manager that closes the file."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._inode = 0
        self._is_let_go = False
        self._problems: list[Problem] = []
        self._connection: sqlite3.Connection | None = None
        self._reopen()
        self._asked(self._forget_old, None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong with the file so far; for the report of the build."""
        return tuple(self._problems)

    def check_usable(self) -> None:
        """See that what was put is there, for whoever does work only to keep it.

        Raises:
            NotegenError: the file cannot be used.
        """
        for problem in self._problems:
            if problem.code is Code.CACHE_UNUSABLE:
                raise cannot_keep_vectors(problem.place.path, dict(problem.facts)["reason"])

    @property
    def vector_bytes(self) -> int:
        """What the vectors in it take; 0 where it cannot be asked."""
        return self._asked(lambda file: _bytes_of(file, "vectors"), 0)

    @property
    def is_too_small(self) -> bool:
        """Whether it holds so much that whoever opens it next forgets the older half."""
        return self.vector_bytes > self._max_bytes

    def get_many(self, encoder: str, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors that are known, (d,) each and read-only; keys without one are left out."""
        return self._asked(
            lambda file: {
                key: np.frombuffer(vector, np.float32)
                for key, vector in _contents_under(file, "vectors", encoder, keys)
            },
            {},
        )

    def put_many(self, encoder: str, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Remember vectors, in place of any with the same keys; killing the process afterwards loses none."""
        rows = {key: np.ascontiguousarray(vector, np.float32).tobytes() for key, vector in vectors.items()}
        self._put("vectors", encoder, rows)

    def get_derived(self, kind: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What was put under the keys, as far as it is still there and whole."""
        return self._asked(lambda file: dict(_contents_under(file, "derived", kind, keys)), {})

    def known_derived(self, kind: str, keys: Sequence[bytes]) -> set[bytes]:
        """Those of the keys under which something was put, whole or not; what it is is not read."""
        return self._asked(lambda file: {*_keys_known(file, kind, keys)}, set())

    def put_derived(self, kind: str, contents: Mapping[bytes, bytes]) -> None:
        """Remember what was made of single notes, in place of any under the same keys."""
        self._put("derived", kind, contents)

    def get_made(self, key: bytes) -> bytes | None:
        """What was put under the key, if it is still there and whole."""

        def get(file: sqlite3.Connection) -> bytes | None:
            select = "SELECT key, content, checksum FROM made WHERE number = ?"
            row = file.execute(select, [_number_of("", key)]).fetchone()
            return row[1] if row and row[0] == key and row[2] == checksum_of(key, row[1]) else None

        return self._asked(get, None)

    def put_made(self, key: bytes, content: bytes) -> None:
        """Remember it, and forget all but the last MAX_MADE_ENTRIES, and of these what is over MAX_MADE_BYTES."""
        if len(content) > MAX_MADE_BYTES:
            return

        def put(file: sqlite3.Connection) -> None:
            # Also where the clock was set back: what is put now is the newest.
            (last,) = file.execute("SELECT ifnull(max(kept_at), 0) FROM made").fetchone()
            now = max(last + 1, time.time_ns())
            file.execute(
                "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)",
                [_number_of("", key), key, content, checksum_of(key, content), now],
            )
            sizes = file.execute("SELECT number, length(content) FROM made ORDER BY kept_at DESC")
            file.executemany(
                "DELETE FROM made WHERE number = ?", [[number] for number in _numbers_over(sizes)]
            )

        self._change(put)

    def renew_made(self, key: bytes) -> None:
        """Count what was put under the key as the newest, where it would soon be forgotten.

        To be counted anew it is written anew, whole: that waits until half as much as is kept is newer.
        """

        def renew(file: sqlite3.Connection) -> None:
            number = _number_of("", key)
            (newer,) = file.execute(
                "SELECT count(*) FROM made WHERE kept_at > (SELECT kept_at FROM made WHERE number = ?)",
                [number],
            ).fetchone()
            if newer >= MAX_MADE_ENTRIES // 2:
                file.execute(
                    "UPDATE made SET kept_at = max(?, (SELECT max(kept_at) + 1 FROM made)) WHERE number = ?",
                    [time.time_ns(), number],
                )

        self._change(renew)

    def _put(self, table: str, kind: str, contents: Mapping[bytes, bytes]) -> None:
        if contents:
            self._change(
                lambda file: file.executemany(_insert_into(table), _rows_to_put(table, kind, contents))
            )

    def _change(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Has the file changed, all of it or nothing."""

        def at_once(file: sqlite3.Connection) -> None:
            with file:
                change(file)

        self._asked(at_once, None)

    def _asked(self, ask: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What the file says; `otherwise` where there is none, or it fails."""
        if self._connection is None:
            return otherwise
        try:
            return ask(self._connection)
        except _FAULTS as error:
            self._give_way(error)
            return otherwise

    def let_go(self) -> AbstractContextManager[None]:
        """Closes the file for the block, in which a process may be forked: it must have no open SQLite file."""
        return self._let_go()

    @contextmanager
    def _let_go(self) -> Iterator[None]:
        self._is_let_go = self._connection is not None
        self.close()
        try:
            yield
        finally:
            self.take_up()

    def take_up(self) -> None:
        """Open the file again: after the block, and in a process that was forked within it."""
        if self._is_let_go:
            self._is_let_go = False
            self._reopen()

    def report(self, problems: Iterable[Problem]) -> None:
        """Add what went wrong with the file in another process, unless the same is known here."""
        known = {problem.code for problem in self._problems}
        self._problems += (problem for problem in problems if problem.code not in known)

    def close(self) -> None:
        """Close the file; closing twice is no error, and afterwards nothing is known or kept."""
        if self._connection is not None:
            with suppress(*_FAULTS):
                self._connection.close()
        self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _forget_old(self, file: sqlite3.Connection) -> None:
        _forget_old(file, "vectors", self._max_bytes)
        _forget_old(file, "derived", MAX_DERIVED_BYTES)

    def _reopen(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(self._path)
            self._inode = self._path.stat().st_ino
        except OSError as error:
            self._report(Code.CACHE_UNUSABLE, reason=error.strerror or str(error))
        except _FAULTS as error:
            self._give_way(error)

    def _give_way(self, error: Exception) -> None:
        """Go on with a new file when this one is damaged, else without one."""
        self.close()
        # Without a code of SQLite's it is Python that cannot read what is in a row: a text that is no UTF-8, a number.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        damaged = code not in _OF_THE_WORLD or self._only_says_so(code)
        if damaged and not any(problem.code is Code.CACHE_DAMAGED for problem in self._problems):
            self._set_aside()
        else:
            self._report(Code.CACHE_UNUSABLE, reason=str(error))

    def _only_says_so(self, code: int) -> bool:
        """Whether the file can be written and its header alone says that it cannot, as a spoiled one may."""
        writable = os.access(self._path, os.W_OK) and os.access(self._path.parent, os.W_OK)
        return code == sqlite3.SQLITE_READONLY and writable

    def _set_aside(self) -> None:
        aside = self._path.with_suffix(".damaged")
        try:
            # Unless another build has done so meanwhile, and what is there now is the new one that it works with.
            if self._inode in (0, self._path.stat().st_ino):
                self._path.replace(aside)
                for end in ("-wal", "-shm"):
                    self._path.with_name(self._path.name + end).unlink(missing_ok=True)
        except FileNotFoundError:
            pass  # it has, and not begun another one yet
        except OSError as error:
            self._report(Code.CACHE_UNUSABLE, reason=error.strerror or str(error))
            return
        self._report(Code.CACHE_DAMAGED, aside=aside.name)
        self._reopen()

    def _report(self, code: Code, **facts: str) -> None:
        self._problems.append(Problem(code, Place(str(self._path)), tuple(facts.items())))


def count_vectors(path: Path) -> tuple[int, int]:
    """How many encoders' vectors a cache's file has, and how many vectors; zeros where it cannot be asked.

    Those of an encoder's questions are vectors as well; counts of tokens are none.
    """
    if not path.is_file():
        return 0, 0
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            counts = dict(connection.execute("SELECT encoder, count(*) FROM vectors GROUP BY encoder"))
            of_vectors = {name: count for name, count in counts.items() if not name.endswith(TOKENS)}
            return len({name.partition("/")[0] for name in of_vectors}), sum(of_vectors.values())
    except _FAULTS:
        return 0, 0


def _connect(path: Path) -> sqlite3.Connection:
    """An open file with its tables.

    Raises:
        sqlite3.Error: it is damaged, cannot be made or written, or is another program's.
    """
    connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # Safe against a killed process; a power cut may lose the last transactions, never the file.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA journal_size_limit = {_MAX_LOG_BYTES}")
        if not _has_tables(connection):
            _make_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_tables(connection: sqlite3.Connection) -> bool:
    """Whether the file is laid out as this version lays it out.

    Raises:
        ValueError: it says so, and the tables are others: a letter of theirs is spoiled, of which SQLite knows nothing.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    made = "SELECT name, CAST(sql AS BLOB) FROM sqlite_master WHERE type = 'table'"  # it may be no UTF-8
    columns = {name: _columns_of(bytes(sql or b"")) for name, sql in connection.execute(made)}
    if version != VERSION or not columns.keys() >= {*_NAMES}:
        return False
    for name, table in zip(_NAMES, _TABLES, strict=True):
        if columns[name] != _columns_of(table.encode()):
            raise ValueError(name)
    return True


def _columns_of(made: bytes) -> list[bytes]:
    """The words that made a table, behind its name; SQLite keeps them as they were."""
    return made.partition(b"(")[2].split()


def _make_tables(connection: sqlite3.Connection) -> None:
    """Lay the file out; what another version left in it is forgotten."""
    with connection:
        # Of several builds that come to this at once, one does it, and the others see that it is done.
        connection.execute("BEGIN IMMEDIATE")
        if _has_tables(connection):
            return
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != VERSION:
            for name in _NAMES:
                connection.execute(f"DROP TABLE IF EXISTS {name}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        for table in _TABLES:
            connection.execute(table)


def _forget_old(connection: sqlite3.Connection, table: str, most: int) -> None:
    """Drop the older half of a table's rows when they take more than `most` bytes; their pages are used again.

    A few at a time, so that other builds have their turn, and that one which is killed has not done it for nothing.
    """
    # What rows take is asked of each one, 350,000 in a second or three; they are no more than the file, and until that
    # has grown by a sixteenth of `most` they are not asked again.
    in_use = _bytes_in_use(connection)
    if in_use <= most or in_use <= _in_use_when_asked(connection, table, most) + most // 16:
        return
    if _bytes_of(connection, table) > most:
        _forget_older_half(connection, table)
    asked = {_asked_key(table, most): str(_bytes_in_use(connection)).encode()}
    with connection:
        connection.executemany(_insert_into("derived"), _rows_to_put("derived", _ASKED, asked))


def _forget_older_half(connection: sqlite3.Connection, table: str) -> None:
    older = connection.execute(
        f"SELECT number, kept_at FROM {table} ORDER BY kept_at LIMIT (SELECT count(*) / 2 FROM {table})"
    ).fetchall()
    for start in range(0, len(older), _ROWS_FORGOTTEN_AT_ONCE):
        with connection:
            # Unless another build has put it anew since.
            connection.executemany(
                f"DELETE FROM {table} WHERE number = ? AND kept_at = ?",
                older[start : start + _ROWS_FORGOTTEN_AT_ONCE],
            )


def _bytes_in_use(connection: sqlite3.Connection) -> int:
    """What the file's pages take, without those that are free."""
    (size, total, free) = (
        connection.execute(f"PRAGMA {what}").fetchone()[0]
        for what in ("page_size", "page_count", "freelist_count")
    )
    return int(size * (total - free))


def _bytes_of(connection: sqlite3.Connection, table: str) -> int:
    """What the contents of a table's rows take."""
    _, content = _COLUMNS[table]
    (taken,) = connection.execute(f"SELECT ifnull(sum(length({content})), 0) FROM {table}").fetchone()
    return int(taken)


def _in_use_when_asked(connection: sqlite3.Connection, table: str, most: int) -> int:
    """What the file's pages took when a table's rows were last asked; 0 where that is not known."""
    asked = dict(_contents_under(connection, "derived", _ASKED, [_asked_key(table, most)]))
    return int(asked.get(_asked_key(table, most), b"0"))


def _asked_key(table: str, most: int) -> bytes:
    return f"{table} {most}".encode()


def _numbers_over(sizes: Iterable[tuple[int, int]]) -> list[int]:
    """Which of what was made, the newest first, each with its bytes, is too much to keep."""
    total, over = 0, []
    for place, (number, size) in enumerate(sizes):
        total += size
        if place >= MAX_MADE_ENTRIES or total > MAX_MADE_BYTES:
            over.append(number)
    return over


def code_of(*modules: ModuleType) -> bytes:
    """A digest of what modules and their data say, for keys: with other code, what it made counts as unknown.

    Less than all of notegen's own, for what takes long to make: it is still known after most updates.
    """
    digest = hashlib.blake2b(np.__version__.encode(), digest_size=16)
    for module in modules:
        stem, _ = os.path.splitext(module.__file__ or "")
        for ending in _CODE_ENDINGS:
            with suppress(FileNotFoundError), open(stem + ending, "rb") as file:
                digest.update(file.read())
    return digest.digest()


@cache
def code_of_notegen() -> bytes:
    """A digest of all of notegen's own code with its data, and of the versions of what it is made with."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for name, path in sorted(_code_in(os.path.dirname(__file__))):
        digest.update(name.encode() + b"\0")
        with open(path, "rb") as file:
            digest.update(file.read())
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\0".encode())
    return digest.digest()


def _code_in(top: str) -> Iterator[tuple[str, str]]:
    """The name within a folder, and the path, of each file of code in it: 450 in a third of what `pathlib` takes."""
    for folder, within, names in os.walk(top):
        within[:] = [
            name for name in within if not name.startswith("_")
        ]  # neither what is bundled nor compiled
        for name in names:
            if name.endswith(_CODE_ENDINGS):
                path = os.path.join(folder, name)
                yield path[len(top) + 1 :].replace(os.sep, "/"), path


def checksum_of(key: bytes, vector: bytes) -> int:
    """What is kept beside a vector, or whatever else, so that a change of either shows."""
    return zlib.crc32(vector, zlib.crc32(key))


def _number_of(kind: str, key: bytes) -> int:
    """A row's number: 63 bits of a digest of what it is found by."""
    return int.from_bytes(hashlib.blake2b(kind.encode() + b"\0" + key, digest_size=8).digest()) >> 1


def _number_beside(kind: str, key: bytes) -> int:
    """The same, 15 bits of its kind's digest and then 48 of its key's.

    What is put and asked for together lies together then: 10,729 rows of eleven kinds were put in half the time.
    """
    of_kind = hashlib.blake2b(kind.encode(), digest_size=2).digest()
    return int.from_bytes(of_kind + hashlib.blake2b(key, digest_size=6).digest()) >> 1


_NUMBERING = {"vectors": _number_of, "derived": _number_beside}


def _contents_under(
    connection: sqlite3.Connection, table: str, kind: str, keys: Iterable[bytes]
) -> Iterator[tuple[bytes, bytes]]:
    """What a table has of a kind under the keys, as it was put: key and content, in no order."""
    wanted = {*keys}
    of_kind, content_column = _COLUMNS[table]
    number_of = _NUMBERING[table]
    for some in _batches(sorted(number_of(kind, key) for key in wanted)):
        marks = ",".join("?" * len(some))
        rows = connection.execute(
            f"SELECT key, {content_column}, checksum FROM {table} WHERE {of_kind} = ? AND number IN ({marks})",
            [kind, *some],
        )
        for key, content, checksum in rows:
            if key in wanted and checksum == checksum_of(key, content):
                yield key, content


def _keys_known(connection: sqlite3.Connection, kind: str, keys: Iterable[bytes]) -> Iterator[bytes]:
    wanted = {*keys}
    for some in _batches(sorted(_number_beside(kind, key) for key in wanted)):
        marks = ",".join("?" * len(some))
        rows = connection.execute(
            f"SELECT key FROM derived WHERE kind = ? AND number IN ({marks})", [kind, *some]
        )
        yield from wanted.intersection(key for (key,) in rows)


def _insert_into(table: str) -> str:
    """The statement that puts a row into a table that has kinds."""
    return f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?, ?, ?)"


def _rows_to_put(
    table: str, kind: str, contents: Mapping[bytes, bytes]
) -> list[tuple[int, str, bytes, bytes, int, int]]:
    """The rows of a table that has kinds, by number; of two that are put at once, the first counts as older."""
    now, number_of = time.time_ns(), _NUMBERING[table]
    return sorted(
        (number_of(kind, key), kind, key, content, checksum_of(key, content), now + place)
        for place, (key, content) in enumerate(contents.items())
    )


def _batches(numbers: Iterable[int]) -> Iterable[list[int]]:
    iterator = iter(numbers)
    while some := list(islice(iterator, _MAX_STATEMENT_KEYS)):
        yield some
