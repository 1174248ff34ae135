"""The nearest passages of a garden of which a few have changed: those of the others are known, and only put right.

Cosines are exact, so that a list which is put right equals one that is made anew, whatever it was made from. A table of
longer lists than are needed is kept; it is used for as long as few passages have come or gone since, and is found by
passages of which most gardens that have much in common have one in common. So it is written seldom.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache, code_of_notegen
from notegen.exact import Whole, cosines_of
from notegen.model import NoteId
from notegen.semantic.related.nearest import MAX_EXACT, CandidatePairs, nearest_passages, nearest_rows

SPARE = 12
"""Neighbours kept of each passage beyond those that are needed, so that one of them may go."""

MAX_CHANGED = 256
"""Passages that may have come, and that may have gone, before all are compared again."""

_FINDERS = 8  # passages that a table is found by: the first of as many parts of all digests
_DIGEST = 16


def known_nearest_passages(
    whole: Whole,
    notes: NDArray[np.intp],
    count: int,
    *,
    ids: Sequence[NoteId],
    cache: VectorCache | None,
    jobs: int = 1,
) -> CandidatePairs:
    """What `nearest_passages` gives.

    Args:
        whole: (n, d) whole rows.
        notes: (n,) the note of each, ascending.
        ids: of the notes.
        cache: None to remember nothing.
        jobs: as there.
    """
    if cache is None or not 2 * MAX_CHANGED < len(whole) <= MAX_EXACT:
        return nearest_passages(whole, notes, count, jobs=jobs)
    wide = count + SPARE
    digests = _digests(whole, notes, ids)
    finders = _finders(digests, wide)
    table = _found_table(cache, finders, wide)
    if table is None or not table.is_near(digests):
        pairs = nearest_passages(whole, notes, wide, jobs=jobs)
        _keep(cache, finders, _Table.of(pairs, digests, wide))
        return _first(pairs, count)
    return table.put_right(whole, notes, digests, count)


class _Table:
    """The nearest passages (n, w) of passages that a garden had, and their cosines; -1 and -2 where there are fewer."""

    def __init__(
        self, digests: Sequence[bytes], nearest: NDArray[np.int32], cosines: NDArray[np.float32]
    ) -> None:
        self._digests, self._nearest, self._cosines = digests, nearest, cosines
        self._number = {digest: number for number, digest in enumerate(digests)}

    @classmethod
    def of(cls, pairs: CandidatePairs, digests: Sequence[bytes], wide: int) -> "_Table":
        """The table of all pairs, by `left`, the nearest first."""
        nearest = np.full((len(digests), wide), -1, np.int32)
        cosines = np.full((len(digests), wide), -2, np.float32)
        at = np.arange(len(pairs.left)) - np.searchsorted(pairs.left, pairs.left)
        nearest[pairs.left, at], cosines[pairs.left, at] = pairs.right, pairs.cosines
        return cls(digests, nearest, cosines)

    @classmethod
    def read(cls, content: bytes, wide: int) -> "_Table | None":
        """The table that `written` gave; None for other bytes."""
        count, rest = divmod(len(content), _DIGEST + 8 * wide)
        if rest:
            return None
        ends = count * _DIGEST, count * (_DIGEST + 4 * wide)
        nearest = np.frombuffer(content[ends[0] : ends[1]], "<i4").reshape(count, wide)
        cosines = np.frombuffer(content[ends[1] :], "<f4").reshape(count, wide)
        if count and not -1 <= int(nearest.min()) <= int(nearest.max()) < count:
            return None
        digests = [content[start : start + _DIGEST] for start in range(0, ends[0], _DIGEST)]
        return cls(digests, nearest.astype(np.int32), cosines.astype(np.float32))

    def written(self) -> bytes:
        """The table as bytes."""
        numbers = self._nearest.astype("<i4").tobytes() + self._cosines.astype("<f4").tobytes()
        return b"".join(self._digests) + numbers

    def is_near(self, digests: Sequence[bytes]) -> bool:
        """Whether few passages have come and gone since it was made."""
        stayed = sum(digest in self._number for digest in digests)
        return max(len(digests), len(self._digests)) - stayed <= MAX_CHANGED

    def put_right(
        self, whole: Whole, notes: NDArray[np.intp], digests: Sequence[bytes], count: int
    ) -> CandidatePairs:
        """The nearest passages of a garden that it is near to."""
        rows = np.array([self._number.get(digest, -1) for digest in digests], np.intp)
        come = np.flatnonzero(rows < 0)
        now = np.full(len(self._digests) + 1, -1)  # the last for a neighbour that there is not
        now[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
        columns = now[self._nearest[rows]]  # (n, w); those of rows that have come are not looked at
        cosines = np.where(columns < 0, np.float32(-2), self._cosines[rows])
        others = cosines_of(whole, whole[come])  # (n, c)
        others[notes[:, None] == notes[come]] = -2
        columns = np.concatenate([columns, np.broadcast_to(come, others.shape)], axis=1)
        cosines = np.concatenate([cosines, others], axis=1)
        order = np.lexsort((columns, -cosines), axis=1)[:, :count]
        columns, cosines = (np.take_along_axis(each, order, axis=1) for each in (columns, cosines))
        # Whatever the table does not list is no nearer than the last that it lists.
        sure = cosines[:, -1] > self._cosines[rows, -1]
        sure |= self._nearest[rows, -1] < 0
        sure[come] = False
        unsure = np.flatnonzero(~sure)
        columns[unsure], cosines[unsure] = nearest_rows(whole, notes, unsure, count)
        kept = cosines > -2
        left = np.broadcast_to(np.arange(len(whole))[:, None], kept.shape)[kept]
        return CandidatePairs(left, columns[kept], cosines[kept])


def _digests(whole: Whole, notes: NDArray[np.intp], ids: Sequence[NoteId]) -> list[bytes]:
    """What a passage is known by: its vector, its note, and which of equals it is."""
    rows = whole.astype("<i2")
    seen: dict[bytes, int] = {}
    found = []
    for row, note in zip(rows, notes.tolist(), strict=True):
        digest = blake2b(row.tobytes() + ids[note].encode("utf-8"), digest_size=_DIGEST).digest()
        again = seen[digest] = seen.get(digest, -1) + 1
        found.append(digest if not again else blake2b(digest + b"%d" % again, digest_size=_DIGEST).digest())
    return found


def _finders(digests: Sequence[bytes], wide: int) -> list[bytes]:
    """The keys that a table is found by."""
    first: dict[int, bytes] = {}
    for digest in digests:
        part = digest[-1] % _FINDERS
        first[part] = min(first.get(part, digest), digest)
    ground = code_of_notegen() + b"%d " % wide
    return [blake2b(ground + digest, digest_size=_DIGEST).digest() for _, digest in sorted(first.items())]


def _found_table(cache: VectorCache, finders: Sequence[bytes], wide: int) -> _Table | None:
    """The table that most of the keys lead to."""
    led = [*cache.get_derived("near", finders).values()]
    if not led:
        return None
    key = min(led, key=lambda goal: (-led.count(goal), goal))
    content = cache.get_derived("near", [key]).get(key)
    return _Table.read(content, wide) if content else None


def _keep(cache: VectorCache, finders: Sequence[bytes], table: _Table) -> None:
    content = table.written()
    key = blake2b(content, digest_size=_DIGEST).digest()
    cache.put_derived("near", {key: content, **dict.fromkeys(finders, key)})


def _first(pairs: CandidatePairs, count: int) -> CandidatePairs:
    """The first `count` of each passage."""
    kept = np.arange(len(pairs.left)) - np.searchsorted(pairs.left, pairs.left) < count
    return CandidatePairs(pairs.left[kept], pairs.right[kept], pairs.cosines[kept])
