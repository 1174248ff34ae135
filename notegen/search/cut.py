"""Where lists are cut into shards, and what the shards are called: both as few as possible change with an edit.

Counted from the front, one more word would move every cut that follows, and number every later shard anew. Here a shard
ends before the thing whose key has the least digest, of those before which it may end; so after an edit the next cuts
soon fall where they fell before. And it is called by what it begins and ends with: a page that knows another build than
the one it asks has names of shards that hold just these ranges, or are not there.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b

TENTHS = 2
"""By how many tenths of its typical size a shard is shorter or longer: more would find back sooner after an edit, but
of shards that differ more a page loads more bytes."""

_FNV_BASIS, _FNV_PRIME, _32_BITS = 0x811C9DC5, 0x01000193, 0xFFFFFFFF
_DIGITS = "0123456789bcdfghjklmnpqrstvwxz"  # no vowels: a name is never a word that somebody looks for
_MARK_DIGITS = 6


def cut(sizes: Sequence[int], keys: Sequence[str], *, typical: int, tenths: int = TENTHS) -> list[range]:
    """The ranges of neighbouring things, none empty, that a shard each is to hold.

    Args:
        sizes: of the things; one that is larger than a shard may be has a shard with what must stand with it.
        keys: of the things, each as good as its own.
        typical: size of a shard.
        tenths: of it, by which a shard may be shorter or longer.
    """
    shortest, longest = typical * (10 - tenths) // 10, typical * (10 + tenths) // 10
    found: list[range] = []
    start = 0
    while start < len(sizes):
        size, best, chosen = sizes[start], b"", len(sizes)
        for end in range(start + 1, len(sizes)):
            if size >= shortest:
                digest = _digest(keys[end])
                if not best or digest < best:
                    best, chosen = digest, end
            size += sizes[end]
            if size > longest:
                chosen = chosen if best else end
                break
        else:
            chosen = len(sizes)
        found.append(range(start, chosen))
        start = chosen
    return found


def named(ranges: Sequence[range], kind: str, text_of: Callable[[range], str]) -> list[tuple[str, range]]:
    """The ranges with a name each; one that would have the name of another is put to the one before it.

    Args:
        ranges: from `cut`.
        kind: what the names begin with.
        text_of: all that a page knows of a range.
    """
    left = list(ranges)
    while True:
        names = [f"{kind}-{mark(text_of(some))}" for some in left]
        first = {name: place for place, name in reversed(list(enumerate(names)))}
        twin = next((place for place, name in enumerate(names) if first[name] != place), 0)
        if not twin:
            return list(zip(names, left, strict=True))
        left[twin - 1 : twin + 1] = [range(left[twin - 1].start, left[twin].stop)]


def ends_of(firsts: Sequence[str], some: range) -> str:
    """Of a range of sorted things the first, and the first that comes after it."""
    return f"{firsts[some.start]}\n{firsts[some.stop] if some.stop < len(firsts) else ''}"


def mark(text: str) -> str:
    """Six digits that stand for a text in the names of files; `browser/src/search/engine/marks.ts` has the same."""
    units = text.encode("utf-16-le", "surrogatepass")
    value = _FNV_BASIS
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = (value ^ (low | high << 8)) * _FNV_PRIME & _32_BITS
    value ^= value >> 15
    digits = ""
    for _ in range(_MARK_DIGITS):
        value, digit = divmod(value, len(_DIGITS))
        digits += _DIGITS[digit]
    return digits


def coarse(number: int) -> int:
    """The number with all but its first three bits 0, so that one edit seldom moves it."""
    dropped = max(0, number.bit_length() - 3)
    return number >> dropped << dropped


def _digest(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
