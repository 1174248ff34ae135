"""The words of notes, counted: of some notes that follow each other at a time, and then of all of them together.

What is counted of some notes hangs on them alone, numbers from the first of them on included, and is kept.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, groupby, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache
from notegen.model import Garden, Note, NoteId, Passage
from notegen.packed import key_of, unpacker
from notegen.search.compounds import COMPOUNDING, parts_of
from notegen.search.note_groups import NoteGroup, note_groups, values_of_groups
from notegen.search.rules import BODY_WEIGHT, HEADING_WEIGHT, TITLE_WEIGHT
from notegen.search.varint import write_number
from notegen.text.known_words import forget_words
from notegen.text.stems import algorithms_of, stems_of
from notegen.text.tokens import Token, bigram_forms, find_words, fold, is_repeated, tokens_of
from notegen.text.written_forms import chunks, forms_of_chunk

_INT = np.dtype("<i4")

_FORM_BITS = 32

_JOINED_AT_ONCE = 10_000
"""Postings of forms in parts: as texts by themselves all of them would take more than what they are joined to."""


@dataclass(frozen=True, slots=True)
class CountedWords:
    """What all notes say."""

    lengths: list[int]
    """Of each note the weighted count of all its words, in the order of their numbers."""
    postings: Mapping[str, str]
    """Of each form, as `write_postings` has them."""
    note_counts: Mapping[str, int]
    """How many notes have a form as a word; what is only found as it is written is left out."""
    stems: Mapping[str, tuple[str, ...]]
    """The forms of each stem, in no order; a form that is written in two languages has the stems of both."""
    algorithms: tuple[str, ...]
    """For the endings of the notes' languages."""


class _Part(NamedTuple):
    """What some notes that follow each other say; in columns, which are read and joined several times as fast."""

    lengths: tuple[int, ...]
    forms: tuple[str, ...]
    postings: str
    """Of one form after the other, as `write_postings` has them, from behind the first's step on."""
    ends: bytes  # (f,) where those of each form end
    counts: bytes  # (f,) how many notes have a form as a word
    firsts: bytes  # (f,) the number of the first note that has it, from the first of them on
    lasts: bytes  # (f,)
    stems: tuple[str, ...]
    pairs: bytes  # (p, 2) places of stems, and of forms that they stand for
    words: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """The words of each set of algorithms, where those join words; none for others."""


_parts = unpacker(_Part)


def count_words(
    garden: Garden,
    passages: Sequence[Passage],
    *,
    language: str,
    numbers: Mapping[NoteId, int],
    cache: VectorCache | None = None,
) -> CountedWords:
    """Counts the words of all notes.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of their numbers.
        language: BCP 47 tag of the notes that name none.
        numbers: of the notes, ascending.
        cache: None to count them all anew.
    """
    groups = note_groups(passages)

    def derive(group: NoteGroup) -> _Part:
        return _count_group(group, garden, numbers, language)

    facts = (_facts_of(group, garden, numbers, language) for group in groups)
    starts = [numbers[group.passages[0].note] for group in groups]
    parts = values_of_groups("counted", groups, derive, cache, _parts, facts=facts)
    algorithms = {algorithms_of((note.language or language,)) for note in garden.notes.values()}
    count = max(numbers.values(), default=-1) + 1
    return _joined(count, zip(starts, parts, strict=True), tuple(sorted({*chain(*algorithms)})))


def _facts_of(group: NoteGroup, garden: Garden, numbers: Mapping[NoteId, int], language: str) -> bytes:
    """What is counted of notes beside their passages."""
    notes = [garden.notes[id] for id in group.notes]
    start = numbers[notes[0].id]
    return key_of(
        [
            (
                numbers[one.id] - start,
                one.title,
                one.aliases,
                one.tags,
                path_texts(one),
                one.language or language,
            )
            for one in notes
        ]
    )


def _joined(count: int, parts: Iterable[tuple[int, _Part]], algorithms: tuple[str, ...]) -> CountedWords:
    """What all parts say together.

    Args:
        count: more than any note's number.
        parts: in order, each with the number of its first note.
    """
    lengths: list[int] = []
    forms = _Joined()
    stems: dict[str, int] = {}
    pairs: list[NDArray[np.int64]] = []  # (p,) of each part, as `_pairs` has them
    words: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for start, part in parts:
        lengths += part.lengths
        places = forms.add(start, part)
        stem_places = np.array([stems.setdefault(stem, len(stems)) for stem in part.stems], np.int64)
        here = _numbers(part.pairs).reshape(-1, 2)
        pairs.append(_pairs(stem_places[here[:, 0]], places[here[:, 1]]))
        for names, known in part.words:
            words[names].update(known)
    # What words came to makes room for what is joined, which is when a build has most.
    _cut_repeated.cache_clear()
    forget_words()
    more = [
        (stems.setdefault(stem, len(stems)), forms.numbers[form])
        for names, known_words in words.items()
        for form in known_words
        for joined in parts_of(form, known_words)
        for stem in stems_of(Token(joined, joined), names)
    ]
    pairs.append(_pairs(*np.array(more, np.int64).reshape(-1, 2).T))
    postings = forms.postings(count)
    of_stems = _forms_of_stems([*stems], [*forms.numbers], pairs)
    return CountedWords(lengths, postings, forms.note_counts(), of_stems, algorithms)


class Postings(Mapping[str, str]):
    """The postings of each form, in one text, since as many texts as forms would take twice as much."""

    def __init__(self, numbers: Mapping[str, int], text: str, ends: NDArray[np.int64]) -> None:
        """Postings of one form after the other.

        Args:
            numbers: of the forms, in order.
            text: all of them.
            ends: (f,) where those of each form end.
        """
        self._numbers, self._text = numbers, text
        self._ends = array("q", [0, *ends.tolist()])

    def __getitem__(self, form: str) -> str:
        number = self._numbers[form]
        return self._text[self._ends[number] : self._ends[number + 1]]

    def __contains__(self, form: object) -> bool:
        return form in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class _Joined:
    """The forms of parts that follow each other, numbered as they come, and their postings."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._texts: list[str] = []
        self._rows: list[
            NDArray[np.int32]
        ] = []  # (f, 5) of each part: form, step, part, and where its postings are
        self._last = np.empty(0, np.int64)  # (f,) the last note that has each form, -1 for none
        self._counts = np.empty(0, np.int64)  # (f,)

    def add(self, start: int, part: _Part) -> NDArray[np.int64]:
        """The numbers of a part's forms.

        Args:
            start: the number of its first note.
        """
        numbers = self.numbers
        of = np.array([numbers.setdefault(form, len(numbers)) for form in part.forms], np.int64)
        new = len(numbers) - len(self._last)
        self._last = np.concatenate([self._last, np.full(new, -1)])
        self._counts = np.concatenate([self._counts, np.zeros(new, np.int64)])
        steps = start + _numbers(part.firsts) - self._last[of] - 1
        self._last[of] = start + _numbers(part.lasts)
        self._counts[of] += _numbers(part.counts)
        ends = _numbers(part.ends)
        here = np.full(len(of), len(self._texts))
        self._texts.append(part.postings)
        self._rows.append(np.stack([of, steps, here, np.roll(ends, 1), ends], axis=1).astype(np.int32))
        self._rows[-1][:1, 3] = 0
        return of

    def postings(self, count: int) -> Postings:
        """Of each form, what the parts have of it one after the other.

        Args:
            count: more than any note's number.
        """
        rows = np.concatenate([*self._rows, np.empty((0, 5), np.int32)])
        self._rows.clear()
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        steps = [*map(write_number, range(count))]
        texts = [
            "".join(
                f"{steps[step]}{self._texts[part][start:end]}"
                for _, step, part, start, end in rows[first : first + _JOINED_AT_ONCE].tolist()
            )
            for first in range(0, len(rows), _JOINED_AT_ONCE)
        ]
        lengths = np.array([*map(len, steps)], np.int64)[rows[:, 1]] + rows[:, 4] - rows[:, 3]
        self._texts.clear()
        ends = np.cumsum(lengths)[np.searchsorted(rows[:, 0], np.arange(len(self.numbers)), side="right") - 1]
        return Postings(self.numbers, "".join(texts), ends)

    def note_counts(self) -> dict[str, int]:
        """How many notes have a form as a word, of those that some have."""
        found = zip(self.numbers, self._counts.tolist(), strict=True)
        return {form: count for form, count in found if count}


def _pairs(stems: NDArray[np.int64], forms: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of stems and of forms that they stand for, a pair in one number."""
    return stems << _FORM_BITS | forms


def _forms_of_stems(
    stems: Sequence[str], forms: Sequence[str], pairs: list[NDArray[np.int64]]
) -> dict[str, tuple[str, ...]]:
    """The forms of each stem.

    Args:
        pairs: (p,) of each part, as `_pairs` has them, some several times; each stem is there. They are let go.
    """
    keys = np.unique(np.concatenate(pairs))
    pairs.clear()
    starts = np.searchsorted(keys, np.arange(len(stems) + 1) << _FORM_BITS).tolist()
    numbers = iter((keys & ((1 << _FORM_BITS) - 1)).tolist())
    return {
        stem: tuple([forms[number] for number in islice(numbers, end - start)])
        for stem, (start, end) in zip(stems, pairwise(starts), strict=True)
    }


def _numbers(content: bytes) -> NDArray[np.int64]:
    return np.frombuffer(content, _INT).astype(np.int64)


def _bytes_of(numbers: Sequence[int]) -> bytes:
    return np.array(numbers, _INT).tobytes()


def _count_group(group: NoteGroup, garden: Garden, numbers: Mapping[NoteId, int], language: str) -> _Part:
    start = numbers[group.passages[0].note]
    lengths: list[int] = []
    note_counts: Counter[str] = Counter()
    occurrences: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    forms_by_algorithms: defaultdict[tuple[str, ...], _Forms] = defaultdict(_Forms)
    for id, passages in groupby(group.passages, key=lambda passage: passage.note):
        number, note = numbers[id] - start, garden.notes[id]
        forms = forms_by_algorithms[algorithms_of((note.language or language,))]
        texts = _texts_of(note, passages)
        counted = _count(texts, forms)
        lengths.append(sum(row[0] for row in counted.values()))
        note_counts.update(counted.keys())
        # What is found beside words says nothing of a note's length.
        _count_name(note, counted, forms)
        _count_written(texts, counted, forms)
        for form, (count, *held) in counted.items():
            occurrences[form].extend((number, count, len(held) or 1, *(held or (0,))))
    written = [_write_runs(runs) for runs in occurrences.values()]
    place_of = {form: place for place, form in enumerate(occurrences)}
    stems, pairs = _stems_of(forms_by_algorithms, place_of)
    return _Part(
        tuple(lengths),
        tuple(occurrences),
        "".join(text for _, _, text in written),
        _bytes_of([*accumulate(len(text) for _, _, text in written)]),
        _bytes_of([note_counts[form] for form in occurrences]),
        _bytes_of([first for first, _, _ in written]),
        _bytes_of([last for _, last, _ in written]),
        stems,
        _bytes_of(pairs),
        tuple(
            (algorithms, tuple({token.form for token in forms.tokens}))
            for algorithms, forms in forms_by_algorithms.items()
            if not COMPOUNDING.isdisjoint(algorithms)
        ),
    )


def _stems_of(
    forms_by_algorithms: Mapping[tuple[str, ...], "_Forms"], place_of: Mapping[str, int]
) -> tuple[tuple[str, ...], list[int]]:
    """The stems of forms; and one after the other the places of a stem and of a form that it stands for.

    Args:
        place_of: where each form is.
    """
    numbers: dict[str, int] = {}
    pairs: list[int] = []
    for algorithms, found in forms_by_algorithms.items():
        for token in chain(found.tokens, (Token(form, form) for form in found.written)):
            place = place_of[token.form]
            for stem in stems_of(token, algorithms):
                pairs += numbers.setdefault(stem, len(numbers)), place
        for form in found.bigrams:
            pairs += numbers.setdefault(form, len(numbers)), place_of[form]
    return tuple(numbers), pairs


def headings_of(passage: Passage) -> tuple[str, ...]:
    """The headings above a passage without one that only says the note's title again."""
    return tuple(heading for heading in passage.trail if heading != passage.title)


class _Forms(dict[str, tuple[str, ...]]):
    """The forms of each word, cut once; and what they come from, for the stems."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: set[Token] = set()
        self.bigrams: set[str] = set()
        """Forms of scripts without spaces, which are their own stems."""
        self.written: set[str] = set()
        """What is found as it is written, beside words."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        if is_repeated(word):
            forms, tokens = _cut_repeated(word)
            self[word] = forms
        else:
            forms, tokens = _cut(word)
        if tokens:
            self.tokens.update(tokens)
        else:
            self.bigrams.update(forms)
        return forms


def _cut(word: str) -> tuple[tuple[str, ...], tuple[Token, ...]]:
    """The forms of a word, and the tokens that they are of; no tokens in scripts without spaces."""
    if forms := bigram_forms(word):
        return forms, ()
    tokens = tokens_of(word)
    return tuple(token.form for token in tokens), tokens


_cut_repeated = lru_cache(maxsize=1 << 17)(_cut)


@dataclass(frozen=True, slots=True)
class _Text:
    """A part of a note."""

    text: str
    weight: int
    passage: int | None
    """Of the note; None for what is said of the whole."""
    is_counted: bool = True
    """Whether its words are words of the note; else only what is found as written."""


def _texts_of(note: Note, passages: Iterable[Passage]) -> list[_Text]:
    texts = [
        _Text(" ".join([note.title, *note.aliases]), TITLE_WEIGHT, None),
        _Text(" ".join(note.tags), HEADING_WEIGHT, None),
        _Text(" ".join(f"#{tag}" for tag in _levels(note.tags)), HEADING_WEIGHT, None, is_counted=False),
    ]
    paths = path_texts(note)
    for number, passage in enumerate(passages):
        text = passage.written
        for path in paths:
            text = text.replace(path, path.rstrip("/").rpartition("/")[2])
        texts.append(_Text(" ".join(headings_of(passage)), HEADING_WEIGHT, number))
        texts.append(_Text(text, BODY_WEIGHT, number))
        if passage.source:
            texts.append(_Text(_words_of_formulas(passage), BODY_WEIGHT, number))
    return texts


def _words_of_formulas(passage: Passage) -> str:
    """What is read of formulas and is no word of their sources: `α`, `x²`."""
    known = set(map(fold, find_words(passage.source)))
    return " ".join(word for word in find_words(passage.text) if fold(word) not in known)


def path_texts(note: Note) -> list[str]:
    """The links of a note that show their path: `thoughts/trust` does not speak of thoughts."""
    shown = (link.text for link in note.links if link.text.strip("/") == link.target.strip("/"))
    return sorted({text for text in shown if "/" in text})


def _levels(tags: Iterable[str]) -> dict[str, None]:
    """Each tag with those that it is within."""
    return {
        "/".join(parts[:end]): None
        for parts in (tag.split("/") for tag in tags)
        for end in range(1, len(parts) + 1)
    }


def _count(texts: Iterable[_Text], forms: _Forms) -> dict[str, list[int]]:
    """The weighted count of each form in a note, and after it the numbers of the passages that hold it."""
    counted: dict[str, list[int]] = {}
    for part in texts:
        if part.is_counted:
            weight, passage = part.weight, part.passage
            for word, times in Counter(find_words(part.text)).items():
                for form in forms[word]:  # as `_add_forms` does, for which each would have to be handed on
                    row = counted.get(form)
                    if row is None:
                        counted[form] = [weight * times] if passage is None else [weight * times, passage]
                        continue
                    row[0] += weight * times
                    if passage is not None and (len(row) == 1 or row[-1] != passage):
                        row.append(passage)
    return counted


def _count_name(note: Note, counted: dict[str, list[int]], forms: _Forms) -> None:
    """Counts the words of the note's file that its title does not say."""
    known = {form for word in find_words(note.title) for form in forms[word]}
    words = find_words(note.id.rpartition("/")[2].rpartition(".")[0])
    name = _Text("", HEADING_WEIGHT, None)
    new = dict.fromkeys((form for word in words for form in forms[word] if form not in known), 1)
    _add_forms(new.items(), name, counted)


def _count_written(texts: Iterable[_Text], counted: dict[str, list[int]], forms: _Forms) -> None:
    """Counts what is found as it is written."""
    touched: set[str] = set()
    for part in texts:
        found = [one.form for one in chain.from_iterable(map(forms_of_chunk, chunks(part.text)))]
        touched.update(found)
        _add_forms(((form, 1) for form in found), part, counted)
    forms.written |= touched
    # Some are words as well, which came first.
    for form in touched:
        counted[form][1:] = sorted(set(counted[form][1:]))


def _add_forms(found: Iterable[tuple[str, int]], part: _Text, counted: dict[str, list[int]]) -> None:
    """Counts forms of a part, each as often as is said."""
    weight, passage = part.weight, part.passage
    for form, times in found:
        row = counted.get(form)
        if row is None:
            row = counted[form] = [0]
        row[0] += weight * times
        if passage is not None and (len(row) == 1 or row[-1] != passage):
            row.append(passage)


def _write_runs(runs: Sequence[int]) -> tuple[int, int, str]:
    """The first and the last note of runs of (note, count, number of passages, passages…), and their postings."""
    parts: list[str] = []
    last = place = 0
    while place < len(runs):
        note, count, held = runs[place : place + 3]
        if place:
            parts.append(_written(note - last - 1))
        parts.append(_written(count))
        place, last, before = place + 3, note, -1
        for more in range(held - 1, -1, -1):
            passage = runs[place]
            parts.append(_written((passage - before - 1) * 2 + (more > 0)))
            before, place = passage, place + 1
    return runs[0], last, "".join(parts)


_written = lru_cache(maxsize=4096)(write_number)
"""Most numbers are small, and to ask for one takes half as long as to write it."""
