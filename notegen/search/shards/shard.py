"""A piece of the index, which a page loads as a script: all that one opened from file:// may load."""

from msgspec import Struct


class Shard(Struct, frozen=True):
    """A piece of the index: its name, unique in its folder, and its content, a text or plain JSON values."""

    name: str
    content: object
