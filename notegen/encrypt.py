"""What locks the encrypted notes of a site: keys from a password, and files that only these keys open.

    password --PBKDF2--> main key --HKDF--> key for names, key for digests, key for files, and one of which
                                            the same are made for what is kept between builds
    a file's content --HMAC--> its digest --HKDF--> its own key --AES-256-GCM--> what is published

The same content under the same password gives the same bytes, without any chance: the digest of a content is its key's
seed, so that no key is ever used for two contents, and the nonce may stand still. What an onlooker learns from that is
whether a file is as it was in the build before. `browser/src/unlock/vault.ts` reads what is written here.

Source:
    PBKDF2: RFC 8018, with OWASP's 600,000 rounds of SHA-256. HKDF-Expand: RFC 5869, one block. A digest in place of
    chance: the synthetic IV of RFC 5297, here of a key, since AES-GCM's own nonce has only 96 bits. Padding: Padmé of
    Nikitin and others, "Reducing metadata leakage from encrypted files" (PETS 2019): at most 12 % more, and of a
    length only its order of magnitude and some of its first bits are told.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import lru_cache
from hashlib import pbkdf2_hmac, sha256
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from notegen.config import Config, titled
from notegen.errors.packages import no_cryptography
from notegen.model import OutputFile, Url
from notegen.page_data import data_script
from notegen.paths import INTERNAL

ROUNDS = 600_000
LOCKED: Url = f"{INTERNAL}/locked"
"""The site's folder of what is encrypted, and of the pages of encrypted notes."""
CONTENTS: Url = f"{LOCKED}/contents.js"
"""The encrypted file that is opened first; the only one whose name says what it is."""

_SALT_BYTES = 16
_DIGEST_BYTES = 32
_NAME_BYTES = 8
_KEY_BYTES = 16
_LENGTH_BYTES = 4
_MIN_PADDED = 1024
_NONCE = bytes(12)
"""One nonce for all: each content has a key of its own."""


class Vault(Struct, frozen=True):
    """The keys of one site."""

    salt: bytes
    names: bytes
    digests: bytes
    files: bytes
    kept: bytes
    """What the keys are made of for what is kept on the disk of who writes."""

    def of_what_is_kept(self) -> "Vault":
        """Other keys, for the cache: the same content is encrypted differently there and in the site."""
        return _vault(self.salt, self.kept)

    def key(self, kind: str, text: bytes) -> bytes:
        """The key of an entry in the cache: 16 bytes, which say nothing without the password."""
        return _hmac(self.names, kind.encode() + b"\0" + text)[:_KEY_BYTES]

    def name(self, kind: str, text: str) -> str:
        """A name of 16 hexadecimal digits, which says nothing of what it stands for without the password."""
        return _hmac(self.names, f"{kind}\0{text}".encode("utf-8", "surrogatepass"))[:_NAME_BYTES].hex()

    def seal(self, name: str, content: bytes) -> bytes:
        """The content, padded and encrypted, for the file of this name and no other."""
        padded = _padded(content)
        digest = _hmac(self.digests, name.encode() + b"\0" + padded)
        return digest + _cipher().encrypt(self._key(digest), padded, name.encode())

    def unseal(self, name: str, sealed: bytes) -> bytes | None:
        """The content; None where it was sealed with another password, for another name, or was changed."""
        digest = sealed[:_DIGEST_BYTES]
        padded = _cipher().decrypt(self._key(digest), sealed[_DIGEST_BYTES:], name.encode())
        if padded is None:
            return None
        size = int.from_bytes(padded[:_LENGTH_BYTES])
        return padded[_LENGTH_BYTES : _LENGTH_BYTES + size]

    def file(self, url: Url, content: bytes) -> OutputFile:
        """The content of a file of the site as an encrypted one, which a page loads as a script."""
        name = self._file_name(url)
        sealed = b64encode(self.seal(name, content)).decode()
        return OutputFile(self.file_url(url), data_script(f"locked-{name}", sealed))

    def file_url(self, url: Url) -> Url:
        """Where the encrypted file lies that is made of the one at an address."""
        return f"{LOCKED}/{self._file_name(url)}.js"

    def opens(self, site: Path) -> bool:
        """Whether the password is that of the site that lies there; False where nothing is encrypted in it."""
        try:
            script = (site / CONTENTS).read_bytes()
            sealed = b64decode(script.rpartition(b',"')[2].rpartition(b'"')[0], validate=True)
        except (OSError, ValueError):
            return False
        return self.unseal("contents", sealed) is not None

    def _file_name(self, url: Url) -> str:
        return "contents" if url == CONTENTS else self.name("file", url)

    def _key(self, digest: bytes) -> bytes:
        return _expand(self.files, digest)


class OpenedVault(Struct, frozen=True):
    """The keys of a site, with what they were made of."""

    password: str
    vault: Vault


def salt_of(base_url: str, title: str) -> bytes:
    """The salt of a site: from its address, or its title where it has none, so that two builds have the same one."""
    return sha256(f"notegen-locked-1\0{base_url.rstrip('/') or title}".encode()).digest()[:_SALT_BYTES]


def salt_of_site(config: Config, notes: Path) -> bytes:
    """The salt of the site that is made of a folder of notes."""
    known = titled(config, notes)
    return salt_of(known.base_url, known.title)


@lru_cache(maxsize=4)
def open_vault(password: str, salt: bytes) -> Vault:
    """The keys that a password gives; takes about a third of a second the first time, as it has to."""
    main = pbkdf2_hmac("sha256", normalize("NFC", password).encode(), salt, ROUNDS)
    return _vault(salt, main)


def _vault(salt: bytes, main: bytes) -> Vault:
    return Vault(salt, *(_expand(main, purpose) for purpose in (b"names", b"digests", b"files", b"kept")))


def padded_size(size: int) -> int:
    """How long a content of this length is made."""
    size = max(size, _MIN_PADDED)
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


def _padded(content: bytes) -> bytes:
    framed = len(content).to_bytes(_LENGTH_BYTES) + content
    return framed.ljust(padded_size(len(framed)), b"\0")


def _hmac(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")


def _expand(key: bytes, purpose: bytes) -> bytes:
    return _hmac(key, purpose + b"\x01")


class _AesGcm(Struct, frozen=True):
    encrypt: Callable[[bytes, bytes, bytes], bytes]
    decrypt: Callable[[bytes, bytes, bytes], bytes | None]


@lru_cache(maxsize=1)
def _cipher() -> _AesGcm:
    """AES-256-GCM, which Python itself does not have.

    Raises:
        NotegenError: the package that has it is not installed.
    """
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError as error:
        raise no_cryptography() from error

    def decrypt(key: bytes, sealed: bytes, beside: bytes) -> bytes | None:
        try:
            return AESGCM(key).decrypt(_NONCE, sealed, beside)
        except InvalidTag:
            return None

    return _AesGcm(lambda key, content, beside: AESGCM(key).encrypt(_NONCE, content, beside), decrypt)
