"""The words of notes, counted: of some notes that follow each other at a time, and then of all of them together.

What is counted of some notes hangs on them alone, numbers from the first of them on included, and is kept.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import NamedTuple

from notegen.cache import VectorCache
from notegen.model import Garden, Note, NoteId, Passage
from notegen.packed import key_of, unpacker
from notegen.search.compounds import COMPOUNDING, parts_of
from notegen.search.note_groups import NoteGroup, note_groups, values_of_groups
from notegen.search.rules import BODY_WEIGHT, HEADING_WEIGHT, TITLE_WEIGHT
from notegen.search.varint import DIGITS, write_number
from notegen.text.stems import algorithms_of, stems_of
from notegen.text.tokens import Token, bigram_forms, find_words, fold, is_repeated, tokens_of
from notegen.text.written_forms import chunks, forms_of_chunk


@dataclass(frozen=True, slots=True)
class CountedWords:
    """What all notes say."""

    lengths: list[int]
    """Of each note the weighted count of all its words."""
    postings: Mapping[str, str]
    """Of each form, as `write_postings` has them."""
    note_counts: Mapping[str, int]
    """How many notes have a form as a word; what is only found as it is written is left out."""
    stems: Mapping[str, set[str]]
    """The forms of each stem; a form that is written in two languages has the stems of both."""
    algorithms: tuple[str, ...]
    """For the endings of the notes' languages."""


class _FormCount(NamedTuple):
    """A form in some notes that follow each other."""

    notes: int
    """How many have it as a word."""
    first: int
    """The number of the first note that has it, from the first of them on."""
    last: int
    postings: str
    """As `write_postings` has them, from behind the first's step on."""


class _Part(NamedTuple):
    """What some notes that follow each other say."""

    lengths: tuple[int, ...]
    forms: dict[str, _FormCount]
    stems: dict[str, tuple[str, ...]]
    words: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """The words of each set of algorithms, where those join words; none for others."""


_parts = unpacker(_Part)


def count_words(
    garden: Garden, passages: Sequence[Passage], *, language: str, cache: VectorCache | None = None
) -> CountedWords:
    """Counts the words of all notes.

    Args:
        garden: the notes; they are numbered in its order.
        passages: of these notes, in the same order.
        language: BCP 47 tag of the notes that name none.
        cache: None to count them all anew.
    """
    numbers = {id: number for number, id in enumerate(garden.notes)}
    groups = note_groups(passages)

    def derive(group: NoteGroup) -> _Part:
        return _count_group(group, garden, numbers, language)

    facts = (_facts_of(group, garden, numbers, language) for group in groups)
    starts = [numbers[group.passages[0].note] for group in groups]
    parts = values_of_groups("counted", groups, derive, cache, _parts, facts=facts)
    algorithms = {algorithms_of((note.language or language,)) for note in garden.notes.values()}
    return _joined(len(numbers), zip(starts, parts, strict=True), tuple(sorted({*chain(*algorithms)})))


def _facts_of(group: NoteGroup, garden: Garden, numbers: Mapping[NoteId, int], language: str) -> bytes:
    """What is counted of notes beside their passages."""
    notes = [garden.notes[id] for id in dict.fromkeys(passage.note for passage in group.passages)]
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
        count: of all notes.
        parts: in order, each with the number of its first note.
    """
    lengths = [0] * count
    postings: dict[str, str] = {}
    note_counts: dict[str, int] = {}
    last: dict[str, int] = {}
    stems: dict[str, set[str]] = {}
    words: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for start, part in parts:
        lengths[start : start + len(part.lengths)] = part.lengths
        steps = [write_number(start + number) for number in range(len(part.lengths))]
        for form, (notes, first, end, text) in part.forms.items():
            if form in last:
                postings[form] += write_number(start + first - last[form] - 1) + text
            else:
                postings[form] = steps[first] + text
            last[form] = start + end
            if notes:
                note_counts[form] = note_counts.get(form, 0) + notes
        for stem, forms in part.stems.items():
            if stem in stems:
                stems[stem].update(forms)
            else:
                stems[stem] = {*forms}
        for names, known in part.words:
            words[names].update(known)
    for names, known_words in words.items():
        for form in known_words:
            for joined in parts_of(form, known_words):
                for stem in stems_of(Token(joined, joined), names):
                    stems.setdefault(stem, set()).add(form)
    return CountedWords(lengths, postings, note_counts, stems, algorithms)


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
        lengths += [0] * (number - len(lengths)) + [sum(row[0] for row in counted.values())]
        note_counts.update(counted.keys())
        # What is found beside words says nothing of a note's length.
        _count_name(note, counted, forms)
        _count_written(texts, counted, forms)
        for form, (count, *held) in counted.items():
            occurrences[form].extend((number, count, len(held) or 1, *(held or (0,))))
    return _Part(
        tuple(lengths),
        {form: _form_count(note_counts[form], runs) for form, runs in occurrences.items()},
        _stems_of(forms_by_algorithms),
        tuple(
            (algorithms, tuple({token.form for token in forms.tokens}))
            for algorithms, forms in forms_by_algorithms.items()
            if not COMPOUNDING.isdisjoint(algorithms)
        ),
    )


def _stems_of(forms_by_algorithms: Mapping[tuple[str, ...], "_Forms"]) -> dict[str, tuple[str, ...]]:
    """The forms of each stem."""
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for algorithms, found in forms_by_algorithms.items():
        for token in chain(found.tokens, (Token(form, form) for form in found.written)):
            for stem in stems_of(token, algorithms):
                stems[stem].add(token.form)
        for form in found.bigrams:
            stems[form].add(form)
    return {stem: tuple(forms) for stem, forms in stems.items()}


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
        forms = bigram_forms(word)
        if forms:
            self.bigrams.update(forms)
        else:
            tokens = tokens_of(word)
            self.tokens.update(tokens)
            forms = tuple(token.form for token in tokens)
        if is_repeated(word):
            self[word] = forms
        return forms


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
            words = Counter(find_words(part.text)).items()
            _add_forms(((form, times) for word, times in words for form in forms[word]), part, counted)
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


def _form_count(notes: int, runs: Sequence[int]) -> _FormCount:
    """What runs of (note, count, number of passages, passages…) say."""
    parts: list[str] = []
    first = last = -1
    numbers = iter(runs)
    for note in numbers:
        count, held = next(numbers), next(numbers)
        if first < 0:
            first = note
        else:
            parts.append(write_number(note - last - 1))
        parts.append(write_number(count))
        last, before = note, -1
        for more in range(held - 1, -1, -1):
            passage = next(numbers)
            number = (passage - before - 1) * 2 + (more > 0)
            parts.append(DIGITS[number] if number < 32 else write_number(number))
            before = passage
    return _FormCount(notes, first, last, "".join(parts))
