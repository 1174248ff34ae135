"""The words that two passages share, for a reader who asks why."""

from notegen.semantic.related.tfidf import Counts, spread_of

_COMMON = 0.05  # share of passages above which a word explains nothing
_WORDS = 5


class Shared:
    """Which rare words two passages have in common."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._spread = spread_of(counts).tolist()
        self._limit = max(2, int((len(counts.starts) - 1) * _COMMON))

    def words(self, here: int, there: int, text: str) -> tuple[str, ...]:
        """At most five, the rarest first, ties by alphabet, as `text` writes them."""
        both = set(self._counts.of(here).tolist()).intersection(self._counts.of(there).tolist())
        found = [(self._spread[word], self._counts.vocabulary[word]) for word in both]
        telling = sorted(
            (spread, word)
            for spread, word in found
            if spread <= self._limit and len(word) > 2 and not word.isdigit()
        )
        lower = text.lower()
        return tuple(_written(word, lower) for _, word in telling[:_WORDS])


def _written(term: str, text: str) -> str:
    """The term as the text first writes it, `stories` for `story` aside; terms are folded and without plural s."""
    start = text.find(term)
    while start >= 0:
        end = start + len(term)
        while end < len(text) and text[end].isalnum():
            end += 1
        if end - start <= len(term) + 2 and not text[start - 1 : start].isalnum():
            return text[start:end]
        start = text.find(term, end)
    return term
