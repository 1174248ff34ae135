"""The words that misspelt ones may mean, once in order and once in order from their ends, cut by their letters."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise

from msgspec import Struct

from notegen.search.cut import cut, ends_of, named
from notegen.search.rules import LONG_END
from notegen.search.shards.shard import Shard
from notegen.text.tokens import shared_letters

SHARD_LENGTH = 5_800
"""Characters of a shard, about; some 3 kB with gzip, and a misspelt word loads two to four."""

MAX_SHARED_LETTERS = 9
"""Letters that a word shares with the one before it: one digit."""


class SpellingShards(Struct, frozen=True):
    """Shards `f-…` of words in order, and `b-…` of words written backwards in order.

    A word is a digit, how many letters it shares with the one before it; the others; and a capital letter, which is
    the size class of its number of notes and ends the word.
    """

    shards: tuple[Shard, ...]
    forward: tuple[str, ...]
    """The first letters, LONG_END at most, of each `f` shard."""
    backward: tuple[str, ...]


def spelling_shards(vocabulary: Mapping[str, int]) -> SpellingShards:
    """Cuts the vocabulary, twice.

    Words with the same first LONG_END letters are in one shard, since a page asks for them together.
    """
    forward = _cut("f", {word: vocabulary[word] for word in sorted(vocabulary)})
    backward = _cut("b", dict(sorted((word[::-1], size) for word, size in vocabulary.items())))
    return SpellingShards(
        tuple(shard for _, shard in (*forward, *backward)),
        tuple(first for first, _ in forward),
        tuple(first for first, _ in backward),
    )


def _cut(kind: str, words: Mapping[str, int]) -> Sequence[tuple[str, Shard]]:
    """The first letters of each shard, and it, of words in order."""
    firsts: list[str] = []
    texts: list[str] = []
    for letters, group in groupby(words, key=lambda word: word[:LONG_END]):
        firsts.append(letters)
        texts.append("".join(_entry(before, word, words[word]) for before, word in pairwise(["", *group])))
    ranges = cut([len(text) for text in texts], firsts, typical=SHARD_LENGTH)
    return [
        (firsts[some.start], Shard(name, "".join(texts[some.start : some.stop])))
        for name, some in named(ranges, kind, partial(ends_of, firsts))
    ]


def _entry(before: str, word: str, size: int) -> str:
    shared = min(MAX_SHARED_LETTERS, shared_letters(before, word))
    return f"{shared}{word[shared:]}{chr(ord('A') + size)}"
