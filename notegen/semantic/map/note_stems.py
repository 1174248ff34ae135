"""The words that each note says in its title and early in its text, as stems, and how it writes them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from msgspec import Struct

from notegen.model import Note
from notegen.packed import unpacker
from notegen.regex import regex
from notegen.text.characters import NO_SPACE_SCRIPTS
from notegen.text.scripts import is_no_space_script
from notegen.text.stems import stems_of
from notegen.text.tokens import find_words, tokens_of

_MAX_CHARACTERS = (
    3000  # of a note: it says early what it is about, and a book is not read twice for three words
)

_MARKUP = regex(r"://|\bwww\.|\w\.\w+/|\w@\w|\\[A-Za-z]|[{}<>=^|`]|\w\(\)|\w::\w")
"""Of what stands between two spaces: an address, or code or a formula that nothing marks as such."""

_MIN_LETTERS = 3  # of a word, in scripts with spaces

_FRAGMENT = regex(
    f"[\u3041-\u309f]+|[{''.join(NO_SPACE_SCRIPTS[name] for name in ('Thai and Lao', 'Burmese', 'Khmer'))}]+"
)
"""Of the pairs of letters that stand for words where these have no spaces, those that name nothing: pairs of hiragana
are endings and particles, and two letters of Thai are seldom a syllable."""


INT = np.dtype("<i4")


class NoteStems(Struct, frozen=True):
    """The stems of one note's words; no numbers, nothing too short for a label."""

    stems: tuple[str, ...]
    in_title: bytes  # (s,) of each stem, 1 where the title says it
    in_text: bytes  # (s,) where the text does
    forms: tuple[str, ...]
    """How words are written, one for each way that a stem is."""
    stem_of: bytes  # (f,) of each form, the place of its stem, as INT
    times: bytes  # (f,) how many different pieces of the title and of the text have the form, as INT


note_stems = unpacker(NoteStems)


def stems_in(note: Note, algorithms: tuple[str, ...]) -> NoteStems:
    """What the note says.

    Args:
        algorithms: of `text/stems.py`, for the languages of the garden.
    """
    spelled: Counter[tuple[str, str]] = Counter()
    found: list[set[str]] = []
    for text in (note.title, _prose_of(note)):
        pieces = {piece for piece in text.split() if not _MARKUP.search(piece)}
        spelled.update(pair for piece in pieces for pair in _stems(piece, algorithms).items())
        found.append({stem for piece in pieces for stem in _stems(piece, algorithms)})
    in_title, in_text = found
    stems = tuple(sorted(in_title | in_text))
    place = {stem: number for number, stem in enumerate(stems)}
    forms = sorted(spelled)
    return NoteStems(
        stems,
        bytes(stem in in_title for stem in stems),
        bytes(stem in in_text for stem in stems),
        tuple(form for _, form in forms),
        np.array([place[stem] for stem, _ in forms], INT).tobytes(),
        np.array([spelled[form] for form in forms], INT).tobytes(),
    )


def _prose_of(note: Note) -> str:
    """What the note says first, without its code and formulas."""
    texts: list[str] = []
    room = _MAX_CHARACTERS
    for section in note.sections:
        literal: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, start, end in section.literal:
            literal[number].append((start, end))
        for number, paragraph in enumerate(section.paragraphs):
            if room <= 0:
                return "\n".join(texts)
            text = _without(paragraph, literal[number])[:room]
            texts.append(text)
            room -= len(text)
    return "\n".join(texts)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a space for each span."""
    kept, position = [], 0
    for start, end in sorted(spans):
        kept.append(text[position:start])
        position = max(position, end)
    return " ".join([*kept, text[position:]])


@lru_cache(maxsize=1 << 18)
def _stems(piece: str, algorithms: tuple[str, ...]) -> Mapping[str, str]:
    """What a text between two spaces counts as, to how it is written there; no numbers, nothing too short for a label.

    By piece, since finding words is costly in a text with a single curly quote, and most pieces recur.
    """
    found = {}
    for token in (token for word in find_words(piece) for token in tokens_of(word)):
        no_spaces = is_no_space_script(token.form)
        if no_spaces and _FRAGMENT.fullmatch(token.form):
            continue
        if len(token.form) >= (2 if no_spaces else _MIN_LETTERS) and any(map(str.isalpha, token.form)):
            found[stems_of(token, algorithms)[0]] = token.form if no_spaces else token.lower
    return found


def forget_stems() -> None:
    """Let go of what is remembered of words, once the stems of all notes are found: some 10 MiB."""
    _stems.cache_clear()
