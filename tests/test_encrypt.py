"""The lock itself: keys, names, sealed files, padding."""

import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from hypothesis import given
from hypothesis import strategies as st

from notegen import encrypt
from notegen.encrypt import CONTENTS, Vault, open_vault, padded_size, salt_of
from notegen.errors import NotegenError

VAULT = Vault(b"s" * 16, b"n" * 32, b"d" * 32, b"f" * 32, b"k" * 32)


@given(st.binary(max_size=5000))
def test_what_is_sealed_is_unsealed(content: bytes) -> None:
    """Every length comes back as it was, and at least 12 % less than double is what it costs."""
    sealed = VAULT.seal("name", content)
    assert VAULT.unseal("name", sealed) == content
    assert len(sealed) <= max(1024, (len(content) + 4) * 1.13) + 32 + 16


def test_the_same_content_gives_the_same_bytes_and_another_one_another_key() -> None:
    """No chance is in it; a key is of one content, of one name and one password."""
    one = VAULT.seal("a", b"content")
    assert VAULT.seal("a", b"content") == one
    other = Vault(VAULT.salt, VAULT.names, b"e" * 32, VAULT.files, VAULT.kept)
    seeds = [one, VAULT.seal("b", b"content"), VAULT.seal("a", b"contens"), other.seal("a", b"content")]
    assert len({sealed[:32] for sealed in seeds}) == 4
    assert len({sealed[32:] for sealed in seeds}) == 4


def test_what_was_changed_does_not_open() -> None:
    """Nor with another key, nor under another name: a host cannot exchange two files."""
    sealed = VAULT.seal("a", b"content")
    for place in (0, 31, 32, 500, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert VAULT.unseal("a", bytes(changed)) is None
    assert VAULT.unseal("b", sealed) is None
    assert Vault(VAULT.salt, VAULT.names, VAULT.digests, b"g" * 32, VAULT.kept).unseal("a", sealed) is None


def test_lengths_tell_little() -> None:
    """Of a thousand lengths there are few left, each a little above those that it stands for."""
    sizes = {padded_size(size) for size in range(10_000, 11_000)}
    assert len(sizes) <= 5
    assert all(size <= padded_size(size) <= size * 1.12 for size in range(1024, 100_000, 37))
    assert {padded_size(size) for size in range(1025)} == {1024}


def test_keys_are_the_standards() -> None:
    """As any other implementation makes them: PBKDF2 and HKDF-Expand, computed here by hand."""
    salt = salt_of("https://me.example/notes/", "Notes")
    main = PBKDF2HMAC(SHA256(), 32, salt, 600_000).derive("pässword".encode())
    vault = open_vault("pa\u0308ssword", salt)  # typed on a Mac
    assert [vault.names, vault.digests, vault.files] == [
        HKDFExpand(SHA256(), 32, purpose).derive(main) for purpose in (b"names", b"digests", b"files")
    ]


def test_a_salt_is_of_the_address_or_else_of_the_title() -> None:
    """So that two builds of one site have the same, and two sites most often not."""
    assert salt_of("https://a.example", "x") == salt_of("https://a.example/", "y")
    assert len({salt_of("", "x"), salt_of("", "y"), salt_of("https://a.example/", "x")}) == 3


def test_names_tell_neither_kind_nor_text() -> None:
    """They are of one length, and another key gives others."""
    names = {VAULT.name(kind, text) for kind in ("note", "tag") for text in ("a", "b", "x" * 99, "\ud800")}
    assert len(names) == 8
    assert {len(name) for name in names} == {16}
    assert Vault(VAULT.salt, b"m" * 32, VAULT.digests, VAULT.files, VAULT.kept).name("note", "a") not in names


def test_the_site_that_is_there_knows_its_password(tmp_path: Path) -> None:
    """Without one, with a broken one, and with another's there is nothing to open."""
    assert not VAULT.opens(tmp_path)
    file = VAULT.file(CONTENTS, b"{}")
    assert file.url == CONTENTS
    assert isinstance(file.content, bytes)
    (tmp_path / CONTENTS).parent.mkdir(parents=True)
    (tmp_path / CONTENTS).write_bytes(file.content)
    assert VAULT.opens(tmp_path)
    assert not Vault(VAULT.salt, VAULT.names, VAULT.digests, b"g" * 32, VAULT.kept).opens(tmp_path)
    (tmp_path / CONTENTS).write_bytes(file.content[:40])
    assert not VAULT.opens(tmp_path)


def test_the_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, since only who encrypts needs it."""
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    encrypt._cipher.cache_clear()
    with pytest.raises(NotegenError, match="`cryptography` is not installed"):
        VAULT.seal("a", b"")
