"""A few words out of a longer text, and the ones that matter in it marked."""

from collections.abc import Sequence
from html import escape

from notegen.text.one_line import in_one_line
from notegen.text.scripts import has_no_space_script, is_no_space_script
from notegen.text.sentences import sentence_starts

_BEFORE_ELLIPSIS = " .,;:…·"


def excerpt(text: str, words: Sequence[str] = (), *, size: int = 220) -> str:
    """At most about `size` characters of the text, one line, from shortly before the first of `words` on.

    It begins at a sentence where one is near, else at a word; what is left out at either end is an ellipsis.
    """
    flat = in_one_line(text.split("\n"))
    if len(flat) <= size:
        return flat
    hits = _hits(flat, words)
    start = _start_before(flat, hits[0][0], size) if hits else 0
    start = min(start, _word_start(flat, len(flat) - size))
    end = _word_end(flat, start + size)
    return ("… " if start else "") + (
        flat[start:end].rstrip(_BEFORE_ELLIPSIS) + "…" if end < len(flat) else flat[start:]
    )


def mark_words(text: str, words: Sequence[str]) -> str:
    """The text as HTML, each whole word of `words` in a `<mark>`, whatever its case."""
    marked: list[str] = []
    at = 0
    for start, end in _hits(text, words):
        marked += (
            escape(text[at:start], quote=False),
            f"<mark>{escape(text[start:end], quote=False)}</mark>",
        )
        at = end
    return "".join([*marked, escape(text[at:], quote=False)])


def mark_link(sentence: str, text: str, *, size: int = 320) -> str:
    """The sentence as HTML with its link's text in a `<mark>`, cut to about `size` characters around it."""
    at = _place_of(sentence, text) if text else -1
    if at < 0:
        return escape(excerpt(sentence, size=size), quote=False)
    before, after = sentence[:at], sentence[at + len(text) :]
    room = max(0, size - len(text))
    if len(before) + len(after) > room:
        kept = max(room // 2, room - len(after))
        if len(before) > kept:
            before = "… " + before[_word_start(before, len(before) - kept) :]
        kept = max(room // 2, room - len(before))
        if len(after) > kept:
            after = after[: _word_end(after, kept)].rstrip(_BEFORE_ELLIPSIS) + "…"
    return (
        f"{escape(before, quote=False)}<mark>{escape(text, quote=False)}</mark>{escape(after, quote=False)}"
    )


def _place_of(sentence: str, text: str) -> int:
    """Where the text stands as words of its own, else where one begins with it, else anywhere; -1 for nowhere.

    The sentence does not say which of several is the link: `art` is hardly the one in "a part of the art".
    """
    first = at = sentence.find(text)
    begins = -1
    while at >= 0:
        if not _is_within_word(sentence, at):
            if not _is_within_word(sentence, at + len(text)):
                return at
            begins = at if begins < 0 else begins
        at = sentence.find(text, at + 1)
    return begins if begins >= 0 else first


def _is_within_word(text: str, at: int) -> bool:
    """Whether a word goes on across this place; not between signs of scripts without spaces."""
    around = text[at - 1 : at + 1] if at else ""
    return len(around) == 2 and all(one.isalnum() and not is_no_space_script(one) for one in around)


def _start_before(text: str, hit: int, size: int) -> int:
    """Where to begin so that the hit is in the first half: after a sentence's end, else at a word."""
    earliest = max(0, hit - size // 2)
    if not earliest:
        return 0
    sentence = next(sentence_starts(text, earliest, hit), None)
    return _word_start(text, max(0, hit - size // 4)) if sentence is None else sentence


def _word_start(text: str, at: int) -> int:
    """The first begin of a word at or after `at`; `at` itself where no space is near, as in Chinese."""
    if at <= 0:
        return 0
    space = text.find(" ", at - 1, at + 24)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    """The last end of a word at or before `at`; `at` itself where no space is near."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 24, at + 1)
    return space if space >= 0 else at


def _hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand as whole words, whatever their case, from left to right, none within another.

    Plain searching, since every pair of notes has its own words and their pattern would be compiled for one use.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a letter such as İ, which has two in lower case: positions would be off
        lower = text
    found: list[tuple[int, int]] = []
    for word in words:
        wanted = word.lower()
        start = lower.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if not (_within_word(text, start) or _within_word(text, end)):
                found.append((start, end))
            start = lower.find(wanted, end)
    found.sort(key=lambda hit: (hit[0], -hit[1]))
    apart: list[tuple[int, int]] = []
    for hit in found:
        if not apart or hit[0] >= apart[-1][1]:
            apart.append(hit)
    return apart


def _within_word(text: str, at: int) -> bool:
    """Whether one word runs over the position; scripts without spaces have no words to cut."""
    around = text[max(0, at - 1) : at + 1]
    return at > 0 and len(around) == 2 and around.isalnum() and not has_no_space_script(around)
