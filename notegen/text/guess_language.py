"""Which language a text is in, as far as its letters and its smallest words say: for proposals, never for search."""

import re
import unicodedata
from collections import Counter
from functools import cache

from notegen.text.stop_words import stop_words

LANGUAGES = ("da", "de", "en", "es", "fr", "it", "nb", "nl", "pt", "ru", "sv")
"""Those whose smallest words are known."""
MAX_LETTERS = 4000
"""Of a text, that are looked at."""
_MIN_WORDS = 8
"""Of the smallest ones; with fewer a text says nothing, as a list of names does."""
_MIN_SHARE = 0.1
_MIN_LEAD = 1.15
"""How many times as often the words of a language must be met as those of any other."""

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0620-\u064a]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0386-\u03ce]")),
    ("th", re.compile(r"[\u0e01-\u0e4f]")),
    ("hi", re.compile(r"[\u0904-\u0939]")),
)
"""Letters that are one language's more than any other's; kana first, since Japanese has ideographs too."""
_MIN_OF_SCRIPT = 0.15
"""Of a text's letters."""


def guess_language(text: str) -> str:
    """The tag of BCP 47, empty where the text does not say."""
    text = text[:MAX_LETTERS]
    letters = sum(map(str.isalpha, text))
    for language, script in _SCRIPTS:
        if letters and len(script.findall(text)) / letters >= _MIN_OF_SCRIPT:
            return language
    words = [_plain(word) for word in _WORD.findall(text)]
    counts = Counter(language for word in words for language in _languages_of().get(word, ()))
    ((first, most), (_, second)) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    is_clear = most >= _MIN_WORDS and most >= _MIN_SHARE * len(words) and most >= _MIN_LEAD * second
    return first if is_clear else ""


def _plain(word: str) -> str:
    """As words stand in the lists: small, and without accents."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages that each of the smallest words is one of."""
    lists = {language: stop_words([language]) for language in LANGUAGES}
    words = frozenset().union(*lists.values())
    return {word: tuple(one for one, known in lists.items() if word in known) for word in words}
