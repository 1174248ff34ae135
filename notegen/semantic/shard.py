"""Parts of the work of embedding, so that several machines share it without speaking to each other."""

from msgspec import Struct

from notegen.errors.cluster import no_such_shard
from notegen.regex import regex

MAX_SHARDS = 1_000_000

_SHARD = regex(r"(?P<number>[0-9]{1,7})/(?P<count>[0-9]{1,7})")


class Shard(Struct, frozen=True):
    """One of several parts that together are the whole, each about as large as the others.

    To which one a text belongs follows from its key alone: neither from its note nor from the others. So each text is
    in exactly one part, on every machine, and after any edit.
    """

    number: int = 1
    """From 1."""
    count: int = 1

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def has(self, key: bytes) -> bool:
        """Whether the text with this key is in the part."""
        return int.from_bytes(key, "big") % self.count == self.number - 1


WHOLE = Shard()


def read_shard(text: str) -> Shard:
    """The shard that `2/3` names.

    Raises:
        NotegenError: it names none.
    """
    found = _SHARD.fullmatch(text)
    number, count = (int(found["number"]), int(found["count"])) if found else (0, 0)
    if not 1 <= number <= count <= MAX_SHARDS:
        raise no_such_shard(text)
    return Shard(number, count)
