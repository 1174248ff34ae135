"""What is kept of a garden with encrypted notes opens with the password alone."""

import sqlite3
from pathlib import Path

import pytest

from notegen.cache import VectorCache, open_cache
from notegen.encrypt import Vault, open_vault
from notegen.paths import CACHE_FILE
from notegen.sealed_cache import KIND, SealedCache

KEYS = [b"k" * 16, b"l" * 16]
CONTENT = b"a quill is said here " * 200


@pytest.fixture
def vault() -> Vault:
    """The keys of one site."""
    return open_vault("six words drawn by dice", b"s" * 16)


def test_what_is_put_is_there_for_who_has_the_password(tmp_path: Path, vault: Vault) -> None:
    """Values of notes and of gardens; each kind by itself, and none for another password."""
    with open_cache(tmp_path) as cache:
        sealed = SealedCache(cache, vault)
        sealed.put_derived("words", {KEYS[0]: CONTENT})
        sealed.put_made(KEYS[0], CONTENT)
        assert sealed.get_derived("words", KEYS) == {KEYS[0]: CONTENT}
        assert sealed.known_derived("words", KEYS) == {KEYS[0]}
        assert sealed.get_made(KEYS[0]) == CONTENT
        assert sealed.get_derived("page", KEYS) == {}
        assert sealed.get_made(KEYS[1]) is None
        other = SealedCache(cache, open_vault("another", vault.salt))
        assert other.get_derived("words", KEYS) == {}
        assert other.get_made(KEYS[0]) is None


def test_nothing_of_it_is_in_the_open(tmp_path: Path, vault: Vault) -> None:
    """Neither what it is, nor its key or kind, by which a guess could be tried; nor its length to the byte."""
    with open_cache(tmp_path) as cache:
        sealed = SealedCache(cache, vault)
        sealed.put_derived("words", {KEYS[0]: CONTENT, KEYS[1]: CONTENT[:-1]})
        sealed.put_made(KEYS[0], CONTENT)
        assert cache.get_derived("words", KEYS) == {}
        assert cache.get_made(KEYS[0]) is None
    rows = rows_of(tmp_path)
    assert len({key for _, key, _ in rows}) == len(rows) == 3
    assert {kind for kind, _, _ in rows} == {KIND, ""}
    assert len({len(content) for _, _, content in rows}) == 1
    for _, key, content in rows:
        assert key not in KEYS
        assert b"quill" not in content


def test_it_opens_under_its_own_key_only(tmp_path: Path, vault: Vault) -> None:
    """Who can write the file cannot put one value in another's place, or change one."""
    with open_cache(tmp_path) as cache:
        sealed = SealedCache(cache, vault)
        sealed.put_derived("words", {KEYS[0]: CONTENT, KEYS[1]: b"another"})
        (first, one), (second, two) = ((key, content) for _, key, content in rows_of(tmp_path))
        cache.put_derived(KIND, {first: two, second: one})
        assert sealed.get_derived("words", KEYS) == {}
        cache.put_derived(KIND, {first: one[:-1] + bytes([one[-1] ^ 1]), second: b"short"})
        assert sealed.get_derived("words", KEYS) == {}


def test_what_lies_in_the_open_is_found_and_stays(tmp_path: Path, vault: Vault) -> None:
    """Of public notes, which a build without the password asks for as well."""
    with open_cache(tmp_path) as cache:
        cache.put_derived("words", {KEYS[0]: b"public"})
        cache.put_made(KEYS[0], b"public")
        sealed = SealedCache(cache, vault)
        assert sealed.get_derived("words", KEYS) == {KEYS[0]: b"public"}
        assert sealed.known_derived("words", KEYS) == {KEYS[0]}
        assert sealed.get_made(KEYS[0]) == b"public"


def test_it_leaves_the_file_to_who_opened_it(tmp_path: Path, vault: Vault) -> None:
    """So that a process can be forked while it is closed, and what goes wrong with it is said once."""
    with open_cache(tmp_path) as cache:
        sealed: VectorCache = SealedCache(cache, vault)
        with sealed.let_go():
            assert sealed.get_derived("words", KEYS) == {}
        sealed.put_derived("words", {KEYS[0]: CONTENT})
        sealed.close()
        assert sealed.get_derived("words", KEYS) == {KEYS[0]: CONTENT}
        assert sealed.problems == cache.problems == ()


def rows_of(folder: Path) -> list[tuple[str, bytes, bytes]]:
    """What the file has in it: kind, key, content."""
    connection = sqlite3.connect(folder / CACHE_FILE)
    try:
        derived = connection.execute("SELECT kind, key, content FROM derived ORDER BY number").fetchall()
        return derived + connection.execute("SELECT '', key, content FROM made").fetchall()
    finally:
        connection.close()
