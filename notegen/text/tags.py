"""What a `#tag` is written with: letters of every script with their marks, digits, emoji, `_`, `-` and `/`."""

import unicodedata
from collections.abc import Iterator

from notegen.regex import regex

_JOINERS = "\u200c\u200d"
_EMOJI = regex(
    "[\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0"
    "\u25fb-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)

_WORDS = regex(r"(?P<words>(?:[\w/&'’-]{1,40} ){0,5}[\w/&'’-]{2,40})#(?![\w#])")


def tag_at(text: str, start: int, end: int) -> str:
    """The letters from `start` on that can be a tag's, as they are written; empty where none can begin there.

    A mark needs a letter before it, so that the keycap `#️⃣` is none.
    """
    stop = start
    while stop < end and _is_letter(text[stop]):
        stop += 1
    written = text[start:stop].rstrip(_JOINERS)
    return "" if not written or _is_mark(written[0]) or written[0] in _JOINERS else written


def tag_of_words_at(text: str, start: int, end: int) -> str:
    """The words from `start` on that a second sign closes, as Bear wants it for several, `#low water#`; empty for none.

    A last word of one letter closes none: `#csharp and C#`.
    """
    words = _WORDS.match(text, start, end)
    return words["words"] if words and tag_at(text, start, end) else ""


def ends_word(text: str, position: int) -> bool:
    """Whether a tag may begin behind the character at a position, which is in no word then."""
    character = text[position]
    return not (character.isalnum() or character in "_/#&" or (_is_mark(character) and character != "\ufe0f"))


def written_tags(text: str) -> Iterator[str]:
    """Each `#tag` in a text, composed; of `#low water#` both `low` and the two words."""
    position = text.find("#")
    while position >= 0:
        free = not position or ends_word(text, position - 1)
        if free and (name := tag_at(text, position + 1, len(text))):
            yield composed_tag(name)
            if words := tag_of_words_at(text, position + 1, len(text)):
                yield composed_tag(words)
        position = text.find("#", position + 1)


def composed_tag(name: str) -> str:
    """A tag under its one name: disks and keyboards may write `é` as `e` and an accent."""
    return unicodedata.normalize("NFC", name).strip("/ ")


def _is_letter(character: str) -> bool:
    if character.isalnum() or character in "_-/":
        return True
    return not character.isascii() and (
        character in _JOINERS or _is_mark(character) or bool(_EMOJI.match(character))
    )


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] == "M"
