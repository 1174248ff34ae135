"""Plain values to bytes and back, for the cache: MessagePack, decoded against a type, so nothing else is accepted."""

import hashlib
import zlib
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Any, Generic, Protocol, TypeVar, cast, runtime_checkable

import numpy as np
from msgspec import DecodeError, Raw, ValidationError, msgpack

T = TypeVar("T")

Decoder = msgpack.Decoder
"""Reads values of one type."""

# A value that only YAML has, such as a word that may mean yes, counts by its kind and what it says.
_packer = msgpack.Encoder(enc_hook=lambda value: [type(value).__name__, repr(value)])
_exact_packer = msgpack.Encoder(enc_hook=lambda value: _plain(value))
_sorting_packer = msgpack.Encoder(order="deterministic")

_WINDOW_BITS, _MEMORY_LEVEL = 13, 6


@runtime_checkable
class HoldsPacked(Protocol):
    """A mapping whose values are packed, equal ones alike."""

    def packed(self, key: str) -> bytes:
        """A value as it is packed."""


def pack(value: object) -> bytes:
    """The bytes of a value made of structs, sequences, mappings, texts, numbers, days and bytes."""
    return _packer.encode(value)


def pack_exactly(value: object) -> bytes:
    """The same, of arrays too; two values of one type that differ have different bytes.

    Raises:
        TypeError, ValueError: there is something else in it, or letters that are no Unicode.
    """
    return _exact_packer.encode(value)


def unpack(content: bytes, decoder: Decoder[T]) -> T | None:
    """The value; None when the bytes are of none that the decoder knows."""
    try:
        return decoder.decode(content)
    except (DecodeError, ValidationError):
        return None


def unpacker(kind: type[T]) -> Decoder[T]:
    """The decoder of a type, for `unpack`. Make it once: that takes longer than decoding many values."""
    return Decoder(kind)


class KeepingKind(Generic[T]):
    """Packs values of one type, compressed, in which some texts are of a kind of their own and stay so."""

    def __init__(self, of: type[T], kind: type[str]) -> None:
        def as_words(value: object) -> msgpack.Ext:
            if type(value) is not kind:
                raise TypeError(type(value).__name__)
            return msgpack.Ext(0, str(value).encode())

        self._encoder = msgpack.Encoder(enc_hook=as_words)
        self._decoder = msgpack.Decoder(of, ext_hook=lambda code, words: kind(bytes(words).decode()))

    def pack(self, value: T) -> bytes:
        """The value's bytes; none where it could not be read back as it is."""
        try:
            packed = self._encoder.encode(value)
            again = self._decoder.decode(packed)
        except (DecodeError, TypeError, ValueError, OverflowError, RecursionError):
            return b""
        # Equal words may be of different kinds: their bytes then differ.
        return _compressed(packed) if again == value and self._encoder.encode(again) == packed else b""

    def unpack(self, content: bytes) -> T | None:
        """The value; None when the bytes are of none."""
        try:
            return self._decoder.decode(zlib.decompress(content))
        except (DecodeError, ValueError, zlib.error):
            return None


def pack_small(value: object) -> bytes:
    """The bytes of a value, compressed as far as costs hardly any time."""
    return _compressed(_packer.encode(value))


def join_small(parts: Sequence[bytes]) -> bytes:
    """What `pack_small` gives for a sequence of values that are packed one by one already."""
    return _compressed(_packer.encode([*map(Raw, parts)]))


def _compressed(content: bytes) -> bytes:
    """The bytes at zlib's quickest level, with a window of 8 KB.

    Tables for a larger one take longer to clear than a note takes to compress: 3,000 texts of 1.3 kB took a third of
    the time, for half a percent more bytes.
    """
    compressor = zlib.compressobj(1, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL)
    return compressor.compress(content) + compressor.flush()


def unpack_small(content: bytes, kind: type[T]) -> T:
    """The value, of the given type, that `pack_small` was given."""
    read: Decoder[T] = _unpacker_of(cast(Hashable, kind))  # made once
    return read.decode(zlib.decompress(content))


_unpacker_of = cache(cast(Callable[[Hashable], Decoder[Any]], unpacker))


def key_of(value: object) -> bytes:
    """16 bytes by which a value is found again: equal values have the same, in every process; sets count sorted."""
    return hashlib.blake2b(_sorting_packer.encode(value), digest_size=16).digest()


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray):
        return [value.dtype.str, value.shape, value.tobytes()]
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, str):  # HTML that is escaped already
        return [type(value).__name__, str(value)]
    raise TypeError(type(value).__name__)


def key_of_ordered(value: object) -> bytes:
    """The same where the order of a mapping's keys counts; a set within may give another key in another process."""
    return hashlib.blake2b(pack(value), digest_size=16).digest()
