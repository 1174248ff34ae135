"""Text to tokens: what counts as a word, and when two are the same but for their endings (`stems.py`).

`browser/src/search/engine/tokens.ts` is the same in TypeScript; `tests/cases/terms.json` holds both to it.
A token's form is folded: compatibility forms, case and accents gone. Scripts written without spaces (`scripts.py`)
give bigrams, overlapping pairs of characters, instead of words, because readers of them expect any substring to match.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec import Struct

from notegen.regex import regex
from notegen.text.characters import NASAL, OPTIONAL_MARKS, PLAIN_LETTERS, WRITTEN_OUT_NASALS
from notegen.text.scripts import has_no_space_script, is_all_no_space, is_no_space_script, script_runs

MAX_TOKEN_LENGTH = 40
"""Characters; the rest of a longer word (an encoded picture, a key) says nothing more about it."""

MAX_REPEATED_LENGTH = 8
"""Characters of a row without spaces that may well come again."""

MIN_PREFIX_LENGTH = 2
"""Characters from which a word being typed is looked for as a prefix."""

_PLAIN_LETTERS = str.maketrans(PLAIN_LETTERS)
_OPTIONAL_MARKS = regex(f"[{OPTIONAL_MARKS}]")
_WRITTEN_OUT_NASALS = regex(WRITTEN_OUT_NASALS)


class Token(NamedTuple):
    """A word or bigram; a tuple, since there are as many as words."""

    form: str
    """Folded; what a query must say to be exact."""
    lower: str
    """The word in lower case with its accents, which stemmers want to see."""


class TokenSpan(Struct, frozen=True):
    """A token where it stands: it is written as `text[start:end]`."""

    token: Token
    start: int
    end: int


class QueryTerm(Struct, frozen=True):
    """A token to look for."""

    token: Token
    prefix: str
    """The beginning that other forms may share with it: empty when none may."""
    words: tuple[str, ...] = ()
    """Of what is looked for as it is written, the forms of its words, which are looked for too; empty for a word."""


def find_words(text: str) -> list[str]:
    """What is written between spaces and signs, in order, repeated as often as it stands there."""
    words: list[str] = _pattern_for(text).findall(text.replace("_", " "))
    return words


def tokens_of(word: str) -> tuple[Token, ...]:
    """The tokens that a word of `find_words` is found by: one, as a rule.

    Remembered, since a garden's 380,000 words are 30,000 different ones; but for rows of scripts without spaces, of
    which hardly one comes twice.
    """
    return _tokens_of(word) if is_repeated(word) else _tokens_of.__wrapped__(word)


def ascii_form(word: str) -> str:
    """The form of the one token of a word of `find_words` that is all ASCII, as most are."""
    return word.lower()[:MAX_TOKEN_LENGTH]


def ascii_forms(text: str) -> list[str]:
    """The forms of the words of `find_words`, of a text that is all ASCII."""
    forms: list[str] = _ASCII_FORM.findall(text.lower())
    return forms


@lru_cache(maxsize=1 << 15)
def _tokens_of(word: str) -> tuple[Token, ...]:
    if word.isascii() and word.isalnum():  # as most are: nothing to fold but case, in an eighth of the time
        form = ascii_form(word)
        return (Token(form, form),)
    folded = fold.__wrapped__(word)
    return tuple(token for run in _runs(folded) for token in _tokens_of_run(run, word, folded))


def forget_tokens() -> None:
    """Lets go of what words came to."""
    _tokens_of.cache_clear()


def is_repeated(word: str) -> bool:
    """Whether a word may well come again: it is short, or of a script in which words have spaces between them."""
    return len(word) <= MAX_REPEATED_LENGTH or word.isascii() or not has_no_space_script(word)


def bigram_forms(word: str) -> tuple[str, ...]:
    """The forms of a word that has letters of scripts without spaces alone, which no ending changes; none of others."""
    if word.isascii() or not is_no_space_script(word):
        return ()
    folded = fold.__wrapped__(word)
    if not is_all_no_space(folded) or not _word_pattern().fullmatch(folded):
        return ()
    return (*_bigrams(folded), folded[-1])


def singular_forms(text: str) -> list[str]:
    """The forms of a text without the plural's s, to compare texts by the words that they share."""
    return [singular(token.form) for word in find_words(text) for token in tokens_of(word)]


def shared_letters(a: str, b: str) -> int:
    """How many characters two words have in common before they differ."""
    shared = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        shared += 1
    return shared


def phrase_form(text: str) -> str:
    """The folded words of a text between spaces, to look for phrases in.

    Each character of a script without spaces is a word.
    """
    runs = (run for word in find_words(text) for run in _runs(fold(word)))
    return f" {' '.join(' '.join(run) if is_no_space_script(run) else run for run in runs)} "


def token_spans(text: str) -> Iterator[TokenSpan]:
    """The tokens of `text` where they stand; the whole word where folding has moved its characters."""
    for start, end in word_spans(text):
        word = text[start:end]
        if word.isascii():  # as most are: one token, in its place
            yield TokenSpan(tokens_of(word)[0], start, end)
            continue
        folded = fold(word)
        in_place = len(folded) == len(word)
        for offset, run in _placed_runs(folded):
            for place, token in enumerate(_tokens_of_run(run, word, folded)):
                if not in_place:
                    yield TokenSpan(token, start, end)
                elif is_no_space_script(run):
                    yield TokenSpan(token, start + offset + place, start + offset + place + len(token.form))
                else:
                    yield TokenSpan(token, start + offset, start + offset + len(run))


def _tokens_of_run(run: str, word: str, folded: str) -> list[Token]:
    if is_no_space_script(run):
        # The last character alone too, so that a query of one character finds it by its prefix.
        return [Token(form, form) for form in (*_bigrams(run), run[-1])]
    return [_word_token(run, word, folded)]


def _word_token(run: str, word: str, folded: str) -> Token:
    lower = unicodedata.normalize("NFKC", word.lower()) if run == folded else run
    return Token(run[:MAX_TOKEN_LENGTH], lower[:MAX_TOKEN_LENGTH])


def query_terms(text: str) -> tuple[QueryTerm, ...]:
    """The tokens to look for, each form once, in order of appearance.

    A word at the very end may still be being typed: it is looked for as a prefix too. In a script without spaces, the
    last character of a run is left to its bigram; a run of one character is always a prefix, of the bigrams that begin
    with it.
    """
    found: dict[str, QueryTerm] = {}
    for start, end in word_spans(text):
        word = text[start:end]
        folded = fold(word)
        for run in _runs(folded):
            if is_no_space_script(run):
                for bigram in _bigrams(run) or [run]:
                    found[bigram] = QueryTerm(Token(bigram, bigram), run if len(run) == 1 else "")
            else:
                token = _word_token(run, word, folded)
                open_end = end == len(text) and len(token.form) >= MIN_PREFIX_LENGTH
                found[token.form] = QueryTerm(token, token.form if open_end else "")
    return tuple(found.values())


def replace_words(text: str, by: Mapping[str, str]) -> str:
    """The text with the words whose forms are in `by` replaced; words of several tokens are left as they are."""
    parts: list[str] = []
    last = 0
    for start, end in word_spans(text):
        if other := by.get(fold(text[start:end])[:MAX_TOKEN_LENGTH]):
            parts += text[last:start], other
            last = end
    return "".join([*parts, text[last:]])


def count_words(text: str) -> int:
    """How many words one reads in a text; of a script without spaces, two characters are about one."""
    if not has_no_space_script(text):
        return len(text.split())
    words = characters = 0
    for run in script_runs(text):
        if is_no_space_script(run[0]):
            characters += len(run[0])
        else:
            words += sum(word[0].isalnum() for word in run[0].split())
    return words + (characters + 1) // 2


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


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """The word without compatibility forms, case and optional marks."""
    if word.isascii():
        return word.lower()
    bare = _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", word).lower())
    plain = _WRITTEN_OUT_NASALS.sub(NASAL, bare.translate(_PLAIN_LETTERS))
    return unicodedata.normalize("NFC", plain)


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of `find_words` stand."""
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
        for run in script_runs(match[0]):
            yield match.start() + run.start(), run[0]


def _bigrams(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


_ASCII_WORD = regex("[A-Za-z0-9]+")
_ASCII_FORM = regex(f"([a-z0-9]{{1,{MAX_TOKEN_LENGTH}}})[a-z0-9]*")


_WITH_MARKS = (
    range(0x300, 0x3400),
    range(0xA000, 0xAC00),
    range(0xFB00, 0x17000),
    range(0x1B000, 0x20000),
    range(0xE0100, 0xE01F0),
)
"""Where marks may be: not among ideographs, syllables of Hangul and what is for private use."""


@cache
def _word_pattern() -> re.Pattern[str]:
    r"""Letters, digits and marks of every script: JavaScript's `[\p{L}\p{N}\p{M}]+`, which `re` cannot say.

    It takes `_` too, for the sake of one plain class, which is ten times as fast; the text must have none. Marks have a
    class of their own, which no character below them is looked for in: one class of both takes seven times as long.
    """
    letters = (chr(n) for some in _WITH_MARKS for n in some)
    marks = "".join(c for c in letters if unicodedata.category(c)[0] == "M")  # 8 ms, once
    return re.compile(rf"(?>(?:\w++|(?![\x00-\u02ff])[{marks}]++)+)")
