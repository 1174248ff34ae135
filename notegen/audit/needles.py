"""Makes the needles that a site is searched for: words, and sequences of words, that only private texts have.

A sequence is one number made of its words, and a text becomes a list of such numbers. So all sequences are found in one
pass: looking for a hundred thousand takes as long as looking for one.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.audit.collect import PrivateText
from notegen.audit.word_numbers import MAX_LETTERS, WordNumbers, cut_text, windows, with_plain_signs
from notegen.audit.words import can_stand_alone, is_sign, weight_of, words_alone, words_of
from notegen.model import LeakKind

ROW = 5
"""Words in a row, of texts that have as many between two signs; of shorter lines all words, if there are three."""
LENGTHS = (2, 3, 4, ROW)
_MIN_WEIGHT = {2: 4, 3: 5, 4: 5, ROW: 5}
_NO_WORD = np.zeros(1, np.int64)
_STEP = np.uint64(0x9E3779B97F4A7C15)


class Needle(Struct, frozen=True):
    """A word (of length 1) or row of words; `number` names it among those of its length."""

    length: int
    number: int


class Origin(Struct, frozen=True):
    """The private line that a needle comes from; line 0 is the path."""

    path: str
    line: int
    kind: LeakKind


class Held(Struct, frozen=True):
    """Which needles a text holds: the numbers of words, and by length the numbers of sequences."""

    words: tuple[int, ...]
    rows: tuple[tuple[int, int], ...]

    def has(self, needle: Needle) -> bool:
        """Whether the text holds it."""
        place = needle.length, needle.number
        return needle.number in self.words if needle.length == 1 else place in self.rows


class Needles(Struct):
    """Everything looked for; what public texts have is taken out of it by `forget`."""

    ids: dict[str, int]
    """Every word that private texts have, and its number, from 1."""
    weights: NDArray[np.int64]
    mixes: NDArray[np.uint64]
    alone: NDArray[np.bool_]
    """For each word, whether it is looked for by itself."""
    first: NDArray[np.int64]
    """For each word, the place where it stands first."""
    rows: dict[int, NDArray[np.uint64]]
    """By length, the sequences that are looked for, ascending."""
    wanted: dict[int, NDArray[np.bool_]]
    places: dict[int, NDArray[np.int64]]
    """By length, the place where each sequence stands first."""
    lines: list[Origin]
    line_of: NDArray[np.int64]
    """For each place among all private words, the number of its line."""
    named: Mapping[int, frozenset[int]]
    """By length, the sequences that are names."""
    stream: NDArray[np.int64]

    def numbers(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of a text's words; 0 for those that no private text has, and for signs."""
        return np.fromiter(map(self.ids.get, words, repeat(0)), np.int64, len(words))

    def found(self, numbers: NDArray[np.int64]) -> Iterator[tuple[Needle, int]]:
        """The needles in a text, each with the place of its first word."""
        for length, places, found in self.hits(numbers):
            for place, number in zip(places.tolist(), found.tolist(), strict=True):
                yield Needle(length, number), place

    def hits(self, numbers: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
        """By length, where the needles in a text begin, and their numbers among those of that length."""
        alone = np.flatnonzero(self.alone[numbers])
        yield 1, alone, numbers[alone]
        known = numbers > 0
        for length, rows in self.rows.items():
            if not len(rows):
                continue
            places = _runs(known, length)
            hashes = _hashes(self.mixes, numbers, places, length)
            at = np.searchsorted(rows, hashes)
            at[at == len(rows)] = 0
            hit = (rows[at] == hashes) & self.wanted[length][at]
            yield length, places[hit], at[hit]

    def forget(self, texts: Iterable[str]) -> None:
        """Look no longer for what these texts have, whatever signs stand between words: a page may leave those out."""
        table = WordNumbers(self.ids)
        some: list[str] = []
        letters = 0
        for text in texts:
            some.append(text)
            letters += len(text) + 1
            if letters > MAX_LETTERS:
                self._forget(some, table)
                some, letters = [], 0
        self._forget(some, table)

    def held_by(self, texts: Sequence[str]) -> list["Held"]:
        """Which needles each text holds, for `forget_held`."""
        table = WordNumbers(self.ids)
        return [one for low, high in windows(texts) for one in self._held_by(texts[low:high], table)]

    def held_together(self, texts: Sequence[str]) -> "Held":
        """The needles that any of the texts holds."""
        every = self.held_by(texts)
        words = {word for one in every for word in one.words}
        return Held(tuple(sorted(words)), tuple(sorted({row for one in every for row in one.rows})))

    def _held_by(self, texts: Sequence[str], table: WordNumbers) -> Iterator["Held"]:
        every = self._numbers_alone(texts, table)
        rows: list[set[tuple[int, int]]] = [set() for _ in texts]
        ends = np.cumsum([len(numbers) + 1 for numbers in every])
        for length, places, found in self.hits(_parted(every)):
            texts_of = np.searchsorted(ends, places, "right")
            for text, number in zip(texts_of.tolist(), found.tolist(), strict=True) if length > 1 else ():
                rows[text].add((length, number))
        has = np.zeros(len(self.alone), np.bool_)
        for numbers, some in zip(every, rows, strict=True):
            has[numbers] = True
            words = np.flatnonzero(has)
            has[words] = False
            yield Held(tuple(words.tolist()), tuple(sorted(some)))

    def _numbers_alone(self, texts: Sequence[str], table: WordNumbers) -> list[NDArray[np.int64]]:
        """The numbers of each text's words without the signs between them, up to `MAX_LETTERS` at once."""
        joined = "\n".join(texts)
        whole = joined if joined.isascii() else with_plain_signs(joined)
        ends = np.cumsum([len(text) + 1 for text in texts])
        plain = [whole[end - len(text) - 1 : end - 1] for text, end in zip(texts, ends.tolist(), strict=True)]
        if not table.works or len(whole) > MAX_LETTERS:
            return [self.numbers(words_alone(text)) for text in texts]
        cut = cut_text("\n".join(text if text.isascii() else " " * len(text) for text in plain))
        numbers = np.split(table.numbers(cut), np.searchsorted(cut.starts, ends[:-1]))
        return [
            some if text.isascii() else self.numbers(words_alone(text))
            for some, text in zip(numbers, plain, strict=True)
        ]

    def forget_held(self, held: Iterable["Held"]) -> None:
        """Drop the needles that texts hold."""
        for one in held:
            self.alone[list(one.words)] = False
            for length, number in one.rows:
                self.wanted[length][number] = False

    def _forget(self, texts: Sequence[str], table: WordNumbers) -> None:
        for low, high in windows(texts):
            numbers = _parted(self._numbers_alone(texts[low:high], table))
            for length, _, found in self.hits(numbers):
                if length > 1:
                    self.wanted[length][found] = False
            self.alone[numbers] = False

    def only(self, needles: Iterable[Needle]) -> None:
        """Keep only these needles, and those that are parts of them."""
        kept = list(needles)
        wanted = {one.number for one in kept if one.length == 1}
        self.alone[[number for number in range(len(self.alone)) if number not in wanted]] = False
        for length, flags in self.wanted.items():
            flags[:] = False
            flags[[one.number for one in kept if one.length == length]] = True
        parts = {int(number) for one in kept for number in self.words_in(one)}
        self.ids = {word: number for word, number in self.ids.items() if number in parts}

    def copy(self) -> "Needles":
        """A copy that can be changed without changing this one."""
        wanted = {length: flags.copy() for length, flags in self.wanted.items()}
        return replace(self, alone=self.alone.copy(), wanted=wanted)

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
        # Numbers of words depend on the order in which these were met; what is made of their letters does not.
        digests = b"".join(_digest_of(word) for word in ("", *self.ids))
        mixes = np.frombuffer(digests, np.uint64).reshape(-1, 2).T  # (2, i)
        sought = hashlib.blake2b(digest_size=16)
        for length in sorted(self.rows):
            places = self.places[length][self.wanted[length]]
            halves = [_hashes(half, self.stream, places, length) for half in mixes]
            sought.update(b"%d:" % length + np.stack(halves)[:, np.lexsort(halves)].tobytes())
        alone = mixes[:, self.alone]
        sought.update(alone[:, np.lexsort(alone)].tobytes())
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
    said = _Said()
    for text in texts:
        said.add(text)
    ids: dict[str, int] = {}
    numbers = [0 if is_sign(word) else ids.setdefault(word, len(ids) + 1) for word in said.words]
    stream = np.array(numbers, np.int64)
    weights = np.array([0, *map(weight_of, ids)], np.int64)
    mixes = np.random.default_rng(1).integers(1, 2**63, len(ids) + 1, np.uint64)
    first = np.zeros(len(ids) + 1, np.int64)
    first[stream[::-1]] = np.arange(len(stream) - 1, -1, -1)
    heaviness = np.concatenate([[0], np.cumsum(weights[stream])])
    rows, places, wanted, named = {}, {}, {}, {}
    for length in LENGTHS:
        names = said.names_of(length)
        every = np.concatenate([_places_in(stream, length), names])
        # A sequence of three words of a private text has to have three; a name may be two, or two ideographs.
        heavy = heaviness[every + length] - heaviness[every]
        is_name = np.isin(every, names) & (heavy >= np.minimum(length, 3))
        every = every[(heavy >= _MIN_WEIGHT[length]) | is_name]
        rows[length], index = np.unique(_hashes(mixes, stream, every, length), return_index=True)
        places[length] = every[index]
        wanted[length] = np.ones(len(index), np.bool_)
        is_named = np.isin(rows[length], _hashes(mixes, stream, names, length))
        named[length] = frozenset(np.flatnonzero(is_named).tolist())
    line_of = np.zeros(len(stream) + 1, np.int64)
    line_of[said.starts[1:]] = 1
    return Needles(
        ids=ids,
        weights=weights,
        mixes=mixes,
        alone=np.array([False, *map(can_stand_alone, ids)], np.bool_),
        first=first,
        rows=rows,
        wanted=wanted,
        places=places,
        lines=said.lines,
        line_of=np.cumsum(line_of),
        named=named,
        stream=stream,
    )


class _Said:
    """What private texts and their names say, word by word, with a sign behind each line."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.lines: list[Origin] = []
        self.starts: list[int] = []
        """Where each line begins."""
        self._names: list[tuple[int, int]] = []
        """Where each name begins, and how many words it has."""

    def add(self, text: PrivateText) -> None:
        """The names of a text, and its lines."""
        for name in text.names:
            found = words_of(name.words)
            if found and not any(map(is_sign, found)):
                self._names.append((len(self.words), len(found)))
                self._add_line(Origin(text.path, name.line, "name"), found)
        for number, line in enumerate(text.text.split("\n"), text.first_line):
            if found := words_of(line):
                self._add_line(Origin(text.path, number, "words"), found)

    def _add_line(self, line: Origin, words: Iterable[str]) -> None:
        self.starts.append(len(self.words))
        self.lines.append(line)
        self.words += (*words, "\n")

    def names_of(self, length: int) -> NDArray[np.int64]:
        """Where names of so many words begin; of those as long as a row of any text none is looked for as a name."""
        return np.array([place for place, size in self._names if size == length < ROW], np.int64)


def _places_in(stream: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Where rows of so many words begin that need be no name: runs of ROW words, and whole lines of fewer."""
    if length == ROW:
        return _runs(stream > 0, ROW)
    ends = np.flatnonzero(np.concatenate([stream, [0]]) == 0)
    begins = np.concatenate([[0], ends[:-1] + 1])
    return begins[ends - begins == length] if length > 2 else begins[:0]


def _runs(known: NDArray[np.bool_], length: int) -> NDArray[np.int64]:
    """The places from which so many known words follow without a gap."""
    count = len(known) - length + 1
    if count < 1:
        return np.empty(0, np.int64)
    full = known[:count].copy()
    for step in range(1, length):
        full &= known[step : count + step]
    return np.flatnonzero(full)


def _parted(every: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The numbers of the words of some texts, with one that is no word behind each: no row goes over its end."""
    return np.concatenate([part for numbers in every for part in (numbers, _NO_WORD)])


def _digest_of(word: str) -> bytes:
    return hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _hashes(
    mixes: NDArray[np.uint64], numbers: NDArray[np.int64], places: NDArray[np.int64], length: int
) -> NDArray[np.uint64]:
    """A number for each row of words, (p,); two rows share one by a chance of 2 to the power of -64."""
    made = np.zeros(len(places), np.uint64)
    for step in range(length):
        made = made * _STEP + mixes[numbers[places + step]]
        made ^= made >> np.uint64(29)
    return made
