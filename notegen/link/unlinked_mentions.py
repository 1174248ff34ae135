"""Which notes mention another one by name without linking to it.

A name is a note's title or one of its aliases. It is found as whole words, whatever their case and accents; in scripts
written without spaces anywhere, as their readers would. One note says a name once: the first time counts. What a
machine reads says no names: code, formulas, addresses, and words that are part of either, as `sleep` in `time.sleep(`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from msgspec import Struct

from notegen.model import Garden, Mention, Note, NoteId, Section
from notegen.note_memory import NoteMemory
from notegen.packed import unpacker
from notegen.text.scripts import has_no_space_script, is_no_space_script
from notegen.text.sentences import sentence_around
from notegen.text.tokens import (
    ascii_form,
    bigram_forms,
    find_words,
    is_repeated,
    token_spans,
    tokens_of,
    word_spans,
)

MIN_LETTERS = 3
"""Letters that a name must have to be looked for, in scripts with spaces: `Go` and `R` are words of every text."""

MAX_SHARE = 0.02
"""Share of notes, or MAX_NOTES of them, that may say a name of one word; said by more it is a word, not a name."""

MAX_NOTES = 5

Word = tuple[str, int, int]
"""A word's form, and where in a text it begins and ends; a tuple, since there are as many as words."""

_JOINS_BEFORE = re.compile(r"[./\\@_=$~]\Z|::\Z|->\Z")
_JOINS_AFTER = re.compile(r"[/\\@_=(]|::|->|\.\w")
"""What joins a name to more than it: to a path, an address, a file's name, an identifier, a call."""
_ADDRESS = re.compile(r"://|\b(?:www|mailto)[.:]", re.IGNORECASE)

_PART = re.compile(r"\S+")
_GAP = re.compile(r"[\s\-_'’/&]{0,3}")  # what may stand between the words of a name

_mentions = unpacker(tuple[Mention, ...])


def find_unlinked_mentions(
    garden: Garden, memory: NoteMemory | None = None
) -> Mapping[NoteId, tuple[Mention, ...]]:
    """For each note that is named somewhere, the mentions of it, the newest note's first; total.

    A name that two notes have is nobody's. Who links to the note anywhere in a text is left out.

    Args:
        memory: of the garden's notes; None to look through all of them.
    """
    names = _Names(garden)
    linked = {note: garden.neighbours[note].outward for note in garden.notes}
    in_notes = (memory or NoteMemory(garden)).values(
        "mentions",
        tuple(garden.notes),
        lambda note: tuple(_mentions_in(garden.notes[note], linked[note], names)),
        _mentions,
        settings=names.owned,
        each=tuple(linked.items()),
    )
    found = [*chain.from_iterable(in_notes)]
    all_forms = [_forms(mention.words) for mention in found]
    times = Counter(
        (mention.target, forms[0]) for mention, forms in zip(found, all_forms, strict=True) if len(forms) == 1
    )
    limit = max(MAX_NOTES, int(MAX_SHARE * len(garden.notes)))
    by_target: dict[NoteId, list[Mention]] = defaultdict(list)
    for mention, forms in zip(found, all_forms, strict=True):
        if len(forms) > 1 or is_no_space_script(forms[0]) or times[mention.target, forms[0]] <= limit:
            by_target[mention.target].append(mention)
    _words_of.cache_clear()  # which no other stage asks
    newest = {id: -place for place, id in enumerate(garden.by_date)}
    return {
        id: tuple(sorted(by_target[id], key=lambda mention: newest[mention.note])) for id in sorted(by_target)
    }


class _Names:
    """The names of all notes, and how many words those have that begin with one."""

    def __init__(self, garden: Garden) -> None:
        owners: dict[tuple[str, ...], set[NoteId]] = defaultdict(set)
        for note in garden.notes.values():
            for name in (note.title, *note.aliases):
                owners[_forms(name)].add(note.id)
        self._notes = {
            forms: next(iter(ids)) for forms, ids in owners.items() if len(ids) == 1 and _is_name(forms)
        }
        self.first_forms = {forms[0] for forms in self._notes}
        self._words = {forms[0]: note for forms, note in self._notes.items() if len(forms) == 1}
        beginnings: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for forms in self._notes:
            if len(forms) > 1:
                beginnings[forms[:2]].add(len(forms))
        self._beginnings = {forms: tuple(sorted(found, reverse=True)) for forms, found in beginnings.items()}
        self._forms_by_word = _FormsInOrder()

    @property
    def owned(self) -> list[tuple[tuple[str, ...], NoteId]]:
        """Every name as its forms, and whose it is; sorted."""
        return sorted(self._notes.items())

    def may_name(self, text: str, linked: Container[NoteId]) -> bool:
        """Whether the words of a text are the name of a note not linked, whatever stands between them; quick to see.

        Each word, and each two that follow each other, are looked up among what names begin with: that takes as long
        however many names there are.
        """
        forms = [*chain.from_iterable(map(self._forms_by_word.__getitem__, find_words(text)))]
        said = self._words.keys()
        if not said.isdisjoint(forms) and any(self._words[form] not in linked for form in said & forms):
            return True
        if self._beginnings.keys().isdisjoint(pairwise(forms)):
            return False
        names = (
            tuple(forms[place : place + length])
            for place, two in enumerate(pairwise(forms))
            for length in self._beginnings.get(two, ())
        )
        return any(name in self._notes and self._notes[name] not in linked for name in names)

    def at(self, text: str, words: Sequence[Word], place: int) -> tuple[int, NoteId] | None:
        """The longest name that begins at a word: how many words it has, and whose it is."""
        two = tuple([form for form, _, _ in words[place : place + 2]])
        for length in (*self._beginnings.get(two, ()), 1):
            there = words[place : place + length]
            note = self._notes.get(tuple([form for form, _, _ in there]))
            if note and len(there) == length and _is_unbroken(text, there):
                return length, note
        return None


class _FormsInOrder(dict[str, tuple[str, ...]]):
    """The forms of a word of `find_words` as they follow each other in names; remembered for what may come again."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        forms: tuple[str, ...]
        if word.isascii():  # as most are
            self[word] = forms = (ascii_form(word),)
            return forms
        found = bigram_forms(word) or [token.form for token in tokens_of(word)]
        forms = tuple(form for form in found if not _is_last_of_run(form))
        if is_repeated(word):
            self[word] = forms
        return forms


def _mentions_in(note: Note, others: Sequence[NoteId], names: _Names) -> Iterator[Mention]:
    """Args: others: the notes that it links to."""
    linked = {note.id, *others}
    for section in note.sections:
        for number, paragraph in enumerate(section.paragraphs):
            for place in _names_in_text(paragraph, names) if names.may_name(paragraph, linked) else ():
                if place.note not in linked and not _is_for_machines(section, number, place):
                    linked.add(place.note)
                    yield _mention(note, section, paragraph, place)


def _is_for_machines(section: Section, number: int, place: "_MentionSpan") -> bool:
    """Whether the name stands in code or a formula, or is a part of an address, a path or an identifier."""
    if any(at == number and start < place.end and place.start < end for at, start, end in section.literal):
        return True
    text = section.paragraphs[number]
    before = text[: place.start].rpartition(" ")[2]
    after = text[place.end :].partition(" ")[0]
    return bool(_JOINS_BEFORE.search(before) or _JOINS_AFTER.match(after) or _ADDRESS.search(before))


class _MentionSpan(Struct, frozen=True):
    """Where a paragraph names a note."""

    note: NoteId
    start: int
    end: int


def _names_in_text(text: str, names: _Names) -> Iterator[_MentionSpan]:
    words = _words(text)
    behind = 0
    for place, (form, start, _) in enumerate(words):
        if place < behind or form not in names.first_forms:
            continue
        named = names.at(text, words, place)
        if named and text[max(0, start - 1)] != "#":  # a tag is a link of its own
            yield _MentionSpan(named[1], start, words[place + named[0] - 1][2])
        behind = place + named[0] if named else 0


def _mention(note: Note, section: Section, paragraph: str, place: _MentionSpan) -> Mention:
    words, sentence = paragraph[place.start : place.end], sentence_around(paragraph, place.start)
    return Mention(note.id, place.note, words, sentence, section.line)


def _forms(name: str) -> tuple[str, ...]:
    return tuple(form for form, _, _ in _words(name))


def _words(text: str) -> list[Word]:
    words_of = _words_of if text.isascii() or not has_no_space_script(text) else _words_of.__wrapped__
    return [
        (form, at + start, at + end)
        for part in _PART.finditer(text)
        for at in (part.start(),)
        for form, start, end in words_of(part[0])
    ]


@lru_cache(maxsize=1 << 15)
def _words_of(part: str) -> tuple[Word, ...]:
    """What stands between two spaces, which most often has been seen before where words do."""
    if part.isascii():
        return tuple([(ascii_form(part[start:end]), start, end) for start, end in word_spans(part)])
    spans = ((span.token.form, span.start, span.end) for span in token_spans(part))
    return tuple(word for word in spans if not _is_last_of_run(word[0]))


def _is_last_of_run(form: str) -> bool:
    """Whether it is the last character of a run without spaces by itself, which its bigram has said already."""
    return len(form) == 1 and is_no_space_script(form)


def _is_name(forms: tuple[str, ...]) -> bool:
    """Whether it can be told from other words: not a number, nor a letter or two."""
    if not forms or all(form.isdigit() for form in forms):
        return False
    return is_no_space_script(forms[0]) or sum(map(len, forms)) >= MIN_LETTERS


def _is_unbroken(text: str, words: Sequence[Word]) -> bool:
    """Whether nothing but a space or hyphen stands between the words; bigrams of a run without spaces overlap."""
    return all(
        end > start or _GAP.fullmatch(text, end, start) for (_, _, end), (_, start, _) in pairwise(words)
    )
