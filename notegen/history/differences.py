"""What changed between two states of a text, for people: paragraphs, and the words in them."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from notegen.model import ChangedText, Note, TextPiece
from notegen.regex import regex
from notegen.text.shorten import shorten

MAX_TEXTS = 60
"""Changed paragraphs that a day shows; of more, only how many they are."""
MIN_ALIKE = 0.5
"""The share of words that two paragraphs must have in common to count as one that was changed."""
MAX_LINES = 4000
"""Paragraphs of a note up to which its states are compared."""
MAX_AROUND = 120
"""Letters that are shown of what stayed as it was beside a change."""
MAX_TEXT = 3000
"""Letters that are shown of a paragraph that came or went as a whole."""

_WORDS = regex(r"\s+|[^\W_]+|.", re.DOTALL)


def lines_of_note(note: Note) -> tuple[str, ...]:
    """The note as it is read: its title, headings and paragraphs in order."""
    lines = [note.title]
    for section in note.sections:
        lines += (*section.trail[-1:], *section.paragraphs)
    return tuple(line for line in lines if line.strip())


def changed_texts(
    before: Sequence[str], after: Sequence[str], may_be_told: Callable[[str], bool]
) -> list[ChangedText]:
    """The paragraphs that changed, came or went, in the order of the later state.

    Args:
        may_be_told: whether a paragraph may be shown; what may not is left out as if it had not been
            there.
    """
    if max(len(before), len(after)) > MAX_LINES:
        return []
    found: list[ChangedText] = []
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for kind, low, high, start, end in blocks:
        if kind != "equal":
            gone = [line for line in before[low:high] if may_be_told(line)]
            new = [line for line in after[start:end] if may_be_told(line)]
            found += _changed_block(gone, new)
    return found


def _changed_block(gone: list[str], new: list[str]) -> Iterator[ChangedText]:
    """Pairs of paragraphs that are alike, in order, and those between that have none."""
    place = 0
    for line in gone:
        match = next((at for at in range(place, len(new)) if _are_alike(line, new[at])), None)
        if match is None:
            yield ChangedText((TextPiece("removed", shorten(line, MAX_TEXT, ellipsis=" …")),))
            continue
        yield from (_added(other) for other in new[place:match])
        yield ChangedText(tuple(_pieces(line, new[match])))
        place = match + 1
    yield from (_added(other) for other in new[place:])


def _added(line: str) -> ChangedText:
    return ChangedText((TextPiece("added", shorten(line, MAX_TEXT, ellipsis=" …")),))


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.quick_ratio() >= MIN_ALIKE and matcher.ratio() >= MIN_ALIKE


def _pieces(before: str, after: str) -> Iterator[TextPiece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, low, high, start, end) in enumerate(blocks):
        if kind == "equal":
            same = "".join(old[low:high])
            yield TextPiece("same", _shortened(same, is_first=number == 0, is_last=number == len(blocks) - 1))
            continue
        if high > low:
            yield TextPiece("removed", "".join(old[low:high]))
        if end > start:
            yield TextPiece("added", "".join(new[start:end]))


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    """What stayed, as far as it is beside a change."""
    if is_first and len(text) > MAX_AROUND:
        return f"… {text[-MAX_AROUND:].partition(' ')[2]}"
    if is_last and len(text) > MAX_AROUND:
        return f"{text[:MAX_AROUND].rpartition(' ')[0]} …"
    if len(text) > 2 * MAX_AROUND:
        return f"{text[:MAX_AROUND].rpartition(' ')[0]} … {text[-MAX_AROUND:].partition(' ')[2]}"
    return text
