"""Cuts a sequence into groups at places that its items decide, so that what is cached of a group survives most edits.

A group ends before an item whose name has a rare digest (content-defined chunking). One item more or less changes one
group; groups of a fixed size would all change from there on.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

_ONE_IN = 64
"""How many things a group has, about."""


def in_groups(things: Iterable[T], name_of: Callable[[T], str]) -> Iterator[list[T]]:
    """All things in order, in groups that are never empty.

    Args:
        name_of: what a thing is called; names of things that come and go say where groups end.
    """
    some: list[T] = []
    for thing in things:
        if some and _may_begin(name_of(thing)):
            yield some
            some = []
        some.append(thing)
    if some:
        yield some


def _may_begin(name: str) -> bool:
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest) % _ONE_IN == 0
