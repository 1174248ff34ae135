"""Pictures, films and other files of the user's as they are published: without what they say of place, time and people.

What is published of a file is kept as a digest and a size, by what the disk says of the file: one that is as it was is
not read again, and not copied where the site has it.
"""

import os
import time
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path

from notegen.cache import VectorCache
from notegen.config import AttachmentMetadata
from notegen.metadata import cleaned_file
from notegen.model import KnownFile, OutputFile, Url
from notegen.note_memory import KeptBytes
from notegen.packed import pack, unpack, unpacker
from notegen.page_data import digest_of, digest_of_file
from notegen.stamps import RACY_NS

_facts = unpacker(tuple[bytes, int])
"""A digest of what is published of a file, and its size in bytes."""


def published_file(file: OutputFile, metadata: AttachmentMetadata) -> OutputFile:
    """A file of the notes or the theme as readers get it; one that cannot be read is left to whoever copies it.

    Args:
        metadata: the setting `attachment_metadata`.
    """
    if metadata == "keep" or not isinstance(file.content, Path):
        return file
    try:
        cleaned = cleaned_file(file.content)
    except OSError:
        return file
    return file if cleaned is None else OutputFile(file.url, cleaned)


def published_files(
    files: Mapping[Url, Path], metadata: AttachmentMetadata, cache: VectorCache | None
) -> Iterator[OutputFile]:
    """All of them as readers get them, in order.

    Args:
        files: where the file for each address lies.
        metadata: the setting `attachment_metadata`.
        cache: None to read every file.
    """
    if cache is None:
        yield from (published_file(OutputFile(url, file), metadata) for url, file in files.items())
        return
    kept = KeptBytes("attachment", cache)
    keys = {url: key for url, file in files.items() if (key := _key_of(file, metadata))}
    known = kept.get([*keys.values()])
    new: dict[bytes, bytes] = {}
    for url, file in files.items():
        key = keys.get(url, b"")
        if facts := unpack(known.get(key, b""), _facts):
            yield KnownFile(url, *facts, partial(_content_of, file, metadata))
            continue
        made = published_file(OutputFile(url, file), metadata)
        if key and (facts := _facts_of(made.content)):
            new[key] = pack(facts)
            made = KnownFile(url, *facts, partial(getattr, made, "content"))
        yield made
    kept.put(new)


def _content_of(file: Path, metadata: AttachmentMetadata) -> bytes | Path:
    return published_file(OutputFile("", file), metadata).content


def _key_of(file: Path, metadata: AttachmentMetadata) -> bytes | None:
    """Of a file as it is now; None of one that is not there, or could be written once more and look the same."""
    try:
        seen = os.stat(file)
    except OSError:
        return None
    times = (seen.st_mtime_ns, seen.st_ctime_ns)
    if max(times) >= time.time_ns() - RACY_NS:
        return None
    facts = (os.fsencode(file), seen.st_size, *times, seen.st_ino, seen.st_dev, metadata)
    return blake2b(pack(facts), digest_size=16).digest()


def _facts_of(content: bytes | Path) -> tuple[bytes, int] | None:
    if isinstance(content, bytes):
        return digest_of(content), len(content)
    try:
        return digest_of_file(content)
    except OSError:
        return None
