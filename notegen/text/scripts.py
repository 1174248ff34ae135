"""Scripts written without spaces between words, which have bigrams instead of words; the one place that knows them.

Thai, Lao, Burmese, Khmer, kana and Han have no spaces. Hangul has, but endings grow onto its words, so that its readers
too expect any substring to match.
"""

import re
from collections.abc import Iterator

_NO_SPACE = {
    "Thai and Lao": "\u0e00-\u0eff",
    "Burmese": "\u1000-\u109f",
    "Khmer": "\u1780-\u17ff",
    "kana": "\u3041-\u30ff\u31f0-\u31ff",
    "Han": "\u3005-\u3007\u3031-\u3035\u303b\u303c\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af",
    "Hangul": "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff",
}
_SYLLABLES = ("Thai and Lao", "Burmese", "Khmer", "kana")

_CLASS = "".join(_NO_SPACE.values())
_CHARACTER = re.compile(f"[{_CLASS}]")
_RUN = re.compile(f"[{_CLASS}]+|[^{_CLASS}]+")
_SYLLABLE = re.compile(f"[{''.join(_NO_SPACE[script] for script in _SYLLABLES)}]")


def is_no_space_script(text: str) -> bool:
    """Whether a text begins with a character of a script without spaces; false for an empty one."""
    return _CHARACTER.match(text) is not None


def has_no_space_script(text: str) -> bool:
    """Whether any character of a text is of a script without spaces."""
    return _CHARACTER.search(text) is not None


def is_no_space_syllable(text: str) -> bool:
    """Whether a text begins with a character of a script without spaces whose characters BERT takes for letters.

    Ideographs are words of one character each to BERT, and Hangul has spaces.
    """
    return _SYLLABLE.match(text) is not None


def script_runs(text: str) -> Iterator[re.Match[str]]:
    """The parts of a text whose characters are all of scripts without spaces, or all of others; together the whole."""
    return _RUN.finditer(text)
