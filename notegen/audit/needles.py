"""What is looked for: words that only private texts have, and rows of words that only they have in that order.

All rows are found at once: each is a number made of its words, and a text is a list of such numbers, so that looking
costs as much for a hundred thousand rows as for one.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from notegen.audit.collect import PrivateText
from notegen.audit.words import can_stand_alone, is_sign, weight_of, words_alone, words_of
from notegen.model import LeakKind

ROW = 5
"""Words in a row, of texts that have as many between two signs; of shorter lines all words, if there are three."""
LENGTHS = (2, 3, 4, ROW)
_MIN_WEIGHT = {2: 4, 3: 5, 4: 5, ROW: 5}
_WORDS_AT_ONCE = 50_000
_STEP = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Needle:
    """A word (of length 1) or row of words; `number` names it among those of its length."""

    length: int
    number: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The private line that a needle comes from; line 0 is the path."""

    path: str
    line: int
    kind: LeakKind


@dataclass(frozen=True, slots=True)
class Held:
    """What a text has of all that is looked for: numbers of words, and of rows with their lengths."""

    words: tuple[int, ...]
    rows: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Needles:
    """Everything looked for; what public texts have is taken out of it by `forget`."""

    ids: dict[str, int]
    """Every word that private texts have, and its number, from 1."""
    weights: NDArray[np.int64]
    mixes: NDArray[np.uint64]
    alone: NDArray[np.bool_]
    """By word, whether it is looked for by itself."""
    first: NDArray[np.int64]
    """By word, where it stands first."""
    rows: dict[int, NDArray[np.uint64]]
    """By length, the rows looked for, ascending."""
    wanted: dict[int, NDArray[np.bool_]]
    places: dict[int, NDArray[np.int64]]
    """By length, where each row stands first."""
    lines: list[Origin]
    line_of: NDArray[np.int64]
    """By place among all private words, the number of its line."""
    named: Mapping[int, frozenset[int]]
    """By length, the rows that are names."""
    stream: NDArray[np.int64] = field(repr=False)

    def numbers(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of a text's words; 0 for those that no private text has, and for signs."""
        return np.fromiter(map(self.ids.get, words, repeat(0)), np.int64, len(words))

    def found(self, numbers: NDArray[np.int64]) -> Iterator[tuple[Needle, int]]:
        """The needles in a text, each with the place of its first word."""
        for place in np.flatnonzero(self.alone[numbers]).tolist():
            yield Needle(1, int(numbers[place])), place
        known = numbers > 0
        for length, rows in self.rows.items():
            if not len(rows) or len(numbers) < length:
                continue
            full = known[: len(known) - length + 1].copy()
            for step in range(1, length):
                full &= known[step : len(known) - length + 1 + step]
            places = np.flatnonzero(full)
            hashes = _hashes(self.mixes, numbers, places, length)
            at = np.searchsorted(rows, hashes)
            at[at == len(rows)] = 0
            hit = (rows[at] == hashes) & self.wanted[length][at]
            for place, number in zip(places[hit].tolist(), at[hit].tolist(), strict=True):
                yield Needle(length, number), place

    def forget(self, texts: Iterable[str]) -> None:
        """Look no longer for what these texts have; their signs part nothing, since a page may join what they part."""
        held: list[str] = []
        for text in texts:
            held += words_alone(text)
            held.append("\n")
            if len(held) > _WORDS_AT_ONCE:
                self._forget(held)
                held = []
        self._forget(held)

    def held_by(self, texts: Iterable[str]) -> list["Held"]:
        """What each text has of all that is looked for, for `forget_held`."""
        held: list[Held] = []
        words: list[str] = []
        ends: list[int] = []

        def cut() -> None:
            numbers = self.numbers(words)
            rows: list[list[tuple[int, int]]] = [[] for _ in ends]
            for needle, place in self.found(numbers):
                if needle.length > 1:
                    rows[bisect_right(ends, place)].append((needle.length, needle.number))
            for start, end, some in zip((0, *ends), ends, rows, strict=False):
                held.append(Held(tuple(np.unique(numbers[start:end]).tolist()), tuple(sorted({*some}))))
            words.clear()
            ends.clear()

        for text in texts:
            words += words_alone(text)
            words.append("\n")
            ends.append(len(words))
            if len(words) > _WORDS_AT_ONCE:
                cut()
        cut()
        return held

    def forget_held(self, held: Iterable["Held"]) -> None:
        """Look no longer for what texts have."""
        for one in held:
            self.alone[list(one.words)] = False
            for length, number in one.rows:
                self.wanted[length][number] = False

    def _forget(self, words: Sequence[str]) -> None:
        numbers = self.numbers(words)
        for needle, _ in list(self.found(numbers)):
            self.drop(needle)
        self.alone[numbers] = False

    def only(self, needles: Iterable[Needle]) -> None:
        """Look for these alone, and for nothing that is no part of them."""
        kept = list(needles)
        wanted = {one.number for one in kept if one.length == 1}
        self.alone[[number for number in range(len(self.alone)) if number not in wanted]] = False
        for length, flags in self.wanted.items():
            flags[:] = False
            flags[[one.number for one in kept if one.length == length]] = True
        parts = {int(number) for one in kept for number in self.words_in(one)}
        self.ids = {word: number for word, number in self.ids.items() if number in parts}

    def copy(self) -> "Needles":
        """The same, to be changed without changing this."""
        wanted = {length: flags.copy() for length, flags in self.wanted.items()}
        return replace(self, alone=self.alone.copy(), wanted=wanted)

    def drop(self, needle: Needle) -> None:
        """Look no longer for one."""
        if needle.length == 1:
            self.alone[needle.number] = False
        else:
            self.wanted[needle.length][needle.number] = False

    def origin(self, needle: Needle) -> Origin:
        """Where the needle comes from."""
        place = self.first[needle.number] if needle.length == 1 else self.places[needle.length][needle.number]
        line = self.lines[self.line_of[place]]
        if needle.length == 1:
            return Origin(line.path, line.line, "name" if line.kind == "name" else "word")
        return Origin(line.path, line.line, "name" if needle.number in self.named[needle.length] else "words")

    def words_in(self, needle: Needle) -> NDArray[np.int64]:
        """The numbers of a needle's words."""
        if needle.length == 1:
            return np.array([needle.number])
        place = self.places[needle.length][needle.number]
        return self.stream[place : place + needle.length]

    def digest(self) -> bytes:
        """16 bytes that say what is looked for: the same for the same words and rows of words."""
        words = ["", *self.ids]
        sought = hashlib.blake2b(digest_size=16)
        for length in sorted(self.rows):
            numbers = np.flatnonzero(self.wanted[length])
            places = self.places[length][numbers]
            rows = sorted(
                " ".join(words[number] for number in row)
                for row in (self.stream[place : place + length].tolist() for place in places.tolist())
            )
            sought.update("\n".join([f"{length}:", *rows, ""]).encode("utf-8", "surrogatepass"))
        alone = sorted(words[number] for number in np.flatnonzero(self.alone).tolist())
        sought.update("\n".join(alone).encode("utf-8", "surrogatepass"))
        return sought.digest()

    def count(self) -> dict[str, int]:
        """How many words, rows and names are looked for."""
        alone = np.flatnonzero(self.alone)
        names = sum(self.lines[line].kind == "name" for line in self.line_of[self.first[alone]].tolist())
        rows = sum(int(wanted.sum()) for wanted in self.wanted.values())
        named = sum(
            int(self.wanted[length][sorted(numbers)].sum())
            for length, numbers in self.named.items()
            if numbers
        )
        return {"words": len(alone) - names, "sequences": rows - named, "names": names + named}


def make_needles(texts: Iterable[PrivateText]) -> Needles:
    """All needles of private texts, before anything public is taken out."""
    words: list[str] = []
    lines: list[Origin] = []
    starts: list[int] = []
    named: list[tuple[int, int]] = []

    def add(path: str, line: int, kind: LeakKind, found: list[str]) -> None:
        starts.append(len(words))
        lines.append(Origin(path, line, kind))
        words.extend(found)
        words.append("\n")

    for text in texts:
        for name in text.names:
            found = words_of(name.words)
            if found and not any(map(is_sign, found)):
                named.append((len(words), len(found)))
                add(text.path, name.line, "name", found)
        for number, line in enumerate(text.text.split("\n"), text.first_line):
            if found := words_of(line):
                add(text.path, number, "words", found)
    ids: dict[str, int] = {}
    stream = np.array(
        [0 if is_sign(word) else ids.setdefault(word, len(ids) + 1) for word in words], np.int64
    )
    weights = np.array([0, *map(weight_of, ids)], np.int64)
    mixes = np.random.default_rng(1).integers(1, 2**63, len(ids) + 1, np.uint64)
    alone = np.array([False, *map(can_stand_alone, ids)], np.bool_)
    first = np.zeros(len(ids) + 1, np.int64)
    first[stream[::-1]] = np.arange(len(stream) - 1, -1, -1)
    heaviness = np.concatenate([[0], np.cumsum(weights[stream])])
    at: dict[int, list[NDArray[np.int64]]] = {length: [] for length in LENGTHS}
    at[ROW].append(_runs(stream, ROW))
    ends = np.flatnonzero(np.concatenate([stream, [0]]) == 0)
    begins = np.concatenate([[0], ends[:-1] + 1])
    for length in (3, 4):
        at[length].append(begins[ends - begins == length])
    names_at = {
        length: np.array([place for place, size in named if size == length], np.int64) for length in (2, 3, 4)
    }
    rows, places, wanted, names = {}, {}, {}, {}
    for length in LENGTHS:
        every = np.concatenate([*at[length], names_at.get(length, np.empty(0, np.int64))]).astype(np.int64)
        # A sequence of three words of a private text has to have three; a name may be two, or two ideographs.
        heavy = heaviness[every + length] - heaviness[every]
        is_name = np.isin(every, names_at.get(length, ()))
        every = every[(heavy >= _MIN_WEIGHT[length]) | (is_name & (heavy >= np.minimum(length, 3)))]
        hashes = _hashes(mixes, stream, every, length)
        rows[length], index = np.unique(hashes, return_index=True)
        places[length] = every[index]
        wanted[length] = np.ones(len(index), np.bool_)
        name_rows = _hashes(mixes, stream, names_at.get(length, np.empty(0, np.int64)), length)
        names[length] = frozenset(np.flatnonzero(np.isin(rows[length], name_rows)).tolist())
    line_of = np.zeros(len(stream) + 1, np.int64)
    line_of[starts[1:]] = 1
    return Needles(
        ids, weights, mixes, alone, first, rows, wanted, places, lines, np.cumsum(line_of), names, stream
    )


def _runs(stream: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """The places from which so many words follow without a sign between."""
    if len(stream) < length:
        return np.empty(0, np.int64)
    known = stream > 0
    full = np.ones(len(stream) - length + 1, np.bool_)
    for step in range(length):
        full &= known[step : len(stream) - length + 1 + step]
    return np.flatnonzero(full)


def _hashes(
    mixes: NDArray[np.uint64], numbers: NDArray[np.int64], places: NDArray[np.int64], length: int
) -> NDArray[np.uint64]:
    """A number for each row of words, (p,); two rows share one by a chance of 2 to the power of -64."""
    made = np.zeros(len(places), np.uint64)
    for step in range(length):
        made = made * _STEP + mixes[numbers[places + step]]
        made ^= made >> np.uint64(29)
    return made
