"""The marks that git leaves in a note where two writers changed the same lines, and nobody has chosen yet.

Shown as they stand, `=======` makes a heading of the line above and `>>>>>>>` a quote in seven others. So the marks go,
what both had before goes, both sides are shown one below the other, and the writer is told. In front matter they stay:
which of two values counts nobody knows, so that it cannot be read, and in doubt its note is private.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from notegen.model import Code, Place, Problem
from notegen.read.code_spans import outside_fences
from notegen.read.front_matter import FrontMatter

_OURS, _BASE, _BETWEEN, _THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"


class Merge(Struct, frozen=True):
    """Lines by number, from 0: those with marks, and those that neither side has any more."""

    marks: tuple[int, ...]
    before: range


def merge_problems(front: FrontMatter, note: str) -> tuple[Problem, ...]:
    """One for each place where the note is in two versions."""
    head = ((merge, 2) for merge in _merges(front.head))
    body = ((merge, front.first_line) for merge in _merges(front.body))
    return tuple(Problem(Code.MERGE_OPEN, Place(note, first + m.marks[0])) for m, first in (*head, *body))


def without_merge_marks(front: FrontMatter, *, keep_lines: bool = True) -> FrontMatter:
    """The note with both versions in its text.

    Args:
        keep_lines: leave the lines of marks empty, and what was before, so that numbers of lines stay true; else all
            lines but those of marks are there, one below the other, for whoever looks for what may be private.
    """
    merges = tuple(_merges(front.body))
    if not merges:
        return front
    marks = {number for merge in merges for number in merge.marks}
    lines = front.body.split("\n")
    if not keep_lines:
        return replace(front, body="\n".join(line for n, line in enumerate(lines) if n not in marks))
    gone = marks.union(*(merge.before for merge in merges))
    return replace(front, body="\n".join("" if n in gone else line for n, line in enumerate(lines)))


def _merges(text: str) -> Iterator[Merge]:
    """The merges of a text in order; marks in a block of code are an example."""
    if _OURS not in text or _THEIRS not in text:
        return
    lines = text.split("\n")
    end = 0
    for start in outside_fences(lines):
        if start >= end and _is_mark(lines[start], _OURS):
            merge = _merge_at(lines, start)
            if merge is None:
                return  # nor can there be one below, where all of these marks would be missing too
            yield merge
            end = merge.marks[-1] + 1


def _merge_at(lines: Sequence[str], start: int) -> Merge | None:
    base = between = 0
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not between and not base and _is_mark(line, _BASE):
            base = number
        elif not between and line.rstrip() == _BETWEEN:
            between = number
        elif between and _is_mark(line, _THEIRS):
            marks = (start, *((base,) if base else ()), between, number)
            return Merge(marks, range(base, between) if base else range(0))
    return None


def _is_mark(line: str, mark: str) -> bool:
    """Whether git wrote the line: seven signs, then a space and a name, or nothing."""
    return line.startswith(mark) and line[len(mark) : len(mark) + 1] in ("", " ", "\r")
