"""Decides which of the needles that were met in a site are finds: those that nothing public says as well."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import attrgetter
from pathlib import Path, PurePosixPath

from msgspec import Struct

from notegen.audit import own_words
from notegen.audit.collect import Collection, TextGroup, groups_of
from notegen.audit.file_bytes import bytes_if_there, size_of
from notegen.audit.needles import Needle, Needles
from notegen.audit.parted import Unmarked, has_word
from notegen.audit.plain_text import renditions
from notegen.audit.readings import Line, plain
from notegen.audit.remembered import remembered
from notegen.audit.words import folded, folded_by_line, stand_in, words_alone, words_of
from notegen.cache import VectorCache
from notegen.model import Leak, NoteId
from notegen.regex import regex
from notegen.text.tokens import singular
from notegen.text.written_forms import written_forms

_NEEDLES_FIRST = 2000
"""How many are decided on before all others: where one of them is a find, a site is refused."""
_FEW = 200
"""Needles for which it pays to look into a text before it is cut into words."""
_AS_IT_IS = ("utf-8", "surrogatepass")
"""How texts become bytes and back: names of files may have letters that are no Unicode."""
_MAX_TEXT_BYTES = 2_000_000
_OUR_FOLDERS = frozenset({"dates", "folders", "notegen", "tags"})
_PACKED = regex(r"[A-Za-z0-9+/=_-]{20,}")
_WORD_SHAPE = regex(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_TAG_OR_ATTRIBUTE = regex(r"</?[\w-]*|(?<=[\s\"'/])[\w-]+(?==)")
_TEXTS = frozenset(
    ".txt .mdx .mdown .rst .org .html .htm .json .csv .tsv .excalidraw .bib .tex .yaml .yml .svg .xml .edn .css "
    ".js".split()
)


class Known(Struct, frozen=True):
    """What else is known to be public: asked only where there is something to decide."""

    settings: Iterable[str] = ()
    """What the settings say: the site's title, description, author."""
    shown: Callable[[frozenset[NoteId]], Iterable[str]] = lambda notes: ()
    """What pages show of these notes, in which nothing is private."""
    theme: Path | None = None
    language: str = "en"


class Meeting(Struct, frozen=True):
    """A needle in a line of the site."""

    file: str
    line: Line
    is_name: bool
    """Whether it is the file's name, or its folder's."""


class Verdict(Struct):
    """Decides which of the meetings are finds, by all that is public, the cheapest first."""

    found: Collection
    needles: Needles
    known: Known
    meetings: Mapping[Needle, list[Meeting]]
    copied: Sequence[str]
    cache: VectorCache | None = None
    """Remembers forms of public words; None to make them anew."""
    _words: Sequence[str] = ()

    def __post_init__(self) -> None:
        self._words = ("", *self.needles.ids)

    def finds(self) -> Iterator[Leak]:
        """What is left when everything public is taken out."""
        outside = ((needle, self._outside_markup(needle, met)) for needle, met in self.meetings.items())
        doubtful = [(needle, met) for needle, met in outside if met]
        every = self.needles
        for some in filter(None, (doubtful[:_NEEDLES_FIRST], doubtful[_NEEDLES_FIRST:])):
            self.needles = every.copy()
            leaks = [*self._judge(dict(some))]
            yield from leaks
            if leaks:  # enough to refuse a site, and to say where to look
                return

    def _judge(self, open_: dict[Needle, list[Meeting]]) -> Iterator[Leak]:
        said_by_us = self._said_by_us()
        open_ = {needle: met for needle, met in open_.items() if self._says_enough(needle, said_by_us)}
        tiers = self._public_texts()
        while open_ and (texts := next(tiers, None)) is not None:
            self.needles.only(open_)
            self.needles.forget(texts)
            open_ = {needle: met for needle, met in open_.items() if self._is_wanted(needle)}
        for needle, met in open_.items():
            origin = self.needles.origin(needle)
            yield Leak(met[0].file, met[0].line.number, origin.kind, origin.path, origin.line)

    def _public_texts(self) -> Iterator[Iterable[str]]:
        yield chain(
            own_words.sentences(),
            own_words.dates(self.known.language),
            self.copied,
            _theme_texts(self.known.theme),
        )
        # Of all words of all notes: dear to make, and nearly all of what they say of a few is among the looks.
        forms = self._singulars, self._written_forms
        forms_first = len(self._wanted()[0]) > _FEW
        for make in forms if forms_first else ():
            yield make()
        yield self._looks()
        yield self.known.shown(self.found.whole)
        yield self._promising(own_words.words_of_code())
        yield self._promising(_texts_of(self.found.public_files))
        yield self._promising(own_words.scripts())
        for make in () if forms_first else forms:
            yield make()

    def _looks(self) -> Iterator[str]:
        """What is still looked for and is in a look of public texts, remembered a group of notes at a time."""
        wanted = [needle for needle in self.meetings if self._is_wanted(needle)]
        sought = [self._words_in(needle) for needle in wanted]

        def make(groups: Sequence[TextGroup]) -> list[tuple[int, ...]]:
            every = (self.needles.held_together([*self._looks_of(group.texts())]) for group in groups)
            return [tuple(number for number, one in enumerate(wanted) if held.has(one)) for held in every]

        held = remembered(
            groups_of(self.found.public),
            make,
            self.cache,
            kind="looks",
            of=tuple[int, ...],
            given=sought,
            known_by=attrgetter("digest"),
        )
        for number in {*chain.from_iterable(held)}:
            yield " ".join(sought[number])

    def _looks_of(self, texts: Iterable[str]) -> Iterator[str]:
        """What public texts can look like on a page, and what pages and the search make of their words then."""
        for paragraph, has_words in self._promising_marked(texts):
            for look in renditions(paragraph):
                yield look
                if has_words:
                    yield " ".join(map(singular, words_alone(look)))
                    yield "\n".join(form.form for form in written_forms(look))

    def _singulars(self) -> Iterator[str]:
        """The words of public texts as pages show those that two notes share: without the plural's s."""
        if self._wants_words():
            yield " ".join(self._forms("singulars", lambda text: map(singular, words_alone(text))))

    def _written_forms(self) -> Iterator[str]:
        """What the search finds words of public texts by: `wifi` for `Wi-Fi`, `read` for `readFile`."""
        if self._wants_words():
            yield "\n".join(
                self._forms("written_forms", lambda text: (one.form for one in written_forms(text)))
            )

    def _forms(self, kind: str, forms_in: Callable[[str], Iterable[str]]) -> list[str]:
        """All forms of words in public texts, in order, remembered a group of notes at a time."""

        def make(groups: Sequence[TextGroup]) -> list[bytes]:
            return [_joined({form for text in group.texts() for form in forms_in(text)}) for group in groups]

        made = remembered(
            groups_of(self.found.public), make, self.cache, kind=kind, of=bytes, known_by=attrgetter("digest")
        )
        return sorted({*chain.from_iterable(one.decode(*_AS_IT_IS).split("\n") for one in made)})

    def _promising(self, texts: Iterable[str]) -> Iterator[str]:
        """What the texts have of what is still looked for, without marks within words; they are not cut into words."""
        words, rows = self._wanted()
        sought = [[word] for word in words] + rows
        for text in texts:
            whole = folded_by_line(text)
            yield from (" ".join(row) for row in sought if stand_in(whole, row))

    def _promising_marked(self, texts: Iterable[str]) -> Iterator[tuple[str, bool]]:
        """The paragraphs of the texts in which something still looked for may be, and whether that is a single word."""
        words, rows = self._wanted()
        if len(rows) > _FEW:
            yield from ((text, bool(words)) for text in texts)
            return
        for text in texts:
            whole = folded(plain(text))
            unmarked = Unmarked(whole)
            words_here = [word for word in words if unmarked.may_have(word)]
            rows_here = [row for row in rows if all(word in whole for word in row)]
            for paragraph in _joined_paragraphs(text) if words_here or rows_here else ():
                written = folded(plain(paragraph))
                has_words = any(has_word(written, word) for word in words_here)
                if has_words or any(all(word in written for word in row) for row in rows_here):
                    yield paragraph, has_words

    def _wanted(self) -> tuple[list[str], list[list[str]]]:
        """The single words that are still looked for, and the words of each row."""
        rows = [self._words_in(needle) for needle in self.meetings if self._is_wanted(needle)]
        return [row[0] for row in rows if len(row) == 1], [row for row in rows if len(row) > 1]

    def _words_in(self, needle: Needle) -> list[str]:
        return [self._words[number] for number in self.needles.words_in(needle)]

    def _wants_words(self) -> bool:
        return any(needle.length == 1 and self._is_wanted(needle) for needle in self.meetings)

    def _is_wanted(self, needle: Needle) -> bool:
        if needle.length == 1:
            return bool(self.needles.alone[needle.number])
        return bool(self.needles.wanted[needle.length][needle.number])

    def _said_by_us(self) -> set[int]:
        ours = chain(own_words.sentences(), own_words.dates(self.known.language))
        words = {word for text in ours for word in words_of(text)}
        return {number for number, word in enumerate(self._words) if word in words}

    def _says_enough(self, needle: Needle, said_by_us: set[int]) -> bool:
        """Whether a row of words is more than a date, a number or a word of ours beside one of somebody's."""
        if needle.length == 1:
            return True
        words = self.needles.words_in(needle).tolist()
        telling = [word for word in words if self.needles.weights[word] and word not in said_by_us]
        return len(telling) > 1 or (bool(telling) and needle.length > 2)

    def _outside_markup(self, needle: Needle, met: Sequence[Meeting]) -> list[Meeting]:
        """The meetings that are no accident of markup.

        A single word has to be a word, not a tag's name or a piece of packed numbers; and an address of ours such as
        `tags/` may not be the beginning of a row.
        """
        word = self._words[int(self.needles.words_in(needle)[0])]
        if needle.length > 1:
            return [one for one in met if word not in _OUR_FOLDERS or f"{word}/" not in one.line.read.lower()]
        return [meeting for meeting in met if not _is_markup(word, meeting)]


def _joined_paragraphs(text: str) -> Iterator[str]:
    """Each paragraph with the next one, with and without the headings between, as an excerpt may join them."""
    every = text.split("\n\n")
    prose = [paragraph for paragraph in every if not paragraph.lstrip().startswith("#")]
    for paragraphs in (every, prose) if len(prose) < len(every) else (every,):
        yield from map("\n\n".join, pairwise(paragraphs)) if len(paragraphs) > 1 else paragraphs


def _is_markup(word: str, meeting: Meeting) -> bool:
    line = meeting.line.read
    places = [
        found.start()
        for found in re.finditer(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", line, re.IGNORECASE)
    ]
    if all(line[place + len(word) : place + len(word) + 1] == "…" for place in places):
        return bool(places)  # the beginning of a word that was cut off
    if not places:  # folded in a way that moved it
        return False
    packed = [found.span() for found in _PACKED.finditer(line) if _is_packed(found[0])]
    is_page = meeting.file.endswith((".html", ".xhtml"))
    marks = [found.span() for found in _TAG_OR_ATTRIBUTE.finditer(line)] if is_page else []
    return all(any(low <= place < high for low, high in (*packed, *marks)) for place in places)


def _is_packed(run: str) -> bool:
    """Whether a run of letters and digits is numbers and no name: most of its parts are no words."""
    parts = [part for part in re.split(r"[+/=_-]", run) if part]
    odd = sum(len(part) for part in parts if not _WORD_SHAPE.fullmatch(part))
    return odd > len(run) / 2


def _texts_of(files: Mapping[str, Path]) -> Iterator[str]:
    for path, file in files.items():
        if PurePosixPath(path).suffix.lower() in _TEXTS and 0 <= size_of(file) < _MAX_TEXT_BYTES:
            yield bytes_if_there(file).decode("utf-8", "replace")


def _theme_texts(theme: Path | None) -> Iterator[str]:
    for file in sorted(theme.rglob("*")) if theme else ():
        if file.suffix in (".html", ".toml", ".css", ".js") and file.is_file():
            yield bytes_if_there(file).decode("utf-8", "replace")


def _joined(forms: Iterable[str]) -> bytes:
    return "\n".join(sorted(forms)).encode(*_AS_IT_IS)
