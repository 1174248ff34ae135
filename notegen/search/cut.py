"""Decides where sorted lists are cut into shards, and what shards are called, so that an edit changes few of both.

Counted from the front, one more word would move every later cut and rename every later shard. Instead a shard ends
before the key with the smallest digest within reach, so that soon after an edit the cuts fall where they fell before
(content-defined chunking). A shard is named after what it begins and ends with: a page of an older build finds shards
of the newer one that hold just the ranges it knows, or none of that name.

A page needs to know only the first letters of a shard's first word, as many as tell it from the word before; and a
shard ends where these are fewest: of 1,679 shards of words they are 2 letters, where whole words are 7.

Source:
    Shortest separators: Bayer and Unterauer, "Prefix B-trees", ACM Transactions on Database Systems 2, 1977.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import pairwise

from notegen.search.varint import DIGITS
from notegen.text.tokens import shared_letters

TENTHS = 2
"""By how many tenths of its typical size a shard is shorter or longer: more would find back sooner after an edit, but
of shards that differ more a page loads more bytes."""

_FNV_BASIS, _FNV_PRIME, _32_BITS = 0x811C9DC5, 0x01000193, 0xFFFFFFFF
_DIGITS = "0123456789bcdfghjklmnpqrstvwxz"  # no vowels: a name is never a word that somebody looks for
_MARK_DIGITS = 6
_MAX_SHARED = 63


def cut(
    sizes: Sequence[int],
    keys: Sequence[str],
    *,
    typical: int,
    tenths: int = TENTHS,
    cost: Callable[[int], int] = lambda _: 0,
) -> list[range]:
    """The ranges of neighbouring things, none empty, that a shard each is to hold.

    Args:
        sizes: of the things; one that is larger than a shard may be has a shard with what must stand with it.
        keys: of the things, each as good as its own.
        typical: size of a shard.
        tenths: of it, by which a shard may be shorter or longer.
        cost: of a shard that begins with the thing of this number; it ends where that is least.
    """
    shortest, longest = typical * (10 - tenths) // 10, typical * (10 + tenths) // 10
    found: list[range] = []
    start = 0
    while start < len(sizes):
        size, ends, chosen = sizes[start], [], len(sizes)
        for end in range(start + 1, len(sizes)):
            if size >= shortest:
                ends.append(end)
            size += sizes[end]
            if size > longest:
                chosen = _cheapest(ends, keys, cost) if ends else end
                break
        found.append(range(start, chosen))
        start = chosen
    return found


def cut_words(
    sizes: Sequence[int], words: Sequence[str], *, kind: str, typical: int
) -> tuple[list[tuple[str, range]], tuple[str, ...]]:
    """The ranges of sorted words, with a name each, and for each the fewest letters that it begins with.

    Of the first range these are none. The arguments are those of `cut` and `named`.
    """
    ranges = cut(sizes, words, typical=typical, cost=lambda number: len(_beginning(words, number)))
    firsts = {some.start: _beginning(words, some.start) for some in ranges}
    pieces = named(ranges, kind, lambda some: f"{firsts[some.start]}\n{firsts.get(some.stop, '')}")
    return pieces, tuple(firsts[some.start] for _, some in pieces)


def write_sorted(words: Sequence[str]) -> str:
    """Sorted words, each how many letters it shares with the one before it, in one digit, and the others."""
    return " ".join(
        DIGITS[shared] + word[shared:]
        for before, word in pairwise(["", *words])
        for shared in [min(_MAX_SHARED, _shared(before, word))]
    )


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
    """The first item of a range of sorted ones, and the first item after the range."""
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


def _beginning(words: Sequence[str], number: int) -> str:
    """The fewest letters that come after the word before this one, and not after this one."""
    return words[number][: shared_letters(words[number - 1], words[number]) + 1] if number else ""


def _shared(before: str, word: str) -> int:
    """The letters that both begin with, none where JavaScript counts them otherwise."""
    shared = shared_letters(before, word)
    return shared if max(word[:shared], default="") <= "\uffff" else 0


def _cheapest(ends: Sequence[int], keys: Sequence[str], cost: Callable[[int], int]) -> int:
    costs = [cost(end) for end in ends]
    least = min(costs)
    return min(
        (end for end, one in zip(ends, costs, strict=True) if one == least),
        key=lambda end: _digest(keys[end]),
    )


def _digest(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
