"""The words that two passages share, for a reader who asks why."""

from collections.abc import Set

from notegen.semantic.tfidf import Counts, document_frequency

_MAX_SHARE = 0.05  # of the passages; a word in more of them explains nothing
_MAX_WORDS = 5


class SharedWords:
    """Which rare words two passages have in common."""

    def __init__(self, counts: Counts, ignored: Set[str] = frozenset()) -> None:
        """Args: ignored: words that explain nothing: in a dozen notes `any` and `so` are rare."""
        self._counts = counts
        self._ignored = ignored
        self._frequency = document_frequency(counts)
        self._is_rare = self._frequency <= max(2, int((len(counts.starts) - 1) * _MAX_SHARE))  # (v,)
        self._sets: dict[int, frozenset[int]] = {}

    def words(self, here: int, there: int, text: str) -> tuple[str, ...]:
        """At most five, the rarest first, ties by alphabet, as `text` writes them."""
        found = (
            (int(self._frequency[word]), self._counts.vocabulary[word])
            for word in self._rare_words(here) & self._rare_words(there)
            if self._counts.vocabulary[word] not in self._ignored
        )
        rare = sorted(pair for pair in found if len(pair[1]) > 2 and not pair[1].isdigit())
        lower = text.lower()
        return tuple(_written(word, lower) for _, word in rare[:_MAX_WORDS])

    def _rare_words(self, passage: int) -> frozenset[int]:
        """Those of one passage, which is compared with many."""
        if passage not in self._sets:
            words = self._counts.of(passage)
            self._sets[passage] = frozenset(words[self._is_rare[words]].tolist())
        return self._sets[passage]


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
