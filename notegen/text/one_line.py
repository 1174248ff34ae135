"""Several paragraphs or items of a list, told in one line."""

from collections.abc import Iterable

SEPARATOR = " · "
"""What stands between two that are no sentences: the items of a list, the cells of a table, a heading's words."""

_GOES_ON = frozenset(".!?…:;,–—。！？：；，、؟؛،।۔")
"""Signs after which words go on without a separator."""
_CLOSING = "\"'”’»)]}›」』）"


def in_one_line(paragraphs: Iterable[str]) -> str:
    """The texts one after the other: a sentence goes on after a space, what does not end as one after a separator.

    Spaces and line ends within a text are one space each; empty ones are left out.
    """
    line = ""
    for paragraph in paragraphs:
        words = " ".join(paragraph.split())
        if line and words:
            line += " " if ends_sentence(line) else SEPARATOR
        line += words
    return line


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a sign after which others go on, whatever it closes."""
    return text.rstrip(_CLOSING)[-1:] in _GOES_ON if text else False
