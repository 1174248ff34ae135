"""When two words are the same but for their endings: `tide` and `tides`, `Häuser` and `Hauses`.

The rules are Snowball's, and our own for Hebrew (`hebrew.py`).
A page has them in the JavaScript that the Sphinx project ships, which Snowball 3.0.1 wrote;
both packages used here are of that version (the compiled `pystemmer` where there is one, for a sixtieth of the time,
else `snowballstemmer`), and `tests/text/test_stems.py` holds the two sides together.
`browser/src/search/engine/stems.ts` is the same in TypeScript.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from notegen.text.hebrew import hebrew_stems
from notegen.text.scripts import is_no_space_script
from notegen.text.spellings import american
from notegen.text.tokens import MAX_TOKEN_LENGTH, Token, fold, singular

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "he": "hebrew", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""The first part of a BCP 47 tag to the name of its rules, which are Snowball's but for those of `BUILT_IN`."""

BUILT_IN = frozenset({"hebrew"})
"""Rules that are notegen's own, and part of the page's script."""


def algorithms_of(languages: Iterable[str]) -> tuple[str, ...]:
    """The rules for the endings of these languages (BCP 47 tags), each once, by name; none for other languages."""
    names = {
        ALGORITHMS.get(language.replace("_", "-").partition("-")[0].lower(), "") for language in languages
    }
    return tuple(sorted(names - {""}))


_OTHER_LETTERS = frozenset({"ar", "el", "he", "hi", "hy", "ne", "ru", "sr", "ta", "yi"})
"""Languages of `ALGORITHMS` that are not written in Latin letters."""


def algorithms_of_text(language: str) -> tuple[str, ...]:
    """The rules for words of a text in this language; what it has in Latin letters beside its own is mostly English."""
    tag = language.replace("_", "-").partition("-")[0].lower()
    return algorithms_of((tag, "en") if tag in _OTHER_LETTERS else (tag,))


@lru_cache(maxsize=1 << 15)
def stems_of(token: Token, algorithms: tuple[str, ...]) -> tuple[str, ...]:
    """What the forms of one word have in common, by each of the algorithms; the form itself where there is none.

    An ending may depend on its accent, and accents are optional: a word has the stem of its form with accents and of
    that without, which are one as a rule. Without the first, French and Portuguese lose 30 % of the pairs of words
    that belong together; without the second, a word typed without its accents is not found. A British word has its own
    stem first, then that of its American spelling.
    """
    beyond = not token.lower.isascii() and max(token.lower) > "\uffff"
    if is_no_space_script(token.form) or not algorithms or beyond:
        return (token.form,)
    words = (token.form,) if token.lower == token.form else (token.lower, token.form)
    stems = [stem for algorithm in algorithms for word in words for stem in _stemmer(algorithm)(word)]
    return tuple(dict.fromkeys([fold(stem)[:MAX_TOKEN_LENGTH] or token.form for stem in stems]))


@cache
def _stemmer(algorithm: str) -> Callable[[str], tuple[str, ...]]:
    if algorithm == "hebrew":
        return hebrew_stems
    stem = snowball(algorithm)
    if algorithm != "english":
        return lambda word: (stem(word),)

    # Snowball leaves the plural's s to `crdts`, which has no vowel: .774 against .767 nDCG@10 over the labelled sets.
    def stems(word: str) -> tuple[str, ...]:
        other = american(word)
        own = stem(singular(word))
        return (own,) if other == word else (own, stem(singular(other)))

    return stems


def snowball(algorithm: str) -> Callable[[str], str]:
    """What gives the stem of a word by these rules; loaded at first use, since reading notes needs no stem."""
    stem: Callable[[str], str]
    try:
        from Stemmer import Stemmer
    except ImportError:
        import snowballstemmer  # which would take the compiled one too, once it had loaded thirty languages: 15 ms

        stem = snowballstemmer.stemmer(algorithm).stemWord
    else:
        stem = Stemmer(
            algorithm, 0
        ).stemWord  # without its memory of words: to remember one takes three times as long
    return stem
