"""The cache gives back what was put, loses nothing it promised to keep, and never stops a build."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from notegen import cache as cache_module
from notegen.cache import code_of, open_cache
from notegen.errors.problems import word_problem
from notegen.model import Code
from notegen.paths import CACHE_FILE

A, B, C = b"key a", b"key b", b"key c"
ONE = np.array([0.6, 0.8], np.float32)
TWO = np.array([1.0, 0.0], np.float32)


def test_what_was_put_is_found_again(tmp_path: Path) -> None:
    """After closing, bit for bit; unknown keys are left out."""
    with open_cache(tmp_path / "new" / "folder") as cache:
        cache.put_many("e", {A: ONE, B: TWO})
    with open_cache(tmp_path / "new" / "folder") as cache:
        found = cache.get_many("e", [B, C, A])
        assert cache.problems == ()
    assert {key: vector.tolist() for key, vector in found.items()} == {A: ONE.tolist(), B: TWO.tolist()}
    assert found[A].dtype == np.float32


def test_encoders_do_not_share_vectors(tmp_path: Path) -> None:
    """The same text has another vector for each."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE})
        cache.put_many("f", {A: TWO})
        assert cache.get_many("e", [A])[A].tolist() == ONE.tolist()
        assert cache.get_many("f", [A])[A].tolist() == TWO.tolist()


def test_more_keys_than_a_statement_takes_are_found(tmp_path: Path) -> None:
    """1,200 of them."""
    keys = [number.to_bytes(2, "big") for number in range(1200)]
    with open_cache(tmp_path) as cache:
        cache.put_many("e", dict.fromkeys(keys, ONE))
        assert cache.get_many("e", keys).keys() == set(keys)


def test_what_was_made_is_found_by_its_key(tmp_path: Path) -> None:
    """After closing; an unknown key finds nothing, and a newer content takes the place of an older."""
    with open_cache(tmp_path) as cache:
        cache.put_made(A, b"old")
        cache.put_made(A, b"new")
    with open_cache(tmp_path) as cache:
        assert cache.get_made(A) == b"new"
        assert cache.get_made(B) is None


def test_only_the_last_of_what_was_made_are_kept(tmp_path: Path) -> None:
    """Two of each of four gardens; vectors are not touched."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE})
        for number in range(10):
            cache.put_made(bytes([number]), b"content")
        assert [n for n in range(10) if cache.get_made(bytes([n]))] == [2, 3, 4, 5, 6, 7, 8, 9]
        assert cache.get_many("e", [A]).keys() == {A}
        cache.renew_made(bytes([2]))
        cache.renew_made(B)  # which there is not
        cache.put_made(A, b"content")
        assert [n for n in range(10) if cache.get_made(bytes([n]))] == [2, 4, 5, 6, 7, 8, 9]


def test_changed_content_counts_as_absent(tmp_path: Path) -> None:
    """As a changed vector does."""
    with open_cache(tmp_path) as cache:
        cache.put_made(A, b"content")
    connection = sqlite3.connect(tmp_path / CACHE_FILE)
    connection.execute("UPDATE made SET content = ?", [b"c0ntent"])
    connection.commit()
    connection.close()
    with open_cache(tmp_path) as cache:
        assert cache.get_made(A) is None


@pytest.mark.parametrize("value", ["'text'", "5", "1.5"])
def test_content_that_a_bad_disk_made_another_kind_of_value_counts_as_absent(
    tmp_path: Path, value: str
) -> None:
    """Of all that is kept; the file is set aside."""
    for table, column in (("made", "content"), ("derived", "content"), ("vectors", "vector")):
        with open_cache(tmp_path) as cache:
            cache.put_made(A, b"content")
            cache.put_derived("note", {A: b"content"})
            cache.put_many("e", {A: ONE})
        connection = sqlite3.connect(tmp_path / CACHE_FILE)
        connection.execute(f"UPDATE {table} SET {column} = {value}")
        connection.commit()
        connection.close()
        with open_cache(tmp_path) as cache:
            known = cache.get_made(A), cache.get_derived("note", [A]), cache.get_many("e", [A])
            assert not known[("made", "derived", "vectors").index(table)]


def test_a_key_changes_with_the_code() -> None:
    """A digest of what modules say; the same for the same."""
    assert code_of(cache_module) == code_of(cache_module)
    assert code_of(cache_module) != code_of(sqlite3)
    assert code_of(cache_module, sqlite3) != code_of(cache_module)


def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path) -> None:
    """Its bytes are kept, a new one works, and the report says so."""
    (tmp_path / CACHE_FILE).write_bytes(b"not a database" * 100)
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE})
        assert cache.get_many("e", [A]).keys() == {A}
        assert [word_problem(problem) for problem in cache.problems] == [
            "the cache was damaged and is kept as `vectors.damaged`; a new one is begun"
        ]
    assert (tmp_path / "vectors.damaged").read_bytes() == b"not a database" * 100
    with open_cache(tmp_path) as cache:
        assert cache.problems == ()


def test_damage_found_on_the_way_is_set_aside(tmp_path: Path) -> None:
    """The header is whole, the pages behind it are not: it shows at the first look-up, which finds nothing."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {number.to_bytes(2, "big"): ONE for number in range(2000)})
    content = (tmp_path / CACHE_FILE).read_bytes()
    page = int.from_bytes(content[16:18], "big")
    (tmp_path / CACHE_FILE).write_bytes(content[: 2 * page] + b"\xff" * (len(content) - 2 * page))
    with open_cache(tmp_path) as cache:
        assert cache.get_many("e", [bytes(2)]) == {}
        assert [problem.code for problem in cache.problems] == [Code.CACHE_DAMAGED]
        cache.put_many("e", {A: ONE})
        assert cache.get_many("e", [A]).keys() == {A}


def spoiled_files(good: bytes) -> Iterator[bytes]:
    """The file with another letter in the making of its tables, or a bit of what its header says of writing."""
    places = [
        (20 + at * (len(made) - 30) // 4, found.start())
        for found in re.finditer(rb"CREATE TABLE ", good)
        for made in [good[found.start() :].partition(b"\n)")[0]]
        for at in range(5)
    ]
    for at, bit in [*((start + within, 7) for within, start in places), *((18, bit) for bit in range(8))]:
        content = bytearray(good)
        content[at] ^= 1 << bit
        yield bytes(content)


def test_a_file_that_only_seems_to_be_in_order_is_set_aside(tmp_path: Path) -> None:
    """SQLite opens it, and every build would go without; the next has a new one, and all that is put in that."""
    with open_cache(tmp_path / "good") as cache:
        cache.put_many("e", {A: ONE})
    good = (tmp_path / "good" / CACHE_FILE).read_bytes()
    for number, content in enumerate(spoiled_files(good)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / CACHE_FILE).write_bytes(content)
        for key in (B, C):
            with open_cache(folder) as cache:
                cache.put_many("e", {key: TWO})
                cache.get_made(A)
                later = cache.problems
        assert later == ()
        with open_cache(folder) as cache:
            assert C in cache.get_many("e", [C])


def test_a_key_lies_in_one_place(tmp_path: Path) -> None:
    """In an index too it would lie twice, and a bad disk could make the two disagree, unseen until something is put."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE})
        cache.put_many("e/questions", {A: TWO})
        cache.put_derived("e", {A: b"derived"})
        cache.put_made(A, b"made")
        assert cache.get_many("e", [A])[A].tolist() == ONE.tolist()
        assert cache.get_many("e/questions", [A])[A].tolist() == TWO.tolist()
        assert (cache.get_derived("e", [A]), cache.get_made(A)) == ({A: b"derived"}, b"made")
    content = (tmp_path / CACHE_FILE).read_bytes()
    assert content.count(A) == 4
    with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall() == []
    connection.close()


def test_what_is_made_after_the_clock_was_set_back_is_the_newest(tmp_path: Path) -> None:
    """Else it would be the first to be forgotten, as soon as it was put."""
    with open_cache(tmp_path) as cache:
        for number in range(8):
            cache.put_made(bytes([number]), b"content")
    with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
        connection.execute("UPDATE made SET kept_at = kept_at + 3600 * 1000000000")
    connection.close()
    with open_cache(tmp_path) as cache:
        cache.put_made(A, b"later")
        assert cache.get_made(A) == b"later"
        assert cache.get_made(bytes([0])) is None


def test_a_changed_vector_counts_as_absent(tmp_path: Path) -> None:
    """SQLite does not see a bit that flipped inside a row."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE, B: TWO})
    with sqlite3.connect(tmp_path / CACHE_FILE) as other:
        other.execute("UPDATE vectors SET vector = ? WHERE key = ?", [TWO.tobytes(), A])
    other.close()
    with open_cache(tmp_path) as cache:
        assert cache.get_many("e", [A, B]).keys() == {B}


@pytest.mark.parametrize(
    "spoiled", ["checksum = CAST(x'ff00' AS TEXT)", "checksum = 'a'", "vector = 5", "key = 'a'"]
)
def test_a_row_that_python_cannot_read_is_met_once(tmp_path: Path, spoiled: str) -> None:
    """What says that a value is a number or a text is a bit too: the row is made anew, or all of it, and is good."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE, B: TWO})
    with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
        connection.execute(f"UPDATE vectors SET {spoiled} WHERE key = ?", [A])
    connection.close()
    with open_cache(tmp_path) as cache:
        assert A not in cache.get_many("e", [A, B])
        assert {problem.code for problem in cache.problems} <= {Code.CACHE_DAMAGED}
        cache.put_many("e", {A: ONE})
    with open_cache(tmp_path) as cache:
        assert cache.get_many("e", [A]).keys() == {A}
        assert cache.problems == ()


def test_a_folder_that_cannot_be_made_is_no_end(tmp_path: Path) -> None:
    """Everything is forgotten, and the report says why."""
    (tmp_path / "file").write_text("in the way")
    with open_cache(tmp_path / "file" / "folder") as cache:
        cache.put_many("e", {A: ONE})
        assert cache.get_many("e", [A]) == {}
        assert [word_problem(problem) for problem in cache.problems] == [
            "the cache cannot be used: Not a directory"
        ]


def test_a_full_disk_is_no_end(tmp_path: Path) -> None:
    """The rest of that build does without, the next finds what was put before; here a limit of pages is the disk."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE})
        connection = cache._connection
        assert connection is not None
        connection.execute("PRAGMA max_page_count = 1")
        cache.put_many("e", {number.to_bytes(2, "big"): ONE for number in range(5000)})
        assert [word_problem(problem) for problem in cache.problems] == [
            "the cache cannot be used: database or disk is full"
        ]
        assert cache.get_many("e", [A]) == {}
    with open_cache(tmp_path) as cache:
        assert cache.get_many("e", [A, bytes(2)]).keys() == {A}


def test_two_builds_share_one_file(tmp_path: Path) -> None:
    """Each sees what the other put, also of a key both made."""
    with open_cache(tmp_path) as one, open_cache(tmp_path) as other:
        one.put_many("e", {A: ONE})
        other.put_many("e", {A: ONE, B: TWO})
        assert one.get_many("e", [A, B]).keys() == {A, B}
        assert (one.problems, other.problems) == ((), ())


def test_a_lock_that_never_opens_is_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds the file: after some patience the build goes on without it."""
    monkeypatch.setattr(cache_module, "LOCK_TIMEOUT", 0.01)
    open_cache(tmp_path).close()
    holder = sqlite3.connect(tmp_path / CACHE_FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with open_cache(tmp_path) as cache:
            cache.put_many("e", {A: ONE})
            assert [word_problem(problem) for problem in cache.problems] == [
                "the cache cannot be used: database is locked"
            ]
    finally:
        holder.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_build_keeps_what_it_put(tmp_path: Path) -> None:
    """With no chance to close the file."""
    program = (
        "import os, signal, sys; from pathlib import Path; import numpy as np; from notegen.cache import open_cache\n"
        "cache = open_cache(Path(sys.argv[1])); cache.put_many('e', {b'key a': np.float32([0.6, 0.8])})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)]).returncode == -signal.SIGKILL
    with open_cache(tmp_path) as cache:
        assert cache.get_many("e", [A])[A].tolist() == ONE.tolist()
        assert cache.problems == ()


def test_a_large_cache_forgets_its_older_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it does not grow with every edit for ever."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE, B: ONE})
        cache.put_many("e", {C: ONE, b"key d": ONE})
        cache.put_derived("note", {A: b"one", B: b"two"})
    monkeypatch.setattr(cache_module, "MAX_VECTOR_BYTES", 0)
    with open_cache(tmp_path) as cache:
        assert cache.get_many("e", [A, B, C, b"key d"]).keys() == {C, b"key d"}
        assert cache.get_derived("note", [A, B]).keys() == {A, B}
    monkeypatch.setattr(cache_module, "MAX_DERIVED_BYTES", 0)
    with open_cache(tmp_path) as cache:
        assert cache.get_derived("note", [A, B]) == {B: b"two"}


def test_what_was_derived_is_found_by_kind_and_key(tmp_path: Path) -> None:
    """After closing; other kinds and keys find nothing, and what was changed on the disk counts as absent."""
    with open_cache(tmp_path) as cache:
        cache.put_derived("note", {A: b"old", B: b"other"})
        cache.put_derived("note", {A: b"new"})
    with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
        connection.execute("UPDATE derived SET content = x'00' WHERE key = ?", [B])
    connection.close()
    with open_cache(tmp_path) as cache:
        assert cache.get_derived("note", [A, B, C]) == {A: b"new"}
        assert cache.get_derived("page", [A]) == {}


def test_a_cache_of_another_layout_is_begun_anew(tmp_path: Path) -> None:
    """As a later version of notegen may leave it."""
    with sqlite3.connect(tmp_path / CACHE_FILE) as other:
        other.execute("CREATE TABLE vectors (something TEXT)")
        other.execute("PRAGMA user_version = 99")
    other.close()
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE})
        assert cache.get_many("e", [A]).keys() == {A}
        assert cache.problems == ()


def test_another_layout_is_forgotten_with_all_its_tables(tmp_path: Path) -> None:
    """Also what was made of whole gardens, which a later version may keep in other columns."""
    with sqlite3.connect(tmp_path / CACHE_FILE) as other:
        other.execute("CREATE TABLE vectors (something TEXT)")
        other.execute("CREATE TABLE made (something TEXT)")
        other.execute("PRAGMA user_version = 99")
    other.close()
    with open_cache(tmp_path) as cache:
        cache.put_made(A, b"content")
        assert cache.get_made(A) == b"content"
        assert cache.problems == ()


def test_a_table_that_is_missing_is_made(tmp_path: Path) -> None:
    """As an earlier build of the same layout left it; what is there stays."""
    with open_cache(tmp_path) as cache:
        cache.put_many("e", {A: ONE})
    with sqlite3.connect(tmp_path / CACHE_FILE) as other:
        other.execute("DROP TABLE made")
    other.close()
    with open_cache(tmp_path) as cache:
        cache.put_made(A, b"content")
        assert cache.get_many("e", [A]).keys() == {A}
        assert cache.problems == ()


def test_a_large_cache_forgets_in_small_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no other build waits for long; 1,000 vectors in steps of 7, and the newer half is whole."""
    monkeypatch.setattr(cache_module, "_ROWS_FORGOTTEN_AT_ONCE", 7)
    keys = [number.to_bytes(2, "big") for number in range(1000)]
    with open_cache(tmp_path) as cache:
        cache.put_many("e", dict.fromkeys(keys, ONE))
    with open_cache(tmp_path, max_bytes=5000) as cache:
        assert cache.get_many("e", keys).keys() == set(keys[500:])


def test_rows_are_asked_what_they_take_once_until_there_are_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 350,000 rows that takes a second, also where none is forgotten; a file that was let go is not asked either."""
    asked = list[str]()
    monkeypatch.setattr(cache_module, "MAX_DERIVED_BYTES", 64_000)
    monkeypatch.setattr(cache_module, "_bytes_of", _noting(cache_module._bytes_of, asked))
    with open_cache(tmp_path) as cache:
        cache.put_derived("note", {bytes([number]): bytes(1000) for number in range(60)})
    for _ in range(3):
        with open_cache(tmp_path) as cache, cache.let_go():
            pass
    assert asked == ["derived"]
    with open_cache(tmp_path) as cache:
        assert len(cache.get_derived("note", [bytes([number]) for number in range(60)])) == 60
        cache.put_derived("note", {bytes([number]): bytes(1000) for number in range(60, 70)})
    with open_cache(tmp_path) as cache:
        assert asked == ["derived", "derived"]
        assert len(cache.get_derived("note", [bytes([number]) for number in range(70)])) < 60


def _noting(
    bytes_of: Callable[[sqlite3.Connection, str], int], asked: list[str]
) -> Callable[[sqlite3.Connection, str], int]:
    def ask(connection: sqlite3.Connection, table: str) -> int:
        asked.append(table)
        return bytes_of(connection, table)

    return ask


def test_a_cache_says_when_the_next_build_will_forget(tmp_path: Path) -> None:
    """Then it is too small for what is in it."""
    keys = [number.to_bytes(2, "big") for number in range(1000)]
    with open_cache(tmp_path, max_bytes=4000) as cache:
        cache.put_many("e", dict.fromkeys(keys[:100], ONE))
        assert not cache.is_too_small
        cache.put_many("e", dict.fromkeys(keys, ONE))
        assert cache.is_too_small


def test_what_was_made_of_a_garden_pushes_no_vector_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a bound of its own, and what is larger than that is not kept, without a word."""
    with open_cache(tmp_path, max_bytes=100_000) as cache:
        cache.put_many("e", {A: ONE})
        cache.put_made(A, bytes(300_000))
    monkeypatch.setattr(cache_module, "MAX_MADE_BYTES", 500_000)
    with open_cache(tmp_path, max_bytes=100_000) as cache:
        assert cache.get_many("e", [A]).keys() == {A}
        cache.put_made(B, bytes(300_000))
        cache.put_made(C, bytes(500_001))
        assert [cache.get_made(key) is not None for key in (A, B, C)] == [False, True, False]
        assert cache.problems == ()


def test_only_one_build_sets_a_damaged_file_aside(tmp_path: Path) -> None:
    """The one that comes second goes on with the new file, in which the first has put something meanwhile."""
    keys = [number.to_bytes(2, "big") for number in range(2000)]
    with open_cache(tmp_path) as cache:
        cache.put_many("e", dict.fromkeys(keys, ONE))
    content = (tmp_path / CACHE_FILE).read_bytes()
    page = int.from_bytes(content[16:18], "big")
    spoiled = content[: 5 * page] + b"\xff" * (len(content) - 5 * page)
    (tmp_path / CACHE_FILE).write_bytes(spoiled)
    with open_cache(tmp_path) as one, open_cache(tmp_path) as other:
        one.put_many("e", dict.fromkeys(keys, ONE))
        assert [problem.code for problem in one.problems] == [Code.CACHE_DAMAGED]
        one.put_many("e", {A: ONE})
        other.get_many("e", keys)
        assert [problem.code for problem in other.problems] == [Code.CACHE_DAMAGED]
        other.put_many("e", {B: ONE})
        assert one.get_many("e", [A, B]).keys() == {A, B}
    assert (tmp_path / "vectors.damaged").read_bytes()[: len(spoiled)] == spoiled


@pytest.mark.parametrize("left", [0, 99])
def test_builds_that_begin_at_once_make_one_cache(tmp_path: Path, left: int) -> None:
    """Of a file that is not there, and of one in another layout: what each puts is there for all."""
    program = (
        "import sys; from pathlib import Path; import numpy as np; from notegen.cache import open_cache\n"
        "sys.stdin.readline()\n"
        "with open_cache(Path(sys.argv[1])) as cache:\n"
        "    for number in range(20):\n"
        "        cache.put_many('e', {f'{sys.argv[2]}-{number}'.encode(): np.float32([0.6, 0.8])})\n"
        "    print(cache.problems)"
    )
    if left:
        with sqlite3.connect(tmp_path / CACHE_FILE) as other:
            other.execute("CREATE TABLE vectors (something TEXT)")
            other.execute(f"PRAGMA user_version = {left}")
        other.close()
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(6)
    ]
    for build in builds:
        assert build.stdin is not None
        build.stdin.write("\n")
        build.stdin.flush()
    assert [build.communicate()[0] for build in builds] == ["()\n"] * 6
    with open_cache(tmp_path) as cache:
        keys = [f"{build}-{number}".encode() for build in range(6) for number in range(20)]
        assert cache.get_many("e", keys).keys() == set(keys)
