"""Knows up to which day a text was private: what was published once and hidden later is shown in no history."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from notegen.audit.words import is_sign, words_of

ROW = 5
"""Words in a row by which a text is known; a shorter line is known as a whole."""


class PrivateUntil(Struct):
    """The last day on which each row of words was private, by number; days are told in order."""

    last: dict[tuple[str, ...], int] = field(default_factory=dict)
    _open: dict[str, list[str]] = field(default_factory=dict)
    """The private texts of each file as it is now."""
    _public: set[str] = field(default_factory=set)
    """The words that are public today, of those that were private as whole lines."""

    def change(self, day: int, paths: Iterable[str], private: Iterable[tuple[str, str]]) -> None:
        """Note which files changed on a day.

        Args:
            private: what is private in them now, each with its path.
        """
        for path in paths:
            self._close(self._open.pop(path, ()), day - 1)
        for path, text in private:
            self._open.setdefault(path, []).append(text)

    def end(self, day: int) -> None:
        """Note the last day: what is private still was private up to it."""
        for texts in self._open.values():
            self._close(texts, day)
        self._open = {}

    def say_public(self, texts: Iterable[str]) -> None:
        """Note what the garden says today: a word of it tells nothing in a longer line."""
        alone = {row[0] for row in self.last if len(row) == 1}
        for text in texts if alone else ():
            self._public |= alone.intersection(words_of(text))

    def was_after(self, text: str, day: int) -> bool:
        """Whether anything in the text was private after a day."""
        rows = (*_all_rows(text), *((word,) for word in _words(text) if word not in self._public))
        return any(self.last.get(row, -1) > day for row in rows)

    def _close(self, texts: Iterable[str], day: int) -> None:
        for text in texts:
            for row in _rows(text):
                self.last[row] = max(self.last.get(row, -1), day)


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.split("\n"):
        words = _words(line)
        if len(words) > ROW:
            yield from (tuple(words[start : start + ROW]) for start in range(len(words) - ROW + 1))
        elif words:
            yield tuple(words)


def _all_rows(text: str) -> Iterator[tuple[str, ...]]:
    """All that a private line or row could be that the text holds; a public word only where it is all."""
    words = _words(text)
    if len(words) == 1:
        yield tuple(words)
    for length in range(2, ROW + 1):
        yield from (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def _words(text: str) -> list[str]:
    return [word for word in words_of(text) if not is_sign(word)]
