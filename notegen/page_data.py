"""Data that a page's script loads, and names of files that change with what is in them.

A page opened from disk may load scripts and nothing else, so data is a script that adds it to the page's namespace.
A file whose name changes with its content may be kept by a browser forever.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

from notegen.model import OutputFile, Url
from notegen.paths import INTERNAL

FILE_DIGEST_BYTES = 4
CONTENT_DIGEST_BYTES = 16
FOLDER_DIGEST_BYTES = 6

_CHUNK_BYTES = 1 << 20
_ADD = b"notegen.add"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def data_script(name: str, content: object) -> bytes:
    """The script that adds plain JSON values under a name, for what browser/src/lib/namespace.ts makes of it."""
    return _script(name, _json(content))


def data_file(file: str, name: str, content: object) -> OutputFile:
    """The script in a file of its own, `notegen/graph-data.1f2e3d4c.js` for `graph-data`."""
    return hashed_file(f"{file}.js", data_script(name, content))


def shard_file(folder: Url, name: str, content: object) -> OutputFile:
    """The script as one of a folder of many, which are loaded by name."""
    return OutputFile(shard_url(folder, name), data_script(name, content))


def shard_url(folder: Url, name: str) -> Url:
    """Where such a file lies."""
    return f"{folder}/{name}.js"


def numbered_shards(kind: str, letter: str, contents: Sequence[object]) -> tuple[Url, tuple[OutputFile, ...]]:
    """The folder of the shards of a kind, named by all that is in them, and their files: `v0.js`, `v1.js` for `v`."""
    written = [*map(_json, contents)]
    folder = hashed_folder(kind, (_ADD, b"[%s]" % b",".join(written)))
    names = (f"{letter}{number}" for number in range(len(written)))
    return folder, tuple(
        OutputFile(shard_url(folder, name), _script(name, content))
        for name, content in zip(names, written, strict=True)
    )


def digest_of(content: bytes) -> bytes:
    """By which the content of a file is known to be the same as another's."""
    return blake2b(content, digest_size=CONTENT_DIGEST_BYTES).digest()


def digest_of_file(file: str | Path | int) -> tuple[bytes, int]:
    """The same of what a file holds, and how many bytes that are, without all of it in memory.

    Args:
        file: its path, or the number under which it is open, from its beginning; it stays so.

    Raises:
        OSError: it cannot be read.
    """
    digest, size = blake2b(digest_size=CONTENT_DIGEST_BYTES), 0
    with open(file, "rb", buffering=0, closefd=not isinstance(file, int)) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return digest.digest(), size


def hashed_file(name: str, content: bytes) -> OutputFile:
    """The content as a file of notegen's own, `notegen/style.1f2e3d4c.css` for `style.css`."""
    stem, _, suffix = name.rpartition(".")
    digest = blake2b(content, digest_size=FILE_DIGEST_BYTES).hexdigest()
    return OutputFile(f"{INTERNAL}/{stem}.{digest}.{suffix}", content)


def hashed_folder(kind: str, parts: Iterable[bytes]) -> Url:
    """A folder of notegen's own, named by all that its files are made of: `notegen/previews/1f2e3d4c5b6a`."""
    digest = blake2b(digest_size=FOLDER_DIGEST_BYTES)
    for part in parts:
        digest.update(part)
    return f"{INTERNAL}/{kind}/{digest.hexdigest()}"


def _script(name: str, content: bytes) -> bytes:
    return b"%s(%s,%s)" % (_ADD, _json(name), content)


def _json(content: object) -> bytes:
    text = _ENCODER.encode(content)
    # Lone surrogates cannot be UTF-8; JSON's escape for them can.
    return text.encode("utf-8", "backslashreplace")
