"""A few words out of a longer text, and the ones that matter in it marked."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

_SENTENCE_END = re.compile(r"[.!?…](?:[\"')\]’”]+)?\s+|[。！？]")


def excerpt(text: str, words: Sequence[str] = (), *, size: int = 220) -> str:
    """At most about `size` characters of the text, one line, from shortly before the first of `words` on.

    It begins at a sentence where one is near, else at a word; what is left out at either end is an ellipsis.
    """
    flat = " ".join(text.split())
    if len(flat) <= size:
        return flat
    found = _word_pattern(tuple(words)).search(flat) if words else None
    start = _start_before(flat, found.start(), size) if found else 0
    start = min(start, _word_start(flat, len(flat) - size))
    end = _word_end(flat, start + size)
    return ("… " if start else "") + flat[start:end].strip() + ("…" if end < len(flat) else "")


def mark_words(text: str, words: Sequence[str]) -> str:
    """The text as HTML, each whole word of `words` in a `<mark>`, whatever its case."""
    if not words:
        return escape(text, quote=False)
    pieces = _word_pattern(tuple(words)).split(text)  # every second piece is a hit
    marked = (
        f"<mark>{escape(piece, quote=False)}</mark>" if index % 2 else escape(piece, quote=False)
        for index, piece in enumerate(pieces)
    )
    return "".join(marked)


def mark_link(sentence: str, text: str, *, size: int = 320) -> str:
    """The sentence as HTML with its link's text in a `<mark>`, cut to about `size` characters around it."""
    at = sentence.find(text) if text else -1
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
            after = after[: _word_end(after, kept)].rstrip() + "…"
    return (
        f"{escape(before, quote=False)}<mark>{escape(text, quote=False)}</mark>{escape(after, quote=False)}"
    )


def _start_before(text: str, hit: int, size: int) -> int:
    """Where to begin so that the hit is in the first half: after a sentence's end, else at a word."""
    earliest = max(0, hit - size // 2)
    if not earliest:
        return 0
    ends = [match.end() for match in _SENTENCE_END.finditer(text, earliest, hit)]
    return ends[0] if ends else _word_start(text, max(0, hit - size // 4))


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


@lru_cache(maxsize=4096)
def _word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
