"""A piece of the index, which a page loads as a script: all that one opened from file:// may load."""

from collections.abc import Callable

from msgspec import Struct


class Shard(Struct, frozen=True):
    """A piece of the index: its name, unique in its folder, and its content, a text or plain JSON values."""

    name: str
    content: object


class ShardOrder(Struct, frozen=True):
    """A piece of the index that is known by what it is made of, and made only where it is not there yet."""

    name: str
    made_of: bytes
    """A digest of all that its content depends on, but for the code."""
    make: Callable[[], object]
    """Makes the content."""
