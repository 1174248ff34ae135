"""Caches are joined whole or not at all, and what is there is never lost."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from notegen import cache as cache_module
from notegen import merge_caches as merge_module
from notegen.cache import open_cache
from notegen.cli import cli
from notegen.errors import NotegenError, word_error
from notegen.merge_caches import MergedPart, merge_caches
from notegen.paths import CACHE_FILE
from tests.support.files import cached_vectors

LIMIT = 2**30


def vector(number: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """One that no other number has."""
    return np.array([number, 1], np.float32)


def make(folder: Path, numbers: Iterable[int], encoder: str = "e") -> Path:
    """A cache with a vector for each number."""
    with open_cache(folder) as cache:
        cache.put_many(encoder, {key(number): vector(number) for number in numbers})
    return folder


def key(number: int) -> bytes:
    """Of a number's vector."""
    return number.to_bytes(4, "big")


def merge(into: Path, *others: Path) -> tuple[MergedPart, ...]:
    """Merge, and close."""
    with open_cache(into) as cache:
        return merge_caches(cache, others, max_bytes=LIMIT)


def refusal(into: Path, *others: Path) -> str:
    """What a merge is refused with, after which the cache is as it was."""
    before = cached_vectors(into)
    with pytest.raises(NotegenError) as raised:
        merge(into, *others)
    assert cached_vectors(into) == before
    return word_error(raised.value).replace(str(into.parent), "")


def test_parts_make_the_whole(tmp_path: Path) -> None:
    """Those that have something in common too, a folder or its file, and of every encoder."""
    whole = make(tmp_path / "whole", range(1500))
    make(whole, range(10), "f")
    one, two = make(tmp_path / "one", range(700)), make(tmp_path / "two", range(600, 1500))
    make(two, range(10), "f")
    assert merge(tmp_path / "into", one, two / CACHE_FILE) == (
        MergedPart(str(one), added=700, known=0, differing=0),
        MergedPart(str(two / CACHE_FILE), added=810, known=100, differing=0),
    )
    assert cached_vectors(tmp_path / "into") == cached_vectors(whole)
    assert merge(tmp_path / "into", one)[0] == MergedPart(str(one), added=0, known=700, differing=0)


def test_what_is_there_stays(tmp_path: Path) -> None:
    """Another vector for the same text is counted; a damaged one is replaced by a good one."""
    into, other = make(tmp_path / "into", range(4)), make(tmp_path / "other", range(4))
    with open_cache(other) as cache:
        cache.put_many("e", {key(1): vector(9)})
    connection = sqlite3.connect(into / CACHE_FILE)
    connection.execute("UPDATE vectors SET vector = ? WHERE key = ?", [vector(7).tobytes(), key(2)])
    connection.commit()
    connection.close()
    assert merge(into, other) == (MergedPart(str(other), added=1, known=3, differing=1),)
    assert cached_vectors(into) == {("e", key(number)): vector(number).tobytes() for number in range(4)}


def test_other_versions_and_other_files_are_refused(tmp_path: Path) -> None:
    """Also behind one that is good, of which nothing is merged then."""
    into, good, other = (make(tmp_path / name, range(3)) for name in ("into", "good", "other"))
    connection = sqlite3.connect(other / CACHE_FILE)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    assert refusal(into, make(good, range(9)), other) == (
        "error: `/other/vectors.sqlite` is a cache of version 7, and this notegen has version 2\n"
        "  hint: make it with the same notegen as this one; nothing was merged"
    )
    connection = sqlite3.connect(tmp_path / "books.sqlite")
    connection.execute("CREATE TABLE books (title TEXT)")
    connection.close()
    assert refusal(into, tmp_path / "books.sqlite").startswith("error: `/books.sqlite` is no cache\n")
    (tmp_path / "empty").write_bytes(b"")
    assert refusal(into, tmp_path / "empty").startswith("error: `/empty` is no cache\n")
    assert refusal(into, tmp_path).startswith("error: there is no cache `/vectors.sqlite`\n")
    assert refusal(into, tmp_path / "nowhere").startswith("error: there is no cache `/nowhere`\n")


@pytest.mark.parametrize("at", ["text", "middle", "end", "row"])
def test_a_spoiled_cache_is_refused(tmp_path: Path, at: str) -> None:
    """Wherever it is: no database at all, pages of noise, cut off, and a bit of one vector that SQLite does not see."""
    into, other = make(tmp_path / "into", range(3)), make(tmp_path / "other", range(2000))
    file = other / CACHE_FILE
    content = bytearray(file.read_bytes())
    match at:
        case "text":
            content = bytearray(b"no database at all" * 300)
        case "middle":
            content[len(content) // 2 : len(content) // 2 + 4096] = b"\xff" * 4096
        case "end":
            del content[-20_000:]
        case "row":
            content[content.index(vector(1999).tobytes())] ^= 1
    file.write_bytes(content)
    assert refusal(into, other).startswith("error: the cache `/other/vectors.sqlite` is damaged: ")


def test_what_would_be_forgotten_at_once_is_not_merged(tmp_path: Path) -> None:
    """Together they are larger than the cache may be."""
    into, other = make(tmp_path / "into", range(3)), make(tmp_path / "other", range(2000))
    with open_cache(into) as cache, pytest.raises(NotegenError, match="the oldest vectors are forgotten"):
        merge_caches(cache, [other], max_bytes=10_000)
    assert len(cached_vectors(into)) == 3


def test_a_merge_that_is_killed_goes_on(tmp_path: Path) -> None:
    """What was merged is there, nothing is damaged, and the same command does the rest."""
    other = make(tmp_path / "other", range(3000))
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from notegen.cache import open_cache; from notegen.merge_caches import merge_caches\n"
        "def stop(done, total):\n"
        "    if done > 0.75 * total: os.kill(os.getpid(), signal.SIGKILL)\n"
        "with open_cache(Path(sys.argv[1])) as cache:\n"
        "    merge_caches(cache, [Path(sys.argv[2])], max_bytes=2**30, progress=stop)"
    )
    into = tmp_path / "into"
    assert subprocess.run([sys.executable, "-c", program, str(into), str(other)]).returncode < 0
    (part,) = merge(into, other)
    assert 0 < part.known < 3000
    assert part.added == 3000 - part.known
    assert cached_vectors(into) == cached_vectors(other)


def test_a_cache_that_a_killed_run_left_is_merged_with_its_log(tmp_path: Path) -> None:
    """What was put last may stand only in the file that SQLite keeps beside it."""
    program = (
        "import os, signal, sys; from pathlib import Path; import numpy as np; from notegen.cache import open_cache\n"
        "cache = open_cache(Path(sys.argv[1])); cache.put_many('e', {b'0001': np.float32([1, 1])})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path / "killed")]).returncode < 0
    assert (tmp_path / "killed" / f"{CACHE_FILE}-wal").stat().st_size > 0
    shutil.copytree(tmp_path / "killed", tmp_path / "copy")
    assert merge(tmp_path / "into", tmp_path / "copy")[0].added == 1


def test_a_full_disk_ends_a_merge_with_a_message(tmp_path: Path) -> None:
    """What was merged before is kept; here a limit of pages is the disk."""
    other = make(tmp_path / "other", range(3000))
    with open_cache(tmp_path / "into") as cache:
        connection = cache._connection
        assert connection is not None
        connection.execute("PRAGMA max_page_count = 25")
        with pytest.raises(NotegenError) as raised:
            merge_caches(cache, [other], max_bytes=LIMIT)
    assert word_error(raised.value).replace(str(tmp_path), "") == (
        "error: the cache `/into/vectors.sqlite` cannot be used: database or disk is full\n"
        "  hint: what was put into it before is kept: run the same command again when it can"
    )
    assert len(cached_vectors(tmp_path / "into")) > 0
    merge(tmp_path / "into", other)
    assert cached_vectors(tmp_path / "into") == cached_vectors(other)


def test_the_command_tells_what_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, in JSON, and with a note where vectors differ."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTEGEN_CACHE", "mine")
    make(tmp_path / "one", range(5))
    make(tmp_path / "two", range(4, 7))
    with open_cache(tmp_path / "two") as cache:
        cache.put_many("e", {key(4): vector(1)})
    result = CliRunner().invoke(cli, ["cache", "merge", "one", "two"], catch_exceptions=False)
    size = sum(file.stat().st_size for file in (tmp_path / "mine").iterdir())
    assert result.stdout == (
        "merged    one: 5 vectors new, 0 known\nmerged    two: 2 vectors new, 1 known\n"
        f"into      mine: 7 vectors, {size / 1e6:.1f} MB\n"
    )
    assert (
        result.stderr == "note: 1 text has another vector in `two` than here; the one that was here stays\n"
    )
    again = CliRunner().invoke(cli, ["cache", "merge", "two", "--json"], catch_exceptions=False)
    assert json.loads(again.stdout) == {
        "folder": "mine",
        "vectors": 7,
        "bytes": size,
        "merged": [{"path": "two", "added": 0, "known": 3, "differing": 1}],
    }
    assert CliRunner().invoke(cli, ["cache", "merge", "one", "-q"]).output == ""


def test_a_cache_of_ones_own_that_cannot_be_used_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge into nothing would be none."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "file"))
    make(tmp_path / "one", range(5))
    with pytest.raises(NotegenError, match="cannot be used"):
        CliRunner().invoke(cli, ["cache", "merge", str(tmp_path / "one")], catch_exceptions=False)


def test_rows_that_are_more_than_one_look_up_are_all_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In steps of seven, with numbers missing in between."""
    monkeypatch.setattr(merge_module, "_ROWS_AT_ONCE", 7)
    monkeypatch.setattr(cache_module, "_MAX_STATEMENT_KEYS", 3)
    other = make(tmp_path / "other", range(100))
    make(other, range(20, 60))
    merge(tmp_path / "into", other)
    assert cached_vectors(tmp_path / "into") == cached_vectors(other)
