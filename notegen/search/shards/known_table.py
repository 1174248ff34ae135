"""The files of the query table, which are half of an index and change with few edits: known before they are made."""

from collections.abc import Iterator
from functools import cache as once
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from notegen.cache import VectorCache, code_of_notegen
from notegen.model import KnownFile, OutputFile, Url
from notegen.note_memory import derived_values
from notegen.packed import unpacker
from notegen.page_data import digest_of, shard_file
from notegen.search.shards.query_table import TableShards, table_shards
from notegen.search.vector_index import VectorIndex


class _File(NamedTuple):
    """A file, as `KnownFile` has it."""

    url: Url
    digest: bytes
    size: int


class _Table(NamedTuple):
    """All that is to be known of the shards, but what is in them."""

    firsts: dict[str, str]
    common: tuple[str, ...]
    files: tuple[_File, ...]


_tables = unpacker(_Table)


def table_files(
    index: VectorIndex, folder: Url, *, space: bytes, cache: VectorCache | None
) -> tuple[TableShards, Iterator[OutputFile]]:
    """What `table_shards` gives, but the shards, and the files of these, in order.

    Args:
        index: of the garden.
        folder: where the files are to lie.
        space: a digest of all that was learned: of tokens and their rows.
        cache: None to remember nothing, and make them all now.
    """

    @once
    def made() -> tuple[TableShards, dict[Url, OutputFile]]:
        shards = table_shards(index)
        files = (shard_file(folder, shard.name, shard.content) for shard in shards.shards)
        return shards, {file.url: file for file in files}

    def derive() -> _Table:
        shards, files = made()
        return _Table(shards.firsts, shards.common, tuple(map(_known, files.values())))

    if cache is None:
        shards, files = made()
        return TableShards((), shards.firsts, shards.common), iter(files.values())
    frequent = np.array(index.tokens_by_frequency, np.int64).tobytes()
    key = blake2b(code_of_notegen() + space + folder.encode() + frequent, digest_size=16).digest()
    (table,) = derived_values("table", [key], lambda places: [derive() for _ in places], cache, _tables)

    def content_of(url: Url) -> bytes:
        return _bytes_of(made()[1][url])

    known = (KnownFile(*file, partial(content_of, file.url)) for file in table.files)
    return TableShards((), table.firsts, table.common), known


def _known(file: OutputFile) -> _File:
    content = _bytes_of(file)
    return _File(file.url, digest_of(content), len(content))


def _bytes_of(file: OutputFile) -> bytes:
    assert isinstance(file.content, bytes)
    return file.content
