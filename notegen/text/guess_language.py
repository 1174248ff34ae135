"""Which language a text is in, as far as its letters and its smallest words say.

For what `init` proposes, and for what search goes by where nobody says a language: `search/note_languages.py`.
"""

import json
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

from notegen.regex import regex
from notegen.text.stop_words import stop_words

_SMALL_WORDS: dict[str, str] = json.loads(Path(__file__).with_name("small_words.json").read_bytes())
"""The most frequent words of languages without a list of stop words, separated by spaces."""
LANGUAGES = tuple(sorted({"da", "de", "en", "es", "fr", "it", "nb", "nl", "pt", "ru", "sv", *_SMALL_WORDS}))
"""The languages whose smallest words are known."""
MAX_LETTERS = 4000
"""How many letters of a text are looked at."""
_MIN_WORDS = 4
"""Different ones of the smallest; with fewer a text says nothing, as a list of names does."""
_MIN_SHARE = 0.1
_MIN_LEAD = 1.15
"""How many times as many words of a language must be met as of any other."""

_WORD = regex(r"[^\W\d_]{2,}|[^\W\d_a-zA-Z]")
_ASCII_WORD = regex(r"[a-z]{2,}")
"""What that finds in small letters of ASCII alone."""
_SCRIPTS = (
    ("ja", regex(r"[\u3041-\u30ff]")),
    ("ko", regex(r"[\uac00-\ud7a3]")),
    ("zh", regex(r"[\u4e00-\u9fff]")),
    ("ur", regex(r"[\u0679\u0688\u0691\u06ba\u06d2]")),
    ("fa", regex(r"[\u067e\u0686\u0698\u06a9\u06af\u06cc]")),
    ("ar", regex(r"[\u0620-\u064a]")),
    ("he", regex(r"[\u05d0-\u05ea]")),
    ("el", regex(r"[\u0386-\u03ce]")),
    ("th", regex(r"[\u0e01-\u0e4f]")),
    ("hi", regex(r"[\u0904-\u0939]")),
)
"""Letters that are one language's more than any other's; kana first, since Japanese has ideographs too, and what Urdu
and Persian have beside Arabic's before these."""
_ANY_SCRIPT = regex("[" + "".join(script.pattern[1:-1] for _, script in _SCRIPTS) + "]")
_MIN_OF_SCRIPT = 0.15
"""The share of a text's letters that must be of a script."""
_MIN_OF_SOME = {"fa": 0.04, "ur": 0.02}
"""Where they are but a few of the language's letters."""


def guess_language(text: str) -> str:
    """The tag of BCP 47, empty where the text does not say."""
    text = text[:MAX_LETTERS]
    letters = 0 if text.isascii() or not _ANY_SCRIPT.search(text) else sum(map(str.isalpha, text))
    for language, script in _SCRIPTS if letters else ():
        if len(script.findall(text)) / letters >= _MIN_OF_SOME.get(language, _MIN_OF_SCRIPT):
            return language
    found = (_ASCII_WORD if text.isascii() else _WORD).findall(text.lower())
    known = _languages_of()
    words = Counter(found)
    counts: dict[str, int] = dict.fromkeys(LANGUAGES, 0)
    different: dict[str, int] = dict.fromkeys(LANGUAGES, 0)
    for word in words.keys() & known.keys() if text.isascii() else words:
        for language in known.get(word if word.isascii() else _plain(word), ()):
            counts[language] += words[word]
            different[language] += 1
    order = sorted(
        filter(counts.get, counts), key=lambda language: (-counts[language] * different[language], language)
    )
    if not order:
        return ""
    first, second = order[0], order[1] if len(order) > 1 else ""
    is_clear = (
        different[first] >= _MIN_WORDS
        and counts[first] >= _MIN_SHARE * len(found)
        and different[first] >= _MIN_LEAD * different.get(second, 0)
    )
    return first if is_clear else ""


def _plain(word: str) -> str:
    """As words stand in the lists: small, and without accents."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages that each of the smallest words is one of."""
    lists = {
        language: frozenset(map(_plain, _SMALL_WORDS.get(language, "").split())) or stop_words([language])
        for language in LANGUAGES
    }
    words = frozenset().union(*lists.values())
    return {word: tuple(one for one, known in lists.items() if word in known) for word in words}
