"""Text to terms: what counts as a word, and when two words are the same.

`browser/src/words.ts` is the same in TypeScript; `tests/ranking/words.json` holds both to it.
A term is folded (compatibility forms, case and accents gone). Scripts written without spaces give overlapping
pairs of characters instead of words, because readers of them expect any substring to match.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

LONGEST_TERM = 40
"""Characters; the rest of a longer word (an encoded picture, a key) says nothing more about it."""

# Letters that Unicode does not decompose, though readers type them without the stroke or as two letters.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ"}
)
# Accents, Hebrew points and Arabic vowel signs are optional in writing. Other marks (Thai and Indic vowels, the
# Japanese voicing mark) tell words apart and stay.
_OPTIONAL_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")
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
    """A term, and the written word it comes from: `text[start:end]`."""

    text: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """The terms a passage is found by, in order, repeated as often as they stand there."""
    return [term.text for term in spot_terms(text)]


def query_terms(text: str) -> list[str]:
    """The terms to look for, each once, in order of appearance.

    The last character of an unspaced run is left to its pair: only a run of one character is looked for alone.
    """
    found: dict[str, None] = {}
    for start, end in _words(text):
        for run in _runs(text[start:end]):
            found.update(dict.fromkeys(_pairs(run) if is_unspaced(run) and len(run) > 1 else [_cut(run)]))
    return list(found)


def spot_terms(text: str) -> Iterator[Term]:
    """The terms of `text` with the word each comes from."""
    for start, end in _words(text):
        for run in _runs(text[start:end]):
            if is_unspaced(run):
                # The last character alone too, so that a query of one character finds it by prefix.
                for pair in [*_pairs(run), run[-1]]:
                    yield Term(pair, start, end)
            else:
                yield Term(_cut(run), start, end)


def is_unspaced(term: str) -> bool:
    """Whether the term is of a script that gives pairs of characters."""
    return _IS_UNSPACED.match(term) is not None


@cache
def fold(word: str) -> str:
    """The word without compatibility forms, case and optional marks."""
    bare = _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", word).lower())
    return unicodedata.normalize("NFC", bare.translate(_PLAIN))


def _words(text: str) -> Iterator[tuple[int, int]]:
    for match in _word_pattern().finditer(text):
        yield match.span()


def _runs(word: str) -> Iterator[str]:
    """The folded word, cut where the kind of script changes and where folding uncovered a sign (`½` is `1⁄2`)."""
    for match in _word_pattern().finditer(fold(word)):
        yield from _RUNS.findall(match[0])


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _cut(run: str) -> str:
    return run[:LONGEST_TERM]


@cache
def _word_pattern() -> re.Pattern[str]:
    """Letters, digits and marks of every script: JavaScript's `[\\p{L}\\p{N}\\p{M}]+`, which `re` cannot say."""
    # 20 ms, once. Marks beyond these planes are the variation selectors.
    marks = (chr(n) for plane in (range(0x300, 0x20000), range(0xE0100, 0xE01F0)) for n in plane)
    return re.compile("(?:[^\\W_]|[" + "".join(c for c in marks if unicodedata.category(c)[0] == "M") + "])+")
