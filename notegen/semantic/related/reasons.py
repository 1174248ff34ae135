"""The words that two passages share, for a reader who asks why."""

from collections.abc import Iterator, Set
from functools import partial
from itertools import islice

import numpy as np

from notegen.regex import regex
from notegen.semantic.tfidf import Counts, document_frequency
from notegen.text.calendar_words import is_of_calendar

_MAX_SHARE = 0.05  # of the passages; a word in more of them explains nothing
_MAX_WORDS = 5
_ADDRESS = regex(r"(?<!\S)\S*?(?:://|\bwww\.)\S*")
_ENDING = r"\.(?:avif|bmp|gif|jpe?g|mov|mp4|pdf|png|svg|webp)\b"
_ENDS_A_FILE = regex(_ENDING)
_NAMED_FILE = regex(rf"(?<!\S)(?:\S+(?: \S+)? \d\S*(?: \S+){{0,2}}|\S+){_ENDING}")
"""A file by its ending, as programs that take pictures name one too: `Shot 2021-03-20 at 18.53.png`."""


class SharedWords:
    """Which rare words two passages have in common."""

    def __init__(self, counts: Counts, ignored: Set[str] = frozenset()) -> None:
        """Args: ignored: words that explain nothing: in a dozen notes `any` and `so` are rare."""
        frequency = document_frequency(counts)  # (v,)
        highest = max(2, int((len(counts.starts) - 1) * _MAX_SHARE))
        shared = np.flatnonzero(
            (frequency >= 2) & (frequency <= highest)
        )  # one passage has no word in common
        often, words = frequency.tolist(), counts.vocabulary
        telling = [
            (often[number], words[number], number)
            for number in shared.tolist()
            if _may_explain(words[number]) and words[number] not in ignored
        ]
        telling.sort()
        self._words = [word for _, word, _ in telling]
        rank = np.full(len(words) + 1, -1)
        rank[[number for *_, number in telling]] = np.arange(len(telling))
        ranks = rank[counts.words]
        is_kept = ranks >= 0
        self._ranks = ranks[is_kept]
        self._starts = np.concatenate([[0], np.cumsum(is_kept)])[counts.starts].tolist()
        self._sets: dict[int, frozenset[int]] = {}
        self._spoken: dict[int, str | None] = {}  # None for all of it

    def words(self, here: int, there: int, texts: tuple[str, str]) -> tuple[str, ...]:
        """At most five, the rarest first, ties by alphabet, as the first of the texts writes them.

        A word that one of the two only has within addresses and names of pictures is none.

        Args:
            texts: of the two passages, in small letters.
        """
        said: Iterator[str] = (self._words[rank] for rank in sorted(self._of(here) & self._of(there)))
        for passage, text in zip((here, there), texts, strict=True):
            if (spoken := self._spoken_of(passage, text)) is not text:
                said = filter(partial(_is_said, text=text, spoken=spoken), said)
        return tuple(_written(word, texts[0]) for word in islice(said, _MAX_WORDS))

    def _of(self, passage: int) -> frozenset[int]:
        """Ranks of the words of one passage, which is compared with many."""
        if passage not in self._sets:
            ranks = self._ranks[self._starts[passage] : self._starts[passage + 1]]
            self._sets[passage] = frozenset(ranks.tolist())
        return self._sets[passage]

    def _spoken_of(self, passage: int, text: str) -> str:
        """What a passage says beside addresses and names of pictures: most have none, which is seen at once."""
        if passage not in self._spoken:
            spoken = _ADDRESS.sub(" ", text) if "://" in text or "www." in text else text
            spoken = _NAMED_FILE.sub(" ", spoken) if _ENDS_A_FILE.search(spoken) else spoken
            self._spoken[passage] = None if spoken is text else spoken
        return self._spoken[passage] or text


def _is_said(word: str, *, text: str, spoken: str) -> bool:
    return word in spoken or word not in text


def _may_explain(word: str) -> bool:
    return len(word) > 2 and not is_of_calendar(word)


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
