"""Remembers what an audit makes of each text, by a key of the text and all else that it is made from."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from notegen.cache import VectorCache, code_of_notegen
from notegen.packed import Decoder, key_of, key_of_ordered, pack, unpack, unpacker

_AT_ONCE = 1000
"""Items whose keys, and what is made of them as it is kept, are in memory together."""

T = TypeVar("T")
Made = TypeVar("Made")


def remembered(
    items: Iterable[T],
    make: Callable[[Sequence[T]], Sequence[Made]],
    cache: VectorCache | None,
    *,
    kind: str,
    of: type[Made] | Any,
    given: object = (),
    known_by: Callable[[T], object] = lambda item: item,
) -> list[Made]:
    """The value of each item, in order; `make` is called, with some items at a time, only for those not remembered.

    Args:
        items: some are in memory at a time.
        cache: None to remember nothing.
        kind: a name for what is made.
        of: its type, for reading it back.
        given: all that `make` goes by beside the item: plain values, structs, sets.
        known_by: what stands for an item in its key.
    """
    made: list[Made] = []
    start, reader = b"", unpacker(tuple[of])  # type: ignore[valid-type]
    remaining = iter(items)
    while some := list(islice(remaining, _AT_ONCE)):
        if cache is None:
            made += make(some)
        else:
            start = start or code_of_notegen() + key_of(given)
            keys = [key_of_ordered((start, known_by(item))) for item in some]
            made += _made_of(some, keys, make, cache, kind=kind, reader=reader)
    return made


def _made_of(
    items: Sequence[T],
    keys: Sequence[bytes],
    make: Callable[[Sequence[T]], Sequence[Made]],
    cache: VectorCache,
    *,
    kind: str,
    reader: Decoder[Any],
) -> list[Made]:
    known = cache.get_derived(kind, keys)
    found = {key: one[0] for key, content in known.items() if (one := unpack(content, reader))}
    unknown = {key: item for key, item in zip(keys, items, strict=True) if key not in found}
    made = dict(zip(unknown, make(tuple(unknown.values())), strict=True)) if unknown else {}
    cache.put_derived(kind, {key: pack((one,)) for key, one in made.items()})
    found |= made
    return [found[key] for key in keys]
