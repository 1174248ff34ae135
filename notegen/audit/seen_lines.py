"""Which lines of a site were looked through already, an eighth as large in memory as a set of their hashes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_RECENT = 100_000
"""Hashes that are kept in a set, before they are put in order beside the others."""


class SeenLines:
    """The hashes of lines, of which those that a file brings are told apart from those that were there."""

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._older: NDArray[np.int64] = np.empty(0, np.int64)  # ascending

    def new_among(self, marks: Sequence[int]) -> dict[int, int]:
        """The hashes that were not there before, each with a place of it; from now on they are."""
        new = {mark: place for place, mark in enumerate(marks) if mark not in self._recent}
        if new and len(self._older):
            found = np.fromiter(new, np.int64, len(new))
            at = np.minimum(np.searchsorted(self._older, found), len(self._older) - 1)
            for mark in found[self._older[at] == found].tolist():
                del new[mark]
        self._recent.update(new)
        if len(self._recent) > _RECENT:
            self._put_in_order()
        return new

    def has(self, mark: int) -> bool:
        """Whether a hash was there."""
        at = int(np.searchsorted(self._older, mark))
        return mark in self._recent or (at < len(self._older) and int(self._older[at]) == mark)

    def _put_in_order(self) -> None:
        """The recent hashes go among the others, none of which they are, without a second copy of all."""
        count = len(self._older)
        self._older.resize(count + len(self._recent), refcheck=False)
        self._older[count:] = np.sort(np.fromiter(self._recent, np.int64, len(self._recent)))
        self._older.sort(kind="stable")  # timsort, which merges two ascending parts in one go
        self._recent = set()
