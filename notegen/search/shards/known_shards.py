"""Skips making shards that an edit seldom changes: those of the query table, of spelling and of names.

They are most of an index's files. Kept of them are their addresses, digests of their contents, and their facts in the
manifest; where the site still has them, none is made. Of shards that depend on a few notes each, such as the texts that
hits show, one digest a shard is kept.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache as once
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from notegen.cache import VectorCache, code_of_notegen
from notegen.model import KnownFile, OutputFile, Url
from notegen.note_memory import derived_values
from notegen.packed import Decoder, pack, unpack, unpacker
from notegen.page_data import digest_of, shard_file, shard_url
from notegen.search.shards.names import NameShards
from notegen.search.shards.query_table import TableShards
from notegen.search.shards.shard import ShardOrder
from notegen.search.shards.spelling import SpellingShards

S = TypeVar("S", NameShards, SpellingShards, TableShards)


class _File(NamedTuple):
    """A file, as `KnownFile` has it."""

    url: Url
    digest: bytes
    size: int


Known = tuple[S, tuple[_File, ...]]
"""What is kept: all that is to be known of shards, without them, and their files."""

KNOWN_NAMES: Decoder[Known[NameShards]] = unpacker(tuple[NameShards, tuple[_File, ...]])
KNOWN_SPELLING: Decoder[Known[SpellingShards]] = unpacker(tuple[SpellingShards, tuple[_File, ...]])
KNOWN_TABLE: Decoder[Known[TableShards]] = unpacker(tuple[TableShards, tuple[_File, ...]])

_AT_ONCE = 500
"""Shards that are looked up together."""
_facts = unpacker(tuple[bytes, int])
"""Of a file's content, as `KnownFile` has it: its digest and its size."""


def known_shards(
    make: Callable[[], S],
    folder: Url,
    decoder: Decoder[Known[S]],
    *,
    made_of: Callable[[], Iterable[bytes]],
    cache: VectorCache | None,
) -> tuple[S, Iterator[OutputFile]]:
    """What `make` gives, without the shards, and the files of these, in order.

    Args:
        folder: where the files are to lie.
        decoder: of the three above.
        made_of: gives all that the shards are made of; asked for only with a cache.
        cache: None to remember nothing, and make them all now.
    """

    @once
    def made() -> tuple[S, dict[Url, OutputFile]]:
        shards = make()
        files = (shard_file(folder, shard.name, shard.content) for shard in shards.shards)
        return replace(shards, shards=()), {file.url: file for file in files}

    def derive(places: Iterable[int]) -> list[Known[S]]:
        return [(made()[0], tuple(map(_known, made()[1].values()))) for _ in places]

    def content_of(url: Url) -> bytes:
        return made()[1][url].read()

    if cache is None:
        shards, made_files = made()
        return shards, iter(made_files.values())
    digest = blake2b(code_of_notegen() + folder.encode(), digest_size=16)
    for part in made_of():
        digest.update(part)
    ((shards, files),) = derived_values("shards", [digest.digest()], derive, cache, decoder)
    if made.cache_info().currsize:
        return shards, iter(made()[1].values())
    return shards, (KnownFile(*file, partial(content_of, file.url)) for file in files)


def ordered_shards(
    kind: str, orders: Iterable[ShardOrder], folder: Url, cache: VectorCache | None
) -> Iterator[OutputFile]:
    """The files of shards, in order; of one that was made before it is known what it holds, and it is not made.

    Args:
        kind: what they are called in the cache.
        folder: where the files are to lie.
        cache: None to make them all.
    """
    left = iter(orders)
    while some := list(islice(left, _AT_ONCE)):
        yield from _ordered(kind, some, folder, cache) if cache else (_made(order, folder) for order in some)


def _ordered(
    kind: str, orders: Sequence[ShardOrder], folder: Url, cache: VectorCache
) -> Iterator[OutputFile]:
    start = code_of_notegen() + b"%s/" % folder.encode()
    keys = [blake2b(start + order.made_of + order.name.encode(), digest_size=16).digest() for order in orders]
    known, new = cache.get_derived(kind, keys), dict[bytes, bytes]()
    for key, order in zip(keys, orders, strict=True):
        row = unpack(known[key], _facts) if key in known else None
        if row is None:
            file = _made(order, folder)
            one = _known(file)
            new[key] = pack((one.digest, one.size))
            yield file
        else:
            yield KnownFile(shard_url(folder, order.name), *row, partial(_content_of, order, folder))
    cache.put_derived(kind, new)


def _made(order: ShardOrder, folder: Url) -> OutputFile:
    return shard_file(folder, order.name, order.make())


def _content_of(order: ShardOrder, folder: Url) -> bytes:
    return _made(order, folder).read()


def _known(file: OutputFile) -> _File:
    content = file.read()
    return _File(file.url, digest_of(content), len(content))
