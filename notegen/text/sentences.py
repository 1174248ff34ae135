"""Where a sentence ends."""

from collections.abc import Iterator

from notegen.regex import regex

_END = regex(r"[.!?…][\"')\]’”]*\s+|[。！？]|\n")
"""A full stop or its like with the quotation marks and brackets that it closes, before a space, or a line's end."""


def sentence_starts(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where sentences begin in `text[start:end]`, but for the first: behind what ends one and the spaces after it."""
    for match in _END.finditer(text, start, len(text) if end is None else end):
        yield match.end()


def sentence_around(text: str, place: int) -> str:
    """The sentence that holds the character at `place`, without spaces around it."""
    first = 0
    for start in sentence_starts(text):
        if start > place:
            return text[first:start].strip()
        first = start
    return text[first:].strip()
