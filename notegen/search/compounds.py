"""Words that are written together, found by their parts: `Gartenzaun` by `Zaun`.

A word is split in two where both parts are words of the garden. That needs no dictionary and splits little that is
none: `Verstand` only in a garden with a `Vers` that has a `Tand`. The compound then counts as another form of each
part, so a page need not know of it.
"""

from collections.abc import Collection

COMPOUNDING = frozenset({"danish", "dutch", "finnish", "german", "norwegian", "swedish"})
"""Snowball's names of the languages that write compounds as one word."""

MIN_PART = 4
"""Letters of a part."""

LINKS = ("", "s", "n", "en", "es", "er", "e")
"""What stands between two parts, the likeliest first."""


def parts_of(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The two words that a word is made of, the longest last one; none where it is no compound."""
    if not word.isalpha():
        return ()
    for start in range(MIN_PART, len(word) - MIN_PART + 1):
        last = word[start:]
        if last not in known:
            continue
        for link in LINKS:
            first = word[: start - len(link)] if link else word[:start]
            if len(first) >= MIN_PART and word[:start].endswith(link) and first in known:
                return first, last
    return ()
