"""The words that misspelt ones may mean, once in order and once in order from their ends, cut by their letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from notegen.search.rules import LONG_END
from notegen.search.shards.shard import Shard
from notegen.text.tokens import shared_letters

SHARD_LENGTH = 6_000
"""Characters after which a shard ends; about 3 kB with gzip, and a misspelt word loads two to four."""

MAX_SHARED_LETTERS = 9
"""Letters that a word shares with the one before it: one digit."""


@dataclass(frozen=True, slots=True)
class SpellingShards:
    """Shards `f0`, `f1`, … of words in order, and `b0`, `b1`, … of words written backwards in order.

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
    forward = _cut({word: vocabulary[word] for word in sorted(vocabulary)})
    backward = _cut(dict(sorted((word[::-1], size) for word, size in vocabulary.items())))
    return SpellingShards(
        (
            *(Shard(f"f{number}", text) for number, (_, text) in enumerate(forward)),
            *(Shard(f"b{number}", text) for number, (_, text) in enumerate(backward)),
        ),
        tuple(first for first, _ in forward),
        tuple(first for first, _ in backward),
    )


def _cut(words: Mapping[str, int]) -> Sequence[tuple[str, str]]:
    """The first letters and the content of each shard, of words in order."""
    shards: list[tuple[str, str]] = []
    for letters, group in groupby(words, key=lambda word: word[:LONG_END]):
        text = "".join(_entry(before, word, words[word]) for before, word in pairwise(["", *group]))
        if shards and len(shards[-1][1]) + len(text) <= SHARD_LENGTH:
            shards[-1] = (shards[-1][0], shards[-1][1] + text)
        else:
            shards.append((letters, text))
    return shards


def _entry(before: str, word: str, size: int) -> str:
    shared = min(MAX_SHARED_LETTERS, shared_letters(before, word))
    return f"{shared}{word[shared:]}{chr(ord('A') + size)}"
