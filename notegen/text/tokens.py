"""Text to words: what counts as one, and when two are the same but for their endings (`stems.py`).

`browser/src/search/engine/tokens.ts` is the same in TypeScript; `tests/cases/terms.json` holds both to it.
A word's form is folded: compatibility forms, case and accents gone. Scripts written without spaces give overlapping
pairs of characters instead of words, because readers of them expect any substring to match.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

LONGEST_TERM = 40
"""Characters; the rest of a longer word (an encoded picture, a key) says nothing more about it."""

SHORTEST_PREFIX = 2
"""Characters from which a word being typed is looked for as a prefix."""

# Letters that Unicode does not decompose, though readers type them without the stroke or as two letters.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ"}
)
# Accents, Hebrew points and Arabic vowel signs are optional in writing. Other marks (Thai and Indic vowels, the
# Japanese voicing mark) tell words apart and stay.
_OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]"
)
# Thai, Lao, Myanmar, Hangul jamo, Khmer, kana, Han and Hangul: written without spaces, or (Korean) with endings
# that grow onto the word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3031-\u3035\u303b\u303c\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U000323af"
)
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or pair of characters."""

    form: str
    """Folded; what a query must say to be exact."""
    lower: str
    """In lower case with its accents, which stemmers want to see."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A term where it stands: it is written as `text[start:end]`."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term to look for."""

    term: Term
    prefix: str
    """The beginning that other forms may share with it: empty when none may."""


def find_words(text: str) -> list[str]:
    """What is written between spaces and signs, in order, repeated as often as it stands there."""
    words: list[str] = _pattern_for(text).findall(text.replace("_", " "))
    return words


@lru_cache(maxsize=1 << 17)
def terms_of(word: str) -> tuple[Term, ...]:
    """The terms that a word of `find_words` is found by: one, as a rule.

    Remembered, since a garden's 380,000 words are 30,000 different ones.
    """
    folded = fold(word)
    return tuple(term for run in _runs(folded) for term in _terms_of_run(run, word, folded))


def terms(text: str) -> list[str]:
    """The forms of a text without the plural's s, to compare texts by the words that they share."""
    return [singular(term.form) for word in find_words(text) for term in terms_of(word)]


def shared_letters(a: str, b: str) -> int:
    """How many characters two words have in common before they differ."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def spell(text: str) -> str:
    """The folded words of a text between spaces, characters of unspaced scripts as words: to look for phrases in."""
    runs = (run for word in find_words(text) for run in _runs(fold(word)))
    return f" {' '.join(' '.join(run) if is_unspaced(run) else run for run in runs)} "


def spot_terms(text: str) -> Iterator[Spot]:
    """The terms of `text` where they stand; the whole word where folding has moved its characters."""
    for start, end in _words(text):
        word = text[start:end]
        folded = fold(word)
        in_place = len(folded) == len(word)
        for offset, run in _placed_runs(folded):
            for place, term in enumerate(_terms_of_run(run, word, folded)):
                if not in_place:
                    yield Spot(term, start, end)
                elif is_unspaced(run):
                    yield Spot(term, start + offset + place, start + offset + place + len(term.form))
                else:
                    yield Spot(term, start + offset, start + offset + len(run))


def _terms_of_run(run: str, word: str, folded: str) -> list[Term]:
    if is_unspaced(run):
        # The last character alone too, so that a query of one character finds it by its prefix.
        return [Term(form, form) for form in (*_pairs(run), run[-1])]
    return [_spaced(run, word, folded)]


def _spaced(run: str, word: str, folded: str) -> Term:
    lower = unicodedata.normalize("NFKC", word.lower()) if run == folded else run
    return Term(run[:LONGEST_TERM], lower[:LONGEST_TERM])


def query_terms(text: str) -> tuple[Wanted, ...]:
    """The terms to look for, each form once, in order of appearance.

    A word at the very end may still be being typed: it is looked for as a prefix too. Of an unspaced run the last
    character is left to its pair; a run of one character is always a prefix, of the pairs that begin with it.
    """
    found: dict[str, Wanted] = {}
    for start, end in _words(text):
        word = text[start:end]
        folded = fold(word)
        for run in _runs(folded):
            if is_unspaced(run):
                for pair in _pairs(run) or [run]:
                    found[pair] = Wanted(Term(pair, pair), run if len(run) == 1 else "")
            else:
                term = _spaced(run, word, folded)
                open_end = end == len(text) and len(term.form) >= SHORTEST_PREFIX
                found[term.form] = Wanted(term, term.form if open_end else "")
    return tuple(found.values())


def count_words(text: str) -> int:
    """How many words one reads in a text; of a script without spaces, two signs are about one."""
    if not _IS_UNSPACED.search(text):
        return len(text.split())
    runs = _RUNS.findall(text)
    signs = sum(len(run) for run in runs if is_unspaced(run))
    spaced = sum(map(str.isalnum, (word[0] for run in runs if not is_unspaced(run) for word in run.split())))
    return spaced + (signs + 1) // 2


def is_unspaced(term: str) -> bool:
    """Whether the term is of a script that gives pairs of characters."""
    return _IS_UNSPACED.match(term) is not None


def singular(word: str) -> str:
    """The word without a plural s; wrong for some, but wrong in the same way wherever it is used.

    Source:
        The S stemmer of Harman, "How effective is suffixing?", JASIS 1991.
    """
    if len(word) <= 3 or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The word without compatibility forms, case and optional marks."""
    bare = _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", word).lower())
    return unicodedata.normalize("NFC", bare.translate(_PLAIN))


def _words(text: str) -> Iterator[tuple[int, int]]:
    for match in _pattern_for(text).finditer(text.replace("_", " ")):
        yield match.span()


def _pattern_for(text: str) -> re.Pattern[str]:
    return _ASCII_WORD if text.isascii() else _word_pattern()


def _runs(folded: str) -> list[str]:
    """A folded word, cut where the kind of script changes and where folding uncovered a sign (`½` is `1⁄2`)."""
    return [folded] if folded.isascii() and folded.isalnum() else [run for _, run in _placed_runs(folded)]


def _placed_runs(folded: str) -> Iterator[tuple[int, str]]:
    """The runs, each with where it begins in the folded word."""
    for match in _word_pattern().finditer(folded.replace("_", " ")):
        for run in _RUNS.finditer(match[0]):
            yield match.start() + run.start(), run[0]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


_ASCII_WORD = re.compile("[A-Za-z0-9]+")


@cache
def _word_pattern() -> re.Pattern[str]:
    r"""Letters, digits and marks of every script: JavaScript's `[\p{L}\p{N}\p{M}]+`, which `re` cannot say.

    It takes `_` too, for the sake of one plain class, which is ten times as fast; the text must have none.
    """
    # 20 ms, once. Marks beyond these planes are the variation selectors.
    marks = (chr(n) for plane in (range(0x300, 0x20000), range(0xE0100, 0xE01F0)) for n in plane)
    return re.compile("[\\w" + "".join(c for c in marks if unicodedata.category(c)[0] == "M") + "]+")
